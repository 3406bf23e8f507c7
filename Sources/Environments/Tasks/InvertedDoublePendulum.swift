import Foundation
import Randomness

/// A cart on a rail that is rewarded for keeping the two poles on it, one upon the other, upright.
///
/// Gymnasium's `InvertedDoublePendulum-v5`.
struct InvertedDoublePendulum: MuJoCoTask {
  static let id = "InvertedDoublePendulum-v5"
  static let modelFile = "inverted_double_pendulum.xml"
  static let stateSize = (positions: 3, velocities: 3)
  static let actionSize = 1
  static let horizon = 1000
  static let frameSkip = 5

  private let healthyReward: Double
  private let resetNoise: Double
  private var tip = 0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    healthyReward = try options.number("healthy_reward", 10)
    resetNoise = try options.number("reset_noise_scale", 0.1)
  }

  var observationSize: Int { 9 }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    tip = try model.site("tip")
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    simulation.addResetNoise(resetNoise, velocities: .gaussian, &random)
  }

  func outcome(of _: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let tip = simulation.position(ofSite: tip)
    let (v1, v2) = (simulation.qvel[1], simulation.qvel[2])
    let distancePenalty = 0.01 * (tip.x * tip.x) + (tip.z - 2) * (tip.z - 2)
    let velocityPenalty = 1e-3 * (v1 * v1) + 5e-3 * (v2 * v2)
    let hasFallen = tip.z <= 1
    return StepOutcome(
      reward: (hasFallen ? 0 : healthyReward) - distancePenalty - velocityPenalty,
      terminated: hasFallen)
  }

  /// Position, sines and cosines of the poles' angles, then velocities and the force of the rail's
  /// ends on the cart, cut to ±10.
  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    var writer = ObservationWriter(observation)
    writer.append(simulation.qpos[0])
    for i in 1..<3 { writer.append(sin(simulation.qpos[i])) }
    for i in 1..<3 { writer.append(cos(simulation.qpos[i])) }
    for i in 0..<3 { writer.append(simulation.qvel[i].clipped(to: -10...10)) }
    writer.append(simulation.constraintForces[0].clipped(to: -10...10))
  }
}

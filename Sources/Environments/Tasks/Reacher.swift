import Foundation
import Randomness

/// An arm of two links whose fingertip is rewarded for being close to a random target.
///
/// Gymnasium's `Reacher-v5`.
struct Reacher: MuJoCoTask {
  static let id = "Reacher-v5"
  static let modelFile = "reacher.xml"
  static let stateSize = (positions: 4, velocities: 4)
  static let actionSize = 2
  static let horizon = 50
  static let frameSkip = 2

  private let distanceWeight: Double
  private let controlWeight: Double
  private var fingertip = 0
  private var target = 0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    distanceWeight = try options.number("reward_dist_weight", 1)
    controlWeight = try options.number("reward_control_weight", 1)
  }

  var observationSize: Int { 10 }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    fingertip = try model.body("fingertip")
    target = try model.body("target")
  }

  /// Joints close to zero, the target (the last two positions) anywhere within 0.2 m of the centre.
  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    for i in 0..<2 { simulation.qpos[i] += random.uniform(-0.1, 0.1) }
    let goal = Self.drawTarget(&random)
    simulation.qpos[2] = goal.x
    simulation.qpos[3] = goal.y
    for i in 0..<2 { simulation.qvel[i] += random.uniform(-0.005, 0.005) }
  }

  /// Uniform in the disc.
  private static func drawTarget(_ random: inout RandomStream) -> (x: Double, y: Double) {
    while true {
      let (x, y) = (random.uniform(-0.2, 0.2), random.uniform(-0.2, 0.2))
      if (x * x + y * y).squareRoot() < 0.2 { return (x, y) }
    }
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let distance = offset(simulation).length
    return StepOutcome(
      reward: -distance * distanceWeight - control.sumOfSquares * controlWeight, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    var writer = ObservationWriter(observation)
    for i in 0..<2 { writer.append(cos(simulation.qpos[i])) }
    for i in 0..<2 { writer.append(sin(simulation.qpos[i])) }
    for i in 2..<4 { writer.append(simulation.qpos[i]) }
    for i in 0..<2 { writer.append(simulation.qvel[i]) }
    let offset = offset(simulation)
    writer.append(offset.x)
    writer.append(offset.y)
  }

  /// From the target to the fingertip, in metres.
  @inline(__always)
  private func offset(_ simulation: Simulation) -> SIMD3<Double> {
    simulation.position(ofBody: fingertip) - simulation.position(ofBody: target)
  }
}

import Randomness

/// A cart on a rail that is rewarded for every step on which the pole on it has not fallen.
///
/// Gymnasium's `InvertedPendulum-v5`.
struct InvertedPendulum: MuJoCoTask {
  static let id = "InvertedPendulum-v5"
  static let modelFile = "inverted_pendulum.xml"
  static let stateSize = (positions: 2, velocities: 2)
  static let actionSize = 1
  static let horizon = 1000
  static let frameSkip = 2

  private let resetNoise: Double

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    resetNoise = try options.number("reset_noise_scale", 0.01)
  }

  var observationSize: Int { 4 }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    simulation.addResetNoise(resetNoise, velocities: .uniform, &random)
  }

  func outcome(of _: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let hasFallen = abs(simulation.qpos[1]) > 0.2
    return StepOutcome(reward: hasFallen ? 0 : 1, terminated: hasFallen)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    simulation.writeState(skippingPositions: 0, to: observation)
  }
}

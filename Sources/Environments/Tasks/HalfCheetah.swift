import Randomness

/// A planar cheetah with six actuated joints that is rewarded for running forward.
///
/// Gymnasium's `HalfCheetah-v5`.
struct HalfCheetah: MuJoCoTask {
  static let id = "HalfCheetah-v5"
  static let modelFile = "half_cheetah.xml"
  static let stateSize = (positions: 9, velocities: 9)
  static let actionSize = 6
  static let horizon = 1000
  static let frameSkip = 5

  private let forwardWeight: Double
  private let controlWeight: Double
  private let resetNoise: Double
  private let skippedPositions: Int
  private var x = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    forwardWeight = try options.number("forward_reward_weight", 1)
    controlWeight = try options.number("ctrl_cost_weight", 0.1)
    resetNoise = try options.number("reset_noise_scale", 0.1)
    skippedPositions =
      try options.flag("exclude_current_positions_from_observation", true) ? 1 : 0
  }

  var observationSize: Int { 18 - skippedPositions }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    for i in simulation.qpos.indices {
      simulation.qpos[i] += random.uniform(-resetNoise, resetNoise)
    }
    for i in simulation.qvel.indices { simulation.qvel[i] += resetNoise * random.gaussian() }
  }

  mutating func willStep(_ simulation: Simulation) {
    x = simulation.qpos[0]
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let velocity = (simulation.qpos[0] - x) / simulation.duration
    let cost = controlWeight * control.sumOfSquares
    return StepOutcome(reward: forwardWeight * velocity - cost, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    simulation.writeState(skippingPositions: skippedPositions, to: observation)
  }
}

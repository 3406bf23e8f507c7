import Randomness

/// Moving along x: reward for velocity and health, cost of controls.
struct PlanarLocomotion<Robot: PlanarRobot>: MuJoCoTask {
  static var id: String { Robot.id }
  static var modelFile: String { Robot.modelFile }
  static var stateSize: (positions: Int, velocities: Int) { Robot.stateSize }
  static var actionSize: Int { Robot.actionSize }
  static var horizon: Int { 1000 }
  static var frameSkip: Int { Robot.frameSkip }
  static var aliveBonus: Double { Robot.posture == nil ? 0 : 1 }

  private let forwardWeight: Double
  private let controlWeight: Double
  private let health: (reward: HealthReward, posture: Posture)?
  private let resetNoise: Double
  private let skippedPositions: Int
  private var x = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    forwardWeight = try options.number("forward_reward_weight", 1)
    controlWeight = try options.number("ctrl_cost_weight", Robot.controlWeight)
    if let posture = Robot.posture {
      health = (
        try HealthReward(&options, standard: Self.aliveBonus),
        try Posture(&options, standard: posture)
      )
    } else {
      health = nil
    }
    resetNoise = try options.number("reset_noise_scale", Robot.resetNoise)
    let excludes = try options.flag("exclude_current_positions_from_observation", true)
    skippedPositions = excludes ? Robot.hiddenPositions : 0
  }

  var observationSize: Int {
    Robot.stateSize.positions + Robot.stateSize.velocities - skippedPositions
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    simulation.addResetNoise(resetNoise, velocities: Robot.velocityNoise, &random)
  }

  mutating func willStep(_ simulation: Simulation) {
    x = simulation.qpos[0]
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let forwardReward = forwardWeight * ((simulation.qpos[0] - x) / simulation.duration)
    let cost = controlWeight * control.sumOfSquares
    guard let health else { return StepOutcome(reward: forwardReward - cost, terminated: false) }
    return health.reward.outcome(
      isHealthy: health.posture.holds(in: simulation), forwardReward: forwardReward, cost: cost)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    simulation.writeState(
      skippingPositions: skippedPositions, velocityLimit: Robot.velocityLimit, to: observation)
  }
}

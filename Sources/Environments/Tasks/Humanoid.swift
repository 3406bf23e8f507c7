import Randomness

/// A two-legged robot with seventeen actuated joints, rewarded for walking along x without falling.
///
/// Gymnasium's `Humanoid-v5`.
struct Humanoid: MuJoCoTask {
  static let id = "Humanoid-v5"
  static let modelFile = "humanoid.xml"
  static let stateSize = (positions: 24, velocities: 23)
  static let actionSize = 17
  static let horizon = 1000
  static let frameSkip = 5
  static let aliveBonus = 5.0
  private static let bodyCount = 14

  private let forwardWeight: Double
  private let controlWeight: Double
  private let contactWeight: Double
  private let contactCostRange: ClosedRange<Double>
  private let health: HealthReward
  private let healthyHeight: ClosedRange<Double>
  private let resetNoise: Double
  private let skippedPositions: Int
  private let observed: (inertias: Bool, velocities: Bool, actuators: Bool, contacts: Bool)
  private var x = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    forwardWeight = try options.number("forward_reward_weight", 1.25)
    controlWeight = try options.number("ctrl_cost_weight", 0.1)
    contactWeight = try options.number("contact_cost_weight", 5e-7)
    contactCostRange = try options.range("contact_cost_range", -.infinity...10)
    health = try HealthReward(&options, standard: Self.aliveBonus)
    healthyHeight = try options.range("healthy_z_range", 1...2)
    resetNoise = try options.number("reset_noise_scale", 1e-2)
    skippedPositions =
      try options.flag("exclude_current_positions_from_observation", true) ? 2 : 0
    observed = (
      try options.flag("include_cinert_in_observation", true),
      try options.flag("include_cvel_in_observation", true),
      try options.flag("include_qfrc_actuator_in_observation", true),
      try options.flag("include_cfrc_ext_in_observation", true)
    )
  }

  var observationSize: Int {
    let bodies = Self.bodyCount - 1
    return 47 - skippedPositions + (observed.inertias ? 10 * bodies : 0)
      + (observed.velocities ? 6 * bodies : 0) + (observed.actuators ? 17 : 0)
      + (observed.contacts ? 6 * bodies : 0)
  }

  var readsContactForces: Bool { observed.contacts || contactWeight != 0 }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    try model.checkBodyCount(Self.bodyCount, of: Self.id)
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    simulation.addResetNoise(resetNoise, velocities: .uniform, &random)
  }

  mutating func willStep(_ simulation: Simulation) {
    x = simulation.massCentre.x
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let velocity = (simulation.massCentre.x - x) / simulation.duration
    let contactCost = (contactWeight * simulation.contactForces.sumOfSquares)
      .clipped(to: contactCostRange)
    return health.outcome(
      isHealthy: healthyHeight.hasInside(simulation.qpos[2]),
      forwardReward: forwardWeight * velocity,
      cost: controlWeight * control.sumOfSquares + contactCost)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    var writer = ObservationWriter(observation)
    writer.appendState(of: simulation, skippingPositions: skippedPositions)
    if observed.inertias { writer.append(contentsOf: simulation.inertias) }
    if observed.velocities { writer.append(contentsOf: simulation.bodyVelocities) }
    if observed.actuators {
      writer.append(contentsOf: UnsafeBufferPointer(rebasing: simulation.actuatorForces[6...]))
    }
    if observed.contacts {
      writer.append(contentsOf: UnsafeBufferPointer(rebasing: simulation.contactForces[6...]))
    }
  }
}

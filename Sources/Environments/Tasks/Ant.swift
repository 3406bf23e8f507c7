import Randomness

/// A four-legged robot with eight actuated joints, rewarded for walking along x without falling.
///
/// Gymnasium's `Ant-v5`.
struct Ant: MuJoCoTask {
  static let id = "Ant-v5"
  static let modelFile = "ant.xml"
  static let stateSize = (positions: 15, velocities: 14)
  static let actionSize = 8
  static let horizon = 1000
  static let frameSkip = 5
  static let aliveBonus = 1.0
  private static let bodyCount = 14

  private let forwardWeight: Double
  private let controlWeight: Double
  private let contactWeight: Double
  private let health: HealthReward
  private let healthyHeight: ClosedRange<Double>
  private let contactForceRange: ClosedRange<Double>
  private let resetNoise: Double
  private let skippedPositions: Int
  private let observesContactForces: Bool
  private let mainBodyName: String
  private var mainBody = 1
  private var x = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    forwardWeight = try options.number("forward_reward_weight", 1)
    controlWeight = try options.number("ctrl_cost_weight", 0.5)
    contactWeight = try options.number("contact_cost_weight", 5e-4)
    health = try HealthReward(&options, standard: Self.aliveBonus)
    mainBodyName = options.text("main_body", "1")
    healthyHeight = try options.range("healthy_z_range", 0.2...1)
    contactForceRange = try options.range("contact_force_range", -1...1)
    resetNoise = try options.number("reset_noise_scale", 0.1)
    skippedPositions =
      try options.flag("exclude_current_positions_from_observation", true) ? 2 : 0
    observesContactForces = try options.flag("include_cfrc_ext_in_observation", true)
  }

  var observationSize: Int {
    29 - skippedPositions + (observesContactForces ? 6 * (Self.bodyCount - 1) : 0)
  }

  var readsContactForces: Bool { observesContactForces || contactWeight != 0 }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    try model.checkBodyCount(Self.bodyCount, of: Self.id)
    mainBody = try model.body(numberOrName: mainBodyName, option: "main_body")
  }

  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    simulation.addResetNoise(resetNoise, velocities: .gaussian, &random)
  }

  mutating func willStep(_ simulation: Simulation) {
    x = simulation.position(ofBody: mainBody).x
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let velocity = (simulation.position(ofBody: mainBody).x - x) / simulation.duration
    return health.outcome(
      isHealthy: healthyHeight.contains(simulation.qpos[2]),
      forwardReward: velocity * forwardWeight,
      cost: controlWeight * control.sumOfSquares + contactCost(simulation))
  }

  /// Counts the forces as they are observed, cut to their range, and the world's among them.
  @inline(__always)
  private func contactCost(_ simulation: Simulation) -> Double {
    let forces = simulation.contactForces
    let squares = NumPySum.of(forces.count) { i in
      let force = forces[i].clipped(to: contactForceRange)
      return force * force
    }
    return contactWeight * squares
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    var writer = ObservationWriter(observation)
    writer.appendState(of: simulation, skippingPositions: skippedPositions)
    guard observesContactForces else { return }
    let forces = simulation.contactForces
    for i in 6..<forces.count { writer.append(forces[i].clipped(to: contactForceRange)) }
  }
}

import Randomness

/// An arm of seven joints that is rewarded for pushing a cylinder to a goal.
///
/// Gymnasium's `Pusher-v5`.
struct Pusher: MuJoCoTask {
  static let id = "Pusher-v5"
  static let modelFile = "pusher_v5.xml"
  static let stateSize = (positions: 11, velocities: 11)
  static let actionSize = 7
  static let horizon = 100
  static let frameSkip = 5

  private let nearWeight: Double
  private let distanceWeight: Double
  private let controlWeight: Double
  private var tip = 0
  private var object = 0
  private var goal = 0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    nearWeight = try options.number("reward_near_weight", 0.5)
    distanceWeight = try options.number("reward_dist_weight", 1)
    controlWeight = try options.number("reward_control_weight", 0.1)
  }

  var observationSize: Int { 23 }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    tip = try model.body("tips_arm")
    object = try model.body("object")
    goal = try model.body("goal")
  }

  /// The arm at its default, the cylinder (positions 7 and 8) away from the goal (9 and 10).
  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    let cylinder = Self.drawCylinder(&random)
    simulation.qpos[7] = cylinder.x
    simulation.qpos[8] = cylinder.y
    simulation.qpos[9] = 0
    simulation.qpos[10] = 0
    for i in 0..<7 { simulation.qvel[i] += random.uniform(-0.005, 0.005) }
  }

  /// Uniform in a rectangle, more than 0.17 m from the goal.
  private static func drawCylinder(_ random: inout RandomStream) -> (x: Double, y: Double) {
    while true {
      let (x, y) = (random.uniform(-0.3, 0), random.uniform(-0.2, 0.2))
      if (x * x + y * y).squareRoot() > 0.17 { return (x, y) }
    }
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    let cylinder = simulation.position(ofBody: object)
    let near = (cylinder - simulation.position(ofBody: tip)).length * nearWeight
    let distance = (cylinder - simulation.position(ofBody: goal)).length * distanceWeight
    return StepOutcome(
      reward: -distance - control.sumOfSquares * controlWeight - near, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    var writer = ObservationWriter(observation)
    for i in 0..<7 { writer.append(simulation.qpos[i]) }
    for i in 0..<7 { writer.append(simulation.qvel[i]) }
    writer.append(simulation.position(ofBody: tip))
    writer.append(simulation.position(ofBody: object))
    writer.append(simulation.position(ofBody: goal))
  }
}

import Randomness

/// An arm of seven joints that is rewarded for throwing a ball into a box.
///
/// Gym's `Thrower-v2`; the reward of a step is of the state before it, as there.
struct Thrower: MuJoCoTask {
  static let id = "Thrower-v2"
  static let modelFile = "thrower.xml"
  static let assets = AssetSet.optional
  static let stateSize = (positions: 16, velocities: 15)
  static let actionSize = 7
  static let horizon = 100
  static let frameSkip = 5

  /// The ball has landed when it is below this height, in metres.
  private static let ground = -0.25

  /// Whether the landing place moves on with the ball; see docs/environments.md.
  private let movesLanding: Bool
  private var scene: ArmScene?
  private var landing: SIMD3<Double>?
  private var missedBy = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    movesLanding = try options.flag("live_positions", false)
  }

  var observationSize: Int { ArmScene.observationSize }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    scene = try ArmScene(model, tip: "r_wrist_roll_link", object: "ball", goal: "goal")
  }

  /// The ball in the hand, the box (positions 7 and 8) drawn.
  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    for i in 7...8 { simulation.qpos[i] = random.uniform(-0.3, 0.3) }
    ArmScene.drawVelocities(&random, simulation, noise: 0.005)
  }

  mutating func begin() { landing = nil }

  mutating func willStep(_ simulation: Simulation) {
    guard let scene else { return }
    let ball = scene.object(simulation)
    if landing == nil && ball.z < Self.ground && !movesLanding { landing = ball }
    var place = landing ?? ball
    let goal = scene.goal(simulation)
    place.z = goal.z
    missedBy = ArmScene.distance(place, goal)
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    StepOutcome(reward: -missedBy - 0.002 * control.sumOfSquares, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    scene?.observe(simulation, observation)
  }
}

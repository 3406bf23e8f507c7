import Foundation
import Randomness

/// An arm of seven joints that is rewarded for striking a ball into a goal out of its reach.
///
/// Gym's `Striker-v2`; the reward of a step is of the state before it, as there.
struct Striker: MuJoCoTask {
  static let id = "Striker-v2"
  static let modelFile = "striker.xml"
  static let assets = AssetSet.optional
  static let stateSize = (positions: 16, velocities: 15)
  static let actionSize = 7
  static let horizon = 100
  static let frameSkip = 5

  private static let ball = SIMD2(0.5, -0.175)
  /// The tip strikes the ball when it is closer than this, in metres.
  private static let strikeDistance = 0.1

  /// Whether the point of the strike moves on with the tip; see docs/environments.md.
  private let movesStrikePoint: Bool
  private var scene: ArmScene?
  private var strikePoint: SIMD3<Double>?
  private var closestToGoal = Double.infinity
  private var distanceReward = 0.0

  init(_ options: inout EnvironmentOptions) throws(EnvironmentError) {
    movesStrikePoint = try options.flag("live_positions", false)
  }

  var observationSize: Int { ArmScene.observationSize }

  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError) {
    scene = try ArmScene(model, tip: "tips_arm", object: "object", goal: "goal")
  }

  /// The ball always at the same place (positions 7 and 8 are y and x), the goal drawn.
  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation) {
    let goal = Self.drawGoal(&random)
    let offset = Self.ball - goal
    let qpos = simulation.qpos
    (qpos[7], qpos[8]) = (Self.ball.y, Self.ball.x)
    (qpos[9], qpos[10]) = (goal.x, goal.y)
    // Gym's own approximation of the turn that faces the ball.
    qpos[15] = -atan(offset.x / (offset.y + 1e-8)) / 3.14
    ArmScene.drawVelocities(&random, simulation, noise: 0.1)
  }

  /// Uniform in a rectangle, more than 0.17 m from the ball.
  private static func drawGoal(_ random: inout RandomStream) -> SIMD2<Double> {
    while true {
      let goal = SIMD2(random.uniform(0.15, 0.7), random.uniform(0.1, 1))
      let offset = ball - goal
      if (offset * offset).sum().squareRoot() > 0.17 { return goal }
    }
  }

  mutating func begin() { (strikePoint, closestToGoal) = (nil, .infinity) }

  mutating func willStep(_ simulation: Simulation) {
    guard let scene else { return }
    let (tip, object) = (scene.tip(simulation), scene.object(simulation))
    closestToGoal = min(closestToGoal, ArmScene.distance(object, scene.goal(simulation)))
    let reach = ArmScene.distance(object, tip)
    if reach < Self.strikeDistance && !movesStrikePoint { strikePoint = tip }
    let near = strikePoint.map { ArmScene.distance(object, $0) } ?? reach
    distanceReward = -3 * closestToGoal - 0.5 * near
  }

  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome {
    StepOutcome(reward: distanceReward - 0.1 * control.sumOfSquares, terminated: false)
  }

  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    scene?.observe(simulation, observation)
  }
}

import CMuJoCo
import Randomness

/// An arm of seven joints, an object and a goal: what Gym's Striker and Thrower observe.
struct ArmScene {
  /// Number of observation components.
  static let observationSize = 23
  private static let joints = 7

  private let tipBody: Int
  private let objectBody: Int
  private let goalBody: Int

  /// The scene whose bodies have the given names in `model`.
  init(
    _ model: PhysicsModel, tip: String, object: String, goal: String
  ) throws(EnvironmentError) {
    tipBody = try model.body(tip)
    objectBody = try model.body(object)
    goalBody = try model.body(goal)
  }

  /// Where the arm ends, in metres.
  func tip(_ simulation: Simulation) -> SIMD3<Double> { simulation.position(ofBody: tipBody) }

  /// Where the object is, in metres.
  func object(_ simulation: Simulation) -> SIMD3<Double> {
    simulation.position(ofBody: objectBody)
  }

  /// Where the goal is, in metres.
  func goal(_ simulation: Simulation) -> SIMD3<Double> { simulation.position(ofBody: goalBody) }

  /// Writes the arm's positions and velocities, then tip, object and goal.
  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>) {
    for i in 0..<Self.joints {
      observation[i] = simulation.qpos[i]
      observation[Self.joints + i] = simulation.qvel[i]
    }
    let (tip, object, goal) = (tip(simulation), object(simulation), goal(simulation))
    for i in 0..<3 {
      observation[14 + i] = tip[i]
      observation[17 + i] = object[i]
      observation[20 + i] = goal[i]
    }
  }

  /// Adds noise, uniform in ±`noise`, to the velocities of the arm alone.
  static func drawVelocities(_ random: inout RandomStream, _ simulation: Simulation, noise: Double)
  {
    for i in 0..<joints { simulation.qvel[i] += random.uniform(-noise, noise) }
  }

  /// The Euclidean distance of two points.
  static func distance(_ first: SIMD3<Double>, _ second: SIMD3<Double>) -> Double {
    let difference = first - second
    return (difference * difference).sum().squareRoot()
  }
}

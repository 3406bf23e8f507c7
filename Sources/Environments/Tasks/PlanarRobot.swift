/// What sets one robot of Gymnasium's that moves along x in a plane apart from the others.
protocol PlanarRobot: Sendable {
  /// Gymnasium's id.
  static var id: String { get }
  /// The model's file among the assets.
  static var modelFile: String { get }
  /// Number of position and velocity coordinates of the model, nq and nv; qpos[0] is x.
  static var stateSize: (positions: Int, velocities: Int) { get }
  /// Number of action components.
  static var actionSize: Int { get }
  /// MuJoCo time steps per environment step.
  static var frameSkip: Int { get }
  /// Weight of Σ control² in the reward.
  static var controlWeight: Double { get }
  /// Scale of the noise on the initial state.
  static var resetNoise: Double { get }
  /// How initial velocities are drawn.
  static var velocityNoise: Simulation.VelocityNoise { get }
  /// Number of leading positions that are observed only when asked for.
  static var hiddenPositions: Int { get }
  /// Largest magnitude of an observed velocity.
  static var velocityLimit: Double { get }
  /// The posture that counts as healthy; nil for robots that cannot fall.
  static var posture: Posture? { get }
}

extension PlanarRobot {
  static var hiddenPositions: Int { 1 }
  static var velocityLimit: Double { .infinity }
  static var posture: Posture? { nil }
}

import Randomness

/// What a task adds to a MuJoCo model: where episodes start, what is observed, what is rewarded.
///
/// One small value per instance; it may remember what its reward compares.
protocol PhysicsTask: Sendable {
  /// Number of observation components.
  var observationSize: Int { get }
  /// Whether the task reads contact forces on bodies, whose computation (`mj_rnePostConstraint`) no
  /// other quantity depends on.
  var readsContactForces: Bool { get }
  /// The number of the model's keyframe that episodes start from; nil for the model's default state.
  var keyframe: Int? { get }

  /// Looks up what the task needs of a model whose sizes were checked.
  mutating func bind(_ model: PhysicsModel) throws(EnvironmentError)

  /// Forgets the episode before.
  mutating func begin()

  /// Draws an initial state into `qpos` and `qvel`, which hold where episodes start.
  mutating func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation)

  /// Remembers what the reward compares with, before the physics advance.
  mutating func willStep(_ simulation: Simulation)

  /// Reward and termination after the physics advanced under `control`, in the actuators' units.
  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome

  /// Writes the observation of the present state, `observationSize` components.
  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>)
}

extension PhysicsTask {
  var readsContactForces: Bool { false }
  var keyframe: Int? { nil }

  mutating func bind(_: PhysicsModel) throws(EnvironmentError) {}

  mutating func begin() {}

  mutating func willStep(_: Simulation) {}
}

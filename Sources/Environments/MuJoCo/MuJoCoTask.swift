import Randomness

/// What a Gymnasium environment adds to a MuJoCo model: where episodes start, what is observed, what
/// is rewarded. One small value per instance; it may remember what its reward compares.
protocol MuJoCoTask: Sendable {
  /// Gymnasium's id.
  static var id: String { get }
  /// The model's file among the assets.
  static var modelFile: String { get }
  /// Number of observation components.
  static var observationSize: Int { get }
  /// Number of position and velocity coordinates of the model, nq and nv.
  static var stateSize: (positions: Int, velocities: Int) { get }
  /// Number of action components, one per actuator.
  static var actionSize: Int { get }
  /// Steps after which an episode is truncated.
  static var horizon: Int { get }
  /// MuJoCo time steps per environment step.
  static var frameSkip: Int32 { get }

  /// The task on a simulation whose sizes were checked.
  init(_ simulation: Simulation)

  /// Draws an initial state into `qpos` and `qvel`, which hold the model's default.
  func drawInitialState(_ random: inout RandomStream, _ simulation: Simulation)

  /// Remembers what the reward compares with, before the physics advance.
  mutating func willStep(_ simulation: Simulation)

  /// Reward and termination after the physics advanced under `control`, in the actuators' units.
  func outcome(of control: UnsafeBufferPointer<Double>, _ simulation: Simulation) -> StepOutcome

  /// Writes the observation of the present state, `observationSize` components.
  func observe(_ simulation: Simulation, _ observation: UnsafeMutableBufferPointer<Double>)
}

extension MuJoCoTask {
  /// Throws unless the model has the sizes that the task was written for.
  static func checkSizes(_ model: PhysicsModel) throws(EnvironmentError) {
    let found = (model.positionSize, model.velocitySize, model.controlSize)
    let expected = (stateSize.positions, stateSize.velocities, actionSize)
    guard found == expected else {
      throw EnvironmentError(
        .invalidModel,
        "\(modelFile) has \(found.0) positions, \(found.1) velocities and \(found.2) actuators "
          + "where \(id) has \(expected.0), \(expected.1) and \(expected.2): "
          + "run ops/bootstrap to restore it")
    }
  }

  /// Seconds per environment step.
  static func duration(_ simulation: Simulation) -> Double {
    simulation.model.timestep * Double(frameSkip)
  }
}

extension EnvironmentDescription {
  /// The description of a MuJoCo task.
  static func task<Task: MuJoCoTask>(_: Task.Type) -> EnvironmentDescription {
    EnvironmentDescription(
      id: Task.id, observationSize: Task.observationSize, actionSize: Task.actionSize,
      horizon: Task.horizon
    ) { () throws(EnvironmentError) in
      try MuJoCoEnvironment<Task>(model: PhysicsModel.shared(Task.modelFile))
    }
  }
}

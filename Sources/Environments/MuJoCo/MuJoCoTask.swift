import ChromaticPolicy

/// A Gymnasium environment on MuJoCo: a physics task of one model file and fixed sizes.
protocol MuJoCoTask: PhysicsTask {
  /// Gymnasium's id.
  static var id: String { get }
  /// The model's file among the assets.
  static var modelFile: String { get }
  /// The assets that file belongs to.
  static var assets: AssetSet { get }
  /// Number of position and velocity coordinates of the model, nq and nv.
  static var stateSize: (positions: Int, velocities: Int) { get }
  /// Number of action components, one per actuator.
  static var actionSize: Int { get }
  /// Steps after which an episode is truncated.
  static var horizon: Int { get }
  /// MuJoCo time steps per environment step, unless the option `frame_skip` says otherwise.
  static var frameSkip: Int { get }
  /// Reward per step for being alive, which training subtracts by default.
  static var aliveBonus: Double { get }

  /// The task under the given options.
  init(_ options: inout EnvironmentOptions) throws(EnvironmentError)
}

extension MuJoCoTask {
  static var assets: AssetSet { .standard }
  static var aliveBonus: Double { 0 }

  /// Throws unless the model has the sizes that the task was written for.
  static func checkSizes(_ model: PhysicsModel) throws(EnvironmentError) {
    let found = (model.positionSize, model.velocitySize, model.controlSize)
    let expected = (stateSize.positions, stateSize.velocities, actionSize)
    guard found == expected else {
      throw EnvironmentError(
        .invalidModel,
        "\(modelFile) has \(found.0) positions, \(found.1) velocities and \(found.2) actuators "
          + "where \(id) has \(expected.0), \(expected.1) and \(expected.2): "
          + "run \(assets.command) to restore it")
    }
  }
}

extension MuJoCoEnvironment where Task: MuJoCoTask {
  /// An instance of a Gymnasium environment; throws if the model is another one than its own.
  convenience init(
    _ task: Task, model: PhysicsModel, frameSkip: Int, horizon: Int
  ) throws(EnvironmentError) {
    try Task.checkSizes(model)
    try self.init(task, id: Task.id, model: model, frameSkip: frameSkip, horizon: horizon)
  }
}

extension EnvironmentDescription {
  /// The description of a MuJoCo task under `settings`.
  static func task<Task: MuJoCoTask>(
    _: Task.Type, _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    var options = EnvironmentOptions(settings)
    let frameSkip = try options.integer("frame_skip", Task.frameSkip, in: 1...10_000)
    let task = try Task(&options)
    try options.checkAllRead()
    let horizon = settings.horizon ?? Task.horizon
    return EnvironmentDescription(
      id: Task.id, observationSize: task.observationSize, actionSize: Task.actionSize,
      horizon: horizon, aliveBonus: Task.aliveBonus, isOptional: Task.assets == .optional,
      options: options.known,
      identify: { () throws(EnvironmentError) in
        try PhysicsModel.shared(Task.modelFile, of: Task.assets).identity
      }
    ) { () throws(EnvironmentError) in
      try MuJoCoEnvironment(
        task, model: PhysicsModel.shared(Task.modelFile, of: Task.assets), frameSkip: frameSkip,
        horizon: horizon)
    }
  }
}

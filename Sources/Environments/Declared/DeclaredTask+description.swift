import ChromaticPolicy

extension DeclaredTask {
  /// What the ids of declared environments begin with; the model's path follows.
  static let scheme = "mjcf:"

  /// The environment of the model and task file that `settings` name.
  @Sendable static func describe(
    _ settings: EnvironmentSettings
  ) throws(EnvironmentError) -> EnvironmentDescription {
    let path = String(settings.id.dropFirst(scheme.count))
    let files = try DeclaredFiles.load(path, wanted: settings.options["digest"])
    let model = files.model
    var options = EnvironmentOptions(settings, declaration: files.declaration)
    let task = try DeclaredTask(&options, model)
    let frameSkip = try options.integer("frame_skip", 5, in: 1...10_000)
    let steps = try options.integer("horizon", 1000, in: 1...EnvironmentSettings.largestCount)
    _ = try options.choice("digest", files.digest, of: [files.digest])
    try options.checkAllRead()
    let horizon = settings.horizon ?? steps
    return EnvironmentDescription(
      id: settings.id, observationSize: task.observationSize, actionSize: model.controlSize,
      horizon: horizon, aliveBonus: task.healthyReward, options: options.known,
      pins: ["digest": files.digest]
    ) { () throws(EnvironmentError) in
      try MuJoCoEnvironment(
        task, id: settings.id, model: model, frameSkip: frameSkip, horizon: horizon)
    }
  }
}

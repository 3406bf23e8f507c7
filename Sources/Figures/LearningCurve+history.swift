import RunPlan

extension LearningCurve {
  /// The curve of a run's history with its search steps.
  public init(_ history: [HistoryEntry], of configuration: RunConfiguration) {
    self.init(
      environment: configuration.environment.id, architecture: configuration.architecture,
      classes: configuration.partitions, controller: configuration.controller.rawValue,
      seed: configuration.seed,
      points: history.map {
        Point(
          iteration: $0.iteration, meanReturn: $0.mean, maxReturn: $0.max,
          proposalReturn: $0.proposal)
      },
      searchSteps: history.filter(\.searchStep).map(\.iteration))
  }
}

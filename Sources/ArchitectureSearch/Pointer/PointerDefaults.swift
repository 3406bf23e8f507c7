/// Defaults of the pointer network controller; where they were measured says docs/controllers.md.
enum PointerDefaults {
  /// The step on a logit, for V_edge; the factorised controller's.
  static let learningRate = FactorisedController.defaultLearningRate
  /// Adam's step; larger ones move all edges at once and cost the entropy that edges need.
  static let sharedLearningRate = 0.0001
  static let entropyWeight = 0.0
  static let baselineDecay = 0.0
  static let divergenceLimit = 0.15
  static let replayWeight = 0.0
  static let replayCapacity = 32
  /// Partitions drawn from the replay buffer in one step.
  static let replayDraws = 16
  static let temperature = 40.0
  static let logitBound = 40.0
  static let hiddenWidth = 32
  static let memoryBudget = 256 << 20
  /// Times a step may be shortened before it is given up.
  static let shorteningTries = 5
}

extension ControllerSettings {
  /// The network's sizes; the attention has at least a unit per class.
  func pointerShape(edgeCount: Int, classCount: Int) -> PointerShape {
    PointerShape(
      edgeCount: edgeCount, classCount: classCount,
      hiddenWidth: hiddenWidth ?? PointerDefaults.hiddenWidth,
      attentionWidth: max(attentionWidth ?? 0, (classCount + 7) / 8 * 8))
  }
}

/// The effects of reducing an iteration.
public struct Reduction: Sendable, Hashable {
  /// If not nil, replaces the run's weights hash.
  public var weights: Fields?
  /// Set in the run's partitions hash (rewards).
  public var partitions: Fields
  /// Set in the run's checkpoint hash (best policies).
  public var checkpoint: Fields
  /// If not nil, appended to the run's history: one line of JSON.
  public var history: String?
  /// The submission that they follow from; another one of the same name does not take them. Nil: any.
  public var submission: String?

  /// Effects with the given parts.
  public init(
    weights: Fields?, partitions: Fields, checkpoint: Fields, history: String?
  ) {
    self.weights = weights
    self.partitions = partitions
    self.checkpoint = checkpoint
    self.history = history
  }
}

/// The effects of publishing the next iteration.
public struct Publication: Sendable, Hashable {
  /// Number of evaluations, at least 1, which get the indices 0..<`taskCount` in this order.
  public var taskCount: Int
  /// The iteration that begins; nil for the one after the update's.
  public var iteration: Int?
  /// If not nil, replaces the run's weights hash (first iteration).
  public var weights: Fields?
  /// If not nil, replaces the run's partitions hash (a new batch).
  public var partitions: Fields?
  /// Set in the run's checkpoint hash.
  public var checkpoint: Fields
  /// The submission that they follow from; another one of the same name does not take them. Nil: any.
  public var submission: String?

  /// Effects with the given parts.
  public init(taskCount: Int, weights: Fields?, partitions: Fields?, checkpoint: Fields) {
    precondition(taskCount > 0)
    self.taskCount = taskCount
    self.weights = weights
    self.partitions = partitions
    self.checkpoint = checkpoint
  }
}

/// What became of a delivered result.
public enum Completion: Sendable, Hashable {
  /// It was the first and counts.
  case accepted
  /// It was the first and completed its iteration.
  case completedIteration
  /// An earlier result of the same task counts.
  case duplicate
  /// The run is over or past this iteration.
  case stale
  /// A failure that no other evaluator has seen yet: the task went back to the queue.
  case doubted
  /// As `doubted`; and another evaluator has finished what this one failed before, which has
  /// finished nothing since.
  case overruled

  /// Whether the task went back to the queue.
  public var goesBack: Bool { self == .doubted || self == .overruled }
}

/// A task whose lease expired.
public struct ReapedTask: Sendable, Hashable {
  /// The task.
  public var task: TaskID
  /// Who held it.
  public var evaluator: String
  /// How often it has been leased and lost.
  public var attempt: Int
  /// Whether it was given up and recorded as failed.
  public var isDead: Bool

  /// A reaped task with the given parts.
  public init(task: TaskID, evaluator: String, attempt: Int, isDead: Bool) {
    self.task = task
    self.evaluator = evaluator
    self.attempt = attempt
    self.isDead = isDead
  }
}

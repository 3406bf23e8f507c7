import RunQueue

/// `/api/dead` and `chromatic dead --json`: what was given up, the latest first.
public struct DeadView: Sendable, Hashable, Encodable {
  /// A line each.
  public var tasks: [Task]
  /// How many there are in all.
  public var count: Int

  /// What was given up, and where it stands now.
  public struct Task: Sendable, Hashable, Encodable {
    /// The line as it stands in the list.
    public var line: String
    /// `lost`, `pending`, `delivered`, `reduced`, `over` or `malformed`.
    public var standing: String
    /// The task's run, absent where the line names no task.
    public var run: String?
    /// The task's iteration.
    public var iteration: Int?
    /// The task's index in the iteration.
    public var index: Int?
    /// Why it was given up.
    public var reason: String
  }

  /// The view of what a store lists, oldest first; of the last `limit`.
  public init(_ tasks: [DeadTask], limit: Int = .max) {
    count = tasks.count
    self.tasks = tasks.suffix(limit).reversed().map(Task.init)
  }
}

extension DeadView.Task {
  init(_ dead: DeadTask) {
    let task = dead.task
    self.init(
      line: dead.line, standing: dead.standing.rawValue, run: task?.iteration.run.name,
      iteration: task?.iteration.iteration, index: task?.index, reason: dead.reason)
  }
}

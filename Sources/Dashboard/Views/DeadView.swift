import RunQueue

/// `/api/dead`: what was given up, the latest first, at most a hundred lines.
public struct DeadView: Sendable, Hashable, Encodable {
  /// A line each.
  public var tasks: [Task]
  /// How many there are in all.
  public var count: Int

  /// What was given up, and where it stands now.
  public struct Task: Sendable, Hashable, Encodable {
    var line: String
    var standing: String
  }

  /// The view of what a store lists, oldest first.
  public init(_ tasks: [DeadTask]) {
    count = tasks.count
    self.tasks = tasks.suffix(100).reversed().map {
      Task(line: $0.line, standing: "\($0.standing)")
    }
  }
}

/// A line of the dead list.
public struct DeadTask: Sendable, Hashable {
  /// What became of the task since it was given up; the raw values are the scripts'.
  public enum Standing: String, Sendable, CaseIterable {
    /// Its failed result stands and its iteration is not reduced.
    case lost
    /// It is queued again.
    case pending
    /// A true result counts.
    case delivered
    /// Its iteration is reduced without it.
    case reduced
    /// Its run is over, forgotten or damaged.
    case over
    /// The line is no task but a malformed message.
    case malformed
  }

  /// The line: a task or message, then the reason.
  public var line: String
  /// Where the task stands now.
  public var standing: Standing

  /// A line that stands as `standing`.
  public init(line: String, standing: Standing) {
    self.line = line
    self.standing = standing
  }

  /// The task that the line says was lost, or nil for a malformed message.
  public var task: TaskID? { lost?.task }

  /// Why it was given up.
  public var reason: String { lost?.reason ?? line }

  private var lost: (task: TaskID, reason: String)? {
    let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3].hasPrefix(Self.mark),
      let task = TaskID(message: parts.prefix(3).joined(separator: " "))
    else { return nil }
    return (task, String(parts[3]))
  }

  /// What the reason of a lost task begins with.
  static let mark = "lost "
  /// What the result of a task begins with that was given up.
  static let failure = "failed lost "
}

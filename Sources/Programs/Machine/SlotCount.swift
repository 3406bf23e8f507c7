import RunPlan

/// How many evaluations an evaluator does at a time, one thread each.
public struct SlotCount: Sendable, Hashable {
  /// The number, from 1 to 1024.
  public let count: Int
  /// Why it is less than there are processors; nil if it is not.
  public let note: String?

  /// Where such limits come from.
  static let limits = "see ulimit -u, ulimit -v and the container's limit of processes"
  /// Threads beside those of the slots: heartbeat, the runtime's own.
  private static let others = 8

  /// The number that is given, or as many as there are processors and threads for them.
  public init(_ given: GivenText?) throws(InvalidSetting) {
    try self.init(given, processors: AvailableProcessors.count, startable: WorkerThread.startable)
  }

  /// - Parameter startable: of so many threads, how many can be started.
  init(
    _ given: GivenText?, processors: Int, startable: (Int) -> Int
  ) throws(InvalidSetting) {
    let range = 1...1024
    let wanted = given.map { Int($0.text) } ?? min(max(processors, 1), range.upperBound)
    guard let wanted, range.contains(wanted) else {
      throw given?.invalid("1 to 1024") ?? InvalidSetting("--slots is missing: give 1 to 1024")
    }
    let possible = startable(wanted + Self.others) - Self.others
    if possible >= wanted {
      (count, note) = (wanted, nil)
      return
    }
    guard given == nil, possible >= 1 else {
      throw InvalidSetting(
        "\(given?.source ?? "--slots") is \(wanted), but the system gives this process threads for "
          + (possible < 1 ? "none" : "\(possible)") + ": \(Self.limits)")
    }
    count = possible
    note =
      "\(possible) slots for \(wanted) processors, for more there are no threads: \(Self.limits)"
  }
}

/// How a schedule ended.
public struct ScheduleReport: Sendable {
  /// The seed that replays it.
  public var seed: UInt64
  /// What did not hold; empty if everything did.
  public var violations: [String] = []
  /// How often each fault was injected.
  public var faults: [Fault: Int] = [:]
  /// Calls to the store.
  public var calls = 0
  /// Events of the simulation.
  public var events = 0
  /// Virtual seconds until every run was over.
  public var seconds = 0.0
  /// Evaluations recorded as failed because they were lost too often.
  public var givenUp = 0
  /// What happened, one line per event, if asked for.
  public var trace: [String] = []
}

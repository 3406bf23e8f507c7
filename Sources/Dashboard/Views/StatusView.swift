/// `chromatic status --json`, and a line of `chromatic top --json`: the queue and all its runs.
public struct StatusView: Sendable, Hashable, Encodable {
  /// What stands in the queue, who works on it, what is wrong.
  public var queue: QueueView
  /// All runs, by name.
  public var runs: [RunsView.Row]

  /// What `ledger` says at `now`.
  public init(_ ledger: QueueLedger, at now: Moment) {
    queue = QueueView(ledger, at: now)
    runs = RunsView(ledger).runs
  }
}

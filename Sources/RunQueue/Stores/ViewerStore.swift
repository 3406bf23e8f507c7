/// What somebody who only looks on asks of the queue.
public protocol ViewerStore: QueueObserver {
  /// History lines from number `start` on.
  func history(of run: RunID, from start: Int) throws(StoreError) -> [String]
  /// Why the last of a run's failed evaluations failed, nil if none has.
  func lastFailure(of run: RunID) throws(StoreError) -> String?
  /// What was given up, oldest first, and whether a requeue would still help.
  func deadTasks() throws(StoreError) -> [DeadTask]
  /// All that fixes how a run goes on, as it stands at one moment.
  func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot
}

/// What operators do with a queue beyond starting and ending runs.
public protocol OperatorStore: RunStore {
  /// What was given up, oldest first, and whether a requeue would still help.
  func deadTasks() throws(StoreError) -> [DeadTask]
  /// Queues given-up tasks again, of `run` or of all runs, where the failed result still stands.
  ///
  /// Takes back the announcement of their iteration. Returns what it looked at, each as it was found:
  /// `.lost` ones are queued now and no longer listed as dead.
  func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask]
  /// Removes all that the queue holds of a run that is over.
  ///
  /// Its name can then be given to a run with the same configuration only.
  func forget(_ run: RunID) throws(StoreError)
  /// All that fixes how a run goes on, as it stands at one moment.
  func snapshot(of run: RunID) throws(StoreError) -> RunSnapshot
  /// Takes up a run named `run` where `snapshot` left it; evaluations without result are queued.
  func restore(_ snapshot: RunSnapshot, as run: RunID) throws(StoreError)
}

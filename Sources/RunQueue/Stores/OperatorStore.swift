/// What an operator asks of the queue: runs begin, pause, end and move.
public protocol OperatorStore: ViewerStore {
  /// Accepts a new run and announces it to the controller with the update `<run> -1`.
  func submit(_ run: RunID, config: Fields) throws(StoreError)
  /// Pauses a running run after its current iteration, or holds a submitted one.
  func pause(_ run: RunID) throws(StoreError)
  /// Continues a paused run where it stopped.
  func resume(_ run: RunID) throws(StoreError)
  /// Ends a run; its pending tasks are dropped when claimed.
  func cancel(_ run: RunID) throws(StoreError)
  /// Queues given-up tasks again, of `run` or of all runs, where the failed result still stands.
  ///
  /// Takes back the announcement of their iteration. Returns what it looked at, each as it was found:
  /// `.lost` ones are queued now and no longer listed as dead.
  func requeueDeadTasks(of run: RunID?) throws(StoreError) -> [DeadTask]
  /// Lets evaluators begin nothing until they end, or with `undo` again.
  ///
  /// Returns those of them that are not there; if there is one, nothing was changed.
  func drain(_ evaluators: [String], undo: Bool) throws(StoreError) -> [String]
  /// Removes all that the queue holds of a run that is over.
  ///
  /// Its name can then be given to a run with the same configuration only.
  func forget(_ run: RunID) throws(StoreError)
  /// Takes up a run named `run` where `snapshot` left it; evaluations without result are queued.
  func restore(_ snapshot: RunSnapshot, as run: RunID) throws(StoreError)
}

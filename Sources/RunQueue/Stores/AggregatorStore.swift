/// What an aggregator asks of the queue: complete iterations, and tasks that are late.
public protocol AggregatorStore: LeaderStore, RunLister {
  /// Waits up to `timeout` seconds for a complete iteration and looks at it without removing it.
  ///
  /// Messages of runs that are over or past the iteration are dropped on the way. The wait may end
  /// early with nil, when only such messages came.
  func nextResult(timeout: Double) throws(StoreError) -> IterationID?
  /// All results of an iteration by index.
  func results(of iteration: IterationID) throws(StoreError) -> [Int: String]
  /// Those of an iteration's results with the given indices that are there.
  func results(_ indices: [Int], of iteration: IterationID) throws(StoreError) -> [Int: String]
  /// How many of an iteration's results are there.
  func resultCount(of iteration: IterationID) throws(StoreError) -> Int
  /// Replaces the head of the results list by its effects, in one step.
  ///
  /// Returns false, without effects other than dropping a stale message, if the message is no longer
  /// at the head or the run is no longer in that iteration; and false, without any effect, if
  /// `leader` has a name and is not the aggregator that leads.
  func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool
  /// Replaces the head of the results list by the phase `suspended`, in one step, with `message`; what
  /// the iteration's evaluations gave is forgotten. Fenced as `commit` is.
  func suspend(
    _ iteration: IterationID, of submission: String?, message: String, by leader: String?
  ) throws(StoreError) -> Bool
  /// Issues again what a run waits for and nobody holds, if it still stands where it stood when a former
  /// call returned `place`; else returns where it stands.
  func reissueVanished(of run: RunID, since place: String?) throws(StoreError) -> Standstill
  /// Returns tasks with expired leases to the queue; those that expired `attempts` times are
  /// recorded with the result `failed lost <n> times, last by <evaluator>` and listed as dead.
  ///
  /// Evaluators silent for longer than `QueueOverview.forgetsEvaluatorAfter` are forgotten.
  func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask]

  /// Queues a run's tasks a second time that nobody delivered within `seconds` of their claim, when
  /// no other task of the run is pending; the first result of a task counts.
  ///
  /// Their leases stay. Returns the tasks, the longest awaited first; each again after `seconds`.
  func issueBackups(of run: RunID, after seconds: Double) throws(StoreError) -> [TaskID]
  /// Ends a run that cannot go on, for any service that finds out; no effect on a run that is over.
  ///
  /// Its messages are dropped when somebody next looks at them. Another submission than the one named goes
  /// on; nil names any.
  func fail(_ run: RunID, of submission: String?, message: String) throws(StoreError)
}

/// What an evaluator asks of the queue: tasks under a lease, and signs of life.
///
/// `ops/redis/make-users` gives the user `evaluator` just what these calls need; so for every role, and
/// `RoleProtocolTests` compare the two.
public protocol EvaluatorStore: RunReader {
  /// Waits up to `timeout` seconds until a task is pending; false if none came.
  func waitForTasks(timeout: Double) throws(StoreError) -> Bool
  /// Takes the oldest pending tasks of runs that are still going, each under a lease.
  ///
  /// Tasks of cancelled, failed or unknown runs and of past iterations are dropped on the way. Those
  /// of the submissions that the request refuses are left where they are, for others, as are
  /// those that this evaluator has failed while another one is alive to try them; past the first
  /// `TaskWindow.size` tasks none is looked for. A task that was lost before is taken alone: if it is what ends its
  /// evaluators, no other is lost with it again.
  func claim(by evaluator: String, _ request: ClaimRequest) throws(StoreError) -> Claimed
  /// Delivers results in order, and takes the next tasks in the same call if some are asked for; the first
  /// result of a task counts, whoever holds the lease.
  ///
  /// The last missing result of an iteration announces it on the results list. A result of another
  /// submission of the same name is stale. A failure is recorded once another evaluator fails the task,
  /// too, or the same one again while no other is alive; until then the task goes back to the queue, and
  /// no next one is taken.
  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt
  /// Extends the leases the evaluator still holds on `tasks`; returns those it no longer holds.
  ///
  /// A lease on a task that no longer counts (cancelled run, past iteration) ends here.
  func renew(_ tasks: [TaskID], by evaluator: String, lease seconds: Double)
    throws(StoreError) -> [TaskID]
  /// Gives claimed tasks back to the head of the queue without counting an attempt.
  func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError)
  /// Publishes that an evaluator lives; `status` is a JSON object (slots, rate, version…).
  ///
  /// Returns whether an operator wants it to begin nothing else.
  @discardableResult
  func heartbeat(_ evaluator: String, status: String) throws(StoreError) -> Bool
  /// Removes an evaluator that has ended and gives the tasks it still holds back to the queue.
  func leave(_ evaluator: String) throws(StoreError)
}

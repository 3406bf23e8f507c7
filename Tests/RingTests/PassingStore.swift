import RunQueue

/// A store that passes on to another whatever it does not do itself.
protocol PassingStore: EvaluatorStore {
  var store: InMemoryRunStore { get }
}

extension PassingStore {
  func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    try store.waitForTasks(timeout: timeout)
  }

  func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    try store.claim(by: evaluator, request)
  }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    try store.deliver(results, by: evaluator, next: next)
  }

  func renew(
    _ tasks: [TaskID], by evaluator: String, lease seconds: Double
  ) throws(StoreError) -> [TaskID] { try store.renew(tasks, by: evaluator, lease: seconds) }

  func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError) {
    try store.release(tasks, by: evaluator)
  }

  @discardableResult
  func heartbeat(_ evaluator: String, status: String) throws(StoreError) -> Bool {
    try store.heartbeat(evaluator, status: status)
  }

  func leave(_ evaluator: String) throws(StoreError) { try store.leave(evaluator) }

  func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields {
    try store.fields(hash, of: run)
  }

  func fields(_ names: [String], in hash: RunHash, of run: RunID) throws(StoreError) -> [String?] {
    try store.fields(names, in: hash, of: run)
  }
}

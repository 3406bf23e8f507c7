import RunQueue

/// What evaluators ask for.
extension InterceptedStore {
  func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    try intercept(.other("wait")) { (store) throws(StoreError) in
      try store.waitForTasks(timeout: timeout)
    }
  }

  func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    try intercept(.claim) { (store) throws(StoreError) in
      try store.claim(by: evaluator, request)
    }
  }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    try intercept(.deliver(results.map(\.claim.task))) { (store) throws(StoreError) in
      try store.deliver(results, by: evaluator, next: next)
    }
  }

  func renew(
    _ tasks: [TaskID], by evaluator: String, lease seconds: Double
  ) throws(StoreError) -> [TaskID] {
    try intercept(.other("renew \(tasks)")) { (store) throws(StoreError) in
      try store.renew(tasks, by: evaluator, lease: seconds)
    }
  }

  func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError) {
    try intercept(.other("release \(tasks)")) { (store) throws(StoreError) in
      try store.release(tasks, by: evaluator)
    }
  }

  @discardableResult
  func heartbeat(_ evaluator: String, status: String) throws(StoreError) -> Bool {
    try intercept(.other("heartbeat")) { (store) throws(StoreError) in
      try store.heartbeat(evaluator, status: status)
    }
  }

  func leave(_ evaluator: String) throws(StoreError) {
    try intercept(.other("leave")) { (store) throws(StoreError) in try store.leave(evaluator) }
  }
}

import RunQueue

/// What evaluators ask for.
extension InterceptedStore {
  func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    try intercept(.other("wait")) { (store) throws(StoreError) in
      try store.waitForTasks(timeout: timeout)
    }
  }

  func claim(
    by evaluator: String, lease seconds: Double, except refused: [RunID: String]
  ) throws(StoreError) -> Claimed {
    try intercept(.claim) { (store) throws(StoreError) in
      try store.claim(by: evaluator, lease: seconds, except: refused)
    }
  }

  func deliver(
    _ result: String, of claim: Claim, by evaluator: String, next: NextClaim?
  ) throws(StoreError) -> Receipt {
    try intercept(.deliver(claim.task)) { (store) throws(StoreError) in
      try store.deliver(result, of: claim, by: evaluator, next: next)
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

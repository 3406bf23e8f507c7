import RunProtocol

/// What aggregator and controller ask for.
extension InterceptedStore {
  func nextResult(timeout: Double) throws(StoreError) -> IterationID? {
    try intercept(.other("next result")) { (store) throws(StoreError) in
      try store.nextResult(timeout: timeout)
    }
  }

  func results(of iteration: IterationID) throws(StoreError) -> [Int: String] {
    try intercept(.other("results of \(iteration)")) { (store) throws(StoreError) in
      try store.results(of: iteration)
    }
  }

  func commit(_ reduction: Reduction, of iteration: IterationID) throws(StoreError) -> Bool {
    try intercept(.commit(iteration)) { (store) throws(StoreError) in
      try store.commit(reduction, of: iteration)
    }
  }

  func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask] {
    try intercept(.reap) { (store) throws(StoreError) in
      try store.reapExpiredLeases(attempts: attempts)
    }
  }

  func issueBackups(of run: RunID, after seconds: Double) throws(StoreError) -> [TaskID] {
    try intercept(.other("backups of \(run)")) { (store) throws(StoreError) in
      try store.issueBackups(of: run, after: seconds)
    }
  }

  func nextUpdate(timeout: Double) throws(StoreError) -> IterationID? {
    try intercept(.other("next update")) { (store) throws(StoreError) in
      try store.nextUpdate(timeout: timeout)
    }
  }

  func publish(_ publication: Publication, after update: IterationID) throws(StoreError) -> Bool {
    try intercept(.publish(count: publication.taskCount, after: update)) {
      (store) throws(StoreError) in try store.publish(publication, after: update)
    }
  }

  func end(_ update: IterationID, phase: RunPhase, message: String) throws(StoreError) -> Bool {
    try intercept(.other("end \(update): \(message)")) { (store) throws(StoreError) in
      try store.end(update, phase: phase, message: message)
    }
  }
}

import RunQueue

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

  func results(
    _ indices: [Int], of iteration: IterationID
  ) throws(StoreError) -> [Int: String] {
    try intercept(.other("some results of \(iteration)")) { (store) throws(StoreError) in
      try store.results(indices, of: iteration)
    }
  }

  func resultCount(of iteration: IterationID) throws(StoreError) -> Int {
    try intercept(.other("count of results of \(iteration)")) { (store) throws(StoreError) in
      try store.resultCount(of: iteration)
    }
  }

  func lead(
    _ role: LeaderRole, as name: String, lease seconds: Double
  ) throws(StoreError) -> Leader {
    try intercept(.other("lead \(role)")) { (store) throws(StoreError) in
      try store.lead(role, as: name, lease: seconds)
    }
  }

  func resign(_ role: LeaderRole, as name: String) throws(StoreError) {
    try intercept(.other("resign \(role)")) { (store) throws(StoreError) in
      try store.resign(role, as: name)
    }
  }

  func leader(of role: LeaderRole) throws(StoreError) -> Leader? {
    try intercept(.other("leader of \(role)")) { (store) throws(StoreError) in
      try store.leader(of: role)
    }
  }

  func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    try intercept(.commit(iteration)) { (store) throws(StoreError) in
      try store.commit(reduction, of: iteration, by: leader)
    }
  }

  func suspend(
    _ iteration: IterationID, of submission: String?, message: String, by leader: String?
  ) throws(StoreError) -> Bool {
    try intercept(.other("suspend \(iteration): \(message)")) { (store) throws(StoreError) in
      try store.suspend(iteration, of: submission, message: message, by: leader)
    }
  }

  func reissueVanished(
    of run: RunID, since place: String?
  ) throws(StoreError) -> Standstill {
    try intercept(.other("reissue what vanished of \(run)")) { (store) throws(StoreError) in
      try store.reissueVanished(of: run, since: place)
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

  func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    try intercept(.publish(count: publication.taskCount, after: update)) {
      (store) throws(StoreError) in try store.publish(publication, after: update, by: leader)
    }
  }

  func end(
    _ update: IterationID, as ending: RunEnding, by leader: String?
  ) throws(StoreError) -> Bool {
    try intercept(.other("end \(update): \(ending.message)")) { (store) throws(StoreError) in
      try store.end(update, as: ending, by: leader)
    }
  }
}

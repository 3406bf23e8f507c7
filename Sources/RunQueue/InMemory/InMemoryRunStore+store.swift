/// The store's operations; documented in `RunStore`.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryRunStore {
  public func submit(_ run: RunID, config: Fields) throws(StoreError) {
    try limits.check(config: config)
    try withQueue { (queue) throws(StoreError) in
      try queue.submit(run, config: config, mark: mark(), limits: limits)
    }
  }

  public func runs() throws(StoreError) -> [RunID: RunPhase] {
    try withQueue { $0.runs.mapValues(\.phase) }
  }

  public func pause(_ run: RunID) throws(StoreError) {
    try withQueue { (queue) throws(StoreError) in try queue.pause(run) }
  }

  public func resume(_ run: RunID) throws(StoreError) {
    try withQueue { (queue) throws(StoreError) in try queue.resume(run) }
  }

  public func cancel(_ run: RunID) throws(StoreError) {
    try withQueue { (queue) throws(StoreError) in try queue.cancel(run) }
  }

  public func fail(_ run: RunID, of submission: String?, message: String) throws(StoreError) {
    try withQueue { (queue) throws(StoreError) in
      try queue.fail(run, of: submission, message: message)
    }
  }

  public func fields(_ hash: RunHash, of run: RunID) throws(StoreError) -> Fields {
    try withQueue { $0.fields(hash, of: run) }
  }

  public func fields(
    _ names: [String], in hash: RunHash, of run: RunID
  ) throws(StoreError) -> [String?] {
    let fields = try fields(hash, of: run)
    return names.map { fields[$0] }
  }

  public func history(of run: RunID, from start: Int) throws(StoreError) -> [String] {
    try withQueue { Array($0.runs[run]?.history.dropFirst(max(start, 0)) ?? []) }
  }

  public func lastFailure(of run: RunID) throws(StoreError) -> String? {
    try withQueue { $0.runs[run]?.failures.last }
  }

  public func overview() throws(StoreError) -> QueueOverview {
    try withQueue { $0.overview(at: now()) }
  }

  public func waitForTasks(timeout: Double) throws(StoreError) -> Bool {
    wait(upTo: timeout) { $0.tasks.isEmpty ? nil : true } ?? false
  }

  public func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    let now = now()
    return try withQueue { $0.claim(by: evaluator, at: now, request) }
  }

  public func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    let now = now()
    return try withQueue { queue in
      let completions = results.map {
        queue.complete($0.claim, result: limits.recorded($0.text), by: evaluator, at: now)
      }
      guard let next, !completions.contains(where: \.goesBack) else {
        return Receipt(completions)
      }
      return Receipt(completions, next: queue.claim(by: evaluator, at: now, next))
    }
  }

  public func renew(
    _ tasks: [TaskID], by evaluator: String, lease seconds: Double
  ) throws(StoreError) -> [TaskID] {
    try withQueue { $0.renew(tasks, by: evaluator, until: now() + seconds) }
  }

  public func release(_ tasks: [TaskID], by evaluator: String) throws(StoreError) {
    try withQueue { $0.release(tasks, by: evaluator) }
  }

  @discardableResult
  public func heartbeat(_ evaluator: String, status: String) throws(StoreError) -> Bool {
    try withQueue {
      $0.evaluators[evaluator] = .init(status: status, seen: now())
      return $0.drained.contains(evaluator)
    }
  }

  public func leave(_ evaluator: String) throws(StoreError) {
    try withQueue { $0.leave(evaluator) }
  }

  public func lead(
    _ role: LeaderRole, as name: String, lease seconds: Double
  ) throws(StoreError) -> Leader {
    let now = now()
    return try withQueue { $0.lead(role, as: name, at: now, until: now + seconds) }
  }

  public func resign(_ role: LeaderRole, as name: String) throws(StoreError) {
    try withQueue { $0.resign(role, as: name) }
  }

  public func leader(of role: LeaderRole) throws(StoreError) -> Leader? {
    try withQueue { $0.leader(of: role, at: now()) }
  }

  public func nextResult(timeout: Double) throws(StoreError) -> IterationID? {
    wait(upTo: timeout) { $0.nextResult() }
  }

  public func results(of iteration: IterationID) throws(StoreError) -> [Int: String] {
    try withQueue { queue in
      let run = queue.runs[iteration.run]
      return run?.iteration == iteration.iteration ? run?.returns ?? [:] : [:]
    }
  }

  public func results(
    _ indices: [Int], of iteration: IterationID
  ) throws(StoreError) -> [Int: String] {
    let indices = Set(indices)
    return try results(of: iteration).filter { indices.contains($0.key) }
  }

  public func resultCount(of iteration: IterationID) throws(StoreError) -> Int {
    try results(of: iteration).count
  }

  public func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    try limits.check(
      effects: [reduction.weights, reduction.partitions, reduction.checkpoint], of: iteration)
    return try withQueue { (queue) throws(StoreError) in
      try queue.commit(reduction, of: iteration, by: leader)
    }
  }

  public func suspend(
    _ iteration: IterationID, of submission: String?, message: String, by leader: String?
  ) throws(StoreError) -> Bool {
    try withQueue { $0.suspend(iteration, of: submission, message: message, by: leader) }
  }

  public func reissueVanished(
    of run: RunID, since place: String?
  ) throws(StoreError) -> Standstill {
    try withQueue { $0.reissueVanished(of: run, since: place) }
  }

  public func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask] {
    try withQueue { $0.reap(attempts: attempts, at: now()) }
  }

  public func issueBackups(
    of run: RunID, after seconds: Double
  ) throws(StoreError) -> [TaskID] {
    try withQueue { $0.issueBackups(of: run, after: seconds, at: now()) }
  }

  public func nextUpdate(timeout: Double) throws(StoreError) -> IterationID? {
    wait(upTo: timeout) { $0.nextUpdate() }
  }

  public func publish(
    _ publication: Publication, after update: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    try limits.check(
      effects: [publication.weights, publication.partitions, publication.checkpoint],
      of: IterationID(run: update.run, iteration: update.iteration + 1))
    return try withQueue { $0.publish(publication, after: update, by: leader) }
  }

  public func end(
    _ update: IterationID, as ending: RunEnding, by leader: String?
  ) throws(StoreError) -> Bool {
    try withQueue { $0.end(update, as: ending, by: leader) }
  }
}

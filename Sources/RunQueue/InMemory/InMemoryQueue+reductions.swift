/// What the aggregator asks for.
extension InMemoryQueue {
  mutating func nextResult() -> IterationID? {
    while let message = results.first {
      if let run = runs[message.run], run.isEvaluating(message.iteration),
        run.returns.count >= run.expected
      {
        return message
      }
      results.removeFirst()
    }
    return nil
  }

  mutating func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    guard !isDisplaced(leader, from: .aggregator), results.first == iteration,
      isSubmission(reduction.submission, of: iteration.run)
    else { return false }
    if let run = runs[iteration.run], run.isEvaluating(iteration.iteration),
      reduction.history != nil, run.history.count != iteration.iteration
    {
      throw .damaged(
        key: "queue:run:\(iteration.run):history",
        reason:
          "expected \(iteration.iteration) lines, found \(run.history.count): it was changed or "
          + "deleted by hand")
    }
    results.removeFirst()
    guard var run = runs[iteration.run], run.isEvaluating(iteration.iteration) else {
      return false
    }
    if let weights = reduction.weights { run.hashes[.weights] = weights }
    run.hashes[.partitions, default: [:]].merge(reduction.partitions) { $1 }
    run.hashes[.checkpoint, default: [:]].merge(reduction.checkpoint) { $1 }
    if let line = reduction.history { run.history.append(line) }
    run.expected = 0
    run.lost = [:]
    run.failures.forgetVotes()
    run.returns = [:]
    runs[iteration.run] = run
    updates.append(iteration)
    return true
  }

  mutating func suspend(
    _ iteration: IterationID, of submission: String?, message: String, by leader: String?
  ) -> Bool {
    guard !isDisplaced(leader, from: .aggregator), results.first == iteration,
      isSubmission(submission, of: iteration.run)
    else { return false }
    results.removeFirst()
    guard var run = runs[iteration.run], run.isEvaluating(iteration.iteration) else {
      return false
    }
    run.phase = .suspended
    run.message = message
    run.returns = [:]
    run.lost = [:]
    run.failures.forgetVotes()
    runs[iteration.run] = run
    return true
  }

  mutating func reissueVanished(of run: RunID, since place: String?) -> Standstill {
    guard let state = runs[run], state.phase == .running || state.phase == .submitted else {
      return .whole
    }
    let present = "\(state.iteration) \(state.expected) \(state.returns.count)"
    guard present == place else { return .moving(present) }
    let iteration = IterationID(run: run, iteration: state.iteration)
    if state.expected == 0 {
      if updates.contains(iteration) { return .whole }
      updates.append(iteration)
      return .announcedUpdate
    }
    if state.returns.count >= state.expected {
      if results.contains(iteration) { return .whole }
      results.append(iteration)
      return .announcedResult
    }
    let names = vanished(of: run)
    tasks.queueInTurn(names)
    return names.isEmpty ? .whole : .issuedTasks(names.count)
  }

  /// Tasks of the run's iteration that have no result and that nobody holds.
  func vanished(of run: RunID) -> [TaskID] {
    guard let state = runs[run] else { return [] }
    let iteration = IterationID(run: run, iteration: state.iteration)
    let pending = Set(tasks)
    return (0..<state.expected).filter { state.returns[$0] == nil }
      .map { TaskID(iteration: iteration, index: $0) }
      .filter { leases[$0] == nil && !pending.contains($0) }
  }

  mutating func reap(attempts: Int, at now: Double) -> [ReapedTask] {
    let expired = takeExpired(at: now).sorted {
      ($0.value.expiry, $0.key.description) < ($1.value.expiry, $1.key.description)
    }
    var reaped: [ReapedTask] = []
    for (task, lease) in expired {
      if isCurrent(task), runs[task.iteration.run]?.returns[task.index] == nil {
        reaped.append(lose(task, of: lease.evaluator, attempts: attempts))
      }
    }
    tasks.putBack(reaped.filter { !$0.isDead }.map(\.task))
    for (name, heartbeat) in evaluators
    where abs(now - heartbeat.seen) > Double(QueueOverview.forgetsEvaluatorAfter) {
      evaluators[name] = nil
      drained.remove(name)
    }
    return reaped
  }

  /// Removes and returns the leases that ended before `now`.
  private mutating func takeExpired(at now: Double) -> [TaskID: Lease] {
    defer { lastMoment = now }
    guard firstExpiry < now || now < lastMoment else { return [:] }
    let expired = leases.filter { $0.value.expiry < now || $0.value.expiry > now + Self.longest }
    for task in expired.keys { leases[task] = nil }
    firstExpiry = leases.values.lazy.map(\.expiry).min() ?? .infinity
    return expired
  }

  mutating func issueBackups(of run: RunID, after seconds: Double, at now: Double) -> [TaskID] {
    guard now - firstSince > seconds || firstSince > now + 1 else { return [] }
    // Runs take turns, so one that has pending tasks has one near the head.
    if tasks.prefix(1000).contains(where: { $0.iteration.run == run }) { return [] }
    let late = leases.filter { task, lease in
      task.iteration.run == run && isCurrent(task)
        && (now - lease.since > seconds || lease.since > now + 1)
    }.sorted {
      ($0.value.since, $0.key.description) < ($1.value.since, $1.key.description)
    }.map(\.key)
    for task in late { leases[task]?.since = now }
    firstSince = leases.values.lazy.map(\.since).min() ?? .infinity
    tasks.queueInTurn(late)
    return late
  }

  private mutating func lose(_ task: TaskID, of evaluator: String, attempts: Int) -> ReapedTask {
    let lost = (runs[task.iteration.run]?.lost[task.index] ?? 0) + 1
    runs[task.iteration.run]?.lost[task.index] = lost
    let isDead = lost >= attempts
    if isDead {
      let reason = "lost \(lost) times, last by \(evaluator)"
      dead = (dead + ["\(task) \(reason)"]).suffix(1000)
      runs[task.iteration.run]?.failures.last = reason
      _ = record("failed \(reason)", of: task)
    }
    return ReapedTask(task: task, evaluator: evaluator, attempt: lost, isDead: isDead)
  }
}

/// What evaluators ask for.
extension InMemoryQueue {
  mutating func claim(by evaluator: String, at now: Double, _ request: ClaimRequest) -> Claimed {
    let wanted = request.bundle(of: tasks.count, among: evaluators.count)
    let expiry = now + request.lease
    var passed: [TaskID] = []
    var claims: [Claim] = []
    defer { tasks.putBack(passed) }
    while claims.count < wanted, passed.count < TaskWindow.size, let task = tasks.popFirst() {
      guard let run = runs[task.iteration.run], run.isCurrent(task), run.returns[task.index] == nil
      else { continue }
      if request.refused[task.iteration.run] == run.submission
        || run.failures.first[task.index] == evaluator
          && hasOthers(than: evaluator, for: task.iteration.run, at: now)
      {
        passed.append(task)
        continue
      }
      let losses = run.lost[task.index, default: 0]
      if losses > 0, !claims.isEmpty {
        passed.append(task)
        break
      }
      leases[task] = Lease(
        evaluator: evaluator, expiry: expiry, attempt: losses + 1, since: now)
      firstExpiry = min(firstExpiry, expiry)
      firstSince = min(firstSince, now)
      claims.append(Claim(task: task, submission: run.submission))
      if losses > 0 { break }
    }
    if claims.isEmpty { return passed.isEmpty ? .nothing : .leftToOthers }
    return .tasks(claims)
  }

  /// Whether an evaluator other than `name` is alive and at work that can run `run`.
  private func hasOthers(than name: String, for run: RunID, at now: Double) -> Bool {
    overview(at: now).atWork.contains { $0.name != name && $0.cannotRun[run.name] == nil }
  }

  mutating func drain(_ evaluators: [String], undo: Bool) -> [String] {
    let unknown = evaluators.filter { self.evaluators[$0] == nil }
    guard unknown.isEmpty else { return unknown }
    if undo { drained.subtract(evaluators) } else { drained.formUnion(evaluators) }
    return []
  }

  mutating func complete(
    _ claim: Claim, result: String, by evaluator: String, at now: Double
  ) -> Completion {
    let task = claim.task
    guard isSubmission(claim.submission, of: task.iteration.run) else { return .stale }
    leases[task] = nil
    guard isCurrent(task) else { return .stale }
    guard var run = runs[task.iteration.run], run.returns[task.index] == nil else {
      return .duplicate
    }
    let first = run.failures.first[task.index]
    if !result.hasPrefix("failed ") {
      if let first, first != evaluator { run.failures.overruled.insert(first) }
      run.failures.overruled.remove(evaluator)
    } else if first == nil
      || first == evaluator && hasOthers(than: evaluator, for: task.iteration.run, at: now)
    {
      run.failures.first[task.index] = evaluator
      runs[task.iteration.run] = run
      tasks.append(contentsOf: [task])
      return run.failures.overruled.contains(evaluator) ? .overruled : .doubted
    } else {
      run.failures.last = String(result.dropFirst(7).prefix(300))
    }
    runs[task.iteration.run] = run
    return record(result, of: task) ? .completedIteration : .accepted
  }

  mutating func renew(_ tasks: [TaskID], by evaluator: String, until expiry: Double) -> [TaskID] {
    tasks.filter { task in
      guard leases[task]?.evaluator == evaluator else { return true }
      guard isCurrent(task) else {
        leases[task] = nil
        return true
      }
      leases[task]?.expiry = expiry
      firstExpiry = min(firstExpiry, expiry)
      return false
    }
  }

  mutating func release(_ tasks: [TaskID], by evaluator: String) {
    self.tasks.putBack(
      tasks.filter { task in
        guard leases[task]?.evaluator == evaluator else { return false }
        leases[task] = nil
        return true
      })
  }

  mutating func leave(_ evaluator: String) {
    evaluators[evaluator] = nil
    drained.remove(evaluator)
    let held = leases.filter { $0.value.evaluator == evaluator }.keys
    release(held.sorted { $0.description < $1.description }, by: evaluator)
  }

  /// Stores a task's only result; whether it completed and announced the iteration.
  mutating func record(_ result: String, of task: TaskID) -> Bool {
    runs[task.iteration.run]?.returns[task.index] = result
    guard let run = runs[task.iteration.run], run.returns.count == run.expected else {
      return false
    }
    results.append(task.iteration)
    return true
  }
}

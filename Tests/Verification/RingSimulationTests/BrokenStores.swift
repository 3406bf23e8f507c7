@testable import RingSimulation
@testable import RunQueue

/// A store with one mistake, all else as it should be.
protocol BrokenStore: InterceptedStore, SimulatedStore {
  var whole: InMemoryRunStore { get }
}

extension BrokenStore {
  var memory: InMemoryRunStore { whole }

  func intercept<Value>(
    _ call: StoreCall, _ body: @escaping (any RunStore) throws(StoreError) -> Value
  ) throws(StoreError) -> Value { try body(whole) }
}

/// One that does not look after runs that stand still, which would hide what its mistake makes vanish.
protocol NegligentStore: BrokenStore {}

extension NegligentStore {
  func reissueVanished(
    of run: RunID, since place: String?
  ) throws(StoreError) -> Standstill { .whole }
}

/// Its claim pops a task without a lease: a lost evaluator's task never comes back.
struct LeaselessStore: NegligentStore {
  let whole: InMemoryRunStore

  func claim(
    by evaluator: String, _ request: ClaimRequest
  ) throws(StoreError) -> Claimed {
    let claimed = try whole.claim(by: evaluator, request)
    try end(claimed)
    return claimed
  }

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    let receipt = try whole.deliver(results, by: evaluator, next: next)
    try end(receipt.next)
    return receipt
  }

  private func end(_ claimed: Claimed?) throws(StoreError) {
    for claim in claimed?.claims ?? [] { try whole.withQueue { $0.leases[claim.task] = nil } }
  }
}

/// It accepts every result of a task, not only the first.
struct CredulousStore: BrokenStore {
  let whole: InMemoryRunStore

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    let receipt = try whole.deliver(results, by: evaluator, next: next)
    return Receipt(
      receipt.completions.map { $0 == .duplicate ? .accepted : $0 }, next: receipt.next)
  }
}

/// Its commit takes away whatever is at the head of the results.
struct HeadlessStore: NegligentStore {
  let whole: InMemoryRunStore

  func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    if try whole.commit(reduction, of: iteration, by: leader) { return true }
    try whole.withQueue { queue in _ = queue.results.popFirst() }
    return false
  }
}

/// It never issues again what vanished.
struct TrustingStore: NegligentStore {
  let whole: InMemoryRunStore
}

/// It takes results, reductions and endings of any submission of a name.
struct NameTrustingStore: BrokenStore {
  let whole: InMemoryRunStore

  func deliver(
    _ results: [TaskResult], by evaluator: String, next: ClaimRequest?
  ) throws(StoreError) -> Receipt {
    try whole.deliver(
      results.map { TaskResult($0.text, of: Claim(task: $0.claim.task, submission: nil)) },
      by: evaluator, next: next)
  }

  func commit(
    _ reduction: Reduction, of iteration: IterationID, by leader: String?
  ) throws(StoreError) -> Bool {
    var reduction = reduction
    reduction.submission = nil
    return try whole.commit(reduction, of: iteration, by: leader)
  }
}

/// It forgets tasks whose leases end.
struct ForgetfulStore: NegligentStore {
  let whole: InMemoryRunStore

  func reapExpiredLeases(attempts: Int) throws(StoreError) -> [ReapedTask] {
    let reaped = try whole.reapExpiredLeases(attempts: attempts)
    let lost = Set(reaped.map(\.task))
    try whole.withQueue { queue in
      let kept = queue.tasks.filter { !lost.contains($0) }
      queue.tasks = TaskList()
      queue.tasks.append(contentsOf: kept)
    }
    return reaped
  }
}

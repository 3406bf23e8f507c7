import RunQueue
import Testing

/// Evaluations are claimed, delivered, lost and given back the same way on every store.
@Suite struct TaskConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `runs take turns in the order of their publication`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    for name in ["b", "a", "c"] { try store.submit(run(name), config: [:]) }
    for name in ["b", "a", "c"] {
      #expect(try store.nextUpdate(timeout: 0) == iteration("\(name) -1"))
      #expect(try store.publish(.tasks(2), after: iteration("\(name) -1")))
    }
    let expected = ["b 0 0", "a 0 0", "c 0 0", "b 0 1", "a 0 1", "c 0 1"]
    #expect(
      try subject.state()
        == QueueState(tasks: expected, runs: ["a": "running", "b": "running", "c": "running"]))
    let claimed = try expected.map { _ in try "\(store.take(by: "e1"))" }
    #expect(claimed == expected)
    #expect(try store.claim(by: "e1", lease: 30) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func `the last result of an iteration announces it exactly once`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    let tasks = try (0..<3).map { _ in try store.take(by: "e1") }
    #expect(
      try subject.state()
        == QueueState(
          leases: ["a 0 0": "e1 1", "a 0 1": "e1 1", "a 0 2": "e1 1"], runs: ["a": "running"]))
    #expect(try store.complete(tasks[2], result: "2.5") == .accepted)
    #expect(try store.complete(tasks[0], result: "0.5") == .accepted)
    #expect(try store.complete(tasks[0], result: "9") == .duplicate)
    #expect(try store.nextResult(timeout: 0) == nil)
    #expect(try store.complete(tasks[1], result: "1.5") == .completedIteration)
    #expect(try store.complete(tasks[1], result: "9") == .duplicate)
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
    #expect(try store.results(of: iteration("a 0")) == [0: "0.5", 1: "1.5", 2: "2.5"])
    #expect(try store.nextResult(timeout: 0) == iteration("a 0"))
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a result from an expired lease counts if it is the first`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    let slow = try store.take(by: "slow")
    try subject.pass(seconds: 31)
    _ = try store.reapExpiredLeases(attempts: 3)
    #expect(try subject.state().tasks == ["a 0 0", "a 0 1"])
    #expect(try store.complete(slow, result: "1") == .accepted)
    #expect(try store.claim(by: "e2", lease: 30) == task("a 0 1"))
    #expect(
      try subject.state() == QueueState(leases: ["a 0 1": "e2 1"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `of two results for a task issued twice the first counts`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let first = try store.take(by: "slow")
    try subject.pass(seconds: 31)
    _ = try store.reapExpiredLeases(attempts: 3)
    let second = try store.take(by: "fast")
    #expect(second == first)
    #expect(try subject.state().leases == ["a 0 0": "fast 2"])
    #expect(try store.complete(first, result: "slow") == .completedIteration)
    #expect(try store.renew([second], by: "fast", lease: 30) == [second])
    #expect(try store.complete(second, result: "fast") == .duplicate)
    #expect(try store.results(of: iteration("a 0")) == [0: "slow"])
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `results that belong to no evaluation in progress are stale`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    #expect(try store.complete(task("a 0 1"), result: "1") == .stale)
    #expect(try store.complete(task("a 1 0"), result: "1") == .stale)
    #expect(try store.complete(task("b 0 0"), result: "1") == .stale)
    let only = try store.take(by: "e1")
    _ = try store.complete(only, result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    let before = try subject.state()
    #expect(try store.complete(only, result: "1") == .stale)
    #expect(try subject.state() == before)
    #expect(try store.results(of: iteration("a 0")) == [:])
  }

  @Test(arguments: StoreKind.allCases)
  func `a task lost too often is recorded as failed and completes its iteration`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    _ = try store.complete(task("a 0 1"), result: "1")
    for attempt in 1...3 {
      let lost = try store.take(by: "e\(attempt)")
      #expect(try store.reapExpiredLeases(attempts: 3) == [])
      try subject.pass(seconds: 31)
      #expect(
        try store.reapExpiredLeases(attempts: 3) == [
          ReapedTask(
            task: lost, evaluator: "e\(attempt)", attempt: attempt, isDead: attempt == 3)
        ])
    }
    #expect(
      try store.results(of: iteration("a 0"))
        == [0: "failed lost 3 times, last by e3", 1: "1"])
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 1"], results: ["a 0"], dead: ["a 0 0 lost 3 times, last by e3"],
          runs: ["a": "running"]))
    #expect(try store.claim(by: "e4", lease: 30) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func `reaped tasks go to the head, the earliest expiry first`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 4)
    _ = try store.claim(by: "e1", lease: 20)
    _ = try store.claim(by: "e2", lease: 10)
    _ = try store.claim(by: "e3", lease: 60)
    try subject.pass(seconds: 50)
    let reaped = try store.reapExpiredLeases(attempts: 3)
    #expect(reaped.map { "\($0.task) \($0.evaluator)" } == ["a 0 1 e2", "a 0 0 e1"])
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 1", "a 0 0", "a 0 3"], leases: ["a 0 2": "e3 1"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `what is awaited for too long is issued again when nothing else is pending`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    let slow = try store.take(by: "frozen")
    try subject.pass(seconds: 5)
    #expect(try store.issueBackups(of: run("a"), after: 4) == [], "a task is still pending")
    let others = try [store.take(by: "e2"), store.take(by: "e3")]
    #expect(try store.issueBackups(of: run("b"), after: 4) == [])
    #expect(try store.issueBackups(of: run("a"), after: 4) == [slow])
    let leases = ["a 0 0": "frozen 1", "a 0 1": "e2 1", "a 0 2": "e3 1"]
    #expect(
      try subject.state() == QueueState(tasks: ["a 0 0"], leases: leases, runs: ["a": "running"]))
    #expect(try store.take(by: "e4") == slow)
    #expect(try store.issueBackups(of: run("a"), after: 4) == [], "the backup has just begun")
    #expect(try store.renew([slow], by: "frozen", lease: 30) == [slow])
    #expect(try store.complete(slow, result: "backup") == .accepted)
    #expect(try store.complete(slow, result: "late") == .duplicate)
    for task in others { _ = try store.complete(task, result: "1") }
    #expect(try store.results(of: iteration("a 0")) == [0: "backup", 1: "1", 2: "1"])
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a backup of a task that is delivered meanwhile is dropped`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    let slow = try store.take(by: "slow")
    _ = try store.take(by: "e2")
    try subject.pass(seconds: 5)
    #expect(try store.issueBackups(of: run("a"), after: 4).count == 2)
    #expect(try store.complete(slow, result: "1") == .accepted)
    #expect(try store.take(by: "e3") == task("a 0 1"))
    #expect(try store.claim(by: "e4", lease: 30) == nil)
  }

  @Test(arguments: StoreKind.allCases)
  func `released tasks return to the head in order without counting an attempt`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 4)
    let mine = try [store.take(by: "e1"), store.take(by: "e1")]
    let other = try store.take(by: "e2")
    try store.release(mine + [other], by: "e1")
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 0", "a 0 1", "a 0 3"], leases: ["a 0 2": "e2 1"], runs: ["a": "running"]))
    #expect(try store.take(by: "e3") == mine[0])
    #expect(try subject.state().leases["a 0 0"] == "e3 1")
  }

  @Test(arguments: StoreKind.allCases)
  func `an evaluator that leaves gives back what it holds`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    for evaluator in ["e1", "e2", "e1"] { _ = try store.take(by: evaluator) }
    try store.heartbeat("e1", status: "{}")
    try store.leave("e1")
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 0", "a 0 2"], leases: ["a 0 1": "e2 1"], runs: ["a": "running"]))
    #expect(try store.overview().evaluators == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `a renewed lease lasts, and renewal reports the lost ones`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    let kept = try store.take(by: "e1")
    let delivered = try store.take(by: "e1")
    let foreign = try store.take(by: "e2")
    try subject.pass(seconds: 20)
    _ = try store.complete(delivered, result: "1")
    #expect(
      try store.renew([kept, delivered, foreign], by: "e1", lease: 30) == [delivered, foreign])
    try subject.pass(seconds: 20)
    #expect(try store.reapExpiredLeases(attempts: 3).map(\.task) == [foreign])
    #expect(try subject.state().leases == ["a 0 0": "e1 1"])
  }
}

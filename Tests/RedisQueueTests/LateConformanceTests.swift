import Testing

/// What comes too late, or from an evaluator that lost its lease, is the same on every store.
@Suite struct LateConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `a lost lease is neither released nor given back by its former holder`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let only = try store.take(by: "slow")
    try subject.pass(seconds: 31)
    _ = try store.reapExpiredLeases(attempts: 3)
    #expect(try store.take(by: "fast") == only)
    let before = try subject.state()
    #expect(before.leases == ["a 0 0": "fast 2"])
    try store.release([only], by: "slow")
    try store.leave("slow")
    #expect(try store.renew([only], by: "slow", lease: 30) == [only])
    #expect(try subject.state() == before)
  }

  @Test(arguments: StoreKind.allCases)
  func `who claims a backup takes the lease over`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let only = try store.take(by: "slow")
    try subject.pass(seconds: 5)
    #expect(try store.issueBackups(of: run("a"), after: 4) == [only])
    #expect(try store.take(by: "fast") == only)
    try store.leave("slow")
    #expect(
      try subject.state() == QueueState(leases: ["a 0 0": "fast 1"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a backup is due after its seconds, renewed or not, and again after as many`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let only = try store.take(by: "slow")
    try subject.pass(seconds: 20)
    #expect(try store.renew([only], by: "slow", lease: 30) == [])
    #expect(try store.issueBackups(of: run("a"), after: 100) == [])
    #expect(try store.issueBackups(of: run("a"), after: 15) == [only])
    #expect(try store.issueBackups(of: run("a"), after: 15) == [], "the backup is pending")
    #expect(try store.take(by: "second") == only)
    #expect(try store.issueBackups(of: run("a"), after: 15) == [])
    try subject.pass(seconds: 20)
    #expect(try store.issueBackups(of: run("a"), after: 15) == [only])
  }

  @Test(arguments: StoreKind.allCases)
  func `a reduced iteration is not issued again, nor is a cancelled run`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    for name in ["a", "b"] { try store.begin(name, tasks: 1) }
    let first = try store.take(by: "slow")
    _ = try store.take(by: "slow")
    _ = try store.complete(task("a 0 0"), result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    try store.cancel(run("b"))
    try subject.pass(seconds: 20)
    for name in ["a", "b"] {
      #expect(try store.issueBackups(of: run(name), after: 4) == [])
    }
    #expect(try store.reapExpiredLeases(attempts: 3) == [])
    try subject.pass(seconds: 20)
    #expect(try store.reapExpiredLeases(attempts: 3) == [], "ended leases do not count: \(first)")
    #expect(
      try subject.state()
        == QueueState(updates: ["a 0"], runs: ["a": "running", "b": "cancelled"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a result of a past iteration leaves the next one alone`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let old = try store.take(by: "slow")
    _ = try store.complete(old, result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.publish(.tasks(1), after: iteration("a 0")))
    _ = try store.take(by: "fast")
    let before = try subject.state()
    #expect(try store.complete(old, result: "2") == .stale)
    try store.release([old], by: "slow")
    #expect(try subject.state() == before)
    #expect(try store.results(of: iteration("a 1")) == [:])
  }

  @Test(arguments: StoreKind.allCases)
  func `a task given back after its result counted is dropped when claimed`(kind: StoreKind) throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    let slow = try store.take(by: "slow")
    _ = try store.take(by: "e2")
    try subject.pass(seconds: 5)
    #expect(try store.issueBackups(of: run("a"), after: 4).count == 2)
    #expect(try store.take(by: "e3") == slow)
    #expect(try store.complete(slow, result: "1") == .accepted)
    try store.leave("e2")
    #expect(try subject.state().tasks == ["a 0 1", "a 0 1"])
    #expect(try store.take(by: "e4") == task("a 0 1"))
    #expect(try store.take(by: "e4") == task("a 0 1"), "two copies until one is delivered")
    #expect(try store.complete(task("a 0 1"), result: "1") == .completedIteration)
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `an evaluator that holds nothing leaves without a trace, any number of times`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let before = try subject.state()
    for _ in 0..<2 { try store.leave("nobody") }
    try store.release([], by: "nobody")
    try store.release([task("a 0 0")], by: "nobody")
    #expect(try store.renew([], by: "nobody", lease: 30) == [])
    #expect(try subject.state() == before)
  }
}

import RunQueue
import Testing

/// What was given up is listed, and queued again on request, the same way on every store.
@Suite struct DeadTaskConformanceTests {
  /// Begins run `name` with `count` tasks and loses the first for good.
  private func lose(_ name: String, tasks count: Int, on subject: any StoreUnderTest) throws {
    try subject.store.begin(name, tasks: count)
    _ = try subject.store.take(by: "e1")
    try subject.pass(seconds: 31)
    #expect(try subject.store.reapExpiredLeases(attempts: 1).map(\.isDead) == [true])
  }

  @Test(arguments: StoreKind.allCases)
  func `a given-up task is evaluated again, and the first result then counts`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try lose("a", tasks: 2, on: subject)
    let lost = try task("a 0 0")
    let line = "a 0 0 lost 1 times, last by e1"
    #expect(try store.deadTasks() == [DeadTask(line: line, standing: .lost)])
    #expect(try store.deadTasks().first?.task == lost)
    #expect(try store.requeueDeadTasks(of: nil) == [DeadTask(line: line, standing: .lost)])
    #expect(
      try subject.state() == QueueState(tasks: ["a 0 0", "a 0 1"], runs: ["a": "running"]))
    #expect(try store.requeueDeadTasks(of: nil) == [])
    #expect(try store.take(by: "e2") == lost)
    #expect(try subject.state().leases == ["a 0 0": "e2 1"])
    #expect(try store.complete(lost, result: "2") == .accepted)
    #expect(try store.complete(lost, result: "3") == .duplicate)
    _ = try store.complete(store.take(by: "e2"), result: "1")
    #expect(try store.results(of: iteration("a 0")) == [0: "2", 1: "1"])
  }

  @Test(arguments: StoreKind.allCases)
  func `the announcement of its iteration is taken back until the result is there`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try lose("a", tasks: 1, on: subject)
    #expect(try store.nextResult(timeout: 0) == iteration("a 0"))
    _ = try store.requeueDeadTasks(of: nil)
    #expect(try !store.commit(.marked("without"), of: iteration("a 0")))
    #expect(try subject.state() == QueueState(tasks: ["a 0 0"], runs: ["a": "running"]))
    #expect(try store.complete(store.take(by: "e2"), result: "2") == .completedIteration)
    #expect(try subject.state() == QueueState(results: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `what comes too late is told apart and stays listed`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try lose("cancelled", tasks: 2, on: subject)
    try store.cancel(run("cancelled"))
    try lose("forgotten", tasks: 2, on: subject)
    try store.cancel(run("forgotten"))
    try store.forget(run("forgotten"))
    try lose("reduced", tasks: 1, on: subject)
    #expect(try store.commit(.marked("0"), of: iteration("reduced 0")))
    let before = try subject.state()
    let found = try store.requeueDeadTasks(of: nil)
    #expect(found.map(\.standing) == [.over, .over, .reduced])
    #expect(try store.deadTasks() == found)
    #expect(try subject.state() == before)
  }

  @Test(arguments: StoreKind.allCases)
  func `the tasks of one run are queued again alone`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try lose("a", tasks: 1, on: subject)
    try lose("b", tasks: 1, on: subject)
    #expect(try store.requeueDeadTasks(of: run("b")).map(\.line).count == 1)
    #expect(try subject.state().tasks == ["b 0 0"])
    #expect(try store.deadTasks().map(\.standing) == [.lost])
    #expect(try store.deadTasks().first?.reason == "lost 1 times, last by e1")
  }
}

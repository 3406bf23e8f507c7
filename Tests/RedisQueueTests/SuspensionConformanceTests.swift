import RunQueue
import Testing

/// A run of which every evaluation failed is held, and its iteration evaluated anew when it goes on.
@Suite struct SuspensionConformanceTests {
  private func failAll(_ store: any RunStore, tasks count: Int) throws {
    try store.begin("a", tasks: count)
    for _ in 0..<count {
      _ = try store.complete(store.take(by: "e1"), result: "failed x", by: "e1")
    }
    for _ in 0..<count {
      _ = try store.complete(store.take(by: "e2"), result: "failed x", by: "e2")
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `a suspended run forgets its iteration's results and says why`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try failAll(store, tasks: 2)
    let suspended = try store.suspend(
      iteration("a 0"), of: nil, message: "all failed", by: nil)
    #expect(suspended)
    #expect(try subject.state() == QueueState(runs: ["a": "suspended"]))
    #expect(try store.results(of: iteration("a 0")) == [:])
    let state = try store.fields(["phase", "message", "expected"], in: .state, of: run("a"))
    #expect(state == ["suspended", "all failed", "2"])
    #expect(try store.lastFailure(of: run("a")) == "x")
  }

  @Test(arguments: StoreKind.allCases)
  func `resuming it queues the iteration anew, without the votes of before`(kind: StoreKind) throws
  {
    let subject = try kind.make()
    let store = subject.store
    try failAll(store, tasks: 2)
    _ = try store.suspend(iteration("a 0"), of: nil, message: "all failed", by: nil)
    try store.resume(run("a"))
    #expect(
      try subject.state() == QueueState(tasks: ["a 0 0", "a 0 1"], runs: ["a": "running"]))
    #expect(try store.fields(["message"], in: .state, of: run("a")) == [""])
    try store.heartbeat("e2", status: "{}")
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
  }

  @Test(arguments: StoreKind.allCases)
  func `a suspension is fenced as a reduction is`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try failAll(store, tasks: 1)
    _ = try store.lead(.aggregator, as: "x", lease: 30)
    let before = try subject.state()
    #expect(try !store.suspend(iteration("a 1"), of: nil, message: "", by: nil))
    #expect(try !store.suspend(iteration("a 0"), of: "another", message: "", by: nil))
    #expect(try !store.suspend(iteration("a 0"), of: nil, message: "", by: "y"))
    #expect(try subject.state() == before)
    #expect(try store.suspend(iteration("a 0"), of: nil, message: "", by: "x"))
    #expect(try !store.suspend(iteration("a 0"), of: nil, message: "", by: "x"))
  }

  @Test(arguments: StoreKind.allCases)
  func `tasks of a suspended run are dropped when claimed`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "failed x", by: "e1")
    let stray = try store.take(by: "e1")
    try store.begin("b", tasks: 1)
    _ = try store.complete(stray, result: "failed x", by: "e1")
    #expect(try store.suspend(iteration("a 0"), of: nil, message: "", by: nil))
    #expect(try store.complete(stray, result: "1", by: "e1") == .stale)
    #expect(try store.take(by: "e1") == task("b 0 0"))
  }

  @Test(arguments: StoreKind.allCases)
  func `it can be cancelled, and neither paused nor forgotten`(kind: StoreKind) throws {
    let store = try kind.make().store
    try failAll(store, tasks: 1)
    _ = try store.suspend(iteration("a 0"), of: nil, message: "", by: nil)
    let a = try run("a")
    #expect(throws: StoreError.wrongPhase(a, .suspended, operation: "pause")) { try store.pause(a) }
    #expect(throws: StoreError.wrongPhase(a, .suspended, operation: "forget")) {
      try store.forget(a)
    }
    try store.cancel(a)
    #expect(try store.runs() == [a: .cancelled])
  }

  @Test(arguments: StoreKind.allCases)
  func `its snapshot is restored as suspended and goes on when resumed`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try failAll(store, tasks: 2)
    _ = try store.suspend(iteration("a 0"), of: nil, message: "x", by: nil)
    try store.restore(store.snapshot(of: run("a")), as: run("b"))
    #expect(try subject.state() == QueueState(runs: ["a": "suspended", "b": "suspended"]))
    try store.resume(run("b"))
    #expect(try subject.state().tasks == ["b 0 0", "b 0 1"])
  }
}

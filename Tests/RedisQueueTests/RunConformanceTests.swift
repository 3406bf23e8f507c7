import RunQueue
import Testing

/// Runs come, stop, go on and end the same way on every store.
@Suite struct RunConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `a submitted run is announced to the controller with its configuration`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: ["environment": "HalfCheetah-v5", "seed": "7"])
    #expect(
      try subject.state() == QueueState(updates: ["a -1"], runs: ["a": "submitted"]))
    #expect(
      try store.fields(.config, of: run("a")) == ["environment": "HalfCheetah-v5", "seed": "7"])
    #expect(
      try store.fields(.state, of: run("a")).filter { $0.key != "submission" }
        == ["phase": "submitted", "iteration": "-1", "expected": "0", "message": ""])
    #expect(
      try store.fields(["seed", "absent"], in: .config, of: run("a")) == ["7", nil])
    #expect(try store.runs() == [run("a"): .submitted])
  }

  @Test(arguments: StoreKind.allCases)
  func `a second run of the same name is refused and changes nothing`(kind: StoreKind) throws {
    let subject = try kind.make()
    try subject.store.submit(run("a"), config: ["seed": "7"])
    let before = try subject.state()
    #expect(throws: StoreError.runExists(try run("a"))) {
      try subject.store.submit(run("a"), config: ["seed": "8"])
    }
    #expect(try subject.state() == before)
    #expect(try subject.store.fields(.config, of: run("a")) == ["seed": "7"])
  }

  @Test(arguments: StoreKind.allCases)
  func `an unknown run has no fields and no history, and cannot be stopped`(kind: StoreKind)
    throws
  {
    let store = try kind.make().store
    let a = try run("a")
    #expect(try store.fields(.weights, of: a) == [:])
    #expect(try store.history(of: a, from: 0) == [])
    #expect(throws: StoreError.noSuchRun(a)) { try store.pause(a) }
    #expect(throws: StoreError.noSuchRun(a)) { try store.resume(a) }
    #expect(throws: StoreError.noSuchRun(a)) { try store.cancel(a) }
    #expect(throws: StoreError.noSuchRun(a)) { try store.fail(a, of: nil, message: "") }
  }

  @Test(arguments: StoreKind.allCases)
  func `a paused run finishes its iteration, then parks until it is resumed`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    try store.pause(run("a"))
    let only = try store.take(by: "e1")
    #expect(try store.complete(only, result: "1.5") == .completedIteration)
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.nextUpdate(timeout: 0) == nil)
    #expect(try subject.state() == QueueState(runs: ["a": "paused"]))
    #expect(try store.fields(["parked"], in: .state, of: run("a")) == ["a 0"])

    try store.resume(run("a"))
    #expect(try subject.state() == QueueState(updates: ["a 0"], runs: ["a": "running"]))
    #expect(try store.fields(["parked"], in: .state, of: run("a")) == [nil])
    #expect(try store.nextUpdate(timeout: 0) == iteration("a 0"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a run paused while the controller computes parks at the publication`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    #expect(try store.nextUpdate(timeout: 0) == iteration("a -1"))
    try store.pause(run("a"))
    #expect(try !store.publish(.tasks(3), after: iteration("a -1")))
    #expect(try subject.state() == QueueState(runs: ["a": "paused"]))
    try store.resume(run("a"))
    #expect(try subject.state() == QueueState(updates: ["a -1"], runs: ["a": "submitted"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a phase that does not allow an operation is named`(kind: StoreKind) throws {
    let store = try kind.make().store
    let a = try run("a")
    try store.begin("a", tasks: 1)
    #expect(throws: StoreError.wrongPhase(a, .running, operation: "resume")) {
      try store.resume(a)
    }
    try store.cancel(a)
    #expect(throws: StoreError.wrongPhase(a, .cancelled, operation: "cancel")) {
      try store.cancel(a)
    }
    #expect(throws: StoreError.wrongPhase(a, .cancelled, operation: "pause")) {
      try store.pause(a)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `tasks of a cancelled run are dropped when claimed, those of others are not`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    let flying = try store.take(by: "e1")
    try store.begin("b", tasks: 1)
    try store.cancel(run("a"))
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 1", "b 0 0"], leases: ["a 0 0": "e1 1"],
          runs: ["a": "cancelled", "b": "running"]))
    #expect(try store.claim(by: "e2", lease: 30) == task("b 0 0"))
    #expect(try store.renew([flying], by: "e1", lease: 30) == [flying])
    #expect(try store.complete(flying, result: "1") == .stale)
    #expect(
      try subject.state()
        == QueueState(leases: ["b 0 0": "e2 1"], runs: ["a": "cancelled", "b": "running"]))
    #expect(try store.results(of: iteration("a 0")) == [:])
  }

  @Test(arguments: StoreKind.allCases)
  func `a run that failed lets go of every list`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.nextResult(timeout: 0) == iteration("a 0"))
    try store.fail(run("a"), of: nil, message: "weights are damaged")
    try store.fail(run("a"), of: nil, message: "again")
    #expect(try store.nextResult(timeout: 0) == nil)
    #expect(try subject.state() == QueueState(runs: ["a": "failed"]))
    #expect(try store.fields(["message"], in: .state, of: run("a")) == ["weights are damaged"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a run ends once, with its message`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.end(iteration("a 0"), phase: .finished, message: "done"))
    #expect(try !store.end(iteration("a 0"), phase: .failed, message: "late"))
    #expect(try subject.state() == QueueState(runs: ["a": "finished"]))
    #expect(
      try store.fields(.state, of: run("a")).filter { $0.key != "submission" }
        == ["phase": "finished", "iteration": "0", "expected": "0", "message": "done"])
    #expect(try store.fields(.weights, of: run("a")) == ["w": "0"])
  }

  @Test(arguments: StoreKind.allCases)
  func `history is read from any line on`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.begin("a", tasks: 1)
    for number in 0..<3 {
      _ = try store.complete(store.take(by: "e1"), result: "1")
      #expect(try store.commit(.marked("\(number)"), of: iteration("a \(number)")))
      #expect(try store.publish(.tasks(1), after: iteration("a \(number)")))
    }
    let lines = (0..<3).map { "{\"mark\":\"\($0)\"}" }
    #expect(try store.history(of: run("a"), from: 0) == lines)
    #expect(try store.history(of: run("a"), from: 2) == [lines[2]])
    #expect(try store.history(of: run("a"), from: 3) == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `the overview counts what stands and lists who lives`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    try store.submit(run("b"), config: [:])
    _ = try store.take(by: "e1")
    try store.heartbeat("e1", status: #"{"slots":2}"#)
    try store.heartbeat("e2", status: #"{"slots":4}"#)
    try store.leave("e2")
    try subject.pass(seconds: 4)
    let overview = try store.overview()
    #expect(overview.pending == 2)
    #expect(overview.leased == 1)
    #expect(overview.results == 0)
    #expect(overview.updates == 1)
    #expect(overview.dead == 0)
    #expect(overview.evaluators.map(\.name) == ["e1"])
    #expect(overview.evaluators.map(\.status) == [#"{"slots":2}"#])
    #expect((4..<14).contains(overview.evaluators[0].age))
    try subject.pass(seconds: Double(QueueOverview.forgetsEvaluatorAfter))
    _ = try store.reapExpiredLeases(attempts: 3)
    #expect(try store.overview().evaluators == [])
  }
}

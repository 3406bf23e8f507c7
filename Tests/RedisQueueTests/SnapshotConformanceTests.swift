import RunQueue
import Testing

/// A run goes on from a snapshot where it was, from any store on any other.
@Suite struct SnapshotConformanceTests {
  static let pairs = StoreKind.allCases.flatMap { from in StoreKind.allCases.map { (from, $0) } }

  private func half(_ subject: any StoreUnderTest) throws {
    let store = subject.store
    try store.submit(run("a"), config: ["seed": "7", "note": "ö \u{1} \"x\""])
    #expect(try store.publish(.tasks(1), after: iteration("a -1")))
    _ = try store.complete(store.take(by: "e1"), result: "0")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.publish(.tasks(3), after: iteration("a 0")))
    _ = try store.take(by: "e1")
    _ = try store.complete(store.take(by: "e1"), result: "1")
  }

  @Test(arguments: pairs)
  func `in an iteration: what is there counts, the rest is queued, leased or not`(
    from: StoreKind, to: StoreKind
  ) throws {
    let source = try from.make()
    try half(source)
    let before = try source.state()
    let snapshot = try source.store.snapshot(of: run("a"))
    #expect(try source.state() == before)
    let target = try to.make()
    try target.store.restore(snapshot, as: run("b"))
    #expect(
      try target.state() == QueueState(tasks: ["b 1 0", "b 1 2"], runs: ["b": "running"]))
    for hash in RunHash.allCases {
      #expect(
        try target.store.fields(hash, of: run("b")) == source.store.fields(hash, of: run("a")))
    }
    #expect(try target.store.history(of: run("b"), from: 0) == [#"{"mark":"0"}"#])
    for _ in 0..<2 { _ = try target.store.complete(target.store.take(by: "e1"), result: "2") }
    #expect(try target.store.results(of: iteration("b 1")) == [0: "2", 1: "1", 2: "2"])
    #expect(try target.store.nextResult(timeout: 0) == iteration("b 1"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a complete iteration is announced, a reduced one follows up`(kind: StoreKind) throws {
    let source = try kind.make()
    try half(source)
    for index in [0, 2] { _ = try source.store.complete(task("a 1 \(index)"), result: "2") }
    let complete = try kind.make()
    try complete.store.restore(source.store.snapshot(of: run("a")), as: run("a"))
    #expect(try complete.state() == QueueState(results: ["a 1"], runs: ["a": "running"]))
    #expect(try complete.store.commit(.marked("1"), of: iteration("a 1")))
    let reduced = try kind.make()
    try reduced.store.restore(complete.store.snapshot(of: run("a")), as: run("a"))
    #expect(try reduced.state() == QueueState(updates: ["a 1"], runs: ["a": "running"]))
    #expect(try reduced.store.publish(.tasks(1), after: iteration("a 1")))
  }

  @Test(arguments: StoreKind.allCases)
  func `a paused run stays paused, one that is over stays over`(kind: StoreKind) throws {
    let source = try kind.make()
    try source.store.submit(run("a"), config: [:])
    try source.store.pause(run("a"))
    #expect(try source.store.nextUpdate(timeout: 0) == nil)
    let target = try kind.make()
    try target.store.restore(source.store.snapshot(of: run("a")), as: run("b"))
    #expect(try target.state() == QueueState(runs: ["b": "paused"]))
    try target.store.resume(run("b"))
    #expect(try target.state() == QueueState(updates: ["b -1"], runs: ["b": "submitted"]))
    try source.store.cancel(run("a"))
    try target.store.restore(source.store.snapshot(of: run("a")), as: run("c"))
    #expect(try target.state().runs == ["b": "submitted", "c": "cancelled"])
    #expect(try target.state().updates == ["b -1"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a name that is taken, a full queue and a damaged state are refused`(kind: StoreKind)
    throws
  {
    let subject = try kind.make(limits: QueueLimits(runsInProgress: 1))
    try half(subject)
    var snapshot = try subject.store.snapshot(of: run("a"))
    let before = try subject.state()
    #expect(throws: StoreError.noSuchRun(try run("b"))) {
      _ = try subject.store.snapshot(of: run("b"))
    }
    #expect(throws: StoreError.runExists(try run("a"))) {
      try subject.store.restore(snapshot, as: run("a"))
    }
    #expect(throws: StoreError.tooManyRuns(inProgress: 1)) {
      try subject.store.restore(snapshot, as: run("b"))
    }
    for (field, value) in [("phase", "dancing"), ("iteration", "-2"), ("expected", "1")] {
      snapshot.hashes["state"]?[field] = value
      let error = #expect(throws: StoreError.self) {
        try subject.store.restore(snapshot, as: run("b"))
      }
      #expect(error?.description.hasPrefix("the snapshot of run a is damaged") == true)
      snapshot.hashes["state"] = try subject.store.fields(.state, of: run("a"))
    }
    #expect(try subject.state() == before)
    try subject.store.cancel(run("a"))
    try subject.store.forget(run("a"))
    try subject.store.restore(snapshot, as: run("a"))
    #expect(try subject.store.runs() == [run("a"): .running])
  }
}

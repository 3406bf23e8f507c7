import RunQueue
import Testing

/// Reductions and publications are fenced the same way on every store.
@Suite struct ReductionConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `a committed reduction has all its effects and removes the results`(kind: StoreKind)
    throws
  {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    let first = Publication(
      taskCount: 1, weights: ["w": "start", "extra": "x"], partitions: ["p": "0 1", "rewards": ""],
      checkpoint: ["theta": "t"])
    #expect(try store.publish(first, after: iteration("a -1")))
    #expect(try store.fields(.weights, of: run("a")) == ["w": "start", "extra": "x"])
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.fields(.weights, of: run("a")) == ["w": "0"])
    #expect(try store.fields(.partitions, of: run("a")) == ["p": "0 1", "rewards": "0"])
    #expect(try store.fields(.checkpoint, of: run("a")) == ["theta": "t", "best": "0"])
    #expect(try store.history(of: run("a"), from: 0) == [#"{"mark":"0"}"#])
    #expect(try store.results(of: iteration("a 0")) == [:])
    #expect(try subject.state() == QueueState(updates: ["a 0"], runs: ["a": "running"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a publication may begin a later iteration than the next`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    var last = Publication.tasks(1)
    last.iteration = 9
    #expect(try store.publish(last, after: iteration("a 0")))
    #expect(try store.fields(["iteration"], in: .state, of: run("a")) == ["9"])
    #expect(try store.take(by: "e1") == task("a 9 0"))
    _ = try store.complete(task("a 9 0"), result: "2", by: "e1")
    #expect(try store.results(of: iteration("a 9")) == [0: "2"])
    let ending = Reduction(weights: nil, partitions: [:], checkpoint: [:], history: nil)
    #expect(try store.commit(ending, of: iteration("a 9")))
    #expect(try store.end(iteration("a 9"), as: RunEnding(.finished, message: ""), by: nil))
  }

  @Test(arguments: StoreKind.allCases)
  func `a reduction that is not at the head has no effect`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    for name in ["a", "b"] {
      try store.begin(name, tasks: 1)
      _ = try store.complete(store.take(by: "e1"), result: "1")
    }
    let before = try subject.state()
    #expect(before.results == ["a 0", "b 0"])
    #expect(try !store.commit(.marked("x"), of: iteration("b 0")))
    #expect(try !store.commit(.marked("x"), of: iteration("a 1")))
    #expect(try subject.state() == before)
    #expect(try store.fields(.weights, of: run("b")) == [:])
  }

  @Test(arguments: StoreKind.allCases)
  func `a second commit of an iteration has no effect`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.commit(.marked("first"), of: iteration("a 0")))
    let before = try subject.state()
    #expect(try !store.commit(.marked("second"), of: iteration("a 0")))
    #expect(try subject.state() == before)
    #expect(try store.fields(.weights, of: run("a")) == ["w": "first"])
    #expect(try store.history(of: run("a"), from: 0).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `a reduction of a run cancelled meanwhile drops its message only`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    #expect(try store.nextResult(timeout: 0) == iteration("a 0"))
    try store.cancel(run("a"))
    #expect(try !store.commit(.marked("x"), of: iteration("a 0")))
    #expect(try subject.state() == QueueState(runs: ["a": "cancelled"]))
    #expect(try store.fields(.weights, of: run("a")) == [:])
  }

  @Test(arguments: StoreKind.allCases)
  func `publications are fenced by the head of the updates`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    try store.submit(run("b"), config: [:])
    let before = try subject.state()
    #expect(try !store.publish(.tasks(1), after: iteration("b -1")))
    #expect(try !store.publish(.tasks(1), after: iteration("a 0")))
    #expect(try !store.end(iteration("b -1"), phase: .failed, message: ""))
    #expect(try subject.state() == before)
    #expect(try store.publish(.tasks(1), after: iteration("a -1")))
    #expect(try !store.publish(.tasks(1), after: iteration("a -1")))
    #expect(
      try subject.state()
        == QueueState(
          tasks: ["a 0 0"], updates: ["b -1"], runs: ["a": "running", "b": "submitted"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `a publication for a cancelled run drops its message only`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    try store.cancel(run("a"))
    #expect(try !store.publish(.tasks(1), after: iteration("a -1")))
    #expect(try subject.state() == QueueState(runs: ["a": "cancelled"]))
  }

  @Test(arguments: StoreKind.allCases)
  func `large publications and reductions pass whole`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    let fields = Dictionary(
      uniqueKeysWithValues: (0..<3000).map { ("p\($0)", "\u{0} \($0) ö\n") })
    let publication = Publication(
      taskCount: 2345, weights: fields, partitions: fields, checkpoint: fields)
    #expect(try store.publish(publication, after: iteration("a -1")))
    #expect(try subject.state().tasks == (0..<2345).map { "a 0 \($0)" })
    for hash in [RunHash.weights, .partitions, .checkpoint] {
      #expect(try store.fields(hash, of: run("a")) == fields)
    }
  }
}

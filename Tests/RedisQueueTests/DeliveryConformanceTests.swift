import RunQueue
import Testing

/// A result is delivered and the next task taken in one call, the same way on every store.
@Suite struct DeliveryConformanceTests {
  private let next = ClaimRequest(lease: 30, except: [:])

  private func deliver(
    _ result: String, of task: TaskID, to store: any RunStore, next: ClaimRequest?,
    by name: String = "e1"
  ) throws -> Receipt {
    try store.deliver(result, of: Claim(task: task, submission: nil), by: name, next: next)
  }

  @Test(arguments: StoreKind.allCases)
  func `the next task comes with a delivery, under a lease of its own`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 3)
    let first = try store.take(by: "e1")
    let delivery = try deliver("1", of: first, to: store, next: next)
    #expect(delivery.completions == [.accepted])
    let second = try #require(delivery.next?.claim)
    #expect(try second.task == task("a 0 1") && second.submission?.isEmpty == false)
    #expect(
      try subject.state()
        == QueueState(tasks: ["a 0 2"], leases: ["a 0 1": "e1 1"], runs: ["a": "running"]))
    // What is no longer wanted is still an occasion to take the next.
    #expect(
      try deliver("2", of: first, to: store, next: next)
        == Receipt(
          [.duplicate],
          next: .tasks([Claim(task: task("a 0 2"), submission: second.submission)])))
    #expect(try deliver("2", of: first, to: store, next: nil) == Receipt([.duplicate]))
    #expect(try deliver("3", of: task("a 0 1"), to: store, next: next).next == .nothing)
    #expect(
      try deliver("3", of: task("a 0 2"), to: store, next: next)
        == Receipt([.completedIteration], next: .nothing))
    #expect(try deliver("3", of: task("a 7 0"), to: store, next: nil) == Receipt([.stale]))
  }

  @Test(arguments: StoreKind.allCases)
  func `after a failure that goes back no task is taken`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    let first = try store.take(by: "e1")
    #expect(try deliver("failed x", of: first, to: store, next: next) == Receipt([.doubted]))
    #expect(try subject.state().tasks == ["a 0 1", "a 0 0"])
    #expect(try subject.state().leases.isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `tasks of refused submissions do not come with a delivery`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    try store.begin("b", tasks: 1)
    let mark = try #require(try store.fields([Submission.field], in: .state, of: run("b"))[0])
    let first = try store.take(by: "e1")
    let refusing = ClaimRequest(lease: 30, except: [try run("b"): mark])
    #expect(
      try deliver("1", of: first, to: store, next: refusing)
        == Receipt([.completedIteration], next: .leftToOthers))
    #expect(try subject.state().tasks == ["b 0 0"])
  }

  @Test func `a result counts although what is pending is damaged`() throws {
    let subject = try RedisUnderTest()
    try subject.redis.begin("a", tasks: 3)
    let first = try subject.redis.take(by: "e1")
    let tasks = subject.keys.tasks
    try subject.connection.send(["DEL", tasks])
    try subject.connection.send(["SET", tasks, "x"])
    #expect(try deliver("1", of: first, to: subject.redis, next: next) == Receipt([.accepted]))
    #expect(try subject.redis.results(of: iteration("a 0")) == [0: "1"])
    // Where the list itself is needed, nothing is written.
    #expect(throws: StoreError.self) {
      try deliver("failed x", of: task("a 0 1"), to: subject.redis, next: next)
    }
    #expect(try subject.redis.lastFailure(of: run("a")) == nil)
  }
}

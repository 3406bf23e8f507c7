import RunQueue
import Testing

/// A failed evaluation counts when two evaluators agree; a machine that fails alone decides nothing.
@Suite struct FailureConformanceTests {
  /// A run of `count` tasks, and the evaluators `names` alive.
  private func begin(
    _ kind: StoreKind, tasks count: Int, alive names: [String]
  ) throws -> any StoreUnderTest {
    let subject = try kind.make()
    try subject.store.begin("a", tasks: count)
    for name in names { try subject.store.heartbeat(name, status: "{}") }
    return subject
  }

  private func claimed(_ name: String, by evaluator: String) throws -> Claimed {
    .tasks([Claim(task: try task(name), submission: nil)])
  }

  @Test(arguments: StoreKind.allCases)
  func `a first failure goes back to the queue, for another evaluator`(kind: StoreKind) throws {
    let subject = try begin(kind, tasks: 2, alive: ["e1", "e2"])
    let store = subject.store
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    #expect(try subject.state().tasks == ["a 0 1", "a 0 0"])
    #expect(try store.results(of: iteration("a 0")) == [:])
    #expect(try store.lastFailure(of: run("a")) == nil)
    #expect(try store.take(by: "e1") == task("a 0 1"))
    #expect(try store.claim(by: "e1", lease: 30, except: [:]) == .leftToOthers)
    #expect(try store.take(by: "e2") == task("a 0 0"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a failure that another evaluator sees, too, is recorded with its reason`(kind: StoreKind)
    throws
  {
    let subject = try begin(kind, tasks: 1, alive: ["e1", "e2"])
    let store = subject.store
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    let second = try store.complete(store.take(by: "e2"), result: "failed y", by: "e2")
    #expect(second == .completedIteration)
    #expect(try store.results(of: iteration("a 0")) == [0: "failed y"])
    #expect(try store.lastFailure(of: run("a")) == "y")
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    #expect(try store.lastFailure(of: run("a")) == "y")
  }

  @Test(arguments: StoreKind.allCases)
  func `what another evaluator finishes counts, and who failed it is told`(kind: StoreKind) throws {
    let subject = try begin(kind, tasks: 2, alive: ["e1", "e2"])
    let store = subject.store
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    let other = try store.take(by: "e1")
    #expect(try store.complete(store.take(by: "e2"), result: "1", by: "e2") == .accepted)
    #expect(try store.complete(other, result: "failed x", by: "e1") == .overruled)
    let last = try store.complete(store.take(by: "e2"), result: "2", by: "e2")
    #expect(last == .completedIteration)
    #expect(try store.results(of: iteration("a 0")) == [0: "1", 1: "2"])
  }

  @Test(arguments: StoreKind.allCases, [nil, #"{"cannotRun":{"a":"no model"}}"#])
  func `an evaluator that fails a task twice is believed while no other can try it`(
    kind: StoreKind, status: String?
  ) throws {
    let subject = try begin(kind, tasks: 1, alive: ["e1"])
    let store = subject.store
    if let status { try store.heartbeat("e2", status: status) }
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    let second = try store.complete(store.take(by: "e1"), result: "failed x", by: "e1")
    #expect(second == .completedIteration)
  }

  @Test(arguments: StoreKind.allCases)
  func `an evaluator that is silent or refuses another run holds nobody up`(kind: StoreKind) throws
  {
    let subject = try begin(kind, tasks: 1, alive: ["e2"])
    let store = subject.store
    try subject.pass(seconds: 11)
    try store.heartbeat("e1", status: "{}")
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    try store.heartbeat("e3", status: #"{"cannotRun":{"b":"no model"}}"#)
    #expect(try store.claim(by: "e1", lease: 30, except: [:]) == .leftToOthers)
    try subject.pass(seconds: 11)
    #expect(try store.take(by: "e1") == task("a 0 0"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a status that is no JSON object is one of an evaluator that can run everything`(
    kind: StoreKind
  ) throws {
    let subject = try begin(kind, tasks: 1, alive: ["e1"])
    let store = subject.store
    _ = try store.complete(store.take(by: "e1"), result: "failed x", by: "e1")
    for status in ["", "[1]", "{", #"{"cannotRun":7}"#] {
      try store.heartbeat("e2", status: status)
      #expect(try store.claim(by: "e1", lease: 30, except: [:]) == .leftToOthers)
    }
  }
}

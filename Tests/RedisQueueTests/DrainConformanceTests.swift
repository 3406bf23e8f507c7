import RunQueue
import Testing

/// Evaluators that are to begin nothing, the same on every store.
@Suite struct DrainConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `an evaluator hears at its next heartbeat that it is drained, and until it leaves`(
    kind: StoreKind
  ) throws {
    let store = try kind.make().store
    #expect(try !store.heartbeat("e", status: "{}"))
    #expect(try !store.heartbeat("f", status: "{}"))
    #expect(try store.drain(["e"], undo: false) == [])
    #expect(try store.heartbeat("e", status: "{}"))
    #expect(try !store.heartbeat("f", status: "{}"))
    #expect(try store.drain(["e"], undo: true) == [])
    #expect(try !store.heartbeat("e", status: "{}"))
    _ = try store.drain(["e"], undo: false)
    try store.leave("e")
    #expect(try !store.heartbeat("e", status: "{}"))
  }

  @Test(arguments: StoreKind.allCases)
  func `a name that is not there is told, and nobody is drained`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.heartbeat("e", status: "{}")
    #expect(try store.drain(["e", "x", "y"], undo: false) == ["x", "y"])
    #expect(try !store.heartbeat("e", status: "{}"))
    #expect(try store.drain([], undo: false) == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `one that has been silent for long is forgotten with its mark`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.heartbeat("e", status: "{}")
    _ = try store.drain(["e"], undo: false)
    try subject.pass(seconds: Double(QueueOverview.forgetsEvaluatorAfter + 1))
    _ = try store.reapExpiredLeases(attempts: 5)
    #expect(try !store.heartbeat("e", status: "{}"))
  }

  @Test(arguments: StoreKind.allCases)
  func `what one evaluator failed is not left to one that is drained`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.begin("a", tasks: 1)
    try store.heartbeat("e1", status: "{}")
    try store.heartbeat("e2", status: #"{"drained":true}"#)
    #expect(try store.complete(store.take(by: "e1"), result: "failed x", by: "e1") == .doubted)
    #expect(try store.take(by: "e1") == task("a 0 0"))
  }
}

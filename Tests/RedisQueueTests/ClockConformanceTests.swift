import RunQueue
import Testing

/// A clock that goes back holds nothing up, on every store.
@Suite struct ClockConformanceTests {
  @Test(arguments: StoreKind.allCases, [3600.0, 259_200.0])
  func `a lease of the future has expired`(kind: StoreKind, seconds: Double) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let lost = try store.take(by: "lost")
    #expect(try store.reapExpiredLeases(attempts: 5) == [])
    try subject.pass(seconds: -seconds)
    #expect(
      try store.reapExpiredLeases(attempts: 5)
        == [ReapedTask(task: lost, evaluator: "lost", attempt: 1, isDead: false)])
    #expect(try store.take(by: "other") == lost)
    try subject.pass(seconds: -seconds)
    #expect(try store.renew([lost], by: "other", lease: 30) == [])
    #expect(try store.reapExpiredLeases(attempts: 5) == [], "renewed by the new time")
  }

  @Test(arguments: StoreKind.allCases)
  func `a lead of the future is free, and its leader goes on until another takes it`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    _ = try store.lead(.aggregator, as: "a", lease: 5)
    try store.begin("r", tasks: 1)
    _ = try store.complete(store.take(by: "e"), result: "1")
    try subject.pass(seconds: -3600)
    #expect(try store.leader(of: .aggregator) == nil)
    #expect(try store.commit(.marked("0"), of: iteration("r 0"), by: "a"))
    #expect(try store.lead(.aggregator, as: "b", lease: 5).name == "b")
    #expect(try store.lead(.aggregator, as: "a", lease: 5).name == "b")
  }

  @Test(arguments: StoreKind.allCases)
  func `a heartbeat of the future is not alive, and forgotten where it is far off`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.heartbeat("e", status: "{}")
    #expect(try store.overview().alive.map(\.name) == ["e"])
    try subject.pass(seconds: -60)
    #expect(try store.overview().alive == [])
    try store.heartbeat("e", status: "{}")
    #expect(try store.overview().alive.map(\.name) == ["e"])
    try subject.pass(seconds: -3600)
    _ = try store.reapExpiredLeases(attempts: 5)
    #expect(try store.overview().evaluators == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `a task awaited since a moment to come is issued a second time`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    let slow = try store.take(by: "slow")
    #expect(try store.issueBackups(of: run("a"), after: 4) == [])
    try subject.pass(seconds: -20)
    #expect(try store.issueBackups(of: run("a"), after: 4) == [slow])
    #expect(try store.issueBackups(of: run("a"), after: 4) == [])
  }
}

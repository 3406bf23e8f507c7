import RunQueue
import Testing

/// One service leads in a role, and nobody else has effects, on every store.
@Suite struct LeaderConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `the first to ask leads, and whoever comes later learns who does`(kind: StoreKind) throws {
    let store = try kind.make().store
    #expect(try store.leader(of: .controller) == nil)
    #expect(try store.lead(.controller, as: "a", lease: 5).name == "a")
    let leader = try store.lead(.controller, as: "b", lease: 5)
    #expect(leader.name == "a" && leader.seconds > 4 && leader.seconds <= 5)
    #expect(try store.leader(of: .controller)?.name == "a")
    #expect(try store.lead(.aggregator, as: "b", lease: 5).name == "b")
  }

  @Test(arguments: StoreKind.allCases)
  func `a lead that is renewed stays, one that is not goes to the next who asks`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    _ = try subject.store.lead(.aggregator, as: "a", lease: 5)
    try subject.pass(seconds: 4)
    _ = try subject.store.lead(.aggregator, as: "a", lease: 5)
    try subject.pass(seconds: 4)
    #expect(try subject.store.lead(.aggregator, as: "b", lease: 5).name == "a")
    try subject.pass(seconds: 2)
    #expect(try subject.store.leader(of: .aggregator) == nil)
    #expect(try subject.store.lead(.aggregator, as: "b", lease: 5).name == "b")
    #expect(try subject.store.lead(.aggregator, as: "a", lease: 5).name == "b")
  }

  @Test(arguments: StoreKind.allCases)
  func `who resigns is followed at once, and can resign nobody else`(kind: StoreKind) throws {
    let store = try kind.make().store
    _ = try store.lead(.controller, as: "a", lease: 5)
    try store.resign(.controller, as: "b")
    #expect(try store.lead(.controller, as: "b", lease: 5).name == "a")
    try store.resign(.controller, as: "a")
    #expect(try store.lead(.controller, as: "b", lease: 5).name == "b")
  }

  @Test(arguments: StoreKind.allCases)
  func `a former aggregator cannot commit`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    _ = try store.lead(.aggregator, as: "old", lease: 5)
    try subject.pass(seconds: 6)
    _ = try store.lead(.aggregator, as: "new", lease: 5)
    let before = try subject.state()
    #expect(try !store.commit(.marked("old"), of: iteration("a 0"), by: "old"))
    #expect(try subject.state() == before)
    #expect(try store.fields(.weights, of: run("a")) == [:])
    #expect(try store.commit(.marked("new"), of: iteration("a 0"), by: "new"))
    #expect(try store.fields(.weights, of: run("a")) == ["w": "new"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a former controller can neither publish nor end`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.submit(run("a"), config: [:])
    try store.submit(run("b"), config: [:])
    _ = try store.lead(.controller, as: "old", lease: 5)
    try store.resign(.controller, as: "old")
    let before = try subject.state()
    #expect(try !store.publish(.tasks(1), after: iteration("a -1"), by: "old"))
    #expect(try !store.end(iteration("a -1"), as: RunEnding(.failed, message: ""), by: "old"))
    #expect(try subject.state() == before)
    _ = try store.lead(.controller, as: "new", lease: 5)
    #expect(try store.publish(.tasks(1), after: iteration("a -1"), by: "new"))
    #expect(try store.end(iteration("b -1"), as: RunEnding(.failed, message: ""), by: "new"))
  }
}

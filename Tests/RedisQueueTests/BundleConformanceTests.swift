import RunQueue
import Testing

/// Several tasks are claimed and delivered at once the same way on every store.
@Suite struct BundleConformanceTests {
  private func request(_ most: Int, slots: Int = 1) -> ClaimRequest {
    ClaimRequest(lease: 30, except: [:], most: most, slots: slots)
  }

  private func result(_ text: String, of name: String) throws -> TaskResult {
    TaskResult(text, of: Claim(task: try task(name), submission: nil))
  }

  /// The names of what a claim found.
  private func names(_ claimed: Claimed?) -> [String] {
    (claimed?.claims ?? []).map { "\($0.task)" }
  }

  @Test(arguments: StoreKind.allCases)
  func `as many are taken as half of a slot's share`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 24)
    #expect(names(try store.claim(by: "e1", request(3))) == ["a 0 0", "a 0 1", "a 0 2"])
    #expect(
      try subject.state().leases == ["a 0 0": "e1 1", "a 0 1": "e1 1", "a 0 2": "e1 1"])
    for name in ["e1", "e2"] { try store.heartbeat(name, status: "{}") }
    // 21 pending among two evaluators of two slots each.
    #expect(names(try store.claim(by: "e1", request(9, slots: 2))) == ["a 0 3", "a 0 4"])
    #expect(names(try store.claim(by: "e1", request(9))).count == 4)
    // Of what is left for 50 slots each of them takes one.
    #expect(names(try store.claim(by: "e2", request(9, slots: 50))) == ["a 0 9"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a task that was lost is taken alone`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 12)
    _ = try store.claim(by: "lost", request(2))
    try subject.pass(seconds: 31)
    #expect(try store.reapExpiredLeases(attempts: 5).count == 2)
    #expect(names(try store.claim(by: "e1", request(4))) == ["a 0 0"])
    #expect(names(try store.claim(by: "e1", request(4))) == ["a 0 1"])
    #expect(names(try store.claim(by: "e1", request(4))).count == 4)
    // Behind others it is left for the next claim.
    try store.release([task("a 0 1")], by: "e1")
    try store.release([task("a 0 2")], by: "e1")
    #expect(names(try store.claim(by: "e1", request(4))) == ["a 0 2"])
    #expect(try subject.state().tasks.first == "a 0 1")
  }

  @Test(arguments: StoreKind.allCases)
  func `results of several runs come in one call, and the next tasks with them`(
    kind: StoreKind
  ) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 2)
    try store.begin("b", tasks: 6)
    let first = try store.claim(by: "e1", request(3))
    #expect(names(first) == ["a 0 0", "b 0 0", "a 0 1"])
    let results = [
      try result("1", of: "a 0 0"), try result("2", of: "b 0 0"), try result("3", of: "a 0 1"),
      try result("4", of: "a 0 1"), try result("5", of: "c 0 0"),
    ]
    let receipt = try store.deliver(results, by: "e1", next: request(2))
    #expect(
      receipt.completions == [.accepted, .accepted, .completedIteration, .duplicate, .stale])
    #expect(receipt.damage == nil && names(receipt.next) == ["b 0 1", "b 0 2"])
    #expect(try store.results(of: iteration("a 0")) == [0: "1", 1: "3"])
    #expect(try subject.state().results == ["a 0"])
    #expect(try subject.state().leases == ["b 0 1": "e1 1", "b 0 2": "e1 1"])
  }

  @Test(arguments: StoreKind.allCases)
  func `one failure goes back and the others count`(kind: StoreKind) throws {
    let subject = try kind.make()
    let store = subject.store
    try store.begin("a", tasks: 8)
    _ = try store.claim(by: "e1", request(3))
    let results = try ["1", "failed x", "3"].enumerated().map {
      try result($1, of: "a 0 \($0)")
    }
    #expect(
      try store.deliver(results, by: "e1", next: request(2))
        == Receipt([.accepted, .doubted, .accepted]))
    #expect(try store.results(of: iteration("a 0")) == [0: "1", 2: "3"])
    #expect(try subject.state().tasks.last == "a 0 1" && subject.state().leases.isEmpty)
  }

  @Test func `results before a damage count, and it names the one behind them`() throws {
    let subject = try RedisUnderTest()
    let store = subject.redis
    try store.begin("a", tasks: 4)
    try store.begin("b", tasks: 4)
    let key = subject.keys.hash(.state, of: try run("b"))
    try subject.connection.send(["DEL", key])
    try subject.connection.send(["SET", key, "x"])
    let results = [
      try result("1", of: "a 0 0"), try result("2", of: "b 0 0"), try result("3", of: "a 0 1"),
    ]
    let receipt = try store.deliver(results, by: "e1", next: request(2))
    #expect(receipt.completions == [.accepted] && receipt.next == nil)
    guard case .damaged(key, _) = receipt.damage else {
      Issue.record("\(receipt)")
      return
    }
    #expect(try store.results(of: iteration("a 0")) == [0: "1"])
    #expect(throws: StoreError.self) { try store.complete(task("b 0 0"), result: "2") }
  }
}

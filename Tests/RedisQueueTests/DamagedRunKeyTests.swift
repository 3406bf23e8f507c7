import RedisQueue
import RunQueue
import Testing

/// One damaged run among others, as services and operators meet it.
@Suite struct DamagedRunKeyTests {
  private let subject: RedisUnderTest
  private let store: RedisRunStore
  private let keys: QueueKeys

  init() throws {
    subject = try RedisUnderTest()
    store = subject.redis
    keys = subject.keys
  }

  /// What may be wrong with a run's keys while others wait behind it.
  static let damages = [
    ["DEL", "state"], ["SET", "state", "x"], ["HSET", "state", "phase", "dancing"],
    ["HDEL", "state", "expected"], ["HSET", "state", "iteration", "1e3"],
    ["SET", "returns:0", "x"], ["SET", "lost", "x"], ["SET", "failures", "x"],
  ]

  @Test(arguments: damages)
  func `a damaged run holds no other up and is listed once`(damage: [String]) throws {
    try store.begin("a", tasks: 3)
    try store.begin("b", tasks: 2)
    let key = "\(keys.hash(.state, of: try run("a")).dropLast(5))\(damage[1])"
    try subject.connection.send([damage[0], key] + damage.dropFirst(2))
    for message in ["a 0", "b 5"] { try subject.connection.send(["RPUSH", keys.results, message]) }
    try subject.connection.send(["LPUSH", keys.updates, "a 0"])
    for index in 0..<2 {
      let taken = try store.take(by: "e1")
      #expect(taken == (try task("b 0 \(index)")))
      _ = try store.complete(taken, result: "1")
    }
    #expect(try store.claim(by: "e1", lease: 30) == nil)
    if damage[1] == "state" { #expect(try store.nextResult(timeout: 0) == iteration("b 0")) }
    #expect(try store.nextUpdate(timeout: 0) == nil)
    _ = try store.reapExpiredLeases(attempts: 1)
    #expect(try store.issueBackups(of: run("a"), after: 0) == [])
    let dead = try store.deadTasks().map(\.line)
    #expect(dead.count == (damage[0] == "DEL" ? 0 : 1), "\(dead)")
    #expect(dead.allSatisfy { $0.hasPrefix("a damaged: \(key), ") }, "\(dead)")
  }

  @Test func `a damaged run is one record, and all others are read`() throws {
    for name in ["a", "b", "c"] { try store.submit(run(name), config: ["seed": name]) }
    let config = keys.hash(.config, of: try run("a"))
    try subject.connection.send(["SET", config, "x"])
    try subject.connection.send(["HSET", keys.runs, "b", "dancing", "no run", "running"])
    let records = try store.look([], lines: 0).runs.compactMap(\.contents?.record)
    #expect(records.map(\.name) == ["a", "b", "c", "no run"])
    let keys = records.map { record -> String? in
      guard case .damaged(let key, _) = record.damage else { return nil }
      return key
    }
    #expect(keys == [config, self.keys.runs, nil, self.keys.runs])
    #expect(try store.runs() == [run("a"): .submitted, run("c"): .submitted])
  }
}

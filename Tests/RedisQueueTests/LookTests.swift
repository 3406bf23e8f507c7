import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// What a dashboard sees of a queue in one round trip.
@Suite struct LookTests {
  private let subject: RedisUnderTest
  private let store: RedisRunStore
  private let keys: QueueKeys

  init() throws {
    subject = try RedisUnderTest()
    store = subject.redis
    keys = subject.keys
  }

  @Test func `a look says what the other calls say`() throws {
    try store.begin("a", tasks: 3)
    try store.submit(run("b"), config: ["seed": "1"])
    let taken = try store.take(by: "e")
    try store.heartbeat("e", status: "{}")
    _ = try store.lead(.controller, as: "c", lease: 30)
    _ = try store.complete(store.take(by: "f"), result: "1")
    let look = try store.look([], lines: 10)
    var (seen, overview) = (look.overview, try store.overview())
    for position in seen.evaluators.indices { seen.evaluators[position].age = 0 }
    for position in overview.evaluators.indices { overview.evaluators[position].age = 0 }
    #expect(seen == overview && look.busy == ["e": 1] && taken.description != look.firstTask)
    #expect(look.firstTask == "a 0 2" && look.damage == [])
    #expect(look.runs.map(\.name) == ["a", "b"] && look.runs[0].delivered == 1)
    let records = look.runs.compactMap { $0.contents?.record }
    #expect(records.map(\.config) == [["seed": "7"], ["seed": "1"]])
    for record in records {
      #expect(try store.fields(.state, of: run(record.name)) == record.state)
      #expect(record.damage == nil && record.checkpoint == [nil, nil])
    }
    #expect(look.server?.memoryUsed ?? 0 > 0 && look.server?.memoryLimit == 0)
  }

  @Test func `what stands as it stood is not told again; any change is`() throws {
    try store.begin("a", tasks: 2)
    func look() throws -> (RunLook, KnownRun) {
      let run = try #require(store.look([], lines: 0).runs.first)
      return (run, KnownRun(name: "a", stamp: run.stamp, lines: 0))
    }
    let changes: [[String]] = [
      ["HSET", keys.hash(.state, of: try run("a")), "message", "held"],
      ["HSET", keys.failures(of: try run("a")), "last", "no model"],
      ["HSET", keys.hash(.checkpoint, of: try run("a")), "policy", "{}"],
      ["RPUSH", keys.history(of: try run("a")), "{}"],
      ["HSET", keys.runs, "a", "paused"],
      ["DEL", keys.hash(.config, of: try run("a"))],
      ["SET", keys.hash(.config, of: try run("a")), "x"],
    ]
    for change in changes {
      let (_, known) = try look()
      #expect(try store.look([known], lines: 0).runs[0].contents == nil)
      try subject.connection.send(change)
      #expect(try store.look([known], lines: 0).runs[0].contents != nil, "\(change)")
    }
  }

  @Test func `history comes from where it is known, in the order asked for, as much as asked for`()
    throws
  {
    for name in ["a", "b"] {
      try store.submit(run(name), config: ["seed": "1"])
      let lines = (0..<5).map { "\(name)\($0)" }
      try subject.connection.send(["RPUSH", keys.history(of: run(name))] + lines)
    }
    let known = [
      KnownRun(name: "b", stamp: "", lines: 2), KnownRun(name: "a", stamp: "", lines: 0),
      KnownRun(name: "gone", stamp: "", lines: 0),
    ]
    let look = try store.look(known, lines: 5)
    #expect(look.runs.map(\.lines) == [["a0", "a1"], ["b2", "b3", "b4"]])
    #expect(look.runs.map(\.lineCount) == [5, 5])
    #expect(look.runs.map { $0.contents?.lastLine } == ["a4", "b4"])
    #expect(try store.look(known, lines: 0).runs.allSatisfy { $0.lines == [] })
  }

  @Test func `evaluations queued again are counted: leases lost and first failures`() throws {
    try store.begin("a", tasks: 3)
    _ = try store.take(by: "e")
    try subject.pass(seconds: 31)
    _ = try store.reapExpiredLeases(attempts: 5)
    try store.heartbeat("other", status: "{}")
    _ = try store.complete(store.take(by: "e"), result: "failed x", by: "e")
    #expect(try store.look([], lines: 0).runs[0].retries == 2)
  }

  @Test func `damage is named and hides nothing else`() throws {
    for name in ["a", "b", "c"] { try store.begin(name, tasks: 1) }
    try store.heartbeat("e", status: "{}")
    for command in [
      ["SET", keys.hash(.state, of: try run("a")), "x"], ["SET", keys.results, "x"],
      ["HSET", keys.runs, "b", "dancing", "no run", "running"],
      ["HSET", keys.evaluators, "f", "never"],
    ] { try subject.connection.send(command) }
    let look = try store.look([KnownRun(name: "a", stamp: "", lines: 0)], lines: 10)
    let damaged = look.damage.map { error -> String in
      guard case .damaged(let key, _) = error else { return "" }
      return key
    }
    #expect(damaged == [keys.results, keys.evaluators])
    #expect(look.overview.pending == 3 && look.overview.evaluators.map(\.name) == ["e"])
    let wrong = look.runs.filter { $0.contents?.record.damage != nil }.map(\.name)
    #expect(look.runs.map(\.name) == ["a", "b", "c", "no run"] && wrong == ["a", "b", "no run"])
  }

  @Test func `bytes that are no text are damage of one run`() throws {
    try store.begin("a", tasks: 1)
    try store.begin("b", tasks: 1)
    let command = StoreDamage.bytes("HSET", keys.hash(.config, of: try run("a")), "seed")
    try subject.connection.send(command)
    let runs = try store.look([], lines: 0).runs
    #expect(runs.map { $0.contents?.record.damage != nil } == [true, false])
  }

  @Test func `a look is one round trip, whatever there is`() throws {
    for number in 0..<20 { try store.begin("a\(number)", tasks: 3) }
    let link = try FaultyLink(to: store.url)
    let far = try RedisRunStore(url: link.url, keys: keys)
    var known = try far.look([], lines: 100).runs.map {
      KnownRun(name: $0.name, stamp: $0.stamp, lines: 0)
    }
    for _ in 0..<3 {
      let before = link.requests
      let look = try far.look(known, lines: 100)
      #expect(link.requests == before + 1)
      known = look.runs.map { KnownRun(name: $0.name, stamp: $0.stamp, lines: 0) }
    }
  }
}

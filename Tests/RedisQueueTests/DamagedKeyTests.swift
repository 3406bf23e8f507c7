import RedisQueue
import RunQueue
import Testing

/// What a key holds is checked before anything is written or believed.
@Suite struct DamagedKeyTests {
  private let subject: RedisUnderTest
  private let store: RedisRunStore
  private let keys: QueueKeys

  init() throws {
    subject = try RedisUnderTest()
    store = subject.redis
    keys = subject.keys
  }

  private func damage(
    of key: String, _ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: StoreError.self, sourceLocation: sourceLocation, performing: body)
    guard case .damaged(key: key, _) = error else {
      Issue.record("found \(String(describing: error))", sourceLocation: sourceLocation)
      return
    }
  }

  @Test func `a key of another type is named by every operation that needs it`() throws {
    try store.begin("a", tasks: 2)
    let first = try store.take(by: "e1")
    for key in [keys.tasks, keys.results, keys.updates, keys.leases, keys.runs, keys.evaluators] {
      try subject.connection.send(["RENAME", key, key + "?"], orIgnore: true)
      try subject.connection.send(["SET", key, "x"])
    }
    damage(of: keys.runs) { try store.submit(run("b"), config: [:]) }
    damage(of: keys.runs) { _ = try store.runs() }
    damage(of: keys.tasks) { _ = try store.claim(by: "e1", lease: 30) }
    damage(of: keys.tasks) { _ = try store.waitForTasks(timeout: 0.1) }
    damage(of: keys.leases) { _ = try store.complete(first, result: "1") }
    damage(of: keys.leases) { _ = try store.renew([first], by: "e1", lease: 30) }
    damage(of: keys.tasks) { try store.release([first], by: "e1") }
    damage(of: keys.evaluators) { try store.heartbeat("e1", status: "{}") }
    damage(of: keys.evaluators) { try store.leave("e1") }
    damage(of: keys.results) { _ = try store.nextResult(timeout: 0) }
    damage(of: keys.updates) { _ = try store.nextUpdate(timeout: 0) }
    damage(of: keys.tasks) { _ = try store.reapExpiredLeases(attempts: 3) }
    damage(of: keys.tasks) { _ = try store.overview() }
    damage(of: keys.runs) { try store.pause(run("a")) }
    damage(of: keys.runs) { try store.cancel(run("a")) }
  }

  @Test func `what operators ask for names a damaged key and changes nothing`() throws {
    try store.begin("a", tasks: 1)
    let snapshot = try store.snapshot(of: run("a"))
    let history = keys.history(of: try run("a"))
    try subject.connection.send(["SET", history, "x"])
    damage(of: history) { _ = try store.snapshot(of: run("a")) }
    try store.cancel(run("a"))
    try subject.connection.send(["SET", keys.forgotten, "x"])
    let before = try subject.state()
    damage(of: keys.forgotten) { try store.forget(run("a")) }
    damage(of: keys.forgotten) { try store.submit(run("b"), config: [:]) }
    damage(of: keys.forgotten) { try store.restore(snapshot, as: run("b")) }
    #expect(try subject.state() == before)
    try subject.connection.send(["SET", keys.dead, "x"])
    damage(of: keys.dead) { _ = try store.deadTasks() }
  }

  @Test func `a reduction onto a damaged key writes nothing`() throws {
    try store.begin("a", tasks: 1)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    let history = keys.history(of: try run("a"))
    try subject.connection.send(["SET", history, "x"])
    let before = try subject.state()
    damage(of: history) { _ = try store.commit(.marked("0"), of: iteration("a 0")) }
    #expect(try subject.state() == before)
    #expect(try store.fields(.weights, of: run("a")) == [:])
    #expect(try store.results(of: iteration("a 0")) == [0: "1"])
  }

  @Test func `a malformed state is named, and the run can still be cancelled`() throws {
    try store.begin("a", tasks: 1)
    let key = keys.hash(.state, of: try run("a"))
    try subject.connection.send(["HSET", key, "iteration", "0x0"])
    #expect(try store.claim(by: "e1", lease: 30) == nil)
    damage(of: key) { try store.pause(run("a")) }
    try store.cancel(run("a"))
    #expect(try store.claim(by: "e1", lease: 30) == nil)
    #expect(try store.runs() == [run("a"): .cancelled])
  }

  @Test(arguments: ["phase", "state", "state as text", "config as text"])
  func `a run whose keys are damaged can be forgotten`(damage: String) throws {
    try store.begin("a", tasks: 1)
    try store.cancel(run("a"))
    let state = keys.hash(.state, of: try run("a"))
    let config = keys.hash(.config, of: try run("a"))
    switch damage {
    case "phase": try subject.connection.send(["HDEL", state, "phase"])
    case "state": try subject.connection.send(["DEL", state])
    case "state as text": try subject.connection.send(["SET", state, "x"])
    default: try subject.connection.send(["SET", config, "x"])
    }
    try store.forget(run("a"))
    #expect(try store.runs() == [:])
    for key in [state, config] {
      #expect(try subject.connection.send(["EXISTS", key]) == .integer(0))
    }
    #expect(throws: StoreError.noSuchRun(try run("a"))) { try store.forget(run("a")) }
  }

  @Test func `malformed messages are listed as dead and hold nobody up`() throws {
    try store.begin("a", tasks: 1)
    for (key, message) in [
      (keys.tasks, "a 00 0"), (keys.tasks, "nonsense"), (keys.results, "a -1"),
      (keys.updates, "\u{1}"),
    ] {
      try subject.connection.send(["LPUSH", key, message])
    }
    #expect(try store.claim(by: "e1", lease: 30) == task("a 0 0"))
    #expect(try store.nextResult(timeout: 0) == nil)
    #expect(try store.nextUpdate(timeout: 0) == nil)
    #expect(
      try subject.state().dead == [
        "nonsense malformed task", "a 00 0 malformed task", "a -1 malformed result",
        "\u{1} malformed update",
      ])
  }

  @Test func `repeated messages have no effect`() throws {
    try store.begin("a", tasks: 2)
    let first = try store.take(by: "e1")
    let before = try subject.state()
    for message in ["a -1", "a 0", "a 1"] {
      try subject.connection.send(["RPUSH", keys.updates, message])
      #expect(try !store.publish(.tasks(1), after: iteration(message)))
      try subject.connection.send(["RPUSH", keys.updates, message])
      #expect(try !store.end(iteration(message), phase: .failed, message: ""))
      try subject.connection.send(["RPUSH", keys.updates, message])
      #expect(try store.nextUpdate(timeout: 0) == nil)
    }
    try subject.connection.send(["RPUSH", keys.tasks, "\(first)"])
    #expect(try subject.state().tasks == before.tasks + ["\(first)"])
    #expect(try store.complete(first, result: "1") == .accepted)
    #expect(try store.take(by: "e2") == task("a 0 1"))
    #expect(try store.claim(by: "e2", lease: 30) == nil)
    #expect(try store.runs() == [run("a"): .running])
  }

  @Test func `malformed leases end and their tasks return`() throws {
    try store.begin("a", tasks: 1)
    let taken = try store.take(by: "e1")
    try subject.connection.send(["HSET", keys.leases, "\(taken)", "what"])
    #expect(
      try store.reapExpiredLeases(attempts: 3) == [
        ReapedTask(task: taken, evaluator: "unknown", attempt: 1, isDead: false)
      ])
    #expect(try subject.state() == QueueState(tasks: ["a 0 0"], runs: ["a": "running"]))
  }

  @Test func `a leader until a moment far away keeps nobody out`() throws {
    for moment in ["9999999999", String(repeating: "9", count: 400)] {
      try subject.connection.send(["HSET", keys.leaders, "controller", "c \(moment)"])
      #expect(try store.leader(of: .controller) == nil)
      #expect(try store.lead(.controller, as: "d", lease: 5).name == "d")
    }
  }

  @Test func `values that are no text, index or phase are refused`() throws {
    try store.begin("a", tasks: 1)
    let returns = keys.returns(of: try iteration("a 0"))
    try subject.connection.send(["HSET", returns, "07", "1"])
    damage(of: returns) { _ = try store.results(of: iteration("a 0")) }
    try subject.connection.send(["HSET", keys.evaluators, "e1", "soon {}"])
    damage(of: keys.evaluators) { _ = try store.overview() }
    let weights = keys.hash(.weights, of: try run("a"))
    try subject.connection.send([
      "EVAL", "return redis.call('HSET', KEYS[1], 'w', '\\255\\254')", "1", weights,
    ])
    damage(of: weights) { _ = try store.fields(.weights, of: run("a")) }
  }
}

extension RedisConnection {
  fileprivate func send(_ command: [String], orIgnore: Bool) throws(StoreError) {
    do { try send(command) } catch { if !orIgnore { throw error } }
  }
}

import RedisQueue
import RunQueue
import Testing

/// Every call on a queue whose values are damaged at random.
@Suite struct DamagedStoreTests {
  private let subject: RedisUnderTest
  private let store: RedisRunStore

  init() throws {
    subject = try RedisUnderTest()
    store = subject.redis
  }

  @Test
  func `a call ends with an outcome or names what is damaged, never with an error of a script`()
    throws
  {
    let current = try iteration("a 0")
    let clock = ContinuousClock()
    var damaged = 0
    for number in 0..<200 as Range<UInt32> {
      try prepare()
      var damage = StoreDamage(
        seed: 4, number: number, keys: subject.keys, iteration: current)
      var calls = try calls(on: current)
      let commands = damage.commands()
      for command in commands { _ = try? subject.connection.send(command) }
      while !calls.isEmpty {
        let (name, call) = calls.remove(at: damage.below(calls.count))
        let start = clock.now
        let error = Self.error(of: call)
        #expect(
          error.map(Self.isFitting) ?? true,
          "case \(number), \(name) after \(commands): \(error?.description ?? "")")
        #expect(clock.now - start < .seconds(2), "case \(number), \(name) after \(commands)")
        if case .damaged = error { damaged += 1 }
      }
    }
    #expect(damaged > 250, "the damage reaches nothing")
  }

  /// A queue with one running run of four tasks: one delivered, one lost, one in flight, one pending.
  private func prepare() throws {
    let pattern = subject.keys.tasks.replacing("tasks", with: "")
    let script = """
      for _, key in ipairs(redis.call('KEYS', '*')) do
        if key:sub(1, #ARGV[1]) == ARGV[1] then redis.call('DEL', key) end
      end
      """
    try subject.connection.send(["EVAL", script, "0", pattern])
    try store.begin("a", tasks: 4)
    _ = try store.complete(store.take(by: "e1"), result: "1")
    _ = try store.take(by: "e1")
    try subject.pass(seconds: 60)
    _ = try store.reapExpiredLeases(attempts: 1)
    _ = try store.claim(by: "e2", lease: 30)
    try store.heartbeat("e1", status: "{}")
    _ = try store.lead(.controller, as: "c", lease: 5)
  }

  private static func error(of call: () throws -> Void) -> StoreError? {
    do {
      try call()
      return nil
    } catch {
      return error as? StoreError ?? .incompatible("\(error)")
    }
  }

  private static func isFitting(_ error: StoreError) -> Bool {
    switch error {
    case .damaged, .runExists, .noSuchRun, .runForgotten, .overLimit, .wrongPhase: true
    case .unreachable, .notReady, .refused, .incompatible, .cannotWrite: false
    }
  }
}

extension DamagedStoreTests {
  private typealias Call = (name: String, body: () throws -> Void)

  /// Every call of a store, by name.
  private func calls(on current: IterationID) throws -> [Call] {
    let snapshot = try store.snapshot(of: current.run)
    return try evaluatorCalls() + serviceCalls(current) + operatorCalls(current.run, snapshot)
  }

  private func evaluatorCalls() throws -> [Call] {
    let (store, held) = (store, [try task("a 0 2"), try task("a 0 3")])
    return [
      ("waitForTasks", { _ = try store.waitForTasks(timeout: 0) }),
      ("claim", { _ = try store.claim(by: "e3", lease: 30) }),
      ("complete", { _ = try store.complete(held[0], result: "2") }),
      ("renew", { _ = try store.renew(held, by: "e2", lease: 30) }),
      ("release", { try store.release(held, by: "e2") }),
      ("heartbeat", { try store.heartbeat("e1", status: "{}") }),
      ("leave", { try store.leave("e2") }),
    ]
  }

  private func serviceCalls(_ current: IterationID) throws -> [Call] {
    let (store, update) = (store, try iteration("a -1"))
    return [
      ("lead", { _ = try store.lead(.controller, as: "d", lease: 5) }),
      ("leader", { _ = try store.leader(of: .controller) }),
      ("resign", { try store.resign(.controller, as: "d") }),
      ("nextResult", { _ = try store.nextResult(timeout: 0) }),
      ("results", { _ = try store.results(of: current) }),
      ("commit", { _ = try store.commit(.marked("1"), of: current, by: "g") }),
      ("commit by anyone", { _ = try store.commit(.marked("1"), of: current) }),
      ("reap", { _ = try store.reapExpiredLeases(attempts: 2) }),
      ("backups", { _ = try store.issueBackups(of: current.run, after: 0) }),
      ("nextUpdate", { _ = try store.nextUpdate(timeout: 0) }),
      ("publish", { _ = try store.publish(.tasks(3), after: current) }),
      ("publish first", { _ = try store.publish(.tasks(3), after: update) }),
      ("end", { _ = try store.end(current, phase: .finished, message: "m") }),
    ]
  }

  private func operatorCalls(_ run: RunID, _ snapshot: RunSnapshot) throws -> [Call] {
    let (store, other) = (store, try RedisQueueTests.run("b"))
    return [
      ("submit", { try store.submit(other, config: ["seed": "7"]) }),
      ("runs", { _ = try store.runs() }),
      ("pause", { try store.pause(run) }), ("resume", { try store.resume(run) }),
      ("cancel", { try store.cancel(run) }),
      ("fail", { try store.fail(run, of: nil, message: "m") }),
      ("fields", { _ = try RunHash.allCases.map { try store.fields($0, of: run) } }),
      ("named fields", { _ = try store.fields(["phase", "x"], in: .state, of: run) }),
      ("history", { _ = try store.history(of: run, from: 0) }),
      ("overview", { _ = try store.overview() }),
      ("look", { _ = try store.look([KnownRun(name: run.name, stamp: "", lines: 0)], lines: 9) }),
      ("dead", { _ = try store.deadTasks() }),
      ("requeue", { _ = try store.requeueDeadTasks(of: nil) }),
      ("snapshot", { _ = try store.snapshot(of: run) }),
      ("forget", { try store.forget(run) }),
      ("restore", { try store.restore(snapshot, as: other) }),
    ]
  }
}

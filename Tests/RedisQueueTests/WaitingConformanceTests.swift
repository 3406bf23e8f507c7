import Dispatch
import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit
import Synchronization
import Testing

/// Waits end by an event, or by their timeout.
@Suite struct WaitingConformanceTests {
  @Test(arguments: StoreKind.allCases)
  func `every waiting evaluator hears of new tasks`(kind: StoreKind) throws {
    let store = try kind.make().store
    try store.submit(run("a"), config: [:])
    let heard = Mutex<[Bool]>([])
    try during(4, { heard.withLock { $0.append(false) } }) {
      let found = try store.waitForTasks(timeout: 20)
      heard.withLock { $0.append(found) }
    } then: {
      _ = try store.publish(.tasks(1), after: iteration("a -1"))
    }
    #expect(heard.withLock { $0 } == [true, true, true, true])
    #expect(try store.waitForTasks(timeout: 20))
  }

  @Test(arguments: StoreKind.allCases)
  func `the aggregator wakes for the last result, the controller for the reduction`(
    kind: StoreKind
  ) throws {
    let store = try kind.make().store
    try store.begin("a", tasks: 1)
    let seen = Mutex<[String]>([])
    let note: @Sendable (IterationID?) -> Void = { found in
      seen.withLock { $0.append(found.map { "\($0)" } ?? "nothing") }
    }
    try during(1, { note(nil) }) {
      note(try store.nextResult(timeout: 20))
    } then: {
      _ = try store.complete(store.take(by: "e1"), result: "1")
    }
    try during(1, { note(nil) }) {
      note(try store.nextUpdate(timeout: 20))
    } then: {
      _ = try store.commit(.marked("0"), of: iteration("a 0"))
    }
    #expect(seen.withLock { $0 } == ["a 0", "a 0"])
  }

  @Test(arguments: StoreKind.allCases)
  func `a wait for nothing ends by its timeout`(kind: StoreKind) throws {
    let store = try kind.make().store
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try !store.waitForTasks(timeout: 0.05))
    #expect(try store.nextResult(timeout: 0.05) == nil)
    #expect(try store.nextUpdate(timeout: 0.05) == nil)
    #expect(clock.now - start >= .milliseconds(140))
    #expect(try !store.waitForTasks(timeout: 0))
  }

  @Test func `a tool that has a server to itself ends all waits for messages at once`() throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    defer { server.stop() }
    let store = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    let heard = Mutex<[Bool]>([])
    let clock = ContinuousClock()
    let start = clock.now
    try during(3, { heard.withLock { $0.append(true) } }) {
      let found = try store.waitForTasks(timeout: 600)
      heard.withLock { $0.append(found) }
    } then: {
      while heard.withLock({ $0.count < 3 }), clock.now - start < .seconds(60) {
        try store.endWaits()
      }
    }
    #expect(heard.withLock { $0 } == [false, false, false])
    #expect(clock.now - start < .seconds(60))
  }

  /// Runs `wait` on `count` threads, then `action`, and returns when all have ended.
  private func during(
    _ count: Int, _ onError: @escaping @Sendable () -> Void,
    _ wait: @escaping @Sendable () throws -> Void, then action: () throws -> Void
  ) throws {
    let started = DispatchSemaphore(value: 0)
    let group = DispatchGroup()
    for _ in 0..<count {
      DispatchQueue(label: "waiter").async(group: group) {
        started.signal()
        do { try wait() } catch { onError() }
      }
    }
    for _ in 0..<count { started.wait() }
    try action()
    group.wait()
  }
}

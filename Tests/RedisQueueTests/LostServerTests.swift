import Foundation
import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// Servers vanish and come back; disks fill up.
@Suite struct LostServerTests {
  @Test func `a store reconnects to a server killed meanwhile, which kept its data`() throws {
    let directory = try TestDirectory()
    let first = try PrivateRedisServer(in: directory.path)
    let store = try RedisRunStore(url: first.url, keys: SharedServer.freshQueue())
    try store.begin("a", tasks: 3)
    _ = try store.take(by: "e1")
    try waitUntilWritten(first.url)
    kill(first.processIdentifier, SIGKILL)
    #expect(first.wait(upTo: 10) == .killed(signal: SIGKILL))
    let lost = #expect(throws: StoreError.self) { try store.overview() }
    #expect(lost?.isTransient == true)
    first.stop()

    let second = try PrivateRedisServer(in: directory.path)
    #expect(second.url == first.url)
    let overview = try store.overview()
    #expect(overview.pending == 2)
    #expect(overview.leased == 1)
    #expect(try store.claim(by: "e1", lease: 30) == task("a 0 1"))
  }

  /// Waits until the server has given the kernel all that it answered; a busy disk delays that.
  private func waitUntilWritten(_ url: RedisURL) throws {
    let connection = try RedisConnection(to: url)
    while case .bytes(let text) = try connection.send(["INFO", "persistence"]),
      !String(decoding: text, as: UTF8.self).contains("aof_buffer_length:0\r")
    {
      usleep(10_000)
    }
  }

  @Test func `a restart between two calls goes unnoticed`() throws {
    let directory = try TestDirectory()
    let first = try PrivateRedisServer(in: directory.path)
    let store = try RedisRunStore(url: first.url, keys: SharedServer.freshQueue())
    try store.begin("a", tasks: 1)
    first.stop()
    let second = try PrivateRedisServer(in: directory.path)
    #expect(try store.claim(by: "e1", lease: 30) == task("a 0 0"))
    second.stop()
  }

  @Test func `a server that forgot the scripts gets them again`() throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    let store = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    try store.begin("a", tasks: 2)
    _ = try store.take(by: "e1")
    try RedisConnection(to: server.url).send(["SCRIPT", "FLUSH"])
    #expect(try store.claim(by: "e1", lease: 30) == task("a 0 1"))
  }

  @Test func `a server at its maxmemory takes no new work and completes what is in flight`()
    throws
  {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    let store = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    let connection = try RedisConnection(to: server.url)
    try store.begin("a", tasks: 1)
    try store.submit(run("b"), config: [:])
    try connection.send(["CONFIG", "SET", "maxmemory", "1"])
    let before = try QueueState(of: store.keys, on: connection)
    let full = StoreError.cannotWrite(
      "\(server.url) has reached its maxmemory: "
        + "free some with 'chromatic cancel' or raise the limit")
    #expect(throws: full) { try store.submit(run("c"), config: [:]) }
    #expect(throws: full) { _ = try store.publish(.tasks(1), after: iteration("b -1")) }
    #expect(try QueueState(of: store.keys, on: connection) == before)
    #expect(try store.complete(store.take(by: "e1"), result: "1") == .completedIteration)
    #expect(try store.commit(.marked("0"), of: iteration("a 0")))
    try connection.send(["CONFIG", "SET", "maxmemory", "0"])
    #expect(try store.publish(.tasks(1), after: iteration("b -1")))
  }

  @Test(.enabled(if: SmallDisk.isPossible, "mounting a file system needs root"))
  func `a full disk is said, and the store goes on when there is room again`() throws {
    let directory = try TestDirectory()
    let disk = try SmallDisk(at: directory.path, kilobytes: 1024)
    defer { disk.unmount() }
    let server = try PrivateRedisServer(in: directory.path)
    defer { server.stop() }
    let store = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
    try store.begin("a", tasks: 1)
    try disk.fill()
    let config = ["padding": String(repeating: "x", count: 100_000)]
    // Redis refuses writes once one to its file has failed.
    let error = #expect(throws: StoreError.self) {
      for number in 0..<100 { try store.submit(run("run\(number)"), config: config) }
    }
    guard case .cannotWrite(let line) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(line.hasPrefix("\(server.url) cannot write its append-only file: disk full? "))
    try disk.empty()
    #expect(try store.take(by: "e1", patience: 10) == task("a 0 0"))
  }
}

extension RedisRunStore {
  /// Claims the next task as soon as the server accepts writes again.
  fileprivate func take(by evaluator: String, patience seconds: Double) throws -> TaskID? {
    let deadline = ContinuousClock().now + .seconds(seconds)
    while true {
      do {
        return try claim(by: evaluator, lease: 30)
      } catch {
        guard error.isTransient, ContinuousClock().now < deadline else { throw error }
        _ = poll(nil, 0, 20)
      }
    }
  }
}

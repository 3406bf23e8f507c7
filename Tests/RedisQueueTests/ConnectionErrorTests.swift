import Foundation
import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// Each way in which a server fails has its error and its line.
@Suite struct ConnectionErrorTests {
  private func failure(
    _ url: RedisURL, timeouts: RedisTimeouts = RedisTimeouts(),
    _ body: (RedisRunStore) throws(StoreError) -> Void = { _ in }
  ) throws -> StoreError {
    let keys = try SharedServer.freshQueue()
    let error = #expect(throws: StoreError.self) {
      try body(RedisRunStore(url: url, keys: keys, timeouts: timeouts))
    }
    return try #require(error)
  }

  @Test func `a server that is not there is unreachable`() throws {
    let tcp = try failure(RedisURL(endpoint: .tcp(host: "127.0.0.1", port: 1)))
    #expect(
      tcp
        == .unreachable(
          "no Redis at redis://127.0.0.1:1 (Connection refused): "
            + "start redis-server there or give another URL with --redis"))
    #expect(tcp.isTransient)
    guard case .unreachable = try failure(RedisURL(socket: "/tmp/no/such/socket")) else {
      Issue.record("a missing socket is another error")
      return
    }
  }

  @Test func `a host name that does not exist is unreachable`() throws {
    let error = try failure(RedisURL(endpoint: .tcp(host: "no-such-host.invalid", port: 1)))
    guard case .unreachable(let line) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(line.hasPrefix("no Redis at redis://no-such-host.invalid:1 ("))
  }

  @Test func `a wrong, a missing and a needless password are refused`() throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    var url = server.url
    url.password = RedisPassword("needless")
    #expect(
      try failure(url)
        == .refused("\(server.url) has no password, yet one was given: leave it out"))

    try RedisConnection(to: server.url).send(["CONFIG", "SET", "requirepass", "right"])
    url.password = RedisPassword("wrong")
    let refused = try failure(url)
    #expect(
      refused
        == .refused(
          "\(server.url) refuses user 'default' with this password: "
            + "check CHROMATIC_REDIS_PASSWORD or the URL"))
    #expect(!refused.isTransient)
    #expect(
      try failure(server.url)
        == .refused(
          "\(server.url) asks for a password: set CHROMATIC_REDIS_PASSWORD or write it in the URL"))
    url.password = RedisPassword("right")
    _ = try RedisRunStore(url: url, keys: SharedServer.freshQueue()).overview()
  }

  @Test(arguments: ["6.0.16", "5.0.3", "6", "none"])
  func `a server that is too old is incompatible`(version: String) throws {
    let server = try FakeServer.sound(version: version)
    #expect(
      try failure(server.url)
        == .incompatible(
          "\(server.url) runs Redis \(version), 6.2 or newer is needed: update the server"))
  }

  @Test(arguments: ["6.2.0", "7.0.15", "10.0.0"])
  func `a server that is new enough is taken`(version: String) throws {
    let server = try FakeServer.sound(version: version)
    _ = try RedisRunStore(url: server.url, keys: SharedServer.freshQueue())
  }

  @Test func `something that is no Redis server is incompatible`() throws {
    let silent = try FakeServer { _ in "HTTP/1.1 400 Bad Request\r\n\r\n" }
    guard case .unreachable(let line) = try failure(silent.url) else {
      Issue.record("a foreign protocol is another error")
      return
    }
    #expect(line.contains("Protocol error"))
    let nameless = try FakeServer { _ in FakeServer.bulk("nginx") }
    #expect(
      try failure(nameless.url)
        == .incompatible("\(nameless.url) does not tell its version: is it a Redis server?"))
  }

  @Test func `a server that hangs up, or says nothing, is unreachable`() throws {
    let rude = try FakeServer.sound { $0[0] == "PING" ? "" : nil }
    let start = ContinuousClock().now
    let error = try failure(rude.url, timeouts: RedisTimeouts(connect: 1, command: 0.2))
    #expect(ContinuousClock().now - start < .seconds(5))
    #expect(
      error
        == .unreachable(
          "lost \(rude.url) (no answer for 0.2 s): is redis-server still running?"))
    let gone = try FakeServer({ (_: [String]) -> String? in nil })
    #expect(
      try failure(gone.url)
        == .unreachable(
          "lost \(gone.url) (Server closed the connection): is redis-server still running?"))
  }

  @Test(arguments: [
    ("LOADING Redis is loading the dataset in memory", "is not ready yet", true),
    (
      "MISCONF Errors writing to the AOF file: No space left on device",
      "cannot write its append-only file: disk full?", true
    ),
    ("MISCONF Redis is configured to save RDB snapshots", "cannot write its snapshot", true),
    ("OOM command not allowed when used memory > 'maxmemory'.", "reached its maxmemory", true),
    ("READONLY You can't write against a read only replica.", "read-only replica", true),
    ("NOPERM this user has no permissions to run 'evalsha'", "mend the user's ACL rules", false),
    (
      "ERR Error running script (call to f_0): @user_script:1: OOM command not allowed",
      "reached its maxmemory", true
    ),
    ("ASK 3999 10.0.0.8:6379", "hands the queue's keys over to another node", true),
    ("MOVED 3999 nowhere", "hands the queue's keys over to another node", true),
    ("CLUSTERDOWN Hash slot not served", "is not ready yet", true),
    ("MASTERDOWN Link with MASTER is down", "is not ready yet", true),
    ("TRYAGAIN Multiple keys request during rehashing of slot", "is not ready yet", true),
    (
      "ERR Script attempted to access a non local key in a cluster node",
      "hands the queue's keys over",
      true
    ),
    ("BUSY Redis is busy running a script.", "is not ready yet", true),
    ("NOREPLICAS Not enough good replicas to write.", "too few replicas", true),
    ("ERR max number of clients reached", "as many clients as it takes", true),
    ("ERR max number of clients + cluster connections reached", "as many clients", true),
    ("ERR Connection timed out", "is not ready yet", true),
    ("upstream failure", "is not ready yet", true),
    ("DENIED Redis is running in protected mode", "protected mode", false),
    (
      "ERR Error running script (call to f_0): @user_script:1: -NOREPLICAS Not enough good replicas",
      "too few replicas", true
    ),
    ("WHAT ever", "answered 'WHAT ever' for", false),
  ])
  func `an error of the server has its meaning`(reply: String, meaning: String, transient: Bool)
    throws
  {
    let server = try FakeServer.sound { $0[0] == "EVALSHA" ? "-\(reply)\r\n" : nil }
    let error = try failure(server.url) { (store) throws(StoreError) in
      try store.heartbeat("e1", status: "{}")
    }
    #expect(error.description.contains(meaning), "\(error)")
    #expect(error.isTransient == transient)
    #expect(!error.description.contains("\n"))
  }

  @Test(arguments: [
    ":1\r\n", "$-1\r\n", "*0\r\n", "*1\r\n:7\r\n", "*1\r\n$3\r\nwat\r\n", "*-1\r\n",
    "*2\r\n$7\r\nclaimed\r\n$6\r\na 0 -1\r\n", "*1\r\n$7\r\nclaimed\r\n",
    "*2\r\n$7\r\nclaimed\r\n$2\r\n\u{1}\u{2}\r\n", "*1\r\n*1\r\n*1\r\n$1\r\na\r\n", "$5\r\nhi",
    "*1000000\r\n", "+\u{1B}[2J\r\n",
  ])
  func `a malformed reply is an error, never a task`(reply: String) throws {
    let server = try FakeServer.sound { $0[0] == "EVALSHA" ? reply : nil }
    let error = try failure(
      server.url, timeouts: RedisTimeouts(connect: 1, command: 0.1)
    ) { (store) throws(StoreError) in
      #expect(try store.claim(by: "e1", lease: 30) == nil)
    }
    #expect(!error.description.contains("\u{1B}"))
  }

  @Test func `a second reply to one command answers no other one`() throws {
    let server = try FakeServer.sound { words in
      words[0] == "EVALSHA" ? "*1\r\n$4\r\nnone\r\n*2\r\n$7\r\nclaimed\r\n$5\r\na 0 0\r\n" : nil
    }
    let store = try RedisRunStore(url: server.url, keys: #require(QueueKeys(queue: "q")))
    for _ in 0..<3 { #expect(try store.claim(by: "e1", lease: 30) == nil) }
  }

  @Test func `a list announced with billions of elements is refused at once`() throws {
    let server = try FakeServer.sound { $0[0] == "EVALSHA" ? "*2147483647\r\n" : nil }
    let store = try RedisRunStore(url: server.url, keys: #require(QueueKeys(queue: "q")))
    let start = ContinuousClock.now
    let error = #expect(throws: StoreError.self) { _ = try store.overview() }
    #expect(error?.description.contains("its reply is larger than any of a queue's") == true)
    #expect(ContinuousClock.now - start < .seconds(3))
  }
}

import RedisQueue
import RunQueue
import ServerTestKit
import Synchronization
import Testing

/// A URL behind which another server stands than before.
@Suite struct OtherServerTests {
  @Test func `a server that became another one is left for what the URL leads to now`() throws {
    let connections = Counter()
    let server = try FakeServer.sound { words in
      if words[0] == "INFO" { connections.add() }
      guard words[0] == "EVALSHA" else { return nil }
      return connections.count == 1
        ? "-READONLY You can't write against a read only replica.\r\n"
        : "*1\r\n$8\r\nrecorded\r\n"
    }
    let store = try RedisRunStore(url: server.url, keys: #require(QueueKeys(queue: "q")))
    let error = #expect(throws: StoreError.self) { try store.heartbeat("e1", status: "{}") }
    #expect(error?.isTransient == true)
    try store.heartbeat("e1", status: "{}")
    #expect(connections.count == 2)
  }
}

/// Counts across threads.
private final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func add() { value.withLock { $0 += 1 } }
}

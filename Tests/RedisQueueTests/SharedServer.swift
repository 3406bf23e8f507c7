import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Synchronization

/// The redis-server of this test process; tests share it and keep to queues of their own.
enum SharedServer {
  /// Starts it the first time; fails with one line where redis-server is missing.
  static func server() throws -> PrivateRedisServer { try started.get() }

  /// Keys of a queue that no other test uses.
  static func freshQueue() throws -> QueueKeys {
    let name = "test-\(UUID().uuidString)"
    guard let keys = QueueKeys(queue: name) else { throw POSIXError(.EINVAL) }
    return keys
  }

  private static let started = Result<PrivateRedisServer, any Error> {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    leftovers.withLock { $0 = (server, directory) }
    atexit {
      leftovers.withLock { leftovers in
        leftovers?.server.stop()
        leftovers = nil
      }
    }
    return server
  }

  private static let leftovers =
    Mutex<(server: PrivateRedisServer, directory: TestDirectory)?>(nil)
}

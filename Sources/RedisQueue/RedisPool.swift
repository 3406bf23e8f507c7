import RunQueue
import Synchronization

/// Connections to one server, one for each thread that is using the store at the moment.
///
/// A connection that broke is not used again: the next call opens another one.
final class RedisPool: Sendable {
  let url: RedisURL
  private let timeouts: RedisTimeouts
  private let idle = Mutex<[RedisConnection]>([])

  init(to url: RedisURL, timeouts: RedisTimeouts) {
    self.url = url
    self.timeouts = timeouts
  }

  /// Runs `body` on a connection that nobody else uses meanwhile.
  func withConnection<Value>(
    _ body: (RedisConnection) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let connection = try openConnection()
    defer { if !connection.isBroken { idle.withLock { $0.append(connection) } } }
    return try body(connection)
  }

  private func openConnection() throws(StoreError) -> RedisConnection {
    while let connection = idle.withLock({ $0.popLast() }) {
      if !connection.isBroken { return connection }
    }
    return try RedisConnection(to: url, timeouts: timeouts)
  }
}

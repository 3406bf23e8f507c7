import CHiredis
import Foundation
import RunQueue
import Synchronization

/// One connection to a Redis server, signed in and of a known version.
///
/// Commands of several threads take turns under a lock. A connection that broke stays broken: open
/// another one. Opening the first connection makes the process ignore SIGPIPE, since a server may
/// vanish while a command is being written.
public final class RedisConnection: Sendable {
  /// The server.
  public let url: RedisURL
  private let timeouts: RedisTimeouts
  private let link: Mutex<RedisLink>

  /// Connects, signs in, selects the database and checks the server's version (6.2 or newer).
  public init(to url: RedisURL, timeouts: RedisTimeouts = RedisTimeouts()) throws(StoreError) {
    self.url = url
    self.timeouts = timeouts
    link = Mutex(try RedisLink(to: url, timeouts: timeouts))
    try signIn()
    try checkVersion()
    if url.database != 0 { try send(["SELECT", String(url.database)]) }
  }

  /// The reply to a command, whose first word is its name; the server's errors are thrown.
  ///
  /// - Parameter blocking: seconds that the command itself may wait.
  @discardableResult
  public func send(_ command: [String], blocking: Double = 0) throws(StoreError) -> RedisReply {
    let reply = try exchange(command, blocking: blocking)
    if case .error(let line) = reply {
      throw StoreError(
        serverLine: line, server: url, key: command.count > 1 ? command[1] : command[0])
    }
    return reply
  }

  /// The reply to a command, the server's errors included.
  func exchange(_ command: [String], blocking: Double = 0) throws(StoreError) -> RedisReply {
    try link.withLock { (link) throws(StoreError) in
      try link.exchange(command, within: timeouts.command, blocking: blocking, server: url)
    }
  }

  /// Whether the connection failed or the server closed it; it cannot be used again.
  public var isBroken: Bool { link.withLock { $0.isBroken } }

  private func signIn() throws(StoreError) {
    guard url.user != nil || url.password != nil else { return }
    let credentials = (url.user.map { [$0] } ?? []) + [url.password?.secret ?? ""]
    if case .error(let line) = try exchange(["AUTH"] + credentials) {
      // A server that does not know the command repeats its words.
      let secret = url.password?.secret ?? ""
      let shown = secret.isEmpty ? line : line.replacing(secret, with: "•••")
      throw StoreError(serverLine: shown, server: url, key: "AUTH")
    }
  }

  private func checkVersion() throws(StoreError) {
    let info = try send(["INFO", "server"]).text(at: "INFO server")
    let prefix = "redis_version:"
    guard
      let line = info.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix(prefix) })
    else { throw .incompatible("\(url) does not tell its version: is it a Redis server?") }
    let version = line.dropFirst(prefix.count)
    let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
    guard numbers.count == 2, (numbers[0], numbers[1]) >= (6, 2) else {
      throw .incompatible(
        "\(url) runs Redis \(version.prefix(20)), 6.2 or newer is needed: update the server")
    }
  }
}

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
  private let facts = Mutex(Facts())

  private struct Facts {
    var isClusterNode = false
    var redirection: RedisURL.Endpoint?
  }

  /// A connection that has not signed in, for a server that is no more than asked.
  init(unsigned url: RedisURL, timeouts: RedisTimeouts) throws(StoreError) {
    self.url = url
    self.timeouts = timeouts
    link = Mutex(try RedisLink(to: url, timeouts: timeouts))
  }

  /// Connects, signs in, selects the database and checks the server's version (6.2 or newer).
  public convenience init(
    to url: RedisURL, timeouts: RedisTimeouts = RedisTimeouts()
  ) throws(StoreError) {
    try self.init(unsigned: url, timeouts: timeouts)
    try signIn()
    try checkServer()
    if url.database != 0 { try send(["SELECT", String(url.database)]) }
  }

  /// The reply to a command, whose first word is its name; the server's errors are thrown.
  ///
  /// - Parameters:
  ///   - command: its words.
  ///   - blocking: seconds that the command itself may wait.
  @discardableResult
  public func send(_ command: [String], blocking: Double = 0) throws(StoreError) -> RedisReply {
    let reply = try exchange(command, blocking: blocking)
    if case .error(let line) = reply {
      throw StoreError(serverLine: line, server: url, key: Self.key(of: command))
    }
    return reply
  }

  /// What an error of `command` is about: its key, where it has one.
  private static func key(of command: [String]) -> String {
    command.count > 1 && command[0] != "SELECT" ? command[1] : command[0]
  }

  /// The reply to a command, the server's errors included.
  func exchange(_ command: [String], blocking: Double = 0) throws(StoreError) -> RedisReply {
    let reply = try link.withLock { (link) throws(StoreError) in
      try link.exchange(command, within: timeouts.command, blocking: blocking, server: url)
    }
    note(reply)
    return reply
  }

  /// The replies to several commands that are sent at once; errors that are not about a command's own key
  /// are thrown.
  func send(all commands: [[String]]) throws(StoreError) -> [RedisReply] {
    let replies = try exchange(all: commands)
    for (command, reply) in zip(commands, replies) {
      guard case .error(let line) = reply else { continue }
      let error = StoreError(serverLine: line, server: url, key: Self.key(of: command))
      guard case .damaged = error else { throw error }
    }
    return replies
  }

  /// The replies to several commands that are sent at once, the server's errors included.
  func exchange(all commands: [[String]]) throws(StoreError) -> [RedisReply] {
    let replies = try link.withLock { (link) throws(StoreError) in
      try link.exchange(all: commands, within: timeouts.command, server: url)
    }
    replies.forEach(note)
    return replies
  }

  /// The cluster's node that has the keys of a refused command, where the server named one.
  var redirection: RedisURL.Endpoint? { facts.withLock { $0.redirection } }

  /// Whether the server is a node of a cluster.
  var isClusterNode: Bool { facts.withLock { $0.isClusterNode } }

  private func note(_ reply: RedisReply) {
    guard case .error(let line) = reply, let node = redirection(in: line) else { return }
    facts.withLock { $0.redirection = node }
  }

  /// Whether the connection failed or the server closed it; it cannot be used again.
  public var isBroken: Bool { link.withLock { $0.isBroken } }

  func signIn() throws(StoreError) {
    guard url.user != nil || url.password != nil else { return }
    let credentials = (url.user.map { [$0] } ?? []) + [url.password?.secret ?? ""]
    if case .error(let line) = try exchange(["AUTH"] + credentials) {
      // A server that does not know the command repeats its words.
      let secret = url.password?.secret ?? ""
      let shown = secret.isEmpty ? line : line.replacing(secret, with: "•••")
      throw StoreError(serverLine: shown, server: url, key: "AUTH")
    }
  }

  private func checkServer() throws(StoreError) {
    let info = ServerInfo(try send(["INFO", "server"]).text(at: "INFO server"))
    guard let version = info["redis_version"] else {
      throw .incompatible("\(url) does not tell its version: is it a Redis server?")
    }
    guard info["redis_mode"] != "sentinel" else {
      throw .incompatible(
        "\(url) is a Sentinel, which knows where Redis is and holds no queue: give "
          + "redis+sentinel://HOST:PORT/NAME with the name of its 'sentinel monitor' line")
    }
    facts.withLock { $0.isClusterNode = info["redis_mode"] == "cluster" }
    let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
    guard numbers.count == 2, (numbers[0], numbers[1]) >= (6, 2) else {
      throw .incompatible(
        "\(url) runs Redis \(version.prefix(20)), 6.2 or newer is needed: update the server")
    }
  }
}

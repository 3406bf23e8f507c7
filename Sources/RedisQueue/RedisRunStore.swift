import RunQueue

/// The run store on a Redis server: what several processes share.
///
/// Every mutating call is one script. Calls of several threads run side by side, each on a
/// connection of its own. After an error of the moment the next call connects anew; the
/// caller waits between tries as `Patience` says.
public final class RedisRunStore: RunStore {
  /// The keys of the queue.
  public let keys: QueueKeys
  let limits: QueueLimits
  let pool: RedisPool
  private let digests = ScriptDigests()

  /// The queue of `keys` on the server at `url`; fails if that cannot be reached right now.
  public init(
    url: RedisURL, keys: QueueKeys, limits: QueueLimits = QueueLimits(),
    timeouts: RedisTimeouts = RedisTimeouts(), contact: ServerContact = .ofProcess
  ) throws(StoreError) {
    self.keys = keys
    self.limits = limits
    pool = RedisPool(to: url, timeouts: timeouts, contact: contact)
    try pool.withConnection { (connection) throws(StoreError) in
      _ = try connection.send(["PING"])
    }
  }

  /// The server's URL.
  public var url: RedisURL { pool.url }

  /// The outcome of a script.
  func run(
    _ script: Script, keys: [String], _ arguments: [String]
  ) throws(StoreError) -> ScriptOutcome {
    try pool.withConnection { (connection) throws(StoreError) in
      try connection.run(script, keys: keys, arguments: arguments, digests: digests)
    }
  }

  /// The reply of a script whose outcome is no list of texts.
  func reply(
    of script: Script, keys: [String], _ arguments: [String]
  ) throws(StoreError) -> RedisReply {
    try pool.withConnection { (connection) throws(StoreError) in
      try connection.reply(of: script, keys: keys, arguments: arguments, digests: digests)
    }
  }

  /// The reply to a plain command.
  func send(_ command: [String], blocking: Double = 0) throws(StoreError) -> RedisReply {
    try pool.withConnection(blocking: blocking) { (connection) throws(StoreError) in
      try connection.send(command, blocking: blocking)
    }
  }

  /// Whether the list at `key` has an element, after waiting up to `timeout` seconds for one.
  ///
  /// Moving the head onto itself blocks on an empty list and changes nothing.
  func waitForElement(of key: String, timeout: Double) throws(StoreError) -> Bool {
    guard timeout > 0 else { return try send(["EXISTS", key]) == .integer(1) }
    let seconds = max(timeout, 0.001)
    let head = try send(
      ["BLMOVE", key, key, "LEFT", "LEFT", seconds.formatted], blocking: seconds)
    return head != .null
  }

  /// A submission as scripts take it; empty for any.
  static func fence(_ submission: String?) -> String { submission.map { "of \($0)" } ?? "" }

  /// Fields and values in turn, as scripts take them.
  static func flatten(_ fields: Fields) -> [String] {
    fields.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }
}

extension Double {
  /// Seconds with three decimals, as Redis reads them.
  var formatted: String {
    let milliseconds = isNaN ? 0 : Int((Swift.min(Swift.max(self, 0), 1e12) * 1000).rounded())
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}

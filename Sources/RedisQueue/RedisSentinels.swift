import RunQueue

/// Sentinels that know which server is the primary at the moment.
public struct RedisSentinels: Sendable, Hashable {
  /// Where they listen; the first that answers is believed.
  public var nodes: [RedisURL.Endpoint]
  /// What they call the primary.
  public var primary: String

  /// Sentinels at `nodes` that watch over `primary`.
  public init(nodes: [RedisURL.Endpoint], primary: String) {
    self.nodes = nodes
    self.primary = primary
  }

  /// Where the primary is, by the first of them that answers.
  func primary(
    of url: RedisURL, _ timeouts: RedisTimeouts
  ) throws(StoreError) -> RedisURL.Endpoint {
    var failure: StoreError?
    for node in nodes {
      do {
        return try ask(RedisConnection(unsigned: url.at(node), timeouts: timeouts))
      } catch {
        guard error.isTransient else { throw error }
        failure = error
      }
    }
    throw failure ?? .unreachable("no Sentinel in \(url)")
  }

  /// Asks without a password first: many Sentinels have none where their servers do.
  private func ask(_ sentinel: RedisConnection) throws(StoreError) -> RedisURL.Endpoint {
    let question = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", primary]
    var reply = try sentinel.exchange(question)
    if case .error(let line) = reply, line.hasPrefix(ServerErrorCode.noAuthentication.rawValue) {
      try sentinel.signIn()
      reply = try sentinel.exchange(question)
    }
    switch reply {
    case .error(let line):
      throw StoreError(serverLine: line, server: sentinel.url, key: question[0])
    case .array(let parts) where parts.count == 2:
      let texts = try reply.texts(at: question[1])
      guard let port = Int(texts[1]), (1...65535).contains(port) else { break }
      return .tcp(host: texts[0], port: port)
    default: break
    }
    throw .incompatible(
      "the Sentinel \(sentinel.url) knows no primary named '\(primary)': give the name of its "
        + "'sentinel monitor' line at the end of --redis")
  }
}

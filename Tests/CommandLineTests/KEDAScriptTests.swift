import RedisQueue
import Testing

/// The user `autoscaler` may do what KEDA's scaler for lists and hashes does, and gets their lengths.
@Suite struct KEDAScriptTests {
  /// As KEDA asks: one script for every kind of key, which chooses the command by the key's type.
  private static let script = """
    local name = KEYS[1]
    local kind = redis.call('type', name).ok
    if kind == 'zset' then
      return redis.call('zcard', name)
    elseif kind == 'set' then
      return redis.call('scard', name)
    elseif kind == 'hash' then
      return redis.call('hlen', name)
    elseif kind == 'list' or kind == 'none' then
      return redis.call('llen', name)
    end
    return redis.error_reply('ERR unsupported key type: ' .. kind)
    """

  @Test(arguments: ["6.2", "7.0"])
  func `pending and leased tasks are counted, also where there are none`(version: String)
    async throws
  {
    let server = try await GuardedServer(rulesFor: version)
    let autoscaler = try server.connection(as: .autoscaler)
    let evaluator = try server.connection(as: .evaluator)
    let keys = try #require(QueueKeys(queue: "default"))
    func count(_ key: String) throws -> RedisReply {
      try autoscaler.send(["EVAL", Self.script, "1", key])
    }
    #expect(try autoscaler.send(["PING"]) == .status("PONG"))
    #expect(try count(keys.tasks) == .integer(0))
    #expect(try count(keys.leases) == .integer(0))
    try evaluator.send(["RPUSH", keys.tasks, "a 0 0", "a 0 1", "a 0 2"])
    try evaluator.send(["HSET", keys.leases, "a 0 3", "e 1 1 1", "a 0 4", "e 1 1 1"])
    #expect(try count(keys.tasks) == .integer(3))
    #expect(try count(keys.leases) == .integer(2))
    #expect(throws: (any Error).self) { try count(keys.runs) }
  }
}

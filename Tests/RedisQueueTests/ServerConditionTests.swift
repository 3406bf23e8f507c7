import LocalRing
import RedisQueue
import RunQueue
import ServerTestKit
import Testing

/// What a server's settings mean for runs that are to be kept.
@Suite struct ServerConditionTests {
  private let directory: TestDirectory
  private let server: PrivateRedisServer
  private let connection: RedisConnection

  init() throws {
    directory = try TestDirectory()
    server = try PrivateRedisServer(in: directory.path)
    connection = try RedisConnection(to: server.url)
  }

  private func concerns(as user: String? = nil) throws -> [String] {
    var url = server.url
    if let user { (url.user, url.password) = (user, RedisPassword("any")) }
    let keys = try #require(QueueKeys(queue: "q"))
    return try RedisRunStore(url: url, keys: keys).condition().concerns
  }

  private func set(_ name: String, _ value: String) throws {
    try connection.send(["CONFIG", "SET", name, value])
  }

  @Test(arguments: [
    ("noeviction", false), ("volatile-lru", false), ("volatile-ttl", false), ("allkeys-lru", true),
    ("allkeys-lfu", true), ("allkeys-random", true),
  ])
  func `a policy that removes keys of runs is a concern`(policy: String, isConcern: Bool) throws {
    try set("maxmemory-policy", policy)
    let line = "\(server.url): maxmemory-policy is \(policy), which removes runs"
    #expect(try concerns().count == (isConcern ? 1 : 0))
    #expect(
      try concerns().allSatisfy { $0.hasPrefix(line) && $0.hasSuffix("set it to noeviction") })
  }

  @Test func `keys that were evicted stay a concern under another policy`() throws {
    try set("maxmemory-policy", "allkeys-random")
    try set("maxmemory", "3mb")
    for number in 0..<40 {
      try connection.send(["SET", "key\(number)", String(repeating: "x", count: 100_000)])
    }
    try set("maxmemory", "0")
    try set("maxmemory-policy", "noeviction")
    #expect(try concerns().first?.contains("keys were evicted since it started") == true)
  }

  @Test func `little room, no file and a replica are concerns`() throws {
    try connection.send(["SET", "key", String(repeating: "x", count: 3_000_000)])
    try set("maxmemory", "4mb")
    #expect(try concerns().first?.contains("% of its maxmemory are in use") == true)
    try set("maxmemory", "0")
    try set("appendonly", "no")
    #expect(try concerns().first?.contains("appendonly is off") == true)
    try set("appendonly", "yes")
    try connection.send(["REPLICAOF", "127.0.0.1", "1"])
    #expect(
      try concerns() == [
        "\(server.url): it is a replica of 127.0.0.1:1, which takes no runs: give the primary's URL"
      ])
  }

  @Test func `a user who may not ask is told what is not checked`() throws {
    try connection.send(
      ["ACL", "SETUSER", "shy", "on", "nopass", "~*", "&*", "+@all", "-info", "+info|server"])
    #expect(
      try concerns(as: "shy") == [
        "\(server.url.description.replacing("unix://", with: "unix://shy@")): eviction and "
          + "persistence are not checked, since user 'shy' may not ask INFO: allow +info"
      ])
  }
}

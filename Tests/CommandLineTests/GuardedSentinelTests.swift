import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A primary, its replica and three Sentinels, all with the users of `make-users`.
@Suite struct GuardedSentinelTests {
  private let users: TestDirectory

  init() throws {
    users = try TestDirectory()
    try GuardedServer.makeUsers([users.path])
  }

  private func password(of role: String) throws -> String {
    try String(contentsOfFile: "\(users.path)/\(role).password", encoding: .utf8)
  }

  /// A server that knows the users, also when it has to follow another one.
  private func server(_ settings: [String: String] = [:]) async throws -> PlainServer {
    try await PlainServer(
      [
        "aclfile": "\(users.path)/users.acl", "masteruser": "replica",
        "masterauth": password(of: "replica"), "appendonly": "yes",
      ].merging(settings) { $1 })
  }

  private func sentinel(of primary: PlainServer) async throws -> PlainServer {
    try await PlainServer(sentinel: [
      "sentinel monitor ours 127.0.0.1 \(primary.port) 2", "sentinel auth-user ours sentinel",
      "sentinel auth-pass ours \(password(of: "sentinel"))",
      "sentinel down-after-milliseconds ours 2000", "sentinel failover-timeout ours 5000",
    ])
  }

  private func environment(_ url: String, as role: String) -> [String: String] {
    [
      "CHROMATIC_REDIS": url.replacing("USER", with: role),
      "CHROMATIC_REDIS_PASSWORD_FILE": "\(users.path)/\(role).password",
    ]
  }

  private func administrator(of server: PlainServer) throws -> RedisConnection {
    let url = RedisURL(
      endpoint: server.url.endpoint, user: "administrator",
      password: RedisPassword(try password(of: "administrator")))
    return try RedisConnection(to: url)
  }

  @Test func `three Sentinels fail over under a run, and no byte changes`() async throws {
    let primary = try await server()
    let replica = try await server(["replicaof": "127.0.0.1 \(primary.port)"])
    var sentinels: [PlainServer] = []
    for _ in 0..<3 { sentinels.append(try await sentinel(of: primary)) }
    let list = sentinels.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
    let url = "redis+sentinel://USER@\(list)/ours"
    let services = try ["controller", "aggregator", "evaluator", "evaluator"].map {
      try Tool([], name: "chromatic-\($0)", environment: environment(url, as: $0))
    }
    defer { withExtendedLifetime((primary, replica, sentinels, services)) {} }
    let run = SmallRun.pendulum
    func tool(_ arguments: [String], as role: String = "operator") async throws -> String {
      try await Tool.output(arguments, environment: environment(url, as: role))
    }
    try await eventually("two Sentinels beside each, which know the replica") {
      try sentinels.allSatisfy {
        let log = try String(contentsOfFile: "\($0.directory.path)/log", encoding: .utf8)
        return log.contains("+slave ") && log.ranges(of: "+sentinel ").count == 2
      } ? true : nil
    }
    try await eventually("both evaluators") {
      let queue = try await tool(["status", "--json"], as: "viewer")
      return queue.components(separatedBy: "\"slots\":").count == 3 ? true : nil
    }
    // Nothing is evaluated before the failover, so that the run is under way however fast it is.
    let drained = try await tool(["drain", "--all"])
    let names = drained.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(names.count == 2, "\(drained)")
    _ = try await tool(["submit", run.environment, "--name", "a"] + run.settings)
    try await eventually("all tasks on the replica") {
      try administrator(of: replica).send(["LLEN", "chromatic:{default}:tasks"]) == .integer(36)
        ? true : nil
    }
    primary.kill()
    for service in services {
      _ = try await service.errorLine(containing: "@127.0.0.1:\(replica.port), which the Sentinel")
    }
    _ = try await tool(["drain", "--undo"] + names)
    _ = try await tool(["watch", "a"], as: "viewer")
    let directory = try TestDirectory()
    _ = try await tool(["fetch", "a", "--output", "\(directory.path)/a"], as: "viewer")
    #expect(try await SmallRun.Outcome(in: "\(directory.path)/a") == SmallRun.reference())
  }
}

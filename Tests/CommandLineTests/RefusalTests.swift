import Foundation
import RedisQueue
import RunQueue
import Testing

/// Each user of `ops/redis/make-users` is tried against what it must not do, and against what it must.
@Suite struct RefusalTests {
  typealias Role = GuardedServer.Role

  /// Whether the server refused `command` for lack of a permission, and for nothing else.
  ///
  /// DEBUG and MODULE are switched off by Redis 7.0 before it looks at the user.
  private func isRefused(_ command: [String], on connection: RedisConnection) throws -> Bool {
    do {
      try connection.send(command)
      return false
    } catch {
      let line = error.description
      guard line.contains("does not allow user") || line.contains("command not allowed") else {
        throw error
      }
      return true
    }
  }

  /// The command inside a script, where a user's rules hold as well.
  private func scripted(_ command: [String]) -> [String] {
    ["EVAL", "return redis.call(unpack(ARGV))", "1", command[1]] + command
  }

  @Test(arguments: Role.allCases)
  func `commands that no role needs are refused`(role: Role) async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: role)
    for command in RoleRules.forbidden {
      #expect(try isRefused(command, on: connection), "\(role): \(command)")
    }
  }

  @Test(arguments: Role.allCases)
  func `only keys of the role's work can be changed, also by a script`(role: Role) async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: role)
    for key in RoleRules.keys {
      let isAllowed = RoleRules.changes(role).contains(key.part)
      for command in [key.change(), scripted(key.change())] {
        #expect(try isRefused(command, on: connection) != isAllowed, "\(role): \(command)")
      }
    }
  }

  @Test(arguments: Role.allCases)
  func `only keys of the role's work can be read, also by a script`(role: Role) async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: role)
    for key in RoleRules.keys {
      let isAllowed = RoleRules.changes(role).union(RoleRules.looks(role)).contains(key.part)
      for command in [key.look(), scripted(key.look())] {
        #expect(try isRefused(command, on: connection) != isAllowed, "\(role): \(command)")
      }
    }
  }

  @Test(arguments: Role.allCases)
  func `no key of another queue can be touched`(role: Role) async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: role)
    for key in RoleRules.keys {
      for command in [key.change(in: "other"), key.look(in: "other")] {
        #expect(try isRefused(command, on: connection), "\(role): \(command)")
        #expect(try isRefused(scripted(command), on: connection), "\(role): \(command)")
      }
    }
  }

  @Test func `an autoscaler gets the lengths of what waits and of what is in flight`() async throws
  {
    let server = try await GuardedServer()
    let connection = try server.connection(as: .autoscaler)
    let operation = try server.connection(as: .operator)
    try operation.send(["RPUSH", "chromatic:{default}:tasks", "a", "b"])
    try server.connection(as: .evaluator).send(["HSET", "chromatic:{default}:leases", "c", "1"])
    // The shape in which KEDA asks: of any kind of key, by a script.
    let length = """
      local kind = redis.call('type', KEYS[1]).ok
      if kind == 'list' then return redis.call('llen', KEYS[1]) end
      if kind == 'hash' then return redis.call('hlen', KEYS[1]) end
      return kind == 'none' and 0 or -1
      """
    for (key, count) in [("tasks", 2), ("leases", 1)] {
      let reply = try connection.send(["EVAL", length, "1", "chromatic:{default}:\(key)"])
      #expect(reply == .integer(count), "\(key)")
    }
    try connection.send(["PING"])
    for list in ["results", "updates", "dead"] {
      #expect(try isRefused(["LLEN", "chromatic:{default}:\(list)"], on: connection))
    }
  }

  @Test func `an exporter of metrics may ask for the server and for lengths`() async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: .exporter)
    for command in [
      "INFO ALL", "CONFIG GET maxmemory", "SLOWLOG LEN", "LATENCY LATEST", "SELECT 0",
      "TYPE chromatic:{default}:tasks", "LLEN chromatic:{default}:tasks",
      "HLEN chromatic:{default}:leases", "MEMORY USAGE chromatic:{default}:runs",
    ] {
      #expect(try !isRefused(command.split(separator: " ").map(String.init), on: connection))
    }
    for key in RoleRules.keys {
      #expect(try isRefused(key.look(), on: connection), "\(key)")
      #expect(try isRefused(key.change(), on: connection), "\(key)")
    }
    for command in ["CONFIG SET maxmemory 0", "ACL LIST", "SELECT 1", "SCRIPT KILL", "SHUTDOWN"] {
      let words = command.split(separator: " ").map(String.init)
      #expect(try isRefused(words, on: connection), "\(command)")
    }
  }

  @Test func `an administrator keeps the server going and changes no run`() async throws {
    let server = try await GuardedServer()
    let connection = try server.connection(as: .administrator)
    // On a busy machine the script is killed late; the viewer waits for that.
    let stuck = try server.connection(
      as: .viewer, timeouts: RedisTimeouts(connect: 5, command: 3600))
    // A server listens to nobody until a script has run for so long, five seconds unless told otherwise.
    try connection.send(["CONFIG", "SET", "lua-time-limit", "50"])
    let loop = "while true do redis.call('EXISTS', KEYS[1]) end"
    let running = Task.detached { () -> String? in
      do {
        try stuck.send(["EVAL", loop, "1", "chromatic:{default}:runs"])
        return nil
      } catch {
        return "\(error)"
      }
    }
    try await eventually("an endless script to be killed") {
      do {
        try connection.send(["SCRIPT", "KILL"])
        return true
      } catch {
        return nil
      }
    }
    let end = try #require(await running.value)
    #expect(end.contains("killed by user"), "\(end)")
    for command in ["ACL LIST", "CLIENT LIST", "CONFIG GET maxmemory", "BGREWRITEAOF", "SCAN 0"] {
      #expect(try !isRefused(command.split(separator: " ").map(String.init), on: connection))
    }
    for key in RoleRules.keys {
      #expect(try isRefused(key.change(), on: connection), "\(key)")
    }
    for command in ["FLUSHALL", "MODULE LIST", "DEL chromatic:{default}:runs"] {
      let words = command.split(separator: " ").map(String.init)
      #expect(try isRefused(words, on: connection), "\(command)")
    }
  }

  @Test(arguments: Role.allCases)
  func `below Redis 7.0 a key that can be read can be changed, no other`(role: Role) async throws {
    let server = try await GuardedServer(rulesFor: "6.2")
    let connection = try server.connection(as: role)
    let changing = RoleRules.changes(role)
    for key in RoleRules.keys {
      let isAllowed = !changing.isEmpty && changing.union(RoleRules.looks(role)).contains(key.part)
      for command in [key.change(), scripted(key.change())] {
        #expect(try isRefused(command, on: connection) != isAllowed, "\(role): \(command)")
      }
    }
  }

  @Test func `without a user nobody gets in`() async throws {
    let server = try await GuardedServer()
    let socket = "unix://\(server.directory.path)/redis.sock"
    for password in [nil, try server.password(of: .operator)] {
      let environment = password.map { ["CHROMATIC_REDIS_PASSWORD": $0] } ?? [:]
      let error = #expect(throws: StoreError.self) {
        try RedisConnection(to: RedisURL(socket, environment: environment))
      }
      guard case .refused = error else {
        Issue.record("\(error.map { "\($0)" } ?? "let in")")
        continue
      }
    }
  }
}

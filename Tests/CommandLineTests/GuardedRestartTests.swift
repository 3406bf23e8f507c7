import Testing

/// A server with the users of `ops/redis` keeps its runs over a restart.
///
/// It replays its append-only file as the user `default`, who has to be allowed what roles did.
@Suite struct GuardedRestartTests {
  @Test func `a run goes on after a restart of its server and ends with the same bytes`()
    async throws
  {
    let server = try await GuardedServer()
    let services = try [GuardedServer.Role.controller, .aggregator, .evaluator].map { role in
      try Tool([], name: "chromatic-\(role)", environment: server.environment(as: role))
    }
    try await server.output(
      ["submit", "Pendulum-v1", "--name", "a"] + SmallRun.pendulum.settings, as: .operator)
    try await server.output(["submit", "Pendulum-v1", "--name", "held"], as: .operator)
    try await server.output(["pause", "held"], as: .operator)
    try await server.restart()
    #expect(!server.log.contains("CRITICAL"), "\(server.log)")
    try await server.output(["watch", "a"], as: .viewer)
    let fetched = "\(server.directory.path)/fetched"
    try await server.output(["fetch", "a", "--output", fetched], as: .viewer)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
    try await server.restart()
    let runs = try await server.output(["runs"], as: .viewer)
    #expect(runs.contains("finished") && runs.contains("paused"), "\(runs)")
    withExtendedLifetime(services) {}
  }

  @Test
  func `a server that was refused its own file is named, and no other refusal is taken for that`()
    async throws
  {
    let server = try await GuardedServer(with: "user default off")
    let mark = "transactions of its own append-only file were refused"
    try await server.output(["submit", "Pendulum-v1", "--name", "a"], as: .operator)
    let viewer = try server.connection(as: .viewer)
    for command in [["SCAN", "0"], ["HSET", "chromatic:{default}:runs", "a", "b"]] {
      #expect(throws: (any Error).self) { try viewer.send(command) }
      let script =
        "return redis.call('\(command[0])', \(command.count == 2 ? "'0'" : "KEYS[1], 'a', 'b'"))"
      #expect(throws: (any Error).self) {
        try viewer.send(["EVAL", script, "1", "chromatic:{default}:runs"])
      }
      #expect(throws: Never.self) {
        try viewer.send([
          "EVAL", script.replacing("call", with: "pcall") + " and 1", "1",
          "chromatic:{default}:runs",
        ])
      }
    }
    #expect(try await !server.output(["status"], as: .viewer).contains(mark))
    try await server.restart()
    for command in ["status", "doctor"] {
      let said = try await server.output([command], as: .viewer)
      #expect(said.contains(mark), "\(said)")
    }
  }

  @Test func `nobody signs in as the default user, with or without a password`() async throws {
    let server = try await GuardedServer()
    for password in ["", "x", try server.password(of: .operator)] {
      #expect(throws: (any Error).self) {
        try server.connection(as: .viewer).send(["AUTH", "default", password])
      }
    }
  }
}

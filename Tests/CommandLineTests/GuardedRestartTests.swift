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

  @Test func `nobody signs in as the default user, with or without a password`() async throws {
    let server = try await GuardedServer()
    for password in ["", "x", try server.password(of: .operator)] {
      #expect(throws: (any Error).self) {
        try server.connection(as: .viewer).send(["AUTH", "default", password])
      }
    }
  }
}

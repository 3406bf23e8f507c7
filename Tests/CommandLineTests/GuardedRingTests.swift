import Foundation
import Testing

/// The whole ring under the users of `ops/redis`, and their passwords, which nothing shows.
@Suite struct GuardedRingTests {
  private let pendulum = SmallRun.pendulum

  private func start(_ roles: [GuardedServer.Role], on server: GuardedServer) throws -> [Tool] {
    try roles.map { role in
      try Tool([], name: "chromatic-\(role)", environment: server.environment(as: role))
    }
  }

  @Test(arguments: ["7.0", "6.2"])
  func `a ring whose parts have a user each ends with the bytes of one without users`(
    version: String
  ) async throws {
    let server = try await GuardedServer(rulesFor: version)
    let services = try start([.controller, .aggregator, .evaluator, .evaluator], on: server)
    try await server.output(
      ["submit", "Pendulum-v1", "--name", "a"] + pendulum.settings, as: .operator)
    try await server.output(["watch", "a"], as: .viewer)
    let fetched = "\(server.directory.path)/fetched"
    try await server.output(["fetch", "a", "--output", fetched], as: .viewer)
    #expect(try await SmallRun.Outcome(in: fetched) == SmallRun.reference())
    #expect(try await server.output(["runs"], as: .viewer).contains("finished"))
    for service in services {
      #expect(!service.errors.contains("warning"), "\(service.errors)")
      #expect(ProcessTable.isAlive(service.identifier), "\(service.errors)")
    }
  }

  @Test func `an operator holds, continues and ends a run; a viewer may not`() async throws {
    let server = try await GuardedServer()
    try await server.output(
      ["submit", "Pendulum-v1", "--name", "a"] + pendulum.settings, as: .operator)
    for command in ["pause", "cancel"] {
      let tool = try await Tool.run([command, "a"], environment: server.environment(as: .viewer))
      try await tool.expectComplaint("does not allow user 'viewer'", code: 69)
    }
    for command in ["pause", "resume", "cancel"] {
      try await server.output([command, "a"], as: .operator)
    }
    #expect(try await server.output(["status"], as: .viewer).contains("cancelled"))
  }

  @Test func `a service with another role's user ends and says so`() async throws {
    let server = try await GuardedServer()
    let service = try await Tool.run(
      [], name: "chromatic-evaluator", environment: server.environment(as: .viewer))
    #expect(try await service.ending() == .exited(code: 69), "\(service.errors)")
    #expect(service.errors.contains("does not allow user 'viewer'"))
  }

  @Test func `no process list, log or output shows a password`() async throws {
    let server = try await GuardedServer()
    let roles: [GuardedServer.Role] = [.controller, .aggregator, .evaluator]
    let services = try start(roles, on: server)
    let secrets = try GuardedServer.Role.allCases.map { try server.password(of: $0) }
    #expect(secrets.allSatisfy { $0.count == 64 } && Set(secrets).count == secrets.count)
    try await server.output(
      ["submit", "Pendulum-v1", "--name", "a"] + pendulum.settings, as: .operator)
    try await server.output(["watch", "a"], as: .viewer)
    var shown = try await server.output(["status"], as: .viewer) + server.log
    for service in services {
      shown += ProcessTable.command(of: service.identifier).joined(separator: " ")
      shown += service.output + service.errors
    }
    #expect(shown.contains("chromatic-evaluator") && shown.contains("unix://evaluator@"))
    shown += try String(
      contentsOfFile: "\(server.directory.path)/users/users.acl", encoding: .utf8)
    for secret in secrets { #expect(!shown.contains(secret)) }
  }
}

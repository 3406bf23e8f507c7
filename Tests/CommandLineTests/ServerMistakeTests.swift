import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A server that cannot be used is named in one line, exit code 69; services wait for one that may come.
@Suite struct ServerMistakeTests {
  static let commands = ["status", "runs", "submit Pendulum-v1", "watch a", "fetch a", "pause a"]
  /// Those that wait for a while, in case the server is about to come.
  static let patient = ["submit Pendulum-v1", "watch a", "experiment transfer"]

  private func expectRefusal(
    _ command: String, server: String, _ line: String, code: Int32 = 69,
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let words = command.split(separator: " ").map(String.init)
    let tool = try await Tool.run(words + ["--redis", server], environment: environment)
    try await tool.expectComplaint(line, code: code, sourceLocation: sourceLocation)
    #expect(
      tool.errors.count { $0 == "\n" } == 1, "\(tool.errors)", sourceLocation: sourceLocation)
    #expect(tool.output.isEmpty, sourceLocation: sourceLocation)
  }

  @Test(arguments: commands.filter { !patient.contains($0) })
  func `a server that is not there is named`(command: String) async throws {
    try await expectRefusal(
      command, server: "redis://127.0.0.1:1", "no Redis at redis://127.0.0.1:1")
  }

  @Test(arguments: patient)
  func `a server that does not come is given up after 10 s, which is said`(command: String)
    async throws
  {
    let tool = try await Tool.run(
      command.split(separator: " ").map(String.init) + ["--redis", "redis://127.0.0.1:1"])
    #expect(try await tool.ending() == .exited(code: 69), "\(tool.errors)")
    #expect(tool.complaints.count == 2)
    for line in tool.complaints { #expect(line.contains("no Redis at redis://127.0.0.1:1")) }
    #expect(tool.complaints.first?.hasSuffix("; trying again") == true)
  }

  @Test(arguments: commands) func `a server older than 6.2 is refused`(command: String) async throws
  {
    let old = try FakeServer.sound(version: "6.0.16")
    try await expectRefusal(
      command, server: old.url.description, "runs Redis 6.0.16, 6.2 or newer is needed")
  }

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a service ends at once on a server older than 6.2`(name: String) async throws {
    let old = try FakeServer.sound(version: "6.0.16")
    let service = try await Tool.run(
      ["--redis", old.url.description], name: "chromatic-\(name)")
    #expect(try await service.ending() == .exited(code: 69), "\(service.errors)")
    #expect(service.errors.contains("6.2 or newer is needed"))
  }

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a service says that it waits for a server, and ends when told`(name: String) async throws {
    let service = try Tool(["--redis", "redis://127.0.0.1:1"], name: "chromatic-\(name)")
    _ = try await service.errorLine(containing: "no Redis at redis://127.0.0.1:1")
    service.send(signal: SIGTERM)
    #expect(try await service.ending(within: 20) == .exited(code: 0), "\(service.errors)")
  }

  @Test func `a wrong password is said and never repeated`() async throws {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: directory.path)
    defer { server.stop() }
    try RedisConnection(to: server.url).send(["CONFIG", "SET", "requirepass", "sesame"])
    let url = server.url.description
    let wrong = ["CHROMATIC_REDIS_PASSWORD": "mistaken"]
    for command in ["status", "submit Pendulum-v1"] {
      try await expectRefusal(
        command, server: url, "refuses user 'default' with this password", environment: wrong)
      try await expectRefusal(command, server: url, "asks for a password")
    }
    let tool = try await Tool.run(["status", "--redis", url], environment: wrong)
    #expect(!tool.errors.contains("mistaken"))
    try await Tool.output(
      ["status", "--redis", url], environment: ["CHROMATIC_REDIS_PASSWORD": "sesame"])
  }
}

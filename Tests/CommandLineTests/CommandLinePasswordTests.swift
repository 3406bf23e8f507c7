import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A password that somebody writes into the command line all the same.
@Suite struct CommandLinePasswordTests {
  private static let secret = "correct-horse"

  @Test(arguments: ["controller", "aggregator", "evaluator"])
  func `a password is blanked in the list of processes, with a warning`(name: String) async throws {
    let service = try Tool(
      ["--redis", "redis://alice:\(Self.secret)@127.0.0.1:1"], name: "chromatic-\(name)")
    let line = try await service.errorLine(containing: "no Redis at redis://alice@127.0.0.1:1")
    let command = ProcessTable.command(of: service.identifier).joined(separator: " ")
    #expect(command.contains("--redis"))
    #expect(!command.contains(Self.secret) && !line.contains(Self.secret))
    #expect(service.errors.contains("CHROMATIC_REDIS_PASSWORD_FILE"))
    #expect(!service.errors.contains(Self.secret))
  }

  @Test(arguments: [
    ["status", "redis://alice:correct-horse@127.0.0.1:1"],
    ["status", "--redis=redis://alice:correct-horse@127.0.0.1:x"],
    ["status", "--redis", "redis://alice:correct-horse"],
    ["status", "--redis", "alice:correct-horse@host"],
    ["status", "--redis", "redis://alice:correct-horse@127.0.0.1:1"],
  ])
  func `a password is in no complaint`(arguments: [String]) async throws {
    let tool = try await Tool.run(arguments)
    #expect(tool.complaints.count == 1, "\(tool.errors)")
    #expect(!(tool.errors + tool.output).contains(Self.secret), "\(tool.errors)")
  }

  @Test func `a password from the environment asks for no warning`() async throws {
    let tool = try await Tool.run(
      ["status"],
      environment: ["CHROMATIC_REDIS": "redis://alice:\(Self.secret)@127.0.0.1:1"])
    try await tool.expectComplaint("no Redis at redis://alice@127.0.0.1:1", code: 69)
    #expect(!tool.errors.contains("warning") && !tool.errors.contains(Self.secret))
  }

  @Test func `a password is not repeated where a server repeats it`() throws {
    let parrot = try FakeServer { words in
      "-ERR unknown command 'AUTH', with args beginning with: \(words.dropFirst())\r\n"
    }
    var url = parrot.url
    url.password = RedisPassword(Self.secret)
    let error = #expect(throws: (any Error).self) { try RedisConnection(to: url) }
    let line = try #require(error.map { "\($0)" })
    #expect(line.contains("•••") && !line.contains(Self.secret), "\(line)")
  }
}

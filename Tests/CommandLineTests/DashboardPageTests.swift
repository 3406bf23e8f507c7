import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// The page in a headless Chromium while a run trains.
@Suite struct DashboardPageTests {
  /// What the script saw.
  private struct Findings: Decodable {
    var live: Bool
    var fits: [Bool]
    var nameless: [String]
    var unreachable: [String]
    var language: String
    var complaints: [String]
  }

  @Test func `it loads, follows a run, fits a phone, and no console complains`() async throws {
    let server = try await GuardedServer()
    let roles: [GuardedServer.Role] = [.controller, .aggregator, .evaluator]
    let services = try roles.map {
      try Tool([], name: "chromatic-\($0)", environment: server.environment(as: $0))
    }
    try await server.output(
      [
        "submit", "InvertedPendulum-v5", "--name", "pole", "--iterations", "400",
        "--perturbations", "12", "--pivots", "2", "--evaluations", "1", "--hidden", "8",
      ], as: .operator)
    let dashboard = try await DashboardServer(server.environment(as: .viewer))
    try await dashboard.json("api/runs", once: "a policy") {
      ($0["runs"] as? [[String: Any]])?.first?["bits"] != nil
    }
    let seen = try await look(at: dashboard.page, run: "pole", in: server.directory.path)
    #expect(seen.live && seen.language == "en")
    #expect(seen.fits == [Bool](repeating: true, count: 7))
    #expect(seen.nameless == [] && seen.unreachable == [])
    #expect(seen.complaints == [])
    #expect(services.allSatisfy { ProcessTable.isAlive($0.identifier) })
  }

  private func look(at page: String, run: String, in directory: String) async throws -> Findings {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Browser/look_at_dashboard.py").path
    let browser = try ServiceProcess(
      "sh",
      arguments: [
        "-c", "exec python3 \"$@\" >\"$0.json\" 2>\"$0.errors\"", "\(directory)/seen", script,
        page, run, directory,
      ], log: "\(directory)/browser.log", executablesIn: "/bin")
    try await eventually("the browser's end", within: 240) { browser.ending }
    let errors = FileManager.default.contents(atPath: "\(directory)/seen.errors") ?? Data()
    let found = FileManager.default.contents(atPath: "\(directory)/seen.json") ?? Data()
    #expect(errors.isEmpty, "\(String(decoding: errors, as: UTF8.self))")
    return try JSONDecoder().decode(Findings.self, from: found)
  }
}

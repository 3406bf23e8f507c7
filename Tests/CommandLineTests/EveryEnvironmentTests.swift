import Foundation
import ServerTestKit
import Testing

/// Every environment in the list trains through the ring.
@Suite(.serialized) struct EveryEnvironmentTests {
  private static let small = [
    "--iterations", "3", "--perturbations", "6", "--pivots", "2", "--evaluations", "1",
    "--finalists", "1", "--finalist-episodes", "1", "--hidden", "none", "--partitions", "2",
    "--horizon", "40",
  ]

  @Test func `three iterations of every environment leave a policy`() async throws {
    let directory = try TestDirectory()
    let ids = try await Tool.output(["environments"]).split(separator: "\n").dropFirst().compactMap
    {
      let words = $0.split(separator: " ")
      return words.count == 4 ? String(words[0]) : nil
    }
    #expect(ids.count >= 2)
    for id in ids {
      let output = "\(directory.path)/\(id)"
      try await Tool.output(["train", id, "--output", output] + Self.small)
      let history = try String(contentsOfFile: "\(output)/history.jsonl", encoding: .utf8)
      let lines = history.split(separator: "\n")
      #expect(
        lines.count == 3 && lines.allSatisfy { $0.contains("\"failed\":0") }, "\(id): \(history)")
      try await Tool.output(["evaluate", "\(output)/policy.json", "--episodes", "2"])
    }
  }

  @Test func `a policy is evaluated under the options it was trained with`() async throws {
    struct File: Decodable {
      struct Environment: Decodable, Equatable {
        var id: String
        var options: [String: String]
        var horizon: Int
        var actionRepeat: Int
      }
      var environment: Environment
    }
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    try await Tool.output(
      ["train", "Pendulum-v1", "--output", output] + Self.small
        + ["--env-option", "g=2.5", "--action-repeat", "3"])
    let file = try JSONDecoder().decode(
      File.self, from: Data(contentsOf: URL(fileURLWithPath: "\(output)/policy.json")))
    #expect(
      file.environment
        == .init(id: "Pendulum-v1", options: ["g": "2.5"], horizon: 40, actionRepeat: 3))
    let line = try await Tool.output(["evaluate", "\(output)/policy.json", "--episodes", "1"])
    #expect(line.hasPrefix("Pendulum-v1 g=2.5 horizon=40 action-repeat=3  1 episodes"), "\(line)")
  }

  @Test(arguments: [
    (["--env-option", "gravity=1"], "Pendulum-v1 has no option 'gravity'"),
    (["--env-option", "g"], "--env-option is 'g', expected NAME=VALUE"),
    (["--env-option", "g=heavy"], "--env-option g is 'heavy', expected a number"),
    (["--horizon", "0"], "--horizon is 0, expected 1 to 10000000"),
    (["--action-repeat", "-1"], "--action-repeat is -1, expected 1 to 10000000"),
    (["--alive-shift", "inf"], "--alive-shift is inf, expected -1e100 to 1e100"),
  ])
  func `a mistaken setting of the environment is one line`(
    flags: [String], line: String
  ) async throws {
    let directory = try TestDirectory()
    let tool = try await Tool.run(
      ["train", "Pendulum-v1", "--output", "\(directory.path)/run"] + flags)
    try await tool.expectComplaint(line, code: 64)
  }
}

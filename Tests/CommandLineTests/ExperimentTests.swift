import Foundation
import RedisQueue
import ServerTestKit
import Testing

/// `chromatic experiment` on a queue with real services, at a scale that takes seconds.
@Suite struct ExperimentTests {
  @Test func `an experiment submits its runs, goes on where it stopped and writes its files`()
    async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    let output = "\(queue.directory.path)/results"
    let start = [
      "experiment", "transfer", "--seeds", "1", "--scale", "0.001", "--episodes", "2", "--output",
      output,
      "--redis", queue.url,
    ]
    let small = [
      "--", "--perturbations", "4", "--pivots", "1", "--evaluations", "1", "--horizon", "20",
      "--finalists", "1", "--finalist-episodes", "1", "--initial-concentration", "0",
    ]
    let first = try await Tool.output(start + ["--no-wait"] + small)
    #expect(first.contains("transfer: 0 of 3 runs are over, 2 in the queue, 1 to come"))
    #expect(
      first.contains("Shortened: scale 0.001 of 300 iterations, 1 seed; 0 of 3 runs finished"))
    for _ in 0..<2 { _ = try queue.start("evaluator") }
    let second = try await Tool.output(start + small)
    #expect(second.contains("transfer: 3 of 3 runs are over, 0 in the queue, 0 to come"))
    let csv = try String(contentsOfFile: "\(output)/transfer.csv", encoding: .utf8)
    let rows = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 4 && rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows.dropFirst().map { $0[1] } == ["learned", "transferred", "random"])
    #expect(rows.dropFirst().allSatisfy { $0[3] == "true" && $0[4] == "3" && Double($0[5]) != nil })
    let table = try String(contentsOfFile: "\(output)/transfer.md", encoding: .utf8)
    #expect(table.contains("| Walker2d-v5 | transferred | 1 |"))
    #expect(rows.dropFirst().allSatisfy { $0[7] == "2" })
    let raw = try FileManager.default.contentsOfDirectory(atPath: "\(output)/runs").sorted()
    #expect(raw.count == 9)
    #expect(raw.count { $0.hasSuffix(".history.jsonl") } == 3)
    for environment in ["HalfCheetah-v5", "Walker2d-v5"] {
      let figure = "\(output)/transfer-\(environment).svg"
      #expect(try String(contentsOfFile: figure, encoding: .utf8).contains("<svg"))
    }
    try await expectTransferredPartition(queue)
    try await expectChoice(
      start + ["--series", "random", "--environment", "Walker2d-v5", "--pdf"] + small)
    let pdf = FileManager.default.contents(atPath: "\(output)/transfer-Walker2d-v5.pdf")
    #expect(pdf?.starts(with: Data("%PDF".utf8)) == true)
  }

  @Test(arguments: ["SET config x", "SET state x", "DEL checkpoint"])
  func `a run that is damaged or fails holds up no other and is named at the end`(damage: String)
    async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    let start = [
      "experiment", "transfer", "--seeds", "1", "--scale", "0.001", "--episodes", "1", "--redis",
      queue.url, "--output", "\(queue.directory.path)/results",
    ]
    let small = [
      "--", "--perturbations", "4", "--pivots", "1", "--evaluations", "1", "--horizon", "5",
      "--finalists", "1", "--finalist-episodes", "1", "--controller", "factorised",
    ]
    try await Tool.output(start + ["--no-wait"] + small)
    let learned = try #require(
      try queue.openStore().runs().keys.first { $0.name.contains("learned") })
    try await eventually("tasks") { try queue.phase(of: learned.name) == "running" ? true : nil }
    let words = damage.split(separator: " ").map(String.init)
    let key = "chromatic:{default}:run:\(learned):\(words[1])"
    try RedisConnection(to: RedisURL(queue.url)).send([words[0], key] + words.dropFirst(2))
    for _ in 0..<2 { _ = try queue.start("evaluator") }
    let tool = try await Tool.run(start + small)
    try await tool.expectComplaint("2 of 3 runs will not finish by themselves: ", code: 65)
    #expect(tool.output.contains("transfer: 3 of 3 runs are over, 0 in the queue, 0 to come"))
    let lines = tool.output.split(separator: "\n").filter { $0.hasPrefix("not finished  ") }
    #expect(lines.count == 2 && lines[0].contains("learned"), "\(tool.output)")
    #expect(lines.last?.contains("it needs the partition of \(learned)") == true)
    let csv = try String(
      contentsOfFile: "\(queue.directory.path)/results/transfer.csv", encoding: .utf8)
    let finished = csv.split(separator: "\n").filter { $0.contains(",true,") }
    #expect(finished.count == 1 && finished[0].contains("random"), "\(csv)")
  }

  @Test func `figures mark search steps and show how many edges a mask keeps`() async throws {
    let queue = try QueueUnderTest()
    let small = [
      "--redis", queue.url, "--seeds", "1", "--scale", "0.001", "--episodes", "1", "--",
      "--perturbations", "4", "--evaluations", "1", "--horizon", "5", "--hidden", "4",
      "--finalists", "1", "--finalist-episodes", "1", "--search-interval", "2",
    ]
    for (experiment, environment) in [("figure5", "Hopper-v5"), ("figure3", "Reacher-v5")] {
      let output = "\(queue.directory.path)/\(experiment)"
      try await Tool.output(
        ["experiment", experiment, "--environment", environment, "--output", output] + small)
      let figure = try String(
        contentsOfFile: "\(output)/\(experiment)-\(environment).svg", encoding: .utf8)
      // Of three iterations the second is followed by a search step.
      #expect(figure.contains("search step") == (experiment == "figure5"))
      #expect(figure.contains(#"class="marks""#) == (experiment == "figure5"))
    }
    let usage = try String(
      contentsOfFile: "\(queue.directory.path)/figure3/figure3-Reacher-v5-usage.svg",
      encoding: .utf8)
    #expect(usage.contains("edges used, %") && usage.contains(#"class="series""#))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(queue.directory.path)/figure5")
    #expect(!files.contains { $0.contains("usage") })
  }

  /// Only the chosen run is there, and it need not be trained again.
  private func expectChoice(_ arguments: [String]) async throws {
    let said = try await Tool.output(arguments)
    #expect(said.contains("transfer: 1 of 1 runs are over, 0 in the queue, 0 to come"))
    #expect(said.contains("1 of 1 runs finished"))
  }

  /// The transferred run trains under the partition that the first one found.
  private func expectTransferredPartition(_ queue: QueueUnderTest) async throws {
    var partitions: [String] = []
    for name in try queue.openStore().runs().keys.sorted().map(\.name) {
      let fetched = "\(queue.directory.path)/\(name)"
      try await queue.output("fetch", name, "--output", fetched)
      let policy = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: "\(fetched)/policy.json")))
      partitions.append("\(try #require((policy as? [String: Any])?["partition"]))")
    }
    // By name: learned on HalfCheetah, random and transferred on Walker2d.
    #expect(partitions[0] == partitions[2])
    #expect(partitions[0] != partitions[1])
  }

  @Test(arguments: [
    ("table7", [], "the experiment is 'table7', expected one of table1, table2, figure3"),
    ("table1", ["--seeds", "0"], "--seeds is 0, expected 1 to 100"),
    (
      "table2", ["--environment", "Ant-v5"],
      "--environment is 'Ant-v5', expected one of Striker-v2, HalfCheetah-v5, Hopper-v5, Walker2d-v5"
    ),
    (
      "figure4", ["--series", "masked"],
      "--series is 'masked', expected one of clustering, factorised, pointer, evolution, random, population"
    ),
    ("table1", ["--episodes", "0"], "--episodes is 0, expected 1 to 100000"),
    ("table1", ["--scale", "0"], "--scale is 0.0, expected a number above 0, at most 100"),
  ])
  func `a mistake is one line`(name: String, flags: [String], line: String) async throws {
    let tool = try await Tool.run(["experiment", name] + flags)
    try await tool.expectComplaint(line, code: 64)
  }
}

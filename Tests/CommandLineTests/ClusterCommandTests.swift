import ChromaticPolicy
import Foundation
import ServerTestKit
import Testing

/// `cluster`, and training that goes on from what it writes.
@Suite struct ClusterCommandTests {
  private let directory: TestDirectory

  init() throws { directory = try TestDirectory() }

  private func policy(_ path: String) throws -> Policy {
    try PolicyFile.decode(try Data(contentsOf: URL(filePath: path)))
  }

  @Test func `a policy is clustered, judged before and after, and trained on`() async throws {
    let free = "\(directory.path)/free"
    let run = SmallRun.tinyPendulum(["--policy", "unstructured"])
    try await Tool.output(run.train(into: free, evaluators: 1))
    let (source, target) = ("\(free)/policy.json", "\(directory.path)/shared.json")
    let text = try await Tool.output(
      ["cluster", source, "--partitions", "3", "--episodes", "4", "--unweighted", "-o", target])
    #expect(text.contains("before  24 weights, 960 bits  mean"), "\(text)")
    #expect(text.contains("after   3 weights,"), "\(text)")
    let shared = try policy(target)
    var expected = try policy(source).clustered(into: 3)
    expected.evaluation = shared.evaluation
    #expect(shared == expected)
    #expect(shared.evaluation?.episodes == 4)
    try await expectNothingMoves(target)

    let judged = "\(directory.path)/judged.policy.json"
    try FileManager.default.copyItem(atPath: source, toPath: judged)
    try Data("{\"mean\":1,\"mean\":2}".utf8).write(
      to: URL(fileURLWithPath: "\(directory.path)/judged.evaluation.json"))
    let refused = try await Tool.run(["pareto", judged, "-o", "\(directory.path)/no.svg"])
    try await refused.expectComplaint(
      "judged.evaluation.json is no usable evaluation: key 'mean' stands twice in line 1", code: 65)
    let figure = "\(directory.path)/pareto.svg"
    let drawn = try await Tool.output(["pareto", source, target, "-o", figure])
    #expect(drawn.hasPrefix("\(figure)  2 policies"))
    #expect(try String(contentsOfFile: figure, encoding: .utf8).contains("Pendulum-v1"))

    let more = "\(directory.path)/more"
    let settings = SmallRun.tinyPendulum(["--initial-policy", target])
    try await Tool.output(settings.train(into: more, evaluators: 2))
    let trained = try policy("\(more)/policy.json")
    #expect(trained.partition == shared.partition)
    #expect(trained.policyClass == .chromatic)
    try await Tool.output(settings.resume(in: more) + ["--initial-policy", target])
  }

  /// Where no more weights are different than may be left, the policy stays what it is.
  private func expectNothingMoves(_ source: String) async throws {
    for count in ["3", "7"] {
      let same = "\(directory.path)/same.json"
      let text = try await Tool.output(
        ["cluster", source, "--partitions", count, "--episodes", "4", "-o", same])
      let lines = text.split(separator: "\n").map { $0.dropFirst(8) }
      #expect(lines.count == 3 && lines[0] == lines[1], "\(text)")
      #expect(try policy(same).sharedWeights == policy(source).sharedWeights.sorted())
    }
    let one = try await Tool.output(
      ["cluster", source, "--partitions", "1", "--episodes", "0", "-o", "\(directory.path)/1.json"])
    #expect(one.contains("after   1 weight, ") && one.hasSuffix("1.json  1 weight\n"), "\(one)")
  }

  /// What `cluster --json` tells.
  private struct Clustered: Decodable {
    struct Judged: Decodable {
      var weights: Int
      var evaluation: Policy.Evaluation
    }

    var before: Judged
    var tried: [Judged]
  }

  @Test(arguments: [("table1-Swimmer-v5-L-40-s0", 2), ("table1-Reacher-v5-L-150-s0", 6)])
  func `the fewest weights that keep a share of the return are found from one on`(
    run: String, fewest: Int
  ) async throws {
    let raw = URL(filePath: #filePath).appending(path: "../../../docs/results/raw/table1")
    let source = raw.appending(path: "\(run).policy.json").standardized.path
    let target = "\(directory.path)/fewest.json"
    let command = ["cluster", source, "--keep", "0.9", "--episodes", "3", "-o", target]
    let json = try await Tool.output(command + ["--json"])
    #expect(try await JSONSchema(name: "cluster.json").objections(to: json) == "")
    let found = try JSONDecoder().decode(Clustered.self, from: Data(json.utf8))
    let mean = found.before.evaluation.mean
    let goal = mean - 0.1 * abs(mean)
    #expect(found.tried.map(\.weights) == Array(1...fewest))
    #expect(found.tried.map { $0.evaluation.mean >= goal }.firstIndex(of: true) == fewest - 1)
    let written = try policy(target)
    #expect(written.accounting.weights == fewest)
    #expect(written.evaluation == found.tried.last?.evaluation)
    let text = try await Tool.output(command)
    let names = text.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(
      names == ["before"] + Array(repeating: "tried", count: fewest - 1) + [
        "after", names[fewest + 1],
      ])
  }

  @Test func `a share that fewer weights do not keep leaves a policy as it is`() async throws {
    let source = "\(directory.path)/policy.json"
    try await SmallRun.reference().policy.write(to: URL(filePath: source))
    let target = "\(directory.path)/same.json"
    let text = try await Tool.output([
      "cluster", source, "--keep", "1", "--share-biases", "--episodes", "1", "-o", target,
    ])
    let ends = text.split(separator: "\n").map { $0.split(separator: " ") }
    let mean = { (words: [Substring]) in
      words.firstIndex(of: "mean").flatMap { Double(words[$0 + 1]) }
    }
    let (before, after) = (try #require(mean(ends[0])), try #require(mean(ends[ends.count - 2])))
    #expect(after >= before, "\(text)")
  }

  @Test func `what cannot be written is found before an episode is played`() async throws {
    let source = "\(directory.path)/policy.json"
    try await SmallRun.reference().policy.write(to: URL(filePath: source))
    for target in ["/nonexistent/x.json", directory.path] {
      let tool = try await Tool.run(["cluster", source, "--partitions", "2", "-o", target])
      try await tool.expectComplaint("\(target) cannot be written: ", code: 74)
      #expect(tool.output == "")
    }
    let compared = try await Tool.run(["compare", source, source, "--svg", "/nonexistent/x.svg"])
    try await compared.expectComplaint("/nonexistent/x.svg cannot be written: ", code: 74)
    let experiment = try await Tool.run([
      "experiment", "table1", "--output", "\(source)/x", "--redis", "redis://127.0.0.1:1",
    ])
    try await experiment.expectComplaint("\(source)/x cannot be made: ", code: 74)
  }

  @Test(arguments: [
    (["--partitions", "0"], "--partitions is 0, expected 1 to"),
    (["--partitions", "9999"], "--partitions is 9999, expected 1 to"),
    (["--partitions", "2", "--episodes", "-1"], "--episodes is -1, expected 0 to 1000000"),
    ([], "expected one of --partitions and --keep"),
    (["--partitions", "2", "--keep", "0.9"], "expected one of --partitions and --keep"),
    (["--keep", "0"], "--keep is 0.0, expected a number above 0, at most 1"),
    (["--keep", "nan"], "--keep is nan, expected a number above 0, at most 1"),
    (["--keep", "0.9", "--episodes", "0"], "--episodes is 0, expected at least 1 with --keep"),
  ])
  func `a mistake is one line and writes nothing`(arguments: [String], line: String) async throws {
    let source = "\(directory.path)/policy.json"
    try await SmallRun.reference().policy.write(to: URL(filePath: source))
    let target = "\(directory.path)/out.json"
    let tool = try await Tool.run(["cluster", source, "-o", target] + arguments)
    try await tool.expectComplaint(line, code: 64)
    #expect(!FileManager.default.fileExists(atPath: target))
  }
}

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

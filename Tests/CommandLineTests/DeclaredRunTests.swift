import Foundation
import ServerTestKit
import Testing

/// A robot of the user's own, from its files to a trained policy and a film of it.
@Suite struct DeclaredRunTests {
  private let directory: TestDirectory
  private let run: SmallRun

  /// A copy of the example, whose files the tests may change.
  init() throws {
    directory = try TestDirectory()
    let examples = URL(filePath: #filePath).appending(path: "../../../docs/examples").standardized
    for name in ["crawler.xml", "crawler.task.json"] {
      try FileManager.default.copyItem(
        at: examples.appending(path: name), to: URL(filePath: "\(directory.path)/\(name)"))
    }
    run = SmallRun(
      settings: [
        "--iterations", "3", "--perturbations", "6", "--pivots", "2", "--evaluations", "1",
        "--finalists", "1", "--finalist-episodes", "1", "--hidden", "6", "--partitions", "4",
        "--horizon", "60", "--seed", "3",
      ], environment: "mjcf:\(directory.path)/crawler.xml", iterations: 3)
  }

  @Test func `any number of evaluators gives the same bytes, and the files are pinned`()
    async throws
  {
    let outputs = ["\(directory.path)/one", "\(directory.path)/two"]
    try await Tool.output(run.train(into: outputs[0], evaluators: 1))
    try await Tool.output(run.train(into: outputs[1], evaluators: 2))
    #expect(try SmallRun.Outcome(in: outputs[0]) == SmallRun.Outcome(in: outputs[1]))

    let policy = "\(outputs[0])/policy.json"
    let known = try await Tool.output(["evaluate", policy, "--episodes", "1"])
    try await expectMoved(policy, known)
    try Data("{\"healthy_reward\": 9}".utf8).write(
      to: URL(filePath: "\(directory.path)/crawler.task.json"))
    for arguments in [["evaluate", policy], run.resume(in: outputs[1])] {
      let tool = try await Tool.run(arguments)
      try await tool.expectComplaint("and its task file have the digest", code: 65)
    }
  }

  /// Elsewhere the same files are found again, other files are refused.
  private func expectMoved(_ policy: String, _ known: String) async throws {
    let moved = "\(directory.path)/elsewhere"
    try FileManager.default.createDirectory(atPath: moved, withIntermediateDirectories: true)
    for name in ["crawler.xml", "crawler.task.json"] {
      try FileManager.default.copyItem(
        atPath: "\(directory.path)/\(name)", toPath: "\(moved)/\(name)")
    }
    let evaluate = ["evaluate", policy, "--episodes", "1", "--model", "\(moved)/crawler.xml"]
    let found = try await Tool.output(evaluate)
    #expect(found.drop { $0 != " " } == known.drop { $0 != " " })
    try await expectCommands(policy, ofModelIn: moved)
    try Data("{}".utf8).write(to: URL(filePath: "\(moved)/crawler.task.json"))
    let tool = try await Tool.run(evaluate)
    try await tool.expectComplaint("and its task file have the digest", code: 65)
    let other = try await Tool.run(["evaluate", Self.swimmer, "--model", "\(moved)/crawler.xml"])
    try await other.expectComplaint("acts in Swimmer-v5, expected a policy of an mjcf:", code: 64)
  }

  /// What reads a policy whose model has moved away takes `--model`, or needs none.
  private func expectCommands(_ policy: String, ofModelIn moved: String) async throws {
    let model = ["--model", "\(moved)/crawler.xml"]
    let far = "\(directory.path)/far.json"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try text.replacing("mjcf:\(directory.path)", with: "mjcf:/nowhere").write(
      toFile: far, atomically: true, encoding: .utf8)
    let hint = "where the model lies elsewhere by now, give --model FILE"
    let cluster = ["cluster", far, "--partitions", "2", "--episodes", "1", "-o", "\(far).2"]
    for arguments in [
      ["evaluate", far, "--episodes", "1"], cluster, ["compare", far, policy, "--episodes", "2"],
    ] {
      try await Tool.run(arguments).expectComplaint(hint, code: 65)
      try await Tool.output(arguments + model)
    }
    for format in ["c", "json", "python"] {
      let export = ["export", far, "--format", format]
      let alone = try await Tool.run(export)
      #expect(try await alone.ending() == .exited(code: 0) && alone.errors.contains(hint))
      let found = try await Tool.run(export + model)
      #expect(try await found.ending() == .exited(code: 0) && found.errors == "")
      #expect(found.output.contains("elsewhere"), "\(format)")
      try await Tool.run(export + ["--model", "/nowhere/else.xml"]).expectComplaint(
        "/nowhere/else.xml", code: 65)
    }
    for arguments in [
      ["inspect", far], ["analyze", far], ["inspect", "\(far).2"],
      run.train(into: "\(directory.path)/on", evaluators: 1) + ["--initial-policy", far],
    ] { try await Tool.output(arguments.filter { $0 != "--partitions" && $0 != "4" }) }
  }

  private static let swimmer =
    URL(filePath: #filePath).appending(path: "../../../docs/results/policies/Swimmer-v5-4.json")
    .standardized.path

  @Test func `environments lists what the task file may say`() async throws {
    let rows = try await Tool.output(["environments", run.environment]).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.contains(["ctrl_cost_weight", "0.02"]))
    #expect(rows.contains(["healthy_joint_ranges.pitch", "-1.0,1.0"]))
  }

  @Test func `an evaluator with other files says so, and the run goes on once they are the same`()
    async throws
  {
    let queue = try QueueUnderTest(evaluators: 0)
    try await queue.output(
      "submit", run.environment, "--name", "robot", settings: run.settings)
    let task = URL(filePath: "\(directory.path)/crawler.task.json")
    let original = try Data(contentsOf: task)
    try Data("{}".utf8).write(to: task)
    let evaluator = try queue.start("evaluator")
    _ = try await evaluator.errorLine(containing: "and its task file have the digest")
    let status = try await eventually("the evaluator's heartbeat") {
      let status = try await queue.output("status")
      return status.contains("cannot run robot") ? status : nil
    }
    #expect(status.contains("and its task file have the digest"), "\(status)")
    #expect(try queue.phase(of: "robot") == "running")
    try original.write(to: task)
    _ = try queue.start("evaluator")
    try await queue.output("watch", "robot")
    #expect(try queue.phase(of: "robot") == "finished")
  }
}

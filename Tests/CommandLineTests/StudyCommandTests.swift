import Foundation
import ServerTestKit
import Testing

/// `train` as a study: more iterations, an end at a return, and when each iteration was done.
@Suite struct StudyCommandTests {
  private static let run = SmallRun.tinyPendulum(["--controller", "factorised"])

  @Test func `a finished run goes on with more iterations, to the bytes of one that had them`()
    async throws
  {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    let more = ["--iterations", "5"]
    try await Tool.output(Self.run.train(into: output, evaluators: 2))
    let resume = Self.run.resume(in: output)
    let longer = try await Tool.output(resume + more)
    #expect(longer.contains("training     factorised controller, seed 7"))
    let whole = "\(directory.path)/whole"
    let flags = Self.run.train(into: whole, evaluators: 1)
    let place = try #require(flags.firstIndex(of: "--iterations"))
    try await Tool.output(flags.prefix(place) + more + flags.suffix(from: place + 2))
    #expect(try SmallRun.Outcome(in: output) == SmallRun.Outcome(in: whole))
    for name in ["config.json", "history.csv"] {
      #expect(try text("\(output)/\(name)") == text("\(whole)/\(name)"), "\(name)")
    }
    // Again, with as many as it has and with fewer.
    try await Tool.output(resume + more)
    #expect(try SmallRun.Outcome(in: output) == SmallRun.Outcome(in: whole))
    try await Tool.run(resume + ["--iterations", "4"]).expectComplaint(
      "--resume: --iterations is 4, expected at least the 5 of", code: 64)
    try await Tool.run(resume + more + ["--seed", "8"]).expectComplaint(
      "--resume: --seed differs", code: 64)
    try expectTimes(in: output, iterations: 5)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// A row for each iteration, each with what passed since the one before.
  private func expectTimes(in output: String, iterations: Int) throws {
    let lines = try text("\(output)/timing.csv").split(separator: "\n")
    #expect(lines[0] == "iteration,seconds,evaluations_per_second,environment_steps_per_second")
    let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(rows.map(\.first) == (0..<iterations).map(Double.init))
    #expect(rows.allSatisfy { $0.count == 4 && $0.allSatisfy { $0 >= 0 } })
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0[1] <= $1[1] })
    // 15 episodes of 50 steps.
    #expect(rows.allSatisfy { abs($0[3] / $0[2] - 50) < 1 })
  }

  @Test func `a run ends at a return, says so, and may be given more iterations`() async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    let flags = Self.run.train(into: output, evaluators: 2) + ["--stop-at-return", "-1000"]
    let printed = try await Tool.output(flags)
    #expect(printed.contains(#/stopped      at iteration 1 of 3: return −[\d.]+ ≥ −1,000.0/#))
    #expect(try text("\(output)/history.jsonl").split(separator: "\n").count == 1)
    let resumed = try await Tool.output(Self.run.resume(in: output) + ["--iterations", "4"])
    #expect(!resumed.contains("stopped"))
    #expect(try text("\(output)/history.jsonl").split(separator: "\n").count == 4)
  }

  @Test func `whatever shows a queue tells a run that was stopped from one that went to its end`()
    async throws
  {
    let queue = try QueueUnderTest()
    for (name, goal) in [("stopped", "-1000"), ("whole", "1000")] {
      try await queue.output(
        "submit", "Pendulum-v1", "--name", name, "--stop-at-return", goal,
        settings: Self.run.settings)
    }
    let watched = try await queue.output("watch", "stopped")
    let end = #/stopped at iteration 1 of 3: return −[\d.]+ ≥ −1,000.0\n/#
    #expect(watched.contains(end), "\(watched)")
    #expect(try await queue.output("watch", "whole").contains("whole is finished: 3 iterations"))
    let status = try await queue.output("status")
    #expect(status.contains("whole  finished  3/3\n"), "\(status)")
    for command in ["status", "runs"] {
      let shown = try await queue.output(command)
      #expect(shown.contains(#/stopped +finished +1/3 /#) && shown.contains(end), "\(shown)")
      let json = try await queue.output(command, "--json")
      #expect(try await JSONSchema(name: "\(command).json").objections(to: json) == "", "\(json)")
      #expect(json.contains(#/"iteration":1,"iterations":3,"iterationsLeft":0,/#), "\(json)")
      #expect(json.contains(#/"stopped":{"goal":-1000,"mean":-[\d.]+}/#), "\(json)")
      #expect(json.ranges(of: "\"stopped\":").count == 1, "\(json)")
    }
    let top = try await queue.output("top", "--looks", "1")
    #expect(top.contains(#/stopped +finished +1/3 /#) && top.contains(end), "\(top)")
    let lines = try await queue.output("watch", "stopped", "--json")
    #expect(try await JSONSchema(name: "watch.json").objections(to: lines) == "", "\(lines)")
    #expect(lines.contains(#""stopped":true"#) && lines.contains(#""iteration":1,"#), "\(lines)")
    let fetched = try await queue.output(
      "fetch", "stopped", "--output", "\(queue.directory.path)/fetched")
    #expect(fetched.contains("stopped      at iteration 1 of 3"), "\(fetched)")
  }

  @Test func `a run of a queue is restored with more iterations`() async throws {
    let queue = try QueueUnderTest()
    try await queue.output("submit", "Pendulum-v1", "--name", "a", settings: Self.run.settings)
    try await queue.output("watch", "a")
    let file = "\(queue.directory.path)/a.checkpoint"
    try await queue.output("checkpoint", "a", "-o", file)
    try await queue.run("restore", file, "--name", "b", "--iterations", "3").expectComplaint(
      "--iterations is 3, expected more than the 3 that the run has", code: 64)
    let printed = try await queue.output("restore", file, "--name", "b", "--iterations", "5")
    #expect(printed.contains("restored b, running, iteration 2 of 5"))
    try await queue.output("watch", "b")
    #expect(try queue.openStore().history(of: #require(.init("b")), from: 0).count == 5)
  }
}

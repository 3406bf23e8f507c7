import Foundation
import LocalRing
import ServerTestKit
import Testing

/// `chromatic train` from its first to its last line: the same result for any ring.
@Suite(.serialized) struct WholeRingTests {
  @Test(arguments: [1, 2, 5])
  func `any number of evaluators gives the same bytes, and every file is there`(
    evaluators: Int
  ) async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    let printed = try await Tool.output(
      SmallRun.pendulum.train(into: output, evaluators: evaluators))
    #expect(try await SmallRun.Outcome(in: output) == SmallRun.reference())
    for name in [
      "policy.json", "history.jsonl", "config.json", "learning-curve.svg", "partition.svg",
    ] {
      let size = FileManager.default.contents(atPath: "\(output)/\(name)")?.count ?? 0
      #expect(size > 100, "\(name)")
    }
    #expect(printed.contains("chromatic evaluate \(output)/policy.json"))
    let left = try FileManager.default.subpathsOfDirectory(atPath: output)
    #expect(!left.contains { $0.hasSuffix(".partial") || $0.hasSuffix(".sock") }, "\(left)")
  }

  @Test func `the history has one line for each iteration, in order`() async throws {
    struct Line: Decodable { var iteration: Int }
    let history = try await SmallRun.reference().history
    let lines = try history.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Line.self, from: Data($0)).iteration
    }
    #expect(lines == Array(0..<SmallRun.pendulum.iterations))
  }

  @Test func `an evaluator started by hand half-way takes part and changes nothing`() async throws {
    let ring = try LiveRing(evaluators: 1)
    try await ring.hold(at: .file("history.jsonl"))
    let own = try #require(ring.processes(of: "evaluator").first)
    // The ring's own evaluator rests until the other one has done something.
    ring.go(except: [own])
    let line = try await ring.tool.errorLine(containing: "redis unix://")
    let url = try #require(line.split(separator: " ").last.map(String.init))
    let other = try Tool(
      ["--redis", url, "--log-level", "trace"], name: "chromatic-evaluator")
    _ = try await other.errorLine(containing: "evaluated")
    ring.go()
    #expect(try await ring.tool.ending() == .exited(code: 0), "\(ring.tool.errors)")
    #expect(try await SmallRun.Outcome(in: ring.output) == SmallRun.reference())
    other.send(signal: SIGTERM)
    _ = try await other.ending(within: 20)
  }

  @Test func `HalfCheetah gives the same bytes for one and three evaluators`() async throws {
    let directory = try TestDirectory()
    var outcomes: [SmallRun.Outcome] = []
    for evaluators in [1, 3] {
      let output = "\(directory.path)/\(evaluators)"
      try await Tool.output(SmallRun.halfCheetah.train(into: output, evaluators: evaluators))
      outcomes.append(try SmallRun.Outcome(in: output))
    }
    #expect(outcomes[0] == outcomes[1])
  }

  @Test func `another seed gives another policy`() async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    let run = SmallRun.pendulum
    let settings = run.settings.dropLast() + ["8"]
    try await Tool.output(["train", run.environment, "--output", output] + settings)
    let outcome = try SmallRun.Outcome(in: output)
    let reference = try await SmallRun.reference()
    #expect(outcome.policy != reference.policy)
    #expect(outcome.history != reference.history)
  }
}

import Foundation
import ServerTestKit
import Testing

/// `train --keep-policies`: the best policy after some iterations, which has no say in the run.
@Suite struct KeptPolicyTests {
  private struct Kept: Decodable {
    struct Training: Decodable { var iteration: Int }
    struct Evaluation: Decodable { var mean: Double }
    var training: Training
    var evaluation: Evaluation
  }

  private struct Entry: Decodable {
    var iteration: Int
    var proposal: Double
  }

  private let run = SmallRun.longPendulum

  private func data(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  /// The iterations of which `output` holds a policy, each of which has to be the best proposal so far, the
  /// earlier of equals.
  private func keptIterations(in output: String) throws -> [Int] {
    let entries = try data("\(output)/history.jsonl").split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Entry.self, from: Data($0))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(output)/policies").sorted()
    return try names.map { name in
      let iteration = try #require(Int(name.prefix(6)))
      let kept = try JSONDecoder().decode(Kept.self, from: data("\(output)/policies/\(name)"))
      let seen = entries.filter { $0.iteration <= iteration }
      let best = try #require(seen.map(\.proposal).max())
      #expect(kept.evaluation.mean == best, "\(name)")
      #expect(kept.training.iteration == seen.first { $0.proposal == best }?.iteration, "\(name)")
      return iteration
    }
  }

  @Test func `the best policies of a run are kept, and change nothing of it`() async throws {
    let directory = try TestDirectory()
    let (every, none) = ("\(directory.path)/every", "\(directory.path)/none")
    try await Tool.output(run.train(into: every, evaluators: 1) + ["--keep-policies", "7"])
    try await Tool.output(run.train(into: none, evaluators: 2) + ["--keep-policies", "0"])
    #expect(try SmallRun.Outcome(in: every) == SmallRun.Outcome(in: none))
    #expect(try data("\(every)/config.json") == data("\(none)/config.json"))
    #expect(!FileManager.default.fileExists(atPath: "\(none)/policies"))
    let kept = try keptIterations(in: every)
    #expect(kept.count > 3 && kept.last == 59)
    #expect(kept.allSatisfy { $0.isMultiple(of: 7) || $0 == 59 })
    // A look that comes late leaves out what it cannot know, and keeps nothing wrong.
    try await Tool.output(run.resume(in: none) + ["--keep-policies", "1"])
    let late = try keptIterations(in: none)
    #expect(late.last == 59 && late.count < 60)
  }

  @Test func `by default about twenty are kept`() async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    try await Tool.output(run.train(into: output, evaluators: 2))
    let kept = try keptIterations(in: output)
    #expect((10...21).contains(kept.count))
    #expect(kept.allSatisfy { $0.isMultiple(of: 3) || $0 == 59 })
  }

  @Test func `a negative number is refused before anything is made`() async throws {
    let directory = try TestDirectory()
    let output = "\(directory.path)/run"
    let tool = try await Tool.run(
      run.train(into: output, evaluators: 1) + ["--keep-policies", "-1"])
    try await tool.expectComplaint("--keep-policies is -1, expected 0 or more", code: 64)
    #expect(!FileManager.default.fileExists(atPath: output))
  }
}

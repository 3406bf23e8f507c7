import Foundation
import ServerTestKit
import Testing

/// `analyze` on policies, histories and directories of runs.
@Suite struct AnalyzeCommandTests {
  private struct Report: Decodable {
    struct Structure: Decodable {
      var policy: String
      var classSizes: [Int]
    }
    struct History: Decodable {
      struct Entry: Decodable {
        var iteration: Int
        var entropy: Double?
      }
      var history: String
      var startingEntropy: Double?
      var halfEntropyIteration: Int?
      var entries: [Entry]
    }
    struct Distances: Decodable { var variationOfInformation: [[Double]] }
    var policies: [Structure]
    var distances: Distances?
    var histories: [History]
  }

  private let directory: TestDirectory
  private let run: String

  init() async throws {
    directory = try TestDirectory()
    run = "\(directory.path)/run"
    try await SmallRun.reference().write(into: run)
  }

  private func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(fileURLWithPath: "\(directory.path)/\(name)"))
  }

  private func line(_ iteration: Int, entropy: Double?) -> String {
    let known = entropy.map { "\"entropy\":\($0)," } ?? ""
    return """
      {\(known)"environmentSteps":1,"failed":0,"iteration":\(iteration),"mean":-2.5,\
      "parameterNorm":1,"searchStep":false}

      """
  }

  /// The path of a history with the given entropies.
  private func history(_ entropies: [Double?], name: String = "a.history.jsonl") throws -> String {
    let lines = entropies.enumerated().map { line($0, entropy: $1) }
    try write(Data(lines.joined().utf8), to: name)
    return "\(directory.path)/\(name)"
  }

  private func report(_ paths: String...) async throws -> Report {
    let text = try await Tool.output(["analyze", "--json"] + paths)
    return try JSONDecoder().decode(Report.self, from: Data(text.utf8))
  }

  @Test func `a run's directory is its policy and its history`() async throws {
    let found = try await report(run + "/")
    #expect(found.policies.map(\.policy) == ["\(run)/policy.json"])
    #expect(found.policies[0].classSizes.reduce(0, +) == 32)
    #expect(found.distances == nil)
    #expect(found.histories.map(\.history) == ["\(run)/history.jsonl"])
    let entries = found.histories[0].entries
    #expect(entries.map(\.iteration) == Array(0..<SmallRun.pendulum.iterations))
    #expect(found.histories[0].startingEntropy == entries[0].entropy)
    #expect(entries[0].entropy ?? 0 > 0.5)
  }

  @Test func `runs that cannot be compared, and one that is not over, are told all the same`()
    async throws
  {
    let going = "\(directory.path)/going"
    try FileManager.default.createDirectory(atPath: going, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(run)/history.jsonl", toPath: "\(going)/history.jsonl")
    let other =
      URL(filePath: #filePath).appending(path: "../../../docs/results/policies/Swimmer-v5-2.json")
      .standardized.path
    let found = try await report(run, going, other)
    #expect(found.policies.count == 2 && found.histories.count == 2 && found.distances == nil)
    let said = try await Tool.output(["analyze", run, going, other])
    #expect(said.contains("not compared: \(other) has layers 8-2"), "\(said)")
    let svg = try await Tool.run(["analyze", run, other, "--svg", "\(directory.path)/d.svg"])
    try await svg.expectComplaint("only partitions of equal dimensions are compared", code: 65)
  }

  @Test(arguments: [
    (["--pdf"], "--pdf is for --figures DIRECTORY"),
    (["--every", "3"], "--every is for --partition-film FILE"),
  ])
  func `a flag without the one it is of is refused`(flags: [String], line: String) async throws {
    try await Tool.run(["analyze", run] + flags).expectComplaint(line, code: 64)
  }

  @Test func `two runs are compared`() async throws {
    let found = try await report(run, "\(run)/policy.json")
    #expect(found.policies.count == 2 && found.histories.count == 1)
    let distances = try #require(found.distances?.variationOfInformation)
    #expect(distances.count == 2 && abs(distances[0][1]) < 1e-12)
  }

  @Test func `the first iteration below half of the starting entropy is named`() async throws {
    let path = try history([nil, 2.4, 1.9, 1.2, 1.1, 0.4])
    let found = try await report(path)
    #expect(found.policies.isEmpty)
    #expect(found.histories[0].startingEntropy == 2.4)
    #expect(found.histories[0].halfEntropyIteration == 4)
    let text = try await Tool.output(["analyze", path])
    #expect(
      text.contains(
        "entropy first fell below half of its start, 2.40 nats per edge, at iteration 4"))
    let rows = text.split(separator: "\n").map { $0.split(whereSeparator: { $0 == " " }) }
    #expect(rows.contains { $0 == ["2", "1.90", "–", "–", "-2.50", "–"] })
  }

  @Test func `a long history is shown at eight iterations, the first and the last among them`()
    async throws
  {
    let path = try history((0..<100).map { $0 == 0 ? nil : 2 })
    let rows = try await Tool.output(["analyze", path]).split(separator: "\n")
    let iterations = rows.compactMap { Int($0.prefix { $0 != " " }) }
    #expect(iterations == [0, 14, 28, 42, 56, 70, 84, 99])
    #expect(rows.last == "entropy did not fall below half of its start, 2.00 nats per edge")
  }

  @Test func `every figure that the arguments allow is written`() async throws {
    let figures = "\(directory.path)/figures/all"
    let other = try history([nil, 2, 1], name: "other.history.jsonl")
    let printed = try await Tool.output([
      "analyze", run, "\(run)/policy.json", other, "--figures", figures,
    ])
    let names = ["class-sizes.svg", "distances.svg", "entropy.svg"]
    #expect(try FileManager.default.contentsOfDirectory(atPath: figures).sorted() == names)
    #expect(names.allSatisfy { printed.contains("\(figures)/\($0)") })
    let entropy = try String(contentsOfFile: "\(figures)/entropy.svg", encoding: .utf8)
    #expect(entropy.contains(">run</text>") && entropy.contains(">other</text>"))
    try await Tool.output(["analyze", "\(run)/policy.json", "--figures", "\(figures)/one"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(figures)/one") == ["class-sizes.svg"])
  }

  @Test func `figures are written as PDF, too, where that is asked for`() async throws {
    let figures = "\(directory.path)/figures"
    try await Tool.output(["analyze", "\(run)/policy.json", "--figures", figures, "--pdf"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: figures).sorted()
        == ["class-sizes.pdf", "class-sizes.svg"])
    let pdf = try #require(FileManager.default.contents(atPath: "\(figures)/class-sizes.pdf"))
    #expect(pdf.starts(with: Data("%PDF".utf8)))
  }

  @Test func `a damaged history is named with its line`() async throws {
    for (text, complaint) in [
      (line(0, entropy: nil) + "{}\n", "line 2: expected an iteration of a run's history"),
      (line(0, entropy: nil) + "\n" + line(1, entropy: 1), "line 2: expected an iteration"),
      (String(line(0, entropy: nil).dropLast(9)), "line 1: expected an iteration"),
      (
        line(0, entropy: nil).replacing("{", with: "{\"mean\":1,\"mean\":2,"),
        "line 1: key 'mean' stands twice: leave one of them"
      ),
      (line(3, entropy: 1) + line(3, entropy: 1), "line 2: expected an iteration after 3, found 3"),
      ("", "is empty: expected a run's history"),
    ] {
      try write(Data(text.utf8), to: "run/history.jsonl")
      let tool = try await Tool.run(["analyze", run])
      try await tool.expectComplaint(complaint, code: 65)
      #expect(tool.complaints.first?.contains("\(run)/history.jsonl") == true)
      #expect(tool.output.isEmpty)
    }
  }

  @Test func `what is not there is said`() async throws {
    let empty = try await Tool.run(["analyze", directory.path])
    try await empty.expectComplaint(
      "\(directory.path) has neither policy.json nor history.jsonl: expected", code: 65)
    let missing = try await Tool.run(["analyze", "\(run)/missing.jsonl"])
    try await missing.expectComplaint("missing.jsonl cannot be read: expected a run's", code: 65)
    try FileManager.default.removeItem(atPath: "\(run)/history.jsonl")
    let unfinished = try await Tool.run(["analyze", run])
    try await unfinished.expectComplaint(
      "/history.jsonl cannot be read: expected a run's history such as train's history.jsonl (No such file",
      code: 65)
  }

  @Test func `figures without anything to draw are refused`() async throws {
    let path = try history([nil, nil])
    let tool = try await Tool.run(["analyze", path, "--figures", "\(directory.path)/figures"])
    try await tool.expectComplaint("--figures has nothing to draw", code: 64)
    #expect(!FileManager.default.fileExists(atPath: "\(directory.path)/figures"))
    let one = try await Tool.run(["analyze", run, "--svg", "\(directory.path)/distances.svg"])
    try await one.expectComplaint("--svg draws distances between policies", code: 64)
  }
}

import Foundation
import LocalRing
import ServerTestKit
import Testing

/// docs/results: what is shown is what the raw runs give.
@Suite struct KeptResultsTests {
  private static let docs = URL(filePath: #filePath).appending(path: "../../../docs").standardized

  private struct Judgement: Decodable {
    var episodes: Int
    var mean: Double
    var std: Double
  }

  /// What a policy returned over 100 episodes; `path` is its file's, below docs/results.
  private static func judgement(of path: String) throws -> Judgement {
    let stem = path.replacing(/(\.policy)?\.json$/, with: "")
    let file = stem.hasPrefix("raw/") ? stem : "raw/\(stem)"
    let url = docs.appending(path: "results/\(file).evaluation.json")
    return try JSONDecoder().decode(Judgement.self, from: Data(contentsOf: url))
  }

  private static func number(_ text: Substring) -> Double? {
    Double(text.replacing("−", with: "-").replacing(",", with: ""))
  }

  @Test func `the returns of policies that stand behind a link are those they were judged by`()
    throws
  {
    let page = Self.docs.appending(path: "results/README.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let rows = text.matches(
      of: /\| (?<mean>[−0-9,]+) ± (?<std>[0-9]+)[^|]*\| \[[^\]]+\]\((?<path>[^)]+\.json)\) \|/)
    #expect(rows.count > 15)
    for row in rows.map(\.output) {
      let judged = try Self.judgement(of: String(row.path))
      #expect(judged.episodes == 100, "\(row.path)")
      #expect(judged.mean.rounded() == Self.number(row.mean), "\(row.path)")
      #expect(judged.std.rounded() == Self.number(row.std), "\(row.path)")
    }
    let policies = try FileManager.default.contentsOfDirectory(
      atPath: Self.docs.appending(path: "results/policies").path
    ).filter { $0.hasSuffix(".json") }
    for policy in policies {
      #expect(rows.contains { $0.output.path == "policies/\(policy)" }, "no row has \(policy)")
    }
  }

  @Test func `a kept policy returns what it was judged by`() async throws {
    let policy = "policies/Swimmer-v5-2.json"
    let said = try await Tool.output([
      "evaluate", Self.docs.appending(path: "results/\(policy)").path, "--episodes", "100",
      "--seed", "1000", "--json",
    ])
    let now = try JSONDecoder().decode(Judgement.self, from: Data(said.utf8))
    let judged = try Self.judgement(of: policy)
    #expect(now.mean == judged.mean && now.std == judged.std)
  }

  /// The files that `docs/results/tables` writes, by their path below docs.
  private static func made(in docs: URL) throws -> [String] {
    let results = try FileManager.default.subpathsOfDirectory(
      atPath: docs.appending(path: "results").path
    ).filter { path in
      [".svg", ".csv", ".md"].contains { path.hasSuffix($0) } && path != "README.md"
        && !path.hasPrefix("raw/")
    }
    return results.map { "results/\($0)" }.sorted() + ["images/pareto.svg"]
  }

  @Test func `tables and figures are those of the raw runs`() async throws {
    let directory = try TestDirectory()
    let copy = URL(filePath: "\(directory.path)/docs")
    let names = try Self.made(in: Self.docs)
    #expect(names.count > 40)
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for folder in ["images", "results"] {
      try FileManager.default.copyItem(
        at: Self.docs.appending(path: folder), to: copy.appending(path: folder))
    }
    for name in names { try FileManager.default.removeItem(at: copy.appending(path: name)) }
    let log = "\(directory.path)/log"
    let process = try ServiceProcess(
      "bash", arguments: ["\(copy.path)/results/tables", "\(Tool.products)/chromatic"], log: log,
      executablesIn: "/bin")
    let ending = try await eventually("the end of the tables", within: 400) { process.ending }
    let said = try String(contentsOfFile: log, encoding: .utf8)
    #expect(ending == .exited(code: 0), "\(said)")
    #expect(try Self.made(in: copy) == names)
    for name in names {
      let files = [Self.docs, copy].map { try? Data(contentsOf: $0.appending(path: name)) }
      #expect(files[0] == files[1], "docs/\(name) is not what docs/results/tables makes")
    }
  }
}

import Foundation
import LocalRing
import ServerTestKit
import Testing

/// docs/results: what is shown is what the raw runs give.
@Suite struct KeptResultsTests {
  @Test func `the returns of policies that stand behind a link are those they were judged by`()
    throws
  {
    let page = KeptResults.docs.appending(path: "results/README.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let rows = text.matches(
      of: /\| (?<mean>[−0-9,]+) ± (?<std>[0-9]+)[^|]*\| \[[^\]]+\]\((?<path>[^)]+\.json)\) \|/)
    #expect(rows.count > 15)
    for row in rows.map(\.output) {
      let judged = try KeptResults.judgement(of: String(row.path))
      #expect(judged.episodes == 100, "\(row.path)")
      #expect(judged.mean.rounded() == KeptResults.number(row.mean), "\(row.path)")
      #expect(judged.std.rounded() == KeptResults.number(row.std), "\(row.path)")
    }
    let policies = try FileManager.default.contentsOfDirectory(
      atPath: KeptResults.docs.appending(path: "results/policies").path
    ).filter { $0.hasSuffix(".json") }
    for policy in policies {
      #expect(rows.contains { $0.output.path == "policies/\(policy)" }, "no row has \(policy)")
    }
  }

  @Test func `the numbers of Table 1 are those of its runs`() throws {
    let runs = try KeptResults.values(in: "table1/table1.csv")
    let table = try KeptResults.table(below: "Table 1", with: "H41,H41")
    for row in table.rows {
      let environment = try #require(row[0].split { " ,".contains($0) }.first)
      for (cell, series) in zip(row.dropFirst(), ["L", "H41", "H41-H41"]) {
        let values = runs[[String(environment), series]] ?? []
        #expect(
          cell
            == (values.isEmpty
              ? "–" : values.map { KeptResults.shown($0) }.joined(separator: ", ")),
          "\(environment), \(series)")
      }
    }
    #expect(table.rows.count == 10)
  }

  @Test func `the numbers of Table 2 are those of its runs`() throws {
    let runs = try KeptResults.values(in: "table2/table2.csv")
    let table = try KeptResults.table(below: "Table 2", with: "Walker2d-v5")
    let papers = try KeptResults.values(of: "paper_reward", in: "table2/table2.csv")
    let environments = table.head.dropFirst()
    for row in table.rows.dropLast() {
      for (cell, environment) in zip(row.dropFirst(), environments) {
        let values = try #require(runs[[environment, row[0]]])
        let paper = papers[[environment, row[0]]]?.first.map {
          " (" + KeptResults.shown($0, wholeFrom: 0) + ")"
        }
        #expect(
          cell == KeptResults.shown(meanOf: values) + (paper ?? ""), "\(environment), \(row[0])")
      }
    }
    let counts = zip(try #require(table.rows.last).dropFirst(), environments)
    for (cell, environment) in counts {
      let seeds = runs.filter { $0.key[0] == environment }.map(\.value.count)
      let (least, most) = (seeds.min() ?? 0, seeds.max() ?? 0)
      #expect(cell == (least == most ? "\(least)" : "\(least) to \(most)"), "\(environment)")
    }
    #expect(table.rows.count == 8 && environments.count == 4)
  }

  /// What `cluster --keep --json` said of a policy.
  private struct Clustered: Decodable {
    struct Judged: Decodable {
      var weights: Int
      var evaluation: KeptResults.Judgement
    }

    var before: Judged
    var tried: [Judged]
  }

  private static func clustered(_ file: String) throws -> Clustered {
    let url = KeptResults.docs.appending(path: "results/fewest/\(file)")
    return try JSONDecoder().decode(Clustered.self, from: Data(contentsOf: url))
  }

  @Test func `the fewest weights are those that were found`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: KeptResults.docs.appending(path: "results/fewest").path)
    let runs = try KeptResults.values(in: "table1/table1.csv")
    let table = try KeptResults.table(below: "Fewest weights", with: "L, of 8").rows
    for row in table {
      for (cell, series) in zip(row.dropFirst(), ["L", "H41", "H41-H41"]) {
        let shown = try (0...1).flatMap { seed in
          try files.filter {
            $0.wholeMatch(of: /table1-(.+-v[0-9])-(L|H41|H41-H41)-[0-9]+-s([0-9])\.json/).map {
              $0.1 == row[0] && $0.2 == series && $0.3 == "\(seed)"
            } ?? false
          }.map { file -> String in
            let found = try Self.clustered(file)
            #expect(runs[[row[0], series]]?[seed] == found.before.evaluation.mean, "\(file)")
            let last = try #require(found.tried.last)
            return "\(last.weights): \(KeptResults.shown(last.evaluation.mean))"
          }
        }
        #expect(
          cell == (shown.isEmpty ? "–" : shown.joined(separator: ", ")), "\(row[0]), \(series)")
      }
    }
    #expect(table.count == 10)
    let kept = try KeptResults.table(below: "Fewest weights", with: "fewest: return").rows
    for row in kept {
      let name = try #require(row[0].firstMatch(of: /\[(.+)\]/)).1
      let found = try Self.clustered("\(name).json")
      let last = found.tried.suffix(2)
      let (less, fewest) = (try #require(last.first), try #require(last.last))
      #expect(
        Array(row.dropFirst()) == [
          KeptResults.shown(found.before.evaluation.mean),
          "\(fewest.weights): \(KeptResults.shown(fewest.evaluation.mean))",
          KeptResults.shown(less.evaluation.mean),
        ], "\(name)")
    }
    #expect(kept.count == 5)
  }

  @Test func `a kept policy returns what it was judged by`() async throws {
    let policy = "policies/Swimmer-v5-2.json"
    let said = try await Tool.output([
      "evaluate", KeptResults.docs.appending(path: "results/\(policy)").path, "--episodes", "100",
      "--seed", "1000", "--json",
    ])
    let now = try JSONDecoder().decode(KeptResults.Judgement.self, from: Data(said.utf8))
    let judged = try KeptResults.judgement(of: policy)
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
    let names = try Self.made(in: KeptResults.docs)
    #expect(names.count > 40)
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for folder in ["images", "results"] {
      try FileManager.default.copyItem(
        at: KeptResults.docs.appending(path: folder), to: copy.appending(path: folder))
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
      let files = [KeptResults.docs, copy].map { try? Data(contentsOf: $0.appending(path: name)) }
      #expect(files[0] == files[1], "docs/\(name) is not what docs/results/tables makes")
    }
  }
}

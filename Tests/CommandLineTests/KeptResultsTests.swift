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

  /// The page of results, and the table below a heading of it whose head has `column`: rows of trimmed cells.
  private static func table(below heading: String, with column: String) throws -> [[String]] {
    let page = try String(
      contentsOf: docs.appending(path: "results/README.md"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "\n## \(heading)").dropFirst().first)
    let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
    let head = try #require(lines.firstIndex { $0.hasPrefix("|") && $0.contains("| \(column) |") })
    return lines[head...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// A return as the page shows it: whole from a hundred on.
  private static func shown(_ value: Double) -> String {
    let digits = value.magnitude < 100 ? 1 : 0
    let number = value.magnitude.formatted(
      .number.precision(.fractionLength(digits)).locale(Locale(identifier: "en_US")))
    return (value < 0 ? "−" : "") + number
  }

  /// Mean and deviation over seeds, as the page shows them.
  private static func shown(meanOf values: [Double]) -> String {
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.count > 1 else { return shown(mean) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot().rounded()
    return "\(shown(mean)) ± \(deviation.formatted(.number.locale(Locale(identifier: "en_US"))))"
  }

  /// The judged returns of an experiment's runs by environment and series, in the order of their seeds.
  private static func returns(in csv: String) throws -> [[String]: [Double]] {
    let text = try String(contentsOf: docs.appending(path: "results/\(csv)"), encoding: .utf8)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let column = try #require(rows[0].firstIndex(of: "return"))
    return rows.dropFirst().reduce(into: [:]) { found, row in
      Double(row[column]).map { found[[row[0], row[1]], default: []].append($0) }
    }
  }

  @Test func `the numbers of Table 1 are those of its runs`() throws {
    let runs = try Self.returns(in: "table1/table1.csv")
    let table = try Self.table(below: "Table 1", with: "H41,H41")
    for row in table.dropFirst(2) {
      let environment = try #require(row[0].split { " ,".contains($0) }.first)
      for (cell, series) in zip(row.dropFirst(), ["L", "H41", "H41-H41"]) {
        let values = runs[[String(environment), series]] ?? []
        #expect(
          cell == (values.isEmpty ? "–" : values.map(Self.shown).joined(separator: ", ")),
          "\(environment), \(series)")
      }
    }
    #expect(table.count == 12)
  }

  @Test func `the numbers of Table 2 are those of its runs`() throws {
    let runs = try Self.returns(in: "table2/table2.csv")
    let table = try Self.table(below: "Table 2", with: "Walker2d-v5")
    let environments = table[0].dropFirst()
    for row in table.dropFirst(2).dropLast() {
      for (cell, environment) in zip(row.dropFirst(), environments) {
        let values = try #require(runs[[environment, row[0]]])
        #expect(
          cell.replacing(/\ \([−0-9,]+\)$/, with: "") == Self.shown(meanOf: values),
          "\(environment), \(row[0])")
      }
    }
    let counts = zip(try #require(table.last).dropFirst(), environments)
    for (cell, environment) in counts {
      let seeds = runs.filter { $0.key[0] == environment }.map(\.value.count)
      let (least, most) = (seeds.min() ?? 0, seeds.max() ?? 0)
      #expect(cell == (least == most ? "\(least)" : "\(least) to \(most)"), "\(environment)")
    }
    #expect(table.count == 10)
  }

  /// By the first cell of its row, the names of a row's runs below raw/clustering but for the seed.
  private static let clusters = [
    "HalfCheetah-v5, 17 weights": "HalfCheetah-v5-17",
    "HalfCheetah-v5, 4 weights": "HalfCheetah-v5-4",
    "Walker2d-v5, 17 weights, 120 iterations": "Walker2d-v5-17",
    "Walker2d-v5, 17 weights, 120 iterations, `--alive-shift 0.9`": "Walker2d-v5-17-alive-0.9",
    "Walker2d-v5, 17 weights, 200 iterations": "Walker2d-v5-17-200-iterations",
    "Hopper-v5, 11 weights, 90 iterations": "Hopper-v5-11-90-iterations",
    "Hopper-v5, 11 weights, 120 iterations": "Hopper-v5-11-120-iterations",
    "Hopper-v5, 11 weights, 120 iterations of 160 perturbations": "Hopper-v5-11-160-perturbations",
  ]

  @Test func `means over seeds are those of the runs`() throws {
    var known = Set(try Self.returns(in: "table2/table2.csv").values.map(Self.shown(meanOf:)))
    let table = try Self.table(below: "Clusters of latent weights", with: "seed 0")
    for row in table.dropFirst(2) {
      let name = try #require(Self.clusters[row[0]], "\(row[0])")
      var values: [Double] = []
      for (seed, cell) in row[1...5].enumerated() where !cell.isEmpty {
        values.append(try Self.judgement(of: "raw/clustering/\(name)-s\(seed).json").mean)
        #expect(values.last.map(Self.shown) == cell, "\(name), seed \(seed)")
      }
      if !row[6].isEmpty { #expect(row[6] == Self.shown(meanOf: values), "\(name)") }
      known.insert(Self.shown(meanOf: values))
    }
    for others in [
      "reinforce/HalfCheetah-v5-paper",
      "table2/Walker2d-v5/table2-Walker2d-v5-clusteredafterwards-alive-1-120",
    ] {
      let means = try (0...2).map { try Self.judgement(of: "raw/\(others)-s\($0).json").mean }
      known.insert(Self.shown(meanOf: means))
    }
    let means = try Self.table(below: "Against the paper", with: "kept").dropFirst(2).flatMap {
      $0[2].matches(of: /−?[0-9,]+ ± [0-9]+(?:,[0-9]{3})*/).map { String($0.output) }
    }
    #expect(means.count > 6)
    for mean in means { #expect(known.contains(mean), "\(mean) is of no runs") }
  }

  /// What `cluster --keep --json` said of a policy.
  private struct Clustered: Decodable {
    struct Judged: Decodable {
      var weights: Int
      var evaluation: Judgement
    }

    var before: Judged
    var tried: [Judged]
  }

  private static func clustered(_ file: String) throws -> Clustered {
    let url = docs.appending(path: "results/fewest/\(file)")
    return try JSONDecoder().decode(Clustered.self, from: Data(contentsOf: url))
  }

  @Test func `the fewest weights are those that were found`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.docs.appending(path: "results/fewest").path)
    let runs = try Self.returns(in: "table1/table1.csv")
    let table = try Self.table(below: "Fewest weights", with: "L, of 8").dropFirst(2)
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
            return "\(last.weights): \(Self.shown(last.evaluation.mean))"
          }
        }
        #expect(
          cell == (shown.isEmpty ? "–" : shown.joined(separator: ", ")), "\(row[0]), \(series)")
      }
    }
    #expect(table.count == 10)
    let kept = try Self.table(below: "Fewest weights", with: "one less").dropFirst(2)
    for row in kept {
      let name = try #require(row[0].firstMatch(of: /\[(.+)\]/)).1
      let found = try Self.clustered("\(name).json")
      let last = found.tried.suffix(2)
      let (less, fewest) = (try #require(last.first), try #require(last.last))
      #expect(
        Array(row.dropFirst()) == [
          Self.shown(found.before.evaluation.mean),
          "\(fewest.weights): \(Self.shown(fewest.evaluation.mean))",
          Self.shown(less.evaluation.mean),
        ], "\(name)")
    }
    #expect(kept.count == 5)
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

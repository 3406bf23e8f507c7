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

  /// The first table below a heading of a page whose head has `column`: its head, then its rows, as trimmed
  /// cells, of which every row has as many.
  private static func table(
    of page: String = "results/README.md", below heading: String? = nil, with column: String
  ) throws -> (head: [String], rows: [[String]]) {
    var text = try String(contentsOf: docs.appending(path: page).standardized, encoding: .utf8)
    if let heading {
      text = try #require(text.components(separatedBy: "\n## \(heading)").dropFirst().first)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("|") && $0.contains("| \(column) |") })
    let cells = lines[start...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(cells.allSatisfy { $0.count == cells[0].count }, "\(heading ?? page)")
    return (cells[0], Array(cells.dropFirst(2)))
  }

  /// A return as the page shows it: whole from a hundred on.
  private static func shown(_ value: Double, wholeFrom bound: Double = 100) -> String {
    let digits = value.magnitude < bound ? 1 : 0
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
  private static func values(
    of name: String = "return", in csv: String
  ) throws -> [[String]: [Double]] {
    let text = try String(contentsOf: docs.appending(path: "results/\(csv)"), encoding: .utf8)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let column = try #require(rows[0].firstIndex(of: name))
    return rows.dropFirst().reduce(into: [:]) { found, row in
      Double(row[column]).map { found[[row[0], row[1]], default: []].append($0) }
    }
  }

  @Test func `the numbers of Table 1 are those of its runs`() throws {
    let runs = try Self.values(in: "table1/table1.csv")
    let table = try Self.table(below: "Table 1", with: "H41,H41")
    for row in table.rows {
      let environment = try #require(row[0].split { " ,".contains($0) }.first)
      for (cell, series) in zip(row.dropFirst(), ["L", "H41", "H41-H41"]) {
        let values = runs[[String(environment), series]] ?? []
        #expect(
          cell == (values.isEmpty ? "–" : values.map { Self.shown($0) }.joined(separator: ", ")),
          "\(environment), \(series)")
      }
    }
    #expect(table.rows.count == 10)
  }

  @Test func `the numbers of Table 2 are those of its runs`() throws {
    let runs = try Self.values(in: "table2/table2.csv")
    let table = try Self.table(below: "Table 2", with: "Walker2d-v5")
    let papers = try Self.values(of: "paper_reward", in: "table2/table2.csv")
    let environments = table.head.dropFirst()
    for row in table.rows.dropLast() {
      for (cell, environment) in zip(row.dropFirst(), environments) {
        let values = try #require(runs[[environment, row[0]]])
        let paper = papers[[environment, row[0]]]?.first.map {
          " (" + Self.shown($0, wholeFrom: 0) + ")"
        }
        #expect(cell == Self.shown(meanOf: values) + (paper ?? ""), "\(environment), \(row[0])")
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

  /// By the first cell of its row, the names of a row's runs below raw/clustering but for the seed.
  private static let clusters = [
    "HalfCheetah-v5, 17 weights": "HalfCheetah-v5-17",
    "HalfCheetah-v5, 4 weights": "HalfCheetah-v5-4",
    "HalfCheetah-v5, 3 weights": "HalfCheetah-v5-3",
    "HalfCheetah-v5, 17 numbers in all, `--share-biases`": "HalfCheetah-v5-17-shared-biases",
    "Swimmer-v5, linear, 3 weights, 40 iterations": "Swimmer-v5-linear-3",
    "Swimmer-v5, linear, 2 weights, 40 iterations": "Swimmer-v5-linear-2",
    "Walker2d-v5, 17 weights, 120 iterations": "Walker2d-v5-17",
    "Walker2d-v5, 17 weights, 120 iterations, `--alive-shift 0.9`": "Walker2d-v5-17-alive-0.9",
    "Walker2d-v5, 17 weights, 200 iterations": "Walker2d-v5-17-200-iterations",
    "Hopper-v5, 11 weights, 90 iterations": "Hopper-v5-11-90-iterations",
    "Hopper-v5, 11 weights, 120 iterations": "Hopper-v5-11-120-iterations",
    "Hopper-v5, 11 weights, 120 iterations of 160 perturbations": "Hopper-v5-11-160-perturbations",
  ]

  @Test func `every seed of clusters of latents is shown, and the mean of all`() throws {
    try Self.expectSeeds(
      in: Self.table(below: "Clusters of latent weights", with: "seed 0").rows, of: Self.clusters,
      // The best of four short starts stands in a paragraph of its own.
      but: "Walker2d-v5-17-200-iterations-s4")
  }

  /// As `clusters`, of policies that were trained with more weights.
  private static let fewer = [
    "17, from the start | 100": "HalfCheetah-v5-17",
    "17, from the start | 160": "HalfCheetah-v5-17-160-iterations",
    "4, from the start | 100": "HalfCheetah-v5-4",
    "4, from the start | 160": "HalfCheetah-v5-4-160-iterations",
    "4, at once | 160": "HalfCheetah-v5-17-to-4-at-once",
    "4, by way of 8 | 140": "HalfCheetah-v5-17-to-4-by-steps",
    "3, from the start | 100": "HalfCheetah-v5-3",
    "3, from the start | 160": "HalfCheetah-v5-3-160-iterations",
    "3, at once | 160": "HalfCheetah-v5-17-to-3-at-once",
    "3, by way of 8 and 4 | 160": "HalfCheetah-v5-17-to-3-by-steps",
    "2, from the start | 160": "HalfCheetah-v5-2-160-iterations",
    "2, at once | 160": "HalfCheetah-v5-17-to-2-at-once",
  ]

  @Test func `every seed of fewer weights is shown, and the mean of all`() throws {
    let rows = try Self.table(below: "Clusters of latent weights", with: "iterations in all").rows
    try Self.expectSeeds(
      in: rows.map { ["\($0[0]) | \($0[1])"] + $0.dropFirst(2) }, of: Self.fewer)
  }

  /// Expects a row for each of `names`: what its runs returned, seed by seed, then the mean of all shown.
  private static func expectSeeds(
    in rows: [[String]], of names: [String: String], but exception: String? = nil
  ) throws {
    #expect(rows.map { $0[0] }.sorted() == names.keys.sorted())
    for row in rows {
      let name = try #require(names[row[0]], "\(row[0])")
      var values: [Double] = []
      for (seed, cell) in row.dropFirst().dropLast().enumerated() {
        let run = "\(name)-s\(seed)"
        let file = Self.docs.appending(path: "results/raw/clustering/\(run).policy.json")
        let isThere = run != exception && FileManager.default.fileExists(atPath: file.path)
        if isThere { values.append(try Self.judgement(of: "raw/clustering/\(run).json").mean) }
        #expect(cell == (isThere ? values.last.map { Self.shown($0) } : ""), "\(run)")
      }
      #expect(row.last == (values.count > 1 ? Self.shown(meanOf: values) : ""), "\(name)")
    }
  }

  /// Runs that a mean is of: their names below docs/results/raw but for the seed.
  private struct Mean {
    var runs: String
    var seeds: Int

    var values: [Double] {
      get throws {
        try (0..<seeds).map { try KeptResultsTests.judgement(of: "raw/\(runs)-s\($0).json").mean }
      }
    }
  }

  private static let cheetah = Mean(runs: "clustering/HalfCheetah-v5-17", seeds: 5)
  private static let cheetahAfterwards = Mean(
    runs: "table2/HalfCheetah-v5/table2-HalfCheetah-v5-clusteredafterwards-100", seeds: 5)
  private static let cheetahOfFour = Mean(runs: "clustering/HalfCheetah-v5-4", seeds: 5)
  private static let cheetahLonger = Mean(
    runs: "clustering/HalfCheetah-v5-17-160-iterations", seeds: 3)
  private static let cheetahOfFourLonger = Mean(
    runs: "clustering/HalfCheetah-v5-4-160-iterations", seeds: 3)
  private static let cheetahOfThree = Mean(
    runs: "clustering/HalfCheetah-v5-3-160-iterations", seeds: 3)
  private static let cheetahOfTwo = Mean(
    runs: "clustering/HalfCheetah-v5-17-to-2-at-once", seeds: 3)
  private static let walker = Mean(runs: "clustering/Walker2d-v5-17-alive-0.9", seeds: 3)
  private static let walkerAfterwards = Mean(
    runs: "table2/Walker2d-v5/table2-Walker2d-v5-clusteredafterwards-alive-1-120", seeds: 3)
  private static let hopper = Mean(runs: "clustering/Hopper-v5-11-90-iterations", seeds: 3)
  private static let striker = Mean(
    runs: "table2/Striker-v2/table2-Striker-v2-clustering-150", seeds: 5)
  private static let paper = Mean(runs: "reinforce/HalfCheetah-v5-paper", seeds: 3)

  @Test func `means beside the paper's are those of the runs`() throws {
    let known: [String: [Mean]] = [
      "HalfCheetah-v5, 17 weights": [Self.cheetah],
      "the same, 160 iterations": [Self.cheetahLonger],
      "17 weights, clustered afterwards (`make train`)": [Self.cheetahAfterwards],
      "HalfCheetah-v5, 4 weights, 416 bytes": [Self.cheetahOfFourLonger, Self.cheetahOfFour],
      "Walker2d-v5, 17 weights": [
        Self.walker, Mean(runs: "clustering/Walker2d-v5-17", seeds: 3), Self.walkerAfterwards,
      ],
      "HalfCheetah-v5, 3 weights, 412 bytes": [Self.cheetahOfThree],
      "HalfCheetah-v5, 2 weights, 290 bytes": [Self.cheetahOfTwo],
      "Hopper-v5, 11 weights": [Self.hopper],
      "Striker-v2, 23 weights": [Self.striker],
      "HalfCheetah-v5, 17 weights, the paper's algorithm (`--preset paper`)": [Self.paper],
    ]
    for row in try Self.table(below: "Against the paper", with: "kept").rows {
      let shown = row[2].matches(of: /−?[0-9,]+ ± [0-9]+(?:,[0-9]{3})*/).map { String($0.output) }
      let means = try (known[row[0]] ?? []).map { Self.shown(meanOf: try $0.values) }
      #expect(shown == means, "\(row[0])")
    }
  }

  @Test func `means on the first page are those of the runs`() throws {
    let known: [String: Mean] = [
      "HalfCheetah-v5 | 17 of 943": Self.cheetah,
      "HalfCheetah-v5, clustered afterwards (`make train`) | 17 of 943": Self.cheetahAfterwards,
      "HalfCheetah-v5, 160 iterations | 17 of 943": Self.cheetahLonger,
      "HalfCheetah-v5 | 4 of 943, 416 bytes": Self.cheetahOfFourLonger,
      "HalfCheetah-v5 | 3 of 943, 412 bytes": Self.cheetahOfThree,
      "HalfCheetah-v5 | 2 of 943, 290 bytes": Self.cheetahOfTwo,
      "HalfCheetah-v5, linear | 8 of 102, 71 bytes": Mean(
        runs: "table1/table1-HalfCheetah-v5-L-100", seeds: 2),
      "HalfCheetah-v5, linear | 4 of 102, 42 bytes": Mean(
        runs: "clustering/HalfCheetah-v5-linear-4", seeds: 2),
      "HalfCheetah-v5, nothing shared | 943": Mean(
        runs: "table2/HalfCheetah-v5/table2-HalfCheetah-v5-unstructured-100", seeds: 3),
      "HalfCheetah-v5, searched by REINFORCE | 17 of 943": Mean(
        runs: "figure4/HalfCheetah-v5/figure4-HalfCheetah-v5-factorised-100", seeds: 3),
      "HalfCheetah-v5, the paper's algorithm (`--preset paper`) | 17 of 943": Self.paper,
      "Walker2d-v5 | 17 of 943": Mean(
        runs: "clustering/Walker2d-v5-17-200-iterations", seeds: 4),
      "Walker2d-v5, clustered afterwards | 17 of 943": Self.walkerAfterwards,
      "Walker2d-v5, a tenth of the alive bonus in training (`--alive-shift 0.9`) | 17 of 943":
        Self.walker,
      "Hopper-v5 | 11 of 574": Self.hopper,
      "Striker-v2 | 23 of 1,230": Self.striker,
      "Swimmer-v5, linear | 3 of 16, 128 bits": Mean(
        runs: "clustering/Swimmer-v5-linear-3", seeds: 2),
    ]
    let rows = try Self.table(of: "../README.md", with: "mean of the seeds").rows
    #expect(rows.count { !$0[3].isEmpty } == known.count)
    for row in rows where !row[3].isEmpty {
      let mean = try #require(known["\(row[0]) | \(row[1])"], "\(row[0])")
      let text = Self.shown(meanOf: try mean.values).prefix { $0 != " " }
      #expect(row[3] == "\(text) (\(mean.seeds))", "\(row[0])")
    }
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
    let runs = try Self.values(in: "table1/table1.csv")
    let table = try Self.table(below: "Fewest weights", with: "L, of 8").rows
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
    let kept = try Self.table(below: "Fewest weights", with: "fewest: return").rows
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

import Foundation
import Testing

/// Every seed of a kept result and the means of all, on the pages as the runs have them.
@Suite struct KeptMeansTests {
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
      in: KeptResults.table(below: "Clusters of latent weights", with: "seed 0").rows,
      of: Self.clusters,
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
    let rows = try KeptResults.table(below: "Clusters of latent weights", with: "iterations in all")
      .rows
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
        let file = KeptResults.docs.appending(path: "results/raw/clustering/\(run).policy.json")
        let isThere = run != exception && FileManager.default.fileExists(atPath: file.path)
        if isThere {
          values.append(try KeptResults.judgement(of: "raw/clustering/\(run).json").mean)
        }
        #expect(cell == (isThere ? values.last.map { KeptResults.shown($0) } : ""), "\(run)")
      }
      #expect(row.last == (values.count > 1 ? KeptResults.shown(meanOf: values) : ""), "\(name)")
    }
  }

  private static let cheetah = KeptResults.Mean(runs: "clustering/HalfCheetah-v5-17", seeds: 5)
  private static let cheetahAfterwards = KeptResults.Mean(
    runs: "table2/HalfCheetah-v5/table2-HalfCheetah-v5-clusteredafterwards-100", seeds: 5)
  private static let cheetahOfFour = KeptResults.Mean(runs: "clustering/HalfCheetah-v5-4", seeds: 5)
  private static let cheetahLonger = KeptResults.Mean(
    runs: "clustering/HalfCheetah-v5-17-160-iterations", seeds: 3)
  private static let cheetahOfFourLonger = KeptResults.Mean(
    runs: "clustering/HalfCheetah-v5-4-160-iterations", seeds: 3)
  private static let cheetahOfThree = KeptResults.Mean(
    runs: "clustering/HalfCheetah-v5-3-160-iterations", seeds: 3)
  private static let cheetahOfTwo = KeptResults.Mean(
    runs: "clustering/HalfCheetah-v5-17-to-2-at-once", seeds: 3)
  private static let walker = KeptResults.Mean(
    runs: "clustering/Walker2d-v5-17-alive-0.9", seeds: 3)
  private static let walkerAfterwards = KeptResults.Mean(
    runs: "table2/Walker2d-v5/table2-Walker2d-v5-clusteredafterwards-alive-1-120", seeds: 3)
  private static let hopper = KeptResults.Mean(
    runs: "clustering/Hopper-v5-11-90-iterations", seeds: 3)
  private static let striker = KeptResults.Mean(
    runs: "table2/Striker-v2/table2-Striker-v2-clustering-150", seeds: 5)
  private static let paper = KeptResults.Mean(runs: "reinforce/HalfCheetah-v5-paper", seeds: 3)

  @Test func `means beside the paper's are those of the runs`() throws {
    let known: [String: [KeptResults.Mean]] = [
      "HalfCheetah-v5, 17 weights": [Self.cheetah],
      "the same, 160 iterations": [Self.cheetahLonger],
      "17 weights, clustered afterwards (`make train`)": [Self.cheetahAfterwards],
      "HalfCheetah-v5, 4 weights, 416 bytes": [Self.cheetahOfFourLonger, Self.cheetahOfFour],
      "Walker2d-v5, 17 weights": [
        Self.walker, KeptResults.Mean(runs: "clustering/Walker2d-v5-17", seeds: 3),
        Self.walkerAfterwards,
      ],
      "HalfCheetah-v5, 3 weights, 412 bytes": [Self.cheetahOfThree],
      "HalfCheetah-v5, 2 weights, 290 bytes": [Self.cheetahOfTwo],
      "Hopper-v5, 11 weights": [Self.hopper],
      "Striker-v2, 23 weights": [Self.striker],
      "HalfCheetah-v5, 17 weights, the paper's algorithm (`--preset paper`)": [Self.paper],
    ]
    for row in try KeptResults.table(below: "Against the paper", with: "kept").rows {
      let shown = row[2].matches(of: /−?[0-9,]+ ± [0-9]+(?:,[0-9]{3})*/).map { String($0.output) }
      let means = try (known[row[0]] ?? []).map { KeptResults.shown(meanOf: try $0.values) }
      #expect(shown == means, "\(row[0])")
    }
  }

  @Test func `means on the first page are those of the runs`() throws {
    let known: [String: KeptResults.Mean] = [
      "HalfCheetah-v5 | 17 of 943": Self.cheetah,
      "HalfCheetah-v5, clustered afterwards (`make train`) | 17 of 943": Self.cheetahAfterwards,
      "HalfCheetah-v5, 160 iterations | 17 of 943": Self.cheetahLonger,
      "HalfCheetah-v5 | 4 of 943, 416 bytes": Self.cheetahOfFourLonger,
      "HalfCheetah-v5 | 3 of 943, 412 bytes": Self.cheetahOfThree,
      "HalfCheetah-v5 | 2 of 943, 290 bytes": Self.cheetahOfTwo,
      "HalfCheetah-v5, linear | 8 of 102, 71 bytes": KeptResults.Mean(
        runs: "table1/table1-HalfCheetah-v5-L-100", seeds: 2),
      "HalfCheetah-v5, linear | 4 of 102, 42 bytes": KeptResults.Mean(
        runs: "clustering/HalfCheetah-v5-linear-4", seeds: 2),
      "HalfCheetah-v5, nothing shared | 943": KeptResults.Mean(
        runs: "table2/HalfCheetah-v5/table2-HalfCheetah-v5-unstructured-100", seeds: 5),
      "HalfCheetah-v5, searched by REINFORCE | 17 of 943": KeptResults.Mean(
        runs: "figure4/HalfCheetah-v5/figure4-HalfCheetah-v5-factorised-100", seeds: 3),
      "HalfCheetah-v5, the paper's algorithm (`--preset paper`) | 17 of 943": Self.paper,
      "Walker2d-v5 | 17 of 943": KeptResults.Mean(
        runs: "clustering/Walker2d-v5-17-200-iterations", seeds: 4),
      "Walker2d-v5, clustered afterwards | 17 of 943": Self.walkerAfterwards,
      "Walker2d-v5, a tenth of the alive bonus in training (`--alive-shift 0.9`) | 17 of 943":
        Self.walker,
      "Hopper-v5 | 11 of 574": Self.hopper,
      "Striker-v2 | 23 of 1,230": Self.striker,
      "Swimmer-v5, linear | 3 of 16, 128 bits": KeptResults.Mean(
        runs: "clustering/Swimmer-v5-linear-3", seeds: 2),
    ]
    let rows = try KeptResults.table(of: "../README.md", with: "mean of the seeds").rows
    #expect(rows.count { !$0[3].isEmpty } == known.count)
    for row in rows where !row[3].isEmpty {
      let mean = try #require(known["\(row[0]) | \(row[1])"], "\(row[0])")
      let text = KeptResults.shown(meanOf: try mean.values).prefix { $0 != " " }
      #expect(row[3] == "\(text) (\(mean.seeds))", "\(row[0])")
    }
  }
}

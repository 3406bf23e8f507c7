import ArgumentParser
import Foundation
import RunPlan

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Holds two policies, or two series of runs, against each other.",
    discussion: """
      Two policy files play the same fresh episodes: how their returns differ, and how likely A's is the \
      higher one. Else A and B are each a run's directory or history (.jsonl), a directory of several runs, or \
      a quoted pattern such as 'runs/a-s*': how their last iterations differ over seeds, and, with --svg, \
      learning curves. Intervals are 95 % of a bootstrap; docs/experiments.md explains each number.
      """)

  @Argument(help: "A policy file, a run, or several runs.", completion: .file())
  var a: String

  @Argument(help: "What A is held against, of the same kind.", completion: .file())
  var b: String

  @Option(parsing: .unconditional, help: "Fresh episodes of two policies. (default: 100)")
  var episodes: Int?

  @Option(
    parsing: .unconditional, help: "Names the initial states of those episodes. (default: 0)")
  var seed: UInt64?

  @Option(
    help: "What is taken of runs' iterations: mean, max, pivot or proposal. (default: mean)")
  var metric: HistoryMetric?

  @Flag(help: "Print one JSON object, every value included.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Draw the curves, or the policies' returns, into this file, .svg or .pdf.", valueName: "file"),
    completion: .file(extensions: ["svg", "pdf"]))
  var svg: String?

  @OptionGroup var moved: MovedModel

  func run() throws {
    if let episodes, !(2...10_000).contains(episodes) {
      throw InvalidSetting("--episodes", is: episodes, expected: "2 to 10000")
    }
    let file = try svg.map { try FigureFile($0, flag: "--svg") }
    let report: ComparisonReport
    let figure: String
    switch (Self.isPolicy(a), Self.isPolicy(b)) {
    case (true, true):
      guard metric == nil else {
        throw CommandError.usage("--metric is of runs, two policies play episodes: leave it out")
      }
      let policies = try PolicyComparison(
        a, b, episodes: episodes ?? 100, seed: seed ?? 0, moved: moved)
      (report, figure) = (policies.report, policies.figure)
    case (false, false):
      guard episodes == nil, seed == nil else {
        throw CommandError.usage(
          "--episodes and --seed are of two policies, runs are compared by their histories: leave them out"
        )
      }
      let series = try SeriesComparison(try RunSeries(a), try RunSeries(b), metric ?? .mean)
      (report, figure) = (series.report, series.figure)
    case (let isPolicy, _):
      throw CommandError.usage(
        "\(isPolicy ? a : b) is a policy and \(isPolicy ? b : a) is none: expected two policy files, or runs "
          + "on either side")
    }
    try file?.write(figure)
    if json { return try JSONOutput.print(report) }
    report.lines.forEach { print($0) }
    if let svg { print(svg) }
  }

  private static func isPolicy(_ path: String) -> Bool { path.hasSuffix(".json") }
}

/// A number of every iteration that series may be compared by.
enum HistoryMetric: String, ExpressibleByArgument, CaseIterable {
  case mean, max, pivot, proposal

  /// What it is of an iteration; nil if unknown.
  func value(of entry: HistoryEntry) -> Double? {
    switch self {
    case .mean: entry.mean
    case .max: entry.max
    case .pivot: entry.pivot
    case .proposal: entry.proposal
    }
  }
}

import Foundation
import ReadableNumbers
import Statistics

/// What the returns of an experiment's judged policies say of its series.
struct ExperimentStatistics {
  let experiment: Experiment
  let results: [ExperimentResult]

  private let bootstrap = StratifiedBootstrap()

  /// The mean returns of a cell's judged policies over fresh episodes, by seed.
  func returns(of cell: ExperimentCell) -> [Double] {
    results.filter { $0.run.cell.label == cell.label }.compactMap(\.evaluation?.mean)
  }

  /// The interquartile mean of those with its interval; nil where no policy was judged.
  func estimate(of cell: ExperimentCell) -> Estimate? {
    bootstrap.interquartileMean(of: [returns(of: cell)])
  }

  /// How likely a run of one series does better than one of another, in one environment or over all.
  struct Improvement {
    let comparison: Experiment.Comparison
    /// Nil for all environments together.
    let environment: String?
    let probability: Estimate
  }

  /// Every comparison in every environment with runs of both, and over all of those where it is several.
  /// Of two runs there is none: which is the higher one the returns say, and no probability.
  var improvements: [Improvement] {
    comparisons.flatMap { comparison in
      let tasks = experiment.environments.map {
        (name: $0, x: returns(comparison.series, $0), y: returns(comparison.other, $0))
      }.filter { !$0.x.isEmpty && !$0.y.isEmpty && $0.x.count + $0.y.count > 2 }
      let single = tasks.compactMap { task in
        ProbabilityOfImprovement.over([(task.x, task.y)], bootstrap).map {
          Improvement(comparison: comparison, environment: task.name, probability: $0)
        }
      }
      guard tasks.count > 1 else { return single }
      let all = ProbabilityOfImprovement.over(tasks.map { ($0.x, $0.y) }, bootstrap)
      return single
        + (all.map { [Improvement(comparison: comparison, environment: nil, probability: $0)] }
          ?? [])
    }
  }

  /// The interquartile mean of every series over all environments on their common scale, where each has one.
  var aggregates: [(series: String, estimate: Estimate)] {
    guard experiment.environments.allSatisfy({ experiment.scales[$0] != nil }) else { return [] }
    return experiment.series.compactMap { series in
      let tasks = experiment.environments.map { environment in
        returns(series, environment).compactMap { experiment.scales[environment]?.place(of: $0) }
      }
      return bootstrap.interquartileMean(of: tasks).map { (series, $0) }
    }
  }

  private var comparisons: [Experiment.Comparison] {
    let series = experiment.series
    let wanted =
      experiment.comparisons ?? series.dropFirst().map { .init(series[0], over: $0) }
    return wanted.filter { series.contains($0.series) && series.contains($0.other) }
  }

  private func returns(_ series: String, _ environment: String) -> [Double] {
    experiment.cells.first { $0.series == series && $0.environmentName == environment }
      .map(returns) ?? []
  }
}

extension ExperimentStatistics {
  /// Tables of comparisons and of all environments together, each with an empty line after it.
  var markdown: [String] {
    let improvements = improvements
    let aggregates = aggregates
    var lines: [String] = []
    if !improvements.isEmpty {
      lines += ["| P(X > Y), a run of X beats one of Y | Y | environment | probability |"]
      lines += ["|---|---|---|---|"]
      lines += improvements.map {
        "| \($0.comparison.series) | \($0.comparison.other) | \($0.environment ?? "all") | "
          + "\($0.probability.text(decimals: 2)) |"
      }
      lines += [""]
    }
    if !aggregates.isEmpty {
      lines += ["| over all environments, on their common scale | IQM |", "|---|---|"]
      lines += aggregates.map { "| \($0.series) | \($0.estimate.text(decimals: 2)) |" } + [""]
    }
    return lines
  }

  /// One line per statistic, with the ends of its interval.
  var csv: String {
    let heads = ["statistic", "environment", "series", "other", "runs", "value", "lower", "upper"]
    var rows = [heads]
    for cell in experiment.cells {
      guard let estimate = estimate(of: cell) else { continue }
      let place = ["iqm", cell.environmentName, cell.series, "", "\(returns(of: cell).count)"]
      rows.append(place + estimate.fields)
    }
    for one in improvements {
      let place = ["probability_of_improvement", one.environment ?? "", one.comparison.series]
      rows.append(place + [one.comparison.other, ""] + one.probability.fields)
    }
    for (series, estimate) in aggregates {
      rows.append(["iqm_on_common_scale", "", series, "", ""] + estimate.fields)
    }
    return rows.map { $0.map(ExperimentReport.field).joined(separator: ",") + "\n" }.joined()
  }
}

extension Estimate {
  /// For people: `1,204 [1,100, 1,300]`.
  var text: String {
    text { $0.returnText(.plain, wholeFrom: 100) }
  }

  /// For people, with so many decimals.
  func text(decimals: Int) -> String { text { $0.text(decimals: decimals, .plain) } }

  private func text(_ number: (Double) -> String) -> String {
    number(value) + (interval.map { " [\(number($0.lower)), \(number($0.upper))]" } ?? "")
  }

  /// Value and ends as fields of CSV, empty where there is no interval.
  fileprivate var fields: [String] {
    [value, interval?.lower, interval?.upper].map { $0.map(\.description) ?? "" }
  }
}

import Figures
import RunPlan
import Statistics

/// Two series of runs: their curves, and their last iterations.
struct SeriesComparison {
  let report: ComparisonReport
  /// As SVG.
  let figure: String

  init(_ a: RunSeries, _ b: RunSeries, _ metric: HistoryMetric) throws {
    let environments = a.environments.union(b.environments).sorted()
    guard environments.count < 2 else {
      throw CommandError.data(
        "\(a.name) and \(b.name) have runs of \(environments.joined(separator: ", ")), expected one "
          + "environment")
    }
    let bootstrap = StratifiedBootstrap()
    let names = FigureNames.of([a.name, b.name])
    let curves = [a, b].map { SeriesCurve($0.histories.map(\.entries), metric.value) }
    let returns = try [a, b].map { try Self.last($0, metric) }
    let sides = (0..<2).compactMap { number in
      ComparisonReport.Side(
        names[number], returns[number], bootstrap,
        curve: curves[number].points.map {
          ComparisonReport.Step(iteration: $0.iteration, interquartileMean: $0.estimate)
        })
    }
    guard let difference = Self.difference(returns[0], returns[1], bootstrap), sides.count == 2,
      let probability = ProbabilityOfImprovement.over([(returns[0], returns[1])], bootstrap)
    else { preconditionFailure("every series has a run") }
    report = ComparisonReport(
      kind: .series, a: sides[0], b: sides[1], difference: difference,
      probabilityOfImprovement: probability)
    let runs = zip(names, returns).map { "\($0): \($1.count == 1 ? "1 run" : "\($1.count) runs")" }
    figure = LineChart(
      title: "\(names[0]) and \(names[1])", subtitle: runs.joined(separator: " · "),
      summary:
        "\(metric.rawValue) return by iteration of two series: the interquartile mean over runs "
        + "with its 95 % interval",
      stepName: "iteration", valueName: "\(metric.rawValue) return",
      series: zip(names, curves).map { $1.series(named: $0) }
    ).svg()
  }

  /// The last value of every run.
  private static func last(_ series: RunSeries, _ metric: HistoryMetric) throws -> [Double] {
    try series.histories.map { history in
      guard let value = history.entries.reversed().lazy.compactMap(metric.value).first else {
        throw CommandError.data(
          "\(history.path) knows no \(metric.rawValue) return: choose another --metric")
      }
      return value
    }
  }

  private static func difference(
    _ a: [Double], _ b: [Double], _ bootstrap: StratifiedBootstrap
  ) -> Estimate? {
    let statistic = { (sides: [[Double]]) -> Double? in
      guard let a = Sample.interquartileMean(sides[0]), let b = Sample.interquartileMean(sides[1])
      else { return nil }
      return a - b
    }
    return statistic([a, b]).map {
      Estimate(value: $0, interval: bootstrap.interval(of: [a, b], statistic))
    }
  }
}

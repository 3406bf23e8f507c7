import Figures
import RunPlan
import Statistics

/// How a number of runs' histories went together: by iteration the interquartile mean over the runs that
/// reached it, with its interval.
struct SeriesCurve {
  /// Iterations and what is known of them, ascending.
  let points: [(iteration: Int, estimate: Estimate?)]

  /// Fewer resamples than a table's single number gets, since every iteration has its own.
  private static let bootstrap = StratifiedBootstrap(resamples: 500)

  /// The curve of what `value` says of an iteration.
  init(_ histories: [[HistoryEntry]], _ value: (HistoryEntry) -> Double?) {
    let count = 1 + (histories.joined().map(\.iteration).max() ?? -1)
    var values = [[Double]](repeating: [], count: count)
    for entry in histories.joined() {
      if let value = value(entry) { values[entry.iteration].append(value) }
    }
    points = values.enumerated().map { ($0, Self.bootstrap.interquartileMean(of: [$1])) }
  }

  /// The curve in a chart.
  func series(named name: String) -> LineChart.Series {
    LineChart.Series(
      name: name,
      points: points.map { LineChart.Point(step: $0.iteration, value: $0.estimate?.value) },
      band: points.compactMap { point in
        point.estimate?.interval.map {
          LineChart.Range(step: point.iteration, lower: $0.lower, upper: $0.upper)
        }
      })
  }
}

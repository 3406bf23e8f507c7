import Figures
import RunPlan
import Statistics

extension ExperimentReport {
  /// For every environment how returns grew, where the runs ended up, and for masked policies how many edges
  /// they used.
  var figures: [(name: String, svg: String)] {
    experiment.environments.flatMap { environment in
      let cells = experiment.cells.filter { $0.environmentName == environment }
      let name = "\(experiment.name)-\(environment.filter { ExperimentCell.isPlain($0) })"
      var figures = [(name, returns(environment, cells).svg())]
      if let spread = spread(environment, cells) {
        figures.append((name + "-returns", spread.svg()))
      }
      if let usage = usage(environment, cells) { figures.append((name + "-usage", usage.svg())) }
      return figures
    }
  }

  /// What every judged policy returned, by series, with interquartile means and their intervals.
  private func spread(_ environment: String, _ cells: [ExperimentCell]) -> IntervalFigure? {
    let rows = cells.map { cell in
      let estimate = statistics.estimate(of: cell)
      return IntervalFigure.Row(
        name: cell.series, points: statistics.returns(of: cell), estimate: estimate?.value,
        interval: estimate?.interval.map { ($0.lower, $0.upper) })
    }
    guard rows.contains(where: { !$0.points.isEmpty }) else { return nil }
    return IntervalFigure(
      title: "\(experiment.title), \(environment)", subtitle: shortNote,
      valueName: "return: a dot per seed, the interquartile mean and its 95 % interval", rows: rows)
  }

  /// The interquartile mean over seeds of the perturbed evaluations' mean, by iteration.
  private func returns(_ environment: String, _ cells: [ExperimentCell]) -> LineChart {
    let series = cells.map { cell in
      SeriesCurve(histories(of: cell), \.mean).series(named: cell.series)
    }
    return LineChart(
      title: "\(experiment.title), \(environment)", subtitle: shortNote,
      summary: "Mean return of the perturbed evaluations by iteration, a line for each of "
        + "\(series.count) series: the interquartile mean over seeds with its 95 % interval",
      stepName: "iteration", valueName: "mean return", series: series,
      marks: experiment.marksSearchSteps ? searchSteps(cells) : nil)
  }

  /// The share of edges that masks keep, by iteration; nil if none of the policies has a mask.
  private func usage(_ environment: String, _ cells: [ExperimentCell]) -> LineChart? {
    let series = cells.map { cell in
      SeriesCurve(histories(of: cell)) { $0.sparsity.map { 100 * (1 - $0) } }
        .series(named: cell.series)
    }.filter { $0.points.contains { $0.value != nil } }
    guard !series.isEmpty else { return nil }
    return LineChart(
      title: "Edges that the mask keeps, \(environment)", subtitle: shortNote,
      summary: "Share of edges used by iteration, a line per \(series.count)",
      stepName: "iteration", valueName: "edges used, %", series: series, base: 0)
  }

  private func histories(of cell: ExperimentCell) -> [[HistoryEntry]] {
    results.filter { $0.run.cell.label == cell.label }.map(\.history)
  }

  /// The iterations after which a controller took a step.
  private func searchSteps(_ cells: [ExperimentCell]) -> LineChart.Marks {
    let entries = cells.flatMap { histories(of: $0).joined() }
    return LineChart.Marks(
      name: "search step", steps: entries.filter(\.searchStep).map(\.iteration), form: .lines)
  }
}

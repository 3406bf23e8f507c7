import Figures
import RunPlan

extension ExperimentReport {
  /// For every environment how returns grew, and for masked policies how many edges they used.
  var figures: [(name: String, svg: String)] {
    var environments: [String] = []
    for cell in experiment.cells where !environments.contains(cell.environment) {
      environments.append(cell.environment)
    }
    return environments.flatMap { environment in
      let cells = experiment.cells.filter { $0.environment == environment }
      let name = "\(experiment.name)-\(environment)"
      var figures = [(name, returns(environment, cells).svg())]
      if let usage = usage(environment, cells) { figures.append((name + "-usage", usage.svg())) }
      return figures
    }
  }

  /// The mean over seeds of the perturbed evaluations' mean, by iteration.
  private func returns(_ environment: String, _ cells: [ExperimentCell]) -> LineChart {
    let series = cells.map { LineChart.Series(name: $0.series, points: points($0, \.mean)) }
    return LineChart(
      title: "\(experiment.title), \(environment)", subtitle: shortNote,
      summary: "Mean return of the perturbed evaluations by iteration, a line per \(series.count)",
      stepName: "iteration", valueName: "mean return", series: series,
      marks: experiment.marksSearchSteps ? searchSteps(cells) : nil)
  }

  /// The share of edges that masks keep, by iteration; nil if none of the policies has a mask.
  private func usage(_ environment: String, _ cells: [ExperimentCell]) -> LineChart? {
    let series = cells.map { cell in
      LineChart.Series(
        name: cell.series, points: points(cell) { entry in entry.sparsity.map { 100 * (1 - $0) } })
    }.filter { $0.points.contains { $0.value != nil } }
    guard !series.isEmpty else { return nil }
    return LineChart(
      title: "Edges that the mask keeps, \(environment)", subtitle: shortNote,
      summary: "Share of edges used by iteration, a line per \(series.count)",
      stepName: "iteration", valueName: "edges used, %", series: series, base: 0)
  }

  /// The mean over a cell's seeds of what `value` says of an iteration.
  private func points(
    _ cell: ExperimentCell, _ value: (HistoryEntry) -> Double?
  ) -> [LineChart.Point] {
    let histories = results.filter { $0.run.cell.label == cell.label }.map(\.history)
    return (0..<(histories.map(\.count).max() ?? 0)).map { iteration in
      let values = histories.compactMap { $0.count > iteration ? value($0[iteration]) : nil }
      return LineChart.Point(
        step: iteration,
        value: values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
    }
  }

  /// The iterations after which a controller took a step.
  private func searchSteps(_ cells: [ExperimentCell]) -> LineChart.Marks {
    let entries = cells.flatMap { cell in
      results.filter { $0.run.cell.label == cell.label }.flatMap(\.history)
    }
    return LineChart.Marks(
      name: "search step", steps: entries.filter(\.searchStep).map(\.iteration), form: .lines)
  }
}

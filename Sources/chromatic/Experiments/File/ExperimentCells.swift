/// The cells of environments × series.
struct ExperimentCells {
  let environments: [DeclaredEnvironment]
  let series: [DeclaredSeries]
  /// Settings of every run.
  let shared: [SettingFlag]
  /// ES iterations of runs in an environment that does not say.
  let iterations: Int
  /// Runs of each cell in an environment that does not say.
  let seeds: Int

  /// Environment by environment, in the order of the file.
  func all() throws(CommandError) -> [ExperimentCell] {
    for one in series {
      for node in one.environments ?? [] { try check(node) }
      for (name, exception) in one.exceptions
      where !environments.contains(where: { $0.name == name }) {
        throw .data(
          "\(exception.node.file): \(exception.node.path) is no environment here, \(expected)")
      }
      if let source = one.source { try check(source, of: one) }
    }
    return environments.flatMap { environment in
      series.filter { $0.isOf(environment) }.map { cell(environment, $0) }
    }
  }

  private func cell(_ environment: DeclaredEnvironment, _ series: DeclaredSeries) -> ExperimentCell
  {
    let exception = series.exceptions[environment.name]
    let settings = shared.overridden(by: environment.settings)
      .overridden(by: series.settings).overridden(by: exception?.settings ?? [])
    return ExperimentCell(
      environment: environment.id, environmentName: environment.name, series: series.name,
      flags: settings.words, iterations: environment.iterations ?? iterations,
      seeds: environment.seeds ?? seeds,
      paper: exception?.reported,
      partitionFrom: series.source.flatMap { source in
        (try? (source.environment.text(), source.series.text())).map {
          ExperimentCell.label($0.0, $0.1)
        }
      })
  }

  private var expected: String {
    "expected one of " + environments.map(\.name).joined(separator: ", ")
  }

  private func check(_ node: JSONNode) throws(CommandError) {
    let name = try node.text()
    guard environments.contains(where: { $0.name == name }) else {
      throw node.mistake("one of " + environments.map(\.name).joined(separator: ", "))
    }
  }

  private func check(
    _ source: (environment: JSONNode, series: JSONNode), of one: DeclaredSeries
  ) throws(CommandError) {
    try check(source.environment)
    let (environment, name) = (try source.environment.text(), try source.series.text())
    let count = environments.first { $0.name == environment }?.seeds ?? seeds
    if let other = environments.first(where: { one.isOf($0) && ($0.seeds ?? seeds) > count }) {
      throw source.environment.mistake(
        "an environment with as many seeds as \(other.name), \(other.seeds ?? seeds)")
    }
    let present = series.filter { one in
      one.source == nil && environments.contains { $0.name == environment && one.isOf($0) }
    }
    guard present.contains(where: { $0.name == name }) else {
      throw source.series.mistake(
        "a series of \(environment) that finds its own partition: "
          + present.map(\.name).joined(separator: ", "))
    }
  }
}

extension DeclaredSeries {
  /// Whether it has runs in an environment.
  func isOf(_ environment: DeclaredEnvironment) -> Bool {
    guard let environments else { return true }
    return environments.contains { (try? $0.text()) == environment.name }
  }
}

import Environments
import Foundation
import RunPlan

/// Reads an experiment from its file: environments × series of settings, and what to make of the runs.
struct ExperimentFile {
  private let root: JSONNode
  private let name: String

  /// The experiment in the file at `path`; errors name the file and the path of the key.
  static func read(_ path: String) throws(CommandError) -> Experiment {
    let data = try InputFile.read(
      path, expected: "an experiment's file, see docs/experiments.md")
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try read(data, file: path, name: name)
  }

  /// The experiment in `data`; `name` is its name where it gives none itself.
  static func read(_ data: Data, file: String, name: String) throws(CommandError) -> Experiment {
    try ExperimentFile(root: JSONNode(data, file: file), name: name).experiment()
  }

  private func experiment() throws(CommandError) -> Experiment {
    let top = try root.members([
      "name", "title", "iterations", "seeds", "settings", "environments", "series", "sweep",
      "compare",
      "marks_search_steps",
    ])
    guard let list = top["environments"] else { throw missing("environments", "a list of them") }
    let shared = try top["settings"]?.settings() ?? []
    let environments = try self.environments(list)
    let series = try self.series(top["series"], top["sweep"])
    let cells = try ExperimentCells(
      environments: environments, series: series, shared: shared,
      iterations: try top["iterations"]?.integer(in: Experiment.iterationRange) ?? 300,
      seeds: try top["seeds"]?.integer(in: Experiment.seedRange) ?? 5
    ).all()
    guard !cells.isEmpty else { throw root.mistake("at least one environment with a series") }
    var experiment = Experiment(
      name: try plainName(top["name"]), argument: root.file,
      title: try top["title"]?.text() ?? name, cells: cells)
    experiment.marksSearchSteps = try top["marks_search_steps"]?.flag() ?? false
    experiment.comparisons = try comparisons(top["compare"], among: series.map(\.name))
    experiment.scales = environments.reduce(into: [:]) { $0[$1.name] = $1.scale }
    try checkLabels(cells)
    return experiment
  }

  private func missing(_ key: String, _ expected: String) -> CommandError {
    .data("\(root.file): \(key) is missing, expected \(expected)")
  }

  /// The name that is given, else the file's as far as runs and files can be named so.
  private func plainName(_ given: JSONNode?) throws(CommandError) -> String {
    guard let given else {
      let name = name.filter(ExperimentCell.isPlain)
      guard !name.isEmpty else { throw missing("name", "letters, digits and dashes") }
      return name
    }
    let name = try given.text()
    guard name.allSatisfy(ExperimentCell.isPlain) else {
      throw given.mistake("letters, digits and dashes, which name files and runs")
    }
    return name
  }

  private func environments(_ list: JSONNode) throws(CommandError) -> [DeclaredEnvironment] {
    var environments: [DeclaredEnvironment] = []
    for node in try list.elements("a list of environments") {
      let environment = try DeclaredEnvironment(node)
      guard !environments.contains(where: { $0.name == environment.name }) else {
        throw node.mistake("a name that no other environment has: give it one by \"name\"")
      }
      environments.append(environment)
    }
    return environments
  }

  private func series(
    _ list: JSONNode?, _ sweep: JSONNode?
  ) throws(CommandError) -> [DeclaredSeries] {
    var series: [DeclaredSeries] = []
    for node in try list?.elements("a list of series") ?? [] {
      let declared = try DeclaredSeries(node)
      guard !series.contains(where: { $0.name == declared.name }) else {
        throw node.mistake("a name that no other series has")
      }
      series.append(declared)
    }
    if series.isEmpty { series = [DeclaredSeries(name: sweep == nil ? "chromatic" : "")] }
    guard let sweep else { return series }
    return try SettingSweep(sweep).spread(series)
  }

  private func comparisons(
    _ list: JSONNode?, among names: [String]
  ) throws(CommandError) -> [Experiment.Comparison]? {
    guard let list else { return nil }
    var comparisons: [Experiment.Comparison] = []
    for pair in try list.elements("a list of pairs of series") {
      let sides = try pair.elements("two names of series")
      guard sides.count == 2 else { throw pair.mistake("two names of series") }
      for side in sides where !names.contains(try side.text()) {
        throw side.mistake("one of \(names.joined(separator: ", "))")
      }
      comparisons.append(.init(try sides[0].text(), over: try sides[1].text()))
    }
    return comparisons
  }

  /// Runs are named by label, so none may stand for two cells.
  private func checkLabels(_ cells: [ExperimentCell]) throws(CommandError) {
    for (number, cell) in cells.enumerated() {
      if let other = cells[..<number].first(where: { $0.label == cell.label }) {
        throw .data(
          "\(root.file): series '\(other.series)' and '\(cell.series)' of \(cell.environment) would have "
            + "runs of one name: names differ by more than signs")
      }
    }
  }
}

extension Experiment {
  /// Throws for a setting of every run that is nothing to any of those whose environments are on this machine.
  func checkUse(of settings: [String]) throws {
    let idle = cells.compactMap { cell in
      try? RunOptions.parse(cell.flags + settings)
        .configurationAndIdle(environment: cell.environment).idle
    }
    let nowhere = (idle.first ?? [:]).filter { flag, _ in idle.allSatisfy { $0[flag] != nil } }
    if let problem = nowhere.sorted(by: { $0.key < $1.key }).first?.value { throw problem }
  }

  /// Throws unless every cell could be submitted as it is; nothing has been by then.
  ///
  /// - Parameter needsEnvironments: whether the environments have to be on this machine.
  func check(file: String, needsEnvironments: Bool) throws {
    for cell in cells {
      do {
        _ = try RunOptions.parse(cell.flags).configuration(environment: cell.environment)
      } catch let error where error is InvalidSetting || error is EnvironmentError {
        if error is EnvironmentError, !needsEnvironments { continue }
        throw CommandError.data(
          "\(file): environment \(cell.environmentName), series \(cell.series): \(error)")
      }
    }
  }
}

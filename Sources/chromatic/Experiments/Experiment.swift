import RunPlan
import RunQueue

/// One of the paper's tables or figures as the runs that reproduce it.
struct Experiment {
  /// As the command line calls it.
  let name: String
  /// What it compares.
  let title: String
  /// Its runs but for the seed, in the order in which they are listed.
  var cells: [ExperimentCell]
  /// ES iterations of a run at full scale.
  let iterations: Int
  /// Whether its figures show where a controller took a step.
  var marksSearchSteps = false

  /// Names the episodes on which policies are judged; no run has this seed, so none was chosen on them.
  static let evaluationSeed: UInt64 = 1000

  /// The experiment without the cells of other environments and series; throws for a name it lacks.
  func only(environments: [String], series: [String]) throws(InvalidSetting) -> Experiment {
    var chosen = self
    chosen.cells = try Self.keep(cells, \.environment, environments, flag: "--environment")
    chosen.cells = try Self.keep(chosen.cells, \.series, series, flag: "--series")
    return chosen
  }

  private static func keep(
    _ cells: [ExperimentCell], _ name: (ExperimentCell) -> String, _ wanted: [String], flag: String
  ) throws(InvalidSetting) -> [ExperimentCell] {
    let known = cells.map(name)
    if let stranger = wanted.first(where: { !known.contains($0) }) {
      let names = known.enumerated().filter { !known[..<$0.offset].contains($0.element) }
      throw InvalidSetting(
        flag, is: "'\(stranger)'",
        expected: "one of " + names.map(\.element).joined(separator: ", "))
    }
    return wanted.isEmpty ? cells : cells.filter { wanted.contains(name($0)) }
  }

  /// All runs for the seeds 0..<`seeds`, seed by seed, so that every cell has a result early.
  ///
  /// - Parameter settings: flags that every run takes beside its own.
  func runs(seeds: Int, scale: Double, settings: [String]) throws -> [ExperimentRun] {
    let count = max(3, Int((Double(iterations) * scale).rounded()))
    return try (0..<seeds).flatMap { seed in
      try cells.map { cell in
        let flags =
          cell.flags + settings + ["--iterations", "\(count)", "--seed", "\(seed)"]
        return ExperimentRun(
          cell: cell, seed: seed, flags: flags,
          id: try RunArgument.run(
            "\(name)-\(cell.label)-\(count)\(Self.mark(settings))-s\(seed)",
            flag: "the experiment's run"))
      }
    }
  }
}

extension Experiment {
  /// Tells runs with other settings apart by name.
  private static func mark(_ settings: [String]) -> String {
    guard !settings.isEmpty else { return "" }
    let digest = settings.joined(separator: " ").utf8.reduce(0x811c_9dc5 as UInt32) {
      ($0 ^ UInt32($1)) &* 0x0100_0193
    }
    return "-" + String(digest, radix: 16)
  }
}

/// What one line of a table or one curve of a figure is about.
struct ExperimentCell {
  /// Gymnasium's id.
  let environment: String
  /// What differs within an environment: a policy class, an architecture, a controller.
  let series: String
  /// Settings as `chromatic submit` takes them.
  let flags: [String]
  /// What the paper reports, where it does.
  var paper: Reported?
  /// The cell whose policies' partitions this one retrains, by its `label`.
  var partitionFrom: String?

  struct Reported {
    var reward: Double
    var weights: Int
  }

  /// Names the cell within its experiment; part of the run's name.
  var label: String {
    "\(environment)-\(series)".filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }
}

/// A cell with a seed.
struct ExperimentRun {
  let cell: ExperimentCell
  let seed: Int
  let flags: [String]
  let id: RunID

}

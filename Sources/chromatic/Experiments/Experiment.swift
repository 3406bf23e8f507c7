import RunPlan
import RunQueue

/// A question as the runs that answer it: one of the paper's tables or figures, or a file of one's own.
struct Experiment {
  /// In the names of its files and runs.
  let name: String
  /// As the command line calls it: the paper's name, or the file as it was given.
  let argument: String
  /// What it compares.
  let title: String
  /// Its runs but for the seed, in the order in which they are listed.
  var cells: [ExperimentCell]
  /// Whether its figures show where a controller took a step.
  var marksSearchSteps = false
  /// Which series are held against each other; nil for all against the first.
  var comparisons: [Comparison]?
  /// By the environment's name the returns that count 0 and 1 where environments are taken together.
  var scales: [String: Scale] = [:]

  /// Two series, by name.
  struct Comparison: Hashable {
    let series: String
    let other: String

    init(_ series: String, over other: String) {
      self.series = series
      self.other = other
    }
  }

  /// Two returns that a scale is fixed by.
  struct Scale: Hashable {
    let zero: Double
    let one: Double

    /// Where a return lies on the scale.
    func place(of value: Double) -> Double { (value - zero) / (one - zero) }
  }

  /// What an experiment may ask for.
  static let iterationRange = 1...1_000_000
  static let seedRange = 1...100

  /// Names the episodes on which policies are judged; no run has this seed, so none was chosen on them.
  static let evaluationSeed: UInt64 = 1000

  /// Its environments by name, in order.
  var environments: [String] { Self.unique(cells.map(\.environmentName)) }

  /// Its series by name, in order.
  var series: [String] { Self.unique(cells.map(\.series)) }

  /// The iterations of its runs at full scale: one number, or the least and the most.
  var iterationSpan: String {
    Self.span(cells.map(\.iterations))
  }

  /// How many seeds its cells have: one number, or the least and the most.
  var seedSpan: String {
    let span = Self.span(cells.map(\.seeds))
    return span == "1" ? "1 seed" : "\(span) seeds"
  }

  private static func span(_ counts: [Int]) -> String {
    guard let least = counts.min(), let most = counts.max(), least != most else {
      return counts.first.map(String.init) ?? "no"
    }
    return "\(least) to \(most)"
  }

  private static func unique(_ names: [String]) -> [String] {
    names.enumerated().filter { !names[..<$0.offset].contains($0.element) }.map(\.element)
  }

  /// The experiment without the cells of other environments and series; throws for a name it lacks.
  func only(environments: [String], series: [String]) throws(InvalidSetting) -> Experiment {
    var chosen = self
    chosen.cells = try Self.keep(cells, \.environmentName, environments, flag: "--environment")
    chosen.cells = try Self.keep(chosen.cells, \.series, series, flag: "--series")
    return chosen
  }

  private static func keep(
    _ cells: [ExperimentCell], _ name: (ExperimentCell) -> String, _ wanted: [String], flag: String
  ) throws(InvalidSetting) -> [ExperimentCell] {
    let known = cells.map(name)
    if let stranger = wanted.first(where: { !known.contains($0) }) {
      throw InvalidSetting(
        flag, is: "'\(stranger)'", expected: "one of " + unique(known).joined(separator: ", "))
    }
    return wanted.isEmpty ? cells : cells.filter { wanted.contains(name($0)) }
  }

  /// All runs, of every cell for the seeds from 0 on, seed by seed, so that every cell has a result early.
  ///
  /// - Parameter settings: flags that every run takes beside its own.
  func runs(scale: Double, settings: [String]) throws -> [ExperimentRun] {
    try (0..<(cells.map(\.seeds).max() ?? 0)).flatMap { seed in
      try cells.filter { seed < $0.seeds }.map { cell in
        let count = cell.iterations(at: scale)
        let flags = cell.flags(settings: settings, scale: scale) + ["--seed", "\(seed)"]
        return ExperimentRun(
          cell: cell, seed: seed, iterations: count, flags: flags,
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
  /// The environment as tables and figures call it.
  let environmentName: String
  /// What differs within an environment: a policy class, an architecture, a controller.
  let series: String
  /// Settings as `chromatic submit` takes them.
  let flags: [String]
  /// ES iterations of a run at full scale.
  let iterations: Int
  /// How many runs it has, unless the command line says otherwise.
  var seeds: Int
  /// What the literature reports, where it does.
  var paper: Reported?
  /// The cell whose policies' partitions this one retrains, by its `label`.
  var partitionFrom: String?

  struct Reported {
    var reward: Double?
    var weights: Int?
  }

  /// ES iterations of a run at a scale of the experiment: at least three, where it has as many itself.
  func iterations(at scale: Double) -> Int {
    max(min(3, iterations), Int((Double(iterations) * scale).rounded()))
  }

  /// What `chromatic submit` takes for a run but its seed, with the settings of every run.
  func flags(settings: [String], scale: Double) -> [String] {
    flags + settings + ["--iterations", "\(iterations(at: scale))"]
  }

  /// Names the cell within its experiment; part of the run's name.
  var label: String { Self.label(environmentName, series) }

  /// The label of the cell of an environment and a series.
  static func label(_ environment: String, _ series: String) -> String {
    "\(environment)-\(series)".filter(isPlain)
  }

  /// Whether a character may stand in the name of a run.
  static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
  }
}

/// A cell with a seed.
struct ExperimentRun {
  let cell: ExperimentCell
  let seed: Int
  /// ES iterations, unless it is stopped at a return.
  let iterations: Int
  let flags: [String]
  let id: RunID
}

import ChromaticPolicy

/// A setting outside its range; one line that names it as the command line does.
public struct InvalidSetting: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let description: String

  /// A setting described by a whole line.
  public init(_ line: String) { description = line }

  /// `flag` has a value other than `expected`.
  public init(_ flag: String, is value: some CustomStringConvertible, expected: String) {
    description = "\(flag) is \(value), expected \(expected)"
  }
}

extension RunConfiguration {
  /// The largest network a run may have; what depends on it must fit in memory.
  static let mostEdges = 1 << 25

  /// Throws for the first setting that is outside its range.
  public func validate() throws(InvalidSetting) {
    try validateEnvironment()
    try check("observation size", observationSize, in: 1...100_000)
    try check("action size", actionSize, in: 1...100_000)
    for size in hiddenSizes {
      try check("--hidden", size, in: 1...4096)
    }
    guard hiddenSizes.count <= 8 else {
      throw InvalidSetting("--hidden", is: architecture.name, expected: "at most 8 layers")
    }
    let edges = architecture.edgeCount
    guard edges <= Self.mostEdges else {
      throw InvalidSetting(
        "--hidden", is: architecture.name,
        expected: "at most \(Self.mostEdges) edges, \(architecture.sizes) has \(edges)")
    }
    guard (1...edges).contains(partitions) else {
      throw InvalidSetting(
        "--partitions", is: partitions,
        expected: "1 to \(edges), the number of edges of \(architecture.sizes)")
    }
    try check("--iterations", iterations, in: 1...10_000_000)
    try check("--perturbations", perturbations, in: 1...1_000_000)
    guard perturbations % estimator.evaluationsPerDirection == 0 else {
      throw InvalidSetting(
        "--perturbations", is: perturbations, expected: "an even number for antithetic pairs")
    }
    try check("--pivots", pivots, in: (estimator == .forward ? 1 : 0)...1_000_000)
    try check("--evaluations", evaluations, in: 1...10_000)
    try check("--finalists", finalists, in: 1...100)
    try check("--finalist-episodes", finalistEpisodes, in: 1...10_000)
    try check("--search-interval", searchInterval, in: 1...1_000_000)
    try check("--sigma", sigma)
    try check("--step-size", stepSize)
    if let problem = controllerSettings.problem {
      throw InvalidSetting(problem)
    }
  }

  private func validateEnvironment() throws(InvalidSetting) {
    let counts = 1...EnvironmentSettings.largestCount
    if let horizon = environment.horizon { try check("--horizon", horizon, in: counts) }
    try check("--action-repeat", environment.actionRepeat, in: counts)
    guard environment.isValid else {
      throw InvalidSetting(
        "--env-option", is: "'\(environment.optionText)'",
        expected: "NAME=VALUE without spaces")
    }
    guard CredibleRange.value.contains(aliveShift) else {
      throw InvalidSetting("--alive-shift", is: aliveShift, expected: "a finite number")
    }
  }

  private func check(_ flag: String, _ value: Int, in range: ClosedRange<Int>)
    throws(InvalidSetting)
  {
    guard range.contains(value) else {
      throw InvalidSetting(
        flag, is: value, expected: "\(range.lowerBound) to \(range.upperBound)")
    }
  }

  private func check(_ flag: String, _ value: Double) throws(InvalidSetting) {
    guard value.isFinite, value > 0 else {
      throw InvalidSetting(flag, is: value, expected: "a number above 0")
    }
  }
}

import ChromaticPolicy
import RunQueue

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

  /// Beyond this every unit is saturated.
  static let largestInitialDeviation = 1000.0

  /// Throws for the first setting that is outside its range.
  public func validate() throws(InvalidSetting) {
    try environment.validate()
    guard CredibleRange.value.contains(aliveShift) else {
      throw InvalidSetting("--alive-shift", is: aliveShift, expected: "a finite number")
    }
    try check("observation size", observationSize, in: 1...100_000)
    try check("action size", actionSize, in: 1...100_000)
    for size in hiddenSizes {
      try check("--hidden", size, in: 1...4096)
    }
    guard hiddenSizes.count <= 8 else {
      throw InvalidSetting("--hidden", is: architecture.name, expected: "at most 8 layers")
    }
    guard architecture.edgeCount <= Self.mostEdges else {
      throw InvalidSetting(
        "--hidden", is: architecture.name,
        expected: "at most \(Self.mostEdges) edges, \(architecture.sizes) has "
          + "\(architecture.edgeCount)")
    }
    try validatePolicyClass()
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
    try checkEvaluations()
    try check("--search-interval", searchInterval, in: 1...1_000_000)
    try check("--sigma", sigma)
    try check("--step-size", stepSize)
    guard (0...Self.largestInitialDeviation).contains(initialDeviation) else {
      throw InvalidSetting(
        "--initial-deviation", is: initialDeviation,
        expected: "0 to \(Int(Self.largestInitialDeviation))")
    }
    guard initialDeviation > 0 || !zeroIsStationary else {
      throw InvalidSetting(
        "--initial-deviation", is: initialDeviation,
        expected: "a number above 0: from zero weights antithetic pairs of a policy with "
          + "\(architecture.name) cancel")
    }
    let directions = perturbations / estimator.evaluationsPerDirection
    try check("--top-directions", topDirections, in: 0...directions)
    guard weightDecay.isFinite, weightDecay >= 0 else {
      throw InvalidSetting("--weight-decay", is: weightDecay, expected: "a number from 0 on")
    }
    if let problem = controllerSettings.problem {
      throw InvalidSetting(problem)
    }
  }

  private func checkEvaluations() throws(InvalidSetting) {
    let training = TaskSchedule(self).trainingCount
    guard training <= QueueLimits.evaluations else {
      throw InvalidSetting(
        "the sum of --perturbations, --pivots and --evaluations", is: training,
        expected: "at most \(QueueLimits.evaluations), what one iteration may hold")
    }
    let comparison = finalists * finalistEpisodes
    guard comparison <= QueueLimits.evaluations else {
      throw InvalidSetting(
        "the product of --finalists and --finalist-episodes", is: comparison,
        expected: "at most \(QueueLimits.evaluations), what one iteration may hold")
    }
  }

  private func validatePolicyClass() throws(InvalidSetting) {
    let edges = architecture.edgeCount
    let expected = policyClass.weightCount(on: architecture)
    guard expected.map({ $0 == partitions }) ?? (1...edges).contains(partitions) else {
      throw InvalidSetting(
        "--partitions", is: partitions,
        expected: expected.map {
          "\($0), the number of weights of a \(policyClass.rawValue) policy"
        }
          ?? "1 to \(edges), the number of edges of \(architecture.sizes)")
    }
    if let problem = policyClass.problem(on: architecture) {
      throw InvalidSetting("\(policyClass.argument) \(problem)")
    }
    guard (0...1).contains(maskPressure) else {
      throw InvalidSetting("--mask-pressure", is: maskPressure, expected: "0 to 1")
    }
    guard searchesPartitions || !controller.searches else {
      throw InvalidSetting(
        "--controller \(controller.rawValue) has nothing to decide in a \(policyClass.rawValue) "
          + "policy: leave it out")
    }
    guard fixedPartition == nil || givenPartition != nil else {
      throw InvalidSetting(
        "--fix-partition is no partition of \(edges) edges into \(partitions) classes")
    }
  }
}

extension RunConfiguration {
  /// Whether a controller has anything to decide about policies of this class.
  public var searchesPartitions: Bool { policyClass.isSearched }

  /// The decisions that a fixed controller has to make: prescribed by the class or given by the user.
  public var givenPartition: Partition? {
    let space = searchSpace
    return policyClass.settledDecisions(on: architecture)
      ?? fixedPartition.flatMap {
        Partition(text: $0, edgeCount: space.decisionCount, classCount: space.choiceCount)
      }
  }
}

extension EnvironmentSettings {
  /// Throws for the first setting that is outside its range.
  public func validate() throws(InvalidSetting) {
    let counts = 1...Self.largestCount
    if let horizon { try check("--horizon", horizon, in: counts) }
    try check("--action-repeat", actionRepeat, in: counts)
    guard isValid else {
      throw InvalidSetting(
        "--env-option", is: "'\(optionText)'", expected: "NAME=VALUE without spaces")
    }
  }
}

private func check(_ flag: String, _ value: Int, in range: ClosedRange<Int>)
  throws(InvalidSetting)
{
  guard range.contains(value) else {
    throw InvalidSetting(flag, is: value, expected: "\(range.lowerBound) to \(range.upperBound)")
  }
}

private func check(_ flag: String, _ value: Double) throws(InvalidSetting) {
  guard value.isFinite, value > 0 else {
    throw InvalidSetting(flag, is: value, expected: "a number above 0")
  }
}

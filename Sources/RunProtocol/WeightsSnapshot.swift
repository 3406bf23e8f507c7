import ChromaticPolicy
import EvolutionStrategies
import Randomness

/// What the aggregator owns and evaluators read: the run's weights hash.
public struct WeightsSnapshot: Sendable, Hashable {
  /// The iteration that these weights start.
  public var iteration: Int
  /// M shared weights, then one bias per hidden unit, then the mask's scores if there is a mask.
  public var parameters: [Double]
  /// What the optimiser remembers.
  public var optimiser: OptimiserState
  /// Statistics of all observations so far.
  public var observations: ObservationStatistics
  /// Environment steps so far.
  public var environmentSteps: Int

  /// The start: W ~ N(0, d²) with d the initial deviation, all biases zero.
  public init(initialFor configuration: RunConfiguration) {
    iteration = 0
    let scores = configuration.maskScoreCount
    parameters = [Double](repeating: 0, count: configuration.parameterCount - scores)
    if configuration.initialDeviation > 0 {
      var stream = RandomStream(seed: configuration.seed, purpose: .weightInitialisation)
      for index in 0..<configuration.partitions {
        parameters[index] = configuration.initialDeviation * stream.gaussian()
      }
    }
    if scores > 0 {
      parameters += EdgeMask.initialScores(
        edgeCount: scores, sigma: configuration.sigma, seed: configuration.seed)
    }
    optimiser = OptimiserState(
      configuration.optimiser, dimension: configuration.parameterCount)
    observations = ObservationStatistics(size: configuration.observationSize)
    environmentSteps = 0
  }

  /// The observation normalisation of this iteration.
  public func normalisation(_ configuration: RunConfiguration) -> Normalisation {
    configuration.normalisesObservations
      ? observations.normalisation : .identity(size: configuration.observationSize)
  }

  /// Shared weights and biases.
  public func weightsAndBiases(_ configuration: RunConfiguration) -> [Double] {
    Array(parameters.dropLast(configuration.maskScoreCount))
  }

  /// The mask's scores; empty where there is no mask.
  public func mask(_ configuration: RunConfiguration) -> [Double] {
    Array(parameters.suffix(configuration.maskScoreCount))
  }

  /// The hash's fields.
  public func fields(_ configuration: RunConfiguration) -> Fields {
    let biases = parameters.dropFirst(configuration.partitions)
      .prefix(configuration.architecture.biasCount)
    var fields = [
      "iteration": String(iteration),
      "shared": NumberList.text(Array(parameters.prefix(configuration.partitions))),
      "biases": NumberList.text(Array(biases)),
      "observations": String(observations.count),
      "mean": NumberList.text(observations.mean),
      "squares": NumberList.text(observations.squaredDeviations),
      "environment-steps": String(environmentSteps),
    ]
    if configuration.policyClass == .masked {
      fields["mask"] = NumberList.text(mask(configuration))
    }
    if configuration.optimiser == .adam {
      fields["first-moment"] = NumberList.text(optimiser.firstMoment)
      fields["second-moment"] = NumberList.text(optimiser.secondMoment)
      fields["steps"] = String(optimiser.steps)
    }
    return fields
  }

  /// The snapshot in `fields`, sizes and numbers checked.
  public init(_ fields: Fields, _ configuration: RunConfiguration) throws(DamagedFields) {
    iteration = try fields.integer("iteration", in: CredibleRange.iteration)
    parameters =
      try fields.numbers("shared", count: configuration.partitions)
      + fields.numbers("biases", count: configuration.architecture.biasCount)
    if configuration.policyClass == .masked {
      parameters += try fields.numbers("mask", count: configuration.maskScoreCount)
    }
    optimiser = try Self.optimiser(fields, configuration)
    environmentSteps = try fields.integer("environment-steps", in: CredibleRange.runCount)
    let size = configuration.observationSize
    guard
      let statistics = ObservationStatistics(
        count: try fields.integer("observations", in: CredibleRange.runCount),
        mean: try fields.numbers("mean", count: size),
        squaredDeviations: try fields.numbers("squares", count: size))
    else { throw DamagedFields(field: "squares", reason: "has a negative value") }
    observations = statistics
  }

  private static func optimiser(
    _ fields: Fields, _ configuration: RunConfiguration
  ) throws(DamagedFields) -> OptimiserState {
    let count = configuration.parameterCount
    guard configuration.optimiser == .adam else {
      return OptimiserState(configuration.optimiser, dimension: count)
    }
    let steps = try fields.integer("steps", in: CredibleRange.runCount)
    let second = try fields.numbers("second-moment", count: count)
    guard second.allSatisfy({ $0 >= 0 }) else {
      throw DamagedFields(field: "second-moment", reason: "has a negative value")
    }
    return OptimiserState(
      firstMoment: try fields.numbers("first-moment", count: count), secondMoment: second,
      steps: steps)
  }
}

/// A field of a hash that does not hold what it should.
public struct DamagedFields: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field.
  public let field: String
  /// What is wrong with it.
  public let reason: String

  /// Field `field` is wrong in the way `reason` continues the sentence.
  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// `field '…' …`.
  public var description: String { "field '\(field)' \(reason)" }
}

extension Fields {
  func text(_ field: String) throws(DamagedFields) -> String {
    guard let value = self[field] else {
      throw DamagedFields(field: field, reason: "is missing")
    }
    return value
  }

  func integer(_ field: String, in range: ClosedRange<Int>) throws(DamagedFields) -> Int {
    guard let value = Int(try text(field)), range.contains(value) else {
      throw DamagedFields(
        field: field,
        reason: "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  func numbers(_ field: String, count: Int) throws(DamagedFields) -> [Double] {
    guard let values = NumberList.parse(try text(field)[...], count: count) else {
      throw DamagedFields(field: field, reason: "does not hold \(count) finite numbers")
    }
    return values
  }
}

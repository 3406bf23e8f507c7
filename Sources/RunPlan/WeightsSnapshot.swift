import ChromaticPolicy
import EvolutionStrategies
import Randomness
import RunQueue

/// What the aggregator owns and evaluators read: the run's weights hash.
public struct WeightsSnapshot: Sendable, Hashable {
  /// The iteration that these weights start.
  public var iteration: Int
  /// Whether its weights are the classes' or the edges' own.
  public var form: WeightForm
  /// M shared weights or one latent per edge, then one bias per hidden unit, then the mask's scores if
  /// there is a mask.
  public var parameters: [Double]
  /// What the optimiser remembers.
  public var optimiser: OptimiserState
  /// Statistics of all observations so far.
  public var observations: ObservationStatistics
  /// Environment steps so far.
  public var environmentSteps: Int

  /// The start: the initial policy's, else W ~ N(0, d²) with d the initial deviation and zero biases.
  public init(initialFor configuration: RunConfiguration) {
    let layout = configuration.layout(of: 0)
    iteration = 0
    form = configuration.form(of: 0)
    parameters = [Double](repeating: 0, count: layout.network.count)
    if let policy = configuration.initialPolicy {
      parameters = policy.parameters
    } else if configuration.initialDeviation > 0 {
      var stream = RandomStream(seed: configuration.seed, purpose: .weightInitialisation)
      for index in layout.weights {
        parameters[index] = configuration.initialDeviation * stream.gaussian()
      }
    }
    if !layout.scores.isEmpty {
      parameters += EdgeMask.initialScores(
        edgeCount: layout.scores.count, sigma: configuration.sigma.start, seed: configuration.seed)
    }
    optimiser = OptimiserState(configuration.optimiser, dimension: layout.count)
    observations =
      configuration.initialPolicy?.observations
      ?? ObservationStatistics(size: configuration.observationSize)
    environmentSteps = 0
  }

  /// The observation normalisation of this iteration.
  public func normalisation(_ configuration: RunConfiguration) -> Normalisation {
    configuration.normalisesObservations
      ? observations.normalisation : .identity(size: configuration.observationSize)
  }

  /// The hash's fields.
  public func fields(_ configuration: RunConfiguration) -> Fields {
    let layout = configuration.layout(form)
    func text(_ range: Range<Int>) -> String { NumberList.text(Array(parameters[range])) }
    var fields = [
      "iteration": String(iteration),
      Self.field(form): text(layout.weights),
      "biases": text(layout.biases),
      "observations": String(observations.count),
      "mean": NumberList.text(observations.mean),
      "squares": NumberList.text(observations.squaredDeviations),
      "environment-steps": String(environmentSteps),
    ]
    if !layout.scores.isEmpty { fields["mask"] = text(layout.scores) }
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
    // Latents stay until the controller has clustered them for the iteration that freezes the partition.
    let areLatents =
      iteration == configuration.freezingIteration && iteration > 0
      && fields[Self.field(.latent)] != nil
    form = areLatents ? .latent : configuration.form(of: iteration)
    let layout = configuration.layout(form)
    parameters =
      try fields.numbers(Self.field(form), count: layout.weights.count)
      + fields.numbers("biases", count: layout.biases.count)
    if !layout.scores.isEmpty {
      parameters += try fields.numbers("mask", count: layout.scores.count)
    }
    optimiser = try Self.optimiser(fields, configuration, dimension: layout.count)
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

  /// The field that holds the weights.
  private static func field(_ form: WeightForm) -> String {
    form == .latent ? "latents" : "shared"
  }

  /// The same biases, where they are not shared, over the weights of classes, with an optimiser that starts anew.
  ///
  /// - Precondition: the weights are latents.
  public func shared(_ centres: [Double], _ configuration: RunConfiguration) -> WeightsSnapshot {
    precondition(form == .latent && centres.count == configuration.partitions)
    var snapshot = self
    snapshot.form = .shared
    snapshot.parameters =
      centres
      + (configuration.sharesBiases == true ? [] : parameters[configuration.layout(form).biases])
    snapshot.optimiser = OptimiserState(
      configuration.optimiser, dimension: snapshot.parameters.count)
    return snapshot
  }

  private static func optimiser(
    _ fields: Fields, _ configuration: RunConfiguration, dimension count: Int
  ) throws(DamagedFields) -> OptimiserState {
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

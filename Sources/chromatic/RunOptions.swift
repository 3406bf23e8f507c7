import ArchitectureSearch
import ArgumentParser
import ChromaticPolicy
import Environments
import EvolutionStrategies
import RunPlan

extension ControllerKind: ExpressibleByArgument {}
extension GradientEstimator: ExpressibleByArgument {}
extension DirectionKind: ExpressibleByArgument {}
extension Optimiser: ExpressibleByArgument {}

/// The settings of a run, as `train` and `submit` take them; each default is shown by --help.
struct RunOptions: ParsableArguments {
  private static let defaults = RunConfiguration(
    environment: "", observationSize: 1, actionSize: 1)

  @Option(
    help: ArgumentHelp(
      "Hidden layer sizes such as 41 or 41,41 (also H41,H41); 'none' or L: linear. (default: 41)",
      valueName: "sizes"))
  var hidden: String?

  @Option(
    help: ArgumentHelp(
      "chromatic, or a baseline: masked, toeplitz, circulant or unstructured. (default: chromatic)",
      valueName: "class"))
  var policy: BaselinePolicy?

  @Option(
    help: ArgumentHelp(
      "What the controller decides: sharing of weights, edge-removal or node-deletion. "
        + "(default: sharing)", valueName: "space"))
  var searchSpace: SearchSpaceChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The weight of sparsity in a masked policy's objective at the end of training, 0 to 1. "
        + "(default: \(defaults.maskPressure))"))
  var maskPressure: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "M, the number of shared weights of a chromatic policy. (default: \(defaults.partitions))"))
  var partitions: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("ES iterations. (default: \(defaults.iterations))"))
  var iterations: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Perturbed evaluations per iteration. (default: \(defaults.perturbations))"))
  var perturbations: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Unperturbed evaluations per iteration over sampled partitions. (default: \(defaults.pivots))"
    ))
  var pivots: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Unperturbed episodes of the controller's proposal per iteration. "
        + "(default: \(defaults.evaluations))"))
  var evaluations: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Policies compared at the end. (default: \(defaults.finalists))"))
  var finalists: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Episodes for each of them. (default: \(defaults.finalistEpisodes))"))
  var finalistEpisodes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("σ, the size of perturbations. (default: \(defaults.sigma))"))
  var sigma: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("η, the step along the gradient. (default: \(defaults.stepSize))"))
  var stepSize: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Standard deviation of the weights at the start. (default: 0; σ where antithetic pairs would "
        + "cancel at 0)"))
  var initialDeviation: Double?

  @Option(
    help: ArgumentHelp(
      "forward (against the pivot) or antithetic. (default: \(defaults.estimator.rawValue))"))
  var estimator: GradientEstimator?

  @Option(
    help: ArgumentHelp(
      "gaussian, or orthogonal in blocks. (default: \(defaults.directionKind.rawValue))"))
  var directions: DirectionKind?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of best directions that make the gradient, as in ARS. (default: all)"))
  var topDirections: Int?

  @Option(help: ArgumentHelp("sgd or adam. (default: \(defaults.optimiser.rawValue))"))
  var optimiser: Optimiser?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("λ: every step also subtracts η·λ·W. (default: \(defaults.weightDecay))"))
  var weightDecay: Double?

  @Option(
    help: ArgumentHelp(
      "factorised, pointer, random, population, evolution or fixed. "
        + "(default: \(defaults.controller.rawValue))"))
  var controller: ControllerKind?

  @Option(
    help: ArgumentHelp(
      "Train the weights only, under the partition of a policy of equal dimensions.",
      valueName: "policy file"),
    completion: .file(extensions: ["json"]))
  var fixPartition: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("ES iterations between search steps. (default: \(defaults.searchInterval))"))
  var searchInterval: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Step of the controller's learning rule. "
        + "(default: \(number(defaults.controllerSettings.learningRate)))"))
  var controllerStep: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Start the search around a random partition, every edge keeping its class with this "
        + "probability; 0 starts uniform. "
        + "(default: \(number(defaults.controllerSettings.initialConcentration)))"))
  var initialConcentration: Double?

  @Flag(
    inversion: .prefixedNo, help: "Divide returns by their standard deviation. (default: on)")
  var normaliseReturns: Bool?

  @Flag(
    inversion: .prefixedNo, help: "Normalise observations by their running moments. (default: on)")
  var normaliseObservations: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Names every random stream. (default: \(defaults.seed))"))
  var seed: UInt64?

  @OptionGroup(title: "Environment") var environment: EnvironmentFlags

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Subtracted in training, not in reported returns, for every step survived. "
        + "(default: the environment's alive bonus)",
      valueName: "reward"))
  var aliveShift: Double?

  /// The configuration these options make for an environment, validated.
  func configuration(environment id: String) throws -> RunConfiguration {
    var settings = EnvironmentSettings(id)
    try environment.apply(to: &settings)
    let description = try EnvironmentCatalog.description(of: settings)
    var configuration = RunConfiguration(
      environment: settings, observationSize: description.observationSize,
      actionSize: description.actionSize)
    configuration.environment.options.merge(description.pins) { given, _ in given }
    configuration.aliveShift = description.aliveBonus
    try apply(to: &configuration)
    if initialDeviation == nil {
      configuration.initialDeviation = configuration.zeroIsStationary ? configuration.sigma : 0
    }
    try configuration.validate()
    return configuration
  }

  /// Sets what was given on the command line.
  func apply(to configuration: inout RunConfiguration) throws {
    if let hidden { configuration.hiddenSizes = try Self.sizes(hidden) }
    try applyPolicyClass(to: &configuration)
    try applyFixedPartition(to: &configuration)
    Self.set(iterations, \.iterations, &configuration)
    Self.set(perturbations, \.perturbations, &configuration)
    Self.set(pivots, \.pivots, &configuration)
    Self.set(evaluations, \.evaluations, &configuration)
    Self.set(finalists, \.finalists, &configuration)
    Self.set(finalistEpisodes, \.finalistEpisodes, &configuration)
    Self.set(sigma, \.sigma, &configuration)
    Self.set(stepSize, \.stepSize, &configuration)
    Self.set(estimator, \.estimator, &configuration)
    Self.set(directions, \.directionKind, &configuration)
    Self.set(topDirections, \.topDirections, &configuration)
    Self.set(optimiser, \.optimiser, &configuration)
    Self.set(weightDecay, \.weightDecay, &configuration)
    Self.set(initialDeviation, \.initialDeviation, &configuration)
    if let controller { configuration.controller = controller }
    Self.set(maskPressure, \.maskPressure, &configuration)
    Self.set(searchInterval, \.searchInterval, &configuration)
    Self.set(normaliseReturns, \.normalisesReturns, &configuration)
    Self.set(normaliseObservations, \.normalisesObservations, &configuration)
    Self.set(aliveShift, \.aliveShift, &configuration)
    Self.set(seed, \.seed, &configuration)
    try environment.apply(to: &configuration.environment)
    if let controllerStep { configuration.controllerSettings.learningRate = controllerStep }
    if let initialConcentration {
      configuration.controllerSettings.initialConcentration = initialConcentration
    }
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "its own" }

  private static func set<Value>(
    _ value: Value?, _ path: WritableKeyPath<RunConfiguration, Value>,
    _ configuration: inout RunConfiguration
  ) {
    if let value { configuration[keyPath: path] = value }
  }

  private static func sizes(_ text: String) throws -> [Int] {
    if ["none", "L"].contains(text) { return [] }
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Int($0.hasPrefix("H") ? $0.dropFirst() : $0) ?? 0
    }
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw InvalidSetting(
        "--hidden", is: "'\(text)'", expected: "sizes such as 41 or 41,41, or 'none'")
    }
    return sizes
  }
}

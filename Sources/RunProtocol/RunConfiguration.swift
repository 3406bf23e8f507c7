import ArchitectureSearch
import ChromaticPolicy
import EvolutionStrategies

/// Everything that, with the seed, fixes a run's result bit for bit. Written once, never changed.
public struct RunConfiguration: Sendable, Hashable, Codable {
  /// The environment and its settings.
  public var environment: EnvironmentSettings
  /// Observation size s of that environment.
  public var observationSize: Int
  /// Action size a of that environment.
  public var actionSize: Int
  /// Hidden layer sizes; empty for the linear policy.
  public var hiddenSizes: [Int]
  /// M, the number of classes.
  public var partitions: Int
  /// ES iterations in all.
  public var iterations: Int
  /// Perturbed evaluations per iteration; even for antithetic pairs.
  public var perturbations: Int
  /// Unperturbed evaluations per iteration whose mean is the pivot.
  public var pivots: Int
  /// Unperturbed evaluations per iteration of the controller's proposal.
  public var evaluations: Int
  /// How many of the best policies seen are compared at the end.
  public var finalists: Int
  /// Episodes for each of them.
  public var finalistEpisodes: Int
  /// How the gradient is estimated.
  public var estimator: GradientEstimator
  /// σ, the standard deviation of perturbations.
  public var sigma: Double
  /// η of the ascent step W ← W + η·gradient.
  public var stepSize: Double
  /// Whether returns are divided by their standard deviation in each iteration.
  public var normalisesReturns: Bool
  /// Whether observations are normalised by their running mean and deviation.
  public var normalisesObservations: Bool
  /// What proposes partitions.
  public var controller: ControllerKind
  /// The controller's own settings.
  public var controllerSettings: ControllerSettings
  /// ES iterations between search steps.
  public var searchInterval: Int
  /// What training subtracts from the return for every environment step survived.
  ///
  /// Returns that are reported keep it. Mania et al. 2018 (ARS) shift by the alive bonus, so that
  /// standing still is worth nothing.
  public var aliveShift: Double
  /// Names every random stream of the run.
  public var seed: UInt64

  /// A configuration for an environment of the given sizes, everything else at its default.
  public init(environment: EnvironmentSettings, observationSize: Int, actionSize: Int) {
    self.environment = environment
    self.observationSize = observationSize
    self.actionSize = actionSize
    hiddenSizes = [41]
    partitions = 17
    iterations = 100
    perturbations = 300
    pivots = 16
    evaluations = 4
    finalists = 5
    finalistEpisodes = 20
    estimator = .forward
    sigma = 0.1
    stepSize = 0.03
    normalisesReturns = true
    normalisesObservations = true
    controller = .factorised
    controllerSettings = ControllerSettings()
    searchInterval = 1
    aliveShift = 0
    seed = 0
  }

  /// The base graph.
  public var architecture: Architecture {
    Architecture(
      observationSize: observationSize, hiddenSizes: hiddenSizes, actionSize: actionSize)
  }

  /// Dimension of the ES search: shared weights and biases.
  public var parameterCount: Int { partitions + architecture.biasCount }
}

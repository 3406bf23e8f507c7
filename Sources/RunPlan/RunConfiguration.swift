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
  /// What fixes which edges share a weight.
  public var policyClass: PolicyClass
  /// M, the number of weights that ES trains; for a chromatic policy the number of classes.
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
  /// How its directions are drawn.
  public var directionKind: DirectionKind
  /// b, the number of best directions that make the gradient (ARS); 0 for all.
  public var topDirections: Int
  /// How the gradient becomes a step.
  public var optimiser: Optimiser
  /// λ of the decay that every step applies: W ← W + η·(direction − λW), biases included.
  public var weightDecay: Double
  /// σ, the standard deviation of perturbations.
  public var sigma: Double
  /// η of the ascent step.
  public var stepSize: Double
  /// Standard deviation of the shared weights that training starts from; 0 starts from zeros.
  ///
  /// With one hidden layer and zeros, tanh makes the policies of +σg and −σg the same, so that every
  /// antithetic pair cancels and nothing is ever learned.
  public var initialDeviation: Double
  /// Whether returns are divided by their standard deviation in each iteration.
  public var normalisesReturns: Bool
  /// Whether observations are normalised by their running mean and deviation.
  public var normalisesObservations: Bool
  /// What proposes partitions.
  public var controller: ControllerKind
  /// The controller's own settings.
  public var controllerSettings: ControllerSettings
  /// The partition, as text, that a fixed controller proposes; nil for one drawn by the seed.
  public var fixedPartition: String?
  /// The weight of sparsity in the objective of a masked policy at the end of training, 0 to 1.
  ///
  /// It grows from 0 in proportion to the iteration.
  public var maskPressure: Double
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
    policyClass = .chromatic
    partitions = 17
    iterations = 100
    perturbations = 120
    pivots = 2
    evaluations = 2
    finalists = 5
    finalistEpisodes = 20
    estimator = .antithetic
    directionKind = .gaussian
    topDirections = 0
    optimiser = .sgd
    weightDecay = 0
    sigma = 0.05
    stepSize = 0.01
    initialDeviation = 0.05
    normalisesReturns = true
    normalisesObservations = true
    controller = .factorised
    controllerSettings = ControllerSettings()
    controllerSettings.initialConcentration = 0.9
    controllerSettings.learningRate = 0.2
    fixedPartition = nil
    maskPressure = 0.95
    searchInterval = 1
    aliveShift = 0
    seed = 0
  }

  /// The base graph.
  public var architecture: Architecture {
    Architecture(
      observationSize: observationSize, hiddenSizes: hiddenSizes, actionSize: actionSize)
  }

  /// Whether zero weights make the policies of +σg and −σg the same: an odd number of hidden layers.
  public var zeroIsStationary: Bool { estimator == .antithetic && hiddenSizes.count % 2 == 1 }

  /// What the controller decides.
  public var searchSpace: SearchSpace {
    SearchSpace(policyClass, on: architecture, classes: partitions)
  }

  /// Where weights, biases and scores stand among the parameters that ES trains.
  public var layout: ParameterLayout {
    ParameterLayout(
      weights: partitions, biases: architecture.biasCount,
      scores: policyClass.scoreCount(on: architecture))
  }

  /// The directions of an iteration, of the layout's length.
  public func directions(of iteration: Int) -> DirectionSampler {
    DirectionSampler(directionKind, seed: seed, iteration: iteration, dimension: layout.count)
  }
}

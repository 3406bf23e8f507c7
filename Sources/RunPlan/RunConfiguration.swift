import ArchitectureSearch
import ChromaticPolicy
import EvolutionStrategies

/// Everything that, with the seed, fixes a run's result bit for bit. Written once, never changed.
///
/// Flags, fields, ranges, defaults and start rules are rows of `RunSetting.all`; the values that stand here
/// hold the place until the rows have set theirs.
public struct RunConfiguration: Sendable, Hashable, Codable {
  /// The environment and its settings.
  public var environment: EnvironmentSettings
  /// Observation size s of that environment.
  public var observationSize: Int
  /// Action size a of that environment.
  public var actionSize: Int
  /// Hidden layer sizes; empty for the linear policy.
  public var hiddenSizes: [Int] = []
  /// What fixes which edges share a weight.
  public var policyClass: PolicyClass = .chromatic
  /// M, the number of weights that ES trains; for a chromatic policy the number of classes.
  public var partitions: Int = 0
  /// Whether biases are of the classes, too; nil: no, each is a number of its own.
  public var sharesBiases: Bool?
  /// ES iterations in all.
  public var iterations: Int = 0
  /// Perturbed evaluations per iteration; even for antithetic pairs.
  public var perturbations: Int = 0
  /// Unperturbed evaluations per iteration whose mean is the pivot.
  public var pivots: Int = 0
  /// The mean return of the best policy seen at which the run ends; nil: after its last iteration.
  public var stopAtReturn: Double?
  /// Unperturbed evaluations per iteration of the controller's proposal.
  public var evaluations: Int = 0
  /// How many of the best policies seen are compared at the end.
  public var finalists: Int = 0
  /// Episodes for each of them.
  public var finalistEpisodes: Int = 0
  /// How the gradient is estimated.
  public var estimator: GradientEstimator = .antithetic
  /// How its directions are drawn.
  public var directionKind: DirectionKind = .gaussian
  /// b, the number of best directions that make the gradient (ARS); 0 for all.
  public var topDirections: Int = 0
  /// How the gradient becomes a step.
  public var optimiser: Optimiser = .sgd
  /// λ of the decay that every step applies: W ← W + η·(direction − λW), biases included.
  public var weightDecay: Double = 0.0
  /// σ, the standard deviation of perturbations.
  public var sigma: SettingSchedule = 0.0
  /// η of the ascent step.
  public var stepSize: SettingSchedule = 0.0
  /// Standard deviation of the shared weights that training starts from; 0 starts from zeros.
  ///
  /// With one hidden layer and zeros, tanh makes the policies of +σg and −σg the same, so that every
  /// antithetic pair cancels and nothing is ever learned.
  public var initialDeviation: Double = 0.0
  /// Whether returns are divided by their standard deviation in each iteration.
  public var normalisesReturns: Bool = false
  /// Whether observations are normalised by their running mean and deviation.
  public var normalisesObservations: Bool = false
  /// What proposes partitions.
  public var controller: ControllerKind = .fixed
  /// When and how latents become classes; nil where the controller does not cluster.
  public var clustering: ClusteringPlan?
  /// How the step of a controller that learns from rewards moves; nil where it stays as its settings have it.
  public var controllerStep: SettingSchedule?
  /// The controller's own settings.
  public var controllerSettings: ControllerSettings = .init()
  /// The partition, as text, that a fixed controller proposes; nil for one drawn by the seed.
  public var fixedPartition: String?
  /// What training starts from; nil for random weights.
  public var initialPolicy: InitialPolicy?
  /// The weight of sparsity in the objective of a masked policy at the end of training, 0 to 1.
  ///
  /// It grows from 0 in proportion to the iteration.
  public var maskPressure: Double = 0.0
  /// ES iterations between search steps.
  public var searchInterval: Int = 0
  /// How many batches a search step comes late; nil: none.
  ///
  /// With 1 a batch is drawn from what the one before the last has shown, so that the controller can
  /// draw it while evaluators are at work: B(k+1) ~ θ(k), θ(k) = update(θ(k−1), B(k−1), R(k−1)).
  public var searchLag: Int?
  /// Whether rewards reach the controller in random order, so that it moves by chance alone; nil: no.
  public var shufflesRewards: Bool?
  /// Whether a partition is credited with its return less what the direction explains; nil: with the return.
  public var creditsResiduals: Bool?
  /// Whether all perturbed policies and pivots of an iteration are played from one initial state; nil: no.
  public var sharesEpisodes: Bool?
  /// What training subtracts from the return for every environment step survived.
  ///
  /// Returns that are reported keep it. Mania et al. 2018 (ARS) shift by the alive bonus, so that
  /// standing still is worth nothing.
  public var aliveShift: Double = 0.0
  /// What simulates the environment where the run was configured, as `EnvironmentDescription.identity`
  /// says it; machines that say something else do not run it. Nil: any may.
  public var simulator: String?
  /// Names every random stream of the run.
  public var seed: UInt64 = 0

  /// A configuration for an environment of the given sizes, everything else at its row's default.
  public init(environment: EnvironmentSettings, observationSize: Int, actionSize: Int) {
    self.environment = environment
    self.observationSize = observationSize
    self.actionSize = actionSize
    for setting in RunSetting.ofRun { setting.reset(&self) }
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
    SearchSpace(
      policyClass, on: architecture, classes: partitions, sharesBiases: sharesBiases == true)
  }

  /// Where weights, biases and scores stand among the parameters that ES trains in `iteration`.
  public func layout(of iteration: Int) -> ParameterLayout { layout(form(of: iteration)) }

  /// Where weights, biases and scores stand among the parameters of a form.
  func layout(_ form: WeightForm) -> ParameterLayout {
    ParameterLayout(
      weights: form == .latent ? architecture.edgeCount : partitions,
      biases: form == .shared && sharesBiases == true ? 0 : architecture.biasCount,
      scores: policyClass.scoreCount(on: architecture))
  }

  /// σ of an iteration.
  public func sigma(of iteration: Int) -> Double {
    value(iteration, latent: sigma, shared: \.sigma)
  }

  /// η of an iteration.
  public func stepSize(of iteration: Int) -> Double {
    value(iteration, latent: stepSize, shared: \.stepSize)
  }

  /// A schedule's value, which a run that clusters has one of for latents and one for shared weights.
  private func value(
    _ iteration: Int, latent: SettingSchedule, shared: KeyPath<ClusteringPlan, SettingSchedule>
  ) -> Double {
    guard let plan = clusteringPlan else { return latent.value(at: iteration, of: iterations) }
    let frozen = plan.freezes(in: iterations)
    return iteration < frozen
      ? latent.value(at: iteration, of: frozen)
      : plan[keyPath: shared].value(at: iteration - frozen, of: iterations - frozen)
  }

  /// The directions of an iteration, of the layout's length.
  public func directions(of iteration: Int) -> DirectionSampler {
    DirectionSampler(
      directionKind, seed: seed, iteration: iteration, dimension: layout(of: iteration).count)
  }
}

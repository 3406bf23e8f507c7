import ArchitectureSearch
import Randomness
import RunPlan
import RunQueue

/// One simulated history of a ring: which runs, which processes, which faults.
public struct Schedule: Sendable {
  var seed: UInt64
  var plans: [RunPlan]
  var controllers = 1
  var aggregators = 1
  var evaluators: Int
  var network: Network
  /// Whether faults cease while a task may not be lost once more, so that none is given up.
  var spares = true
  /// What befalls the store, and when.
  var mishaps: [(moment: Double, mishap: Mishap)] = []

  /// The schedule that `seed` draws, with `evaluators` or else 1 to 8 evaluators.
  public init(seed: UInt64, evaluators: Int? = nil) {
    var random = RandomStream(seed: seed, purpose: .simulation)
    self.seed = seed
    plans = Self.plans(&random)
    controllers = random.uniform() < 0.3 ? 2 : 1
    aggregators = random.uniform() < 0.3 ? 2 : 1
    self.evaluators = evaluators ?? 1 + Int(random.next() % 8)
    spares = random.uniform() < 0.9
    network = Network.drawn(from: &random, seed: seed)
    mishaps = Mishap.drawn(from: &random, plans: plans)
  }

  /// One run on a ring of which every process lives and every call is prompt.
  init(undisturbed configuration: RunConfiguration, evaluators: Int = 1) {
    seed = 0
    plans = [RunPlan(run: Self.name(0), configuration: configuration, submitted: 0)]
    self.evaluators = evaluators
    network = .calm
  }

  private static func plans(_ random: inout RandomStream) -> [RunPlan] {
    let count = 1 + Int(random.next() % 5) / 2
    return (0..<count).map { number in
      let configuration = configurations[Int(random.next() % UInt64(configurations.count))]
      var plan = RunPlan(
        run: name(number), configuration: configuration, submitted: random.uniform(0, 5))
      if random.uniform() < 0.25 {
        let start = random.uniform(0, 20)
        plan.hold = start...start + random.uniform(0, 30)
      }
      if random.uniform() < 0.1 { plan.cancelled = random.uniform(0, 30) }
      return plan
    }
  }

  private static func name(_ number: Int) -> RunID {
    guard let run = RunID("run-\(number)") else {
      preconditionFailure("a word and a number name a run")
    }
    return run
  }

  /// The configurations that schedules choose from: tiny, of different controllers and seeds.
  static let configurations: [RunConfiguration] = (0..<12).map { number in
    var configuration = RunConfiguration(
      environment: "Simulated-v0", observationSize: 2, actionSize: 1)
    configuration.hiddenSizes = [2]
    configuration.partitions = 2
    configuration.iterations = 3
    configuration.perturbations = 4
    configuration.pivots = 1
    configuration.evaluations = 1
    configuration.finalists = 2
    configuration.finalistEpisodes = 2
    let controllers: [ControllerKind] = [.factorised, .random, .clustering, .clustering]
    configuration.controller = controllers[number % 4]
    configuration.estimator = number % 3 == 0 ? .antithetic : .forward
    configuration.initialDeviation = 0.1
    if configuration.controller == .clustering {
      // Latents, perhaps classes of perturbed ones, then a frozen partition: one iteration of each.
      configuration.clustering = ClusteringPlan()
      configuration.clustering?.freezeAt = 0.67
      if number % 4 == 3 { configuration.clustering?.clusterAt = 0.33 }
    } else {
      configuration.searchInterval = 1 + number % 2
      if number % 8 == 4 { configuration.searchLag = 1 }
    }
    configuration.seed = UInt64(number)
    return configuration
  }
}

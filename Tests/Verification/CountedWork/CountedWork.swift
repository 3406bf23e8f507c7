import ArchitectureSearch
import ChromaticPolicy
import Environments
import EvolutionStrategies
import Randomness
import RunPlan

/// A fixed piece of work whose instructions are counted.
struct CountedWork: Sendable {
  /// What it is.
  let name: String
  /// Instructions that it may take at most: a few per cent more than when the limit was set.
  let limit: Int
  /// Does it so many times and returns something that depends on all of it.
  let perform: @Sendable (_ times: Int) throws -> Double

  /// All pieces, in a fixed order.
  static let all = [
    CountedWork(name: "rollout of Pendulum, 3-41-1", limit: 800_000, perform: rollouts),
    CountedWork(name: "factorised controller's step", limit: 28_500_000, perform: searchSteps),
    CountedWork(name: "pointer network's step", limit: 69_400_000, perform: pointerSteps),
    CountedWork(name: "clusters of 943 latents", limit: 10_600_000, perform: clusterings),
    CountedWork(name: "partition of 943 edges read", limit: 8_100, perform: partitions),
    CountedWork(name: "result of 17 observations read", limit: 32_000, perform: results),
    CountedWork(name: "gradient of 60 pairs, 943 latents", limit: 8_150_000, perform: gradients),
  ]

  private static func rollouts(_ times: Int) throws -> Double {
    let settings = EnvironmentSettings("Pendulum-v1")
    let rollout = Rollout(
      in: try EnvironmentCatalog.make(settings), hiddenSizes: [41], actionRepeat: 1)
    return try (0..<times).reduce(0) { sum, number in
      let random = RandomStream(seed: 1, purpose: .episode, index: UInt32(number))
      return try sum + rollout.run(random).totalReward
    }
  }

  private static func searchSteps(_ times: Int) -> Double {
    steps(times, of: .factorised, edges: 943, partitions: 60)
  }

  private static func pointerSteps(_ times: Int) -> Double {
    steps(times, of: .pointer, edges: 100, partitions: 12)
  }

  private static func steps(
    _ times: Int, of kind: ControllerKind, edges: Int, partitions count: Int
  ) -> Double {
    var controller = kind.make(edgeCount: edges, classCount: 17, seed: 1, settings: .init())
    for number in 0..<times {
      let partitions = controller.draw(count: count, seed: 7, step: number)
      let rewards = partitions.indices.map { Double?(Double($0 * 7 % 13)) }
      _ = controller.update(partitions: partitions, rewards: rewards, seed: 7, step: number)
    }
    return Double(controller.proposal().usedClassCount)
  }

  private static func clusterings(_ times: Int) -> Double {
    let controller = ControllerKind.clustering.make(
      edgeCount: 943, classCount: 17, seed: 1, settings: .init())
    guard var controller = controller as? any LatentController else {
      preconditionFailure("the clustering controller clusters latents")
    }
    var random = RandomStream(seed: 3, purpose: .episode)
    for _ in 0..<times {
      let latents = random.gaussians(943)
      _ = controller.cluster(
        LatentWeights(latents, importance: latents.map { 0.1 + abs($0) }, deviation: 0.05))
    }
    return controller.centres.reduce(0, +)
  }

  private static func partitions(_ times: Int) -> Double {
    let text = Partition(classes: (0..<943).map { Int32($0 % 17) }, classCount: 17).text
    return (0..<times).reduce(0) { sum, _ in
      sum + Double(Partition(text: text, edgeCount: 943, classCount: 17)?.edgeCount ?? 0)
    }
  }

  private static func results(_ times: Int) -> Double {
    var random = RandomStream(seed: 5, purpose: .episode)
    let observations = ObservationStatistics(
      count: 1000, mean: random.gaussians(17),
      squaredDeviations: random.gaussians(17).map { $0 * $0 }
    )
    guard let observations else { preconditionFailure("squares are at least 0") }
    let text = EvaluationResult.finished(
      .init(totalReward: 1234.5678901, steps: 1000, seconds: 0.0225, observations: observations)
    ).text
    return (0..<times).reduce(0) { sum, _ in
      sum + (EvaluationResult(text: text, observationSize: 17)?.episode?.totalReward ?? 0)
    }
  }

  private static func gradients(_ times: Int) -> Double {
    let pairs = (0..<60).map {
      DirectionReturns(direction: $0, plus: Double($0 * 7 % 13), minus: Double($0 * 5 % 11))
    }
    return (0..<times).reduce(0) { sum, number in
      var sampler = DirectionSampler(.gaussian, seed: 1, iteration: number, dimension: 943)
      let gradient = GradientEstimator.antithetic.gradient(
        pairs, pivot: 0, sigma: 0.1, scale: 1, dimension: 943
      ) { sampler.direction($0) }
      return sum + (gradient?[0] ?? 0)
    }
  }
}

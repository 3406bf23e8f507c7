import ChromaticPolicy
import Randomness

/// A policy of each kind that an export has to get right.
struct PolicyExample: Sendable, CustomStringConvertible {
  let description: String
  let policy: Policy

  static let all = [
    PolicyExample("linear", hidden: [], classes: 3),
    PolicyExample("one hidden layer", hidden: [41], classes: 17),
    PolicyExample("two hidden layers", hidden: [7, 5], classes: 4),
    PolicyExample("more classes than a byte counts", hidden: [41], classes: 300),
    PolicyExample("removed edges", hidden: [7, 5], classes: 1, keepsEveryThirdEdge: true),
  ]

  /// Random classes, weights and normalisation; six observations, three actions.
  private init(
    _ name: String, hidden: [Int], classes: Int, keepsEveryThirdEdge: Bool = false
  ) {
    description = name
    let architecture = Architecture(observationSize: 6, hiddenSizes: hidden, actionSize: 3)
    var random = RandomStream(seed: 1, purpose: .partition)
    let edges = architecture.edgeCount
    let shared = (0..<edges).map { _ in Int32.random(in: 0..<Int32(classes), using: &random) }
    let kept = (0..<edges).map { $0 % 3 == 0 ? Int32($0 / 3) : Partition.removed }
    let partition =
      keepsEveryThirdEdge
      ? Partition(classes: kept, classCount: (edges + 2) / 3)
      : Partition(classes: shared, classCount: classes)
    let count = partition.classCount + architecture.biasCount
    policy = Policy(
      environment: EnvironmentSettings("Swimmer-v5", options: ["frame_skip": "2"]),
      architecture: architecture, policyClass: keepsEveryThirdEdge ? .masked : .chromatic,
      partition: partition, parameters: (0..<count).map { _ in 0.5 * random.gaussian() },
      normalisation: Normalisation(
        mean: (0..<6).map { _ in random.gaussian() },
        deviation: (0..<6).map { _ in random.uniform(0.5, 2) }),
      training: .init(seed: 7, iteration: 3, controller: "random"))
  }

  /// The actions of the policy itself, one after the other.
  func actions(on observations: [Double]) -> [Double] {
    let network = policy.network()
    let size = policy.architecture.observationSize
    var action = [Double](repeating: 0, count: policy.architecture.actionSize)
    return stride(from: 0, to: observations.count, by: size).flatMap { start in
      observations[start..<start + size].withUnsafeBufferPointer { observation in
        action.withUnsafeMutableBufferPointer { network.act(on: observation, action: $0) }
      }
      return action
    }
  }
}

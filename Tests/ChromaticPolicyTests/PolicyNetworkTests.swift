import Foundation
import Randomness
import Testing

@testable import ChromaticPolicy

@Suite struct PolicyNetworkTests {
  @Test(arguments: [[], [41], [5], [7, 3]] as [[Int]])
  func `the action is that of the formula`(hidden: [Int]) {
    let architecture = Architecture(observationSize: 6, hiddenSizes: hidden, actionSize: 3)
    let policy = PolicyExample.policy(architecture: architecture, classes: 4)
    let observation = (0..<6).map { 0.3 * Double($0) - 0.7 }
    var action = [Double](repeating: 0, count: 3)
    let network = policy.network()
    observation.withUnsafeBufferPointer { x in
      action.withUnsafeMutableBufferPointer { network.act(on: x, action: $0) }
    }
    let expected = formula(policy, observation)
    for (a, b) in zip(action, expected) { #expect(abs(a - b) < 1e-14) }
  }

  /// tanh(W x + b) layer by layer, from the partition's matrices.
  private func formula(_ policy: Policy, _ observation: [Double]) -> [Double] {
    var x = observation.indices.map {
      (observation[$0] - policy.normalisation.mean[$0]) / policy.normalisation.deviation[$0]
    }
    var biases = policy.biases[...]
    for (number, matrix) in policy.matrices.enumerated() {
      x = matrix.map { row in
        let hidden = number < policy.matrices.count - 1
        let bias = hidden ? biases.removeFirst() : 0
        return Foundation.tanh(
          zip(row, x).reduce(bias) { $0 + policy.sharedWeights[$1.0] * $1.1 })
      }
    }
    return x
  }
}

enum PolicyExample {
  /// A policy with random classes and weights, reproducible.
  static func policy(architecture: Architecture, classes: Int) -> Policy {
    var random = RandomStream(seed: 1, purpose: .partition)
    let partition = Partition(
      classes: (0..<architecture.edgeCount).map { _ in
        Int32.random(in: 0..<Int32(classes), using: &random)
      }, classCount: classes)
    let size = architecture.observationSize
    return Policy(
      environment: "Pendulum-v1", architecture: architecture, partition: partition,
      parameters: (0..<classes + architecture.biasCount).map { _ in random.gaussian() },
      normalisation: Normalisation(
        mean: (0..<size).map { _ in random.gaussian() },
        deviation: (0..<size).map { _ in random.uniform(0.5, 2) }),
      training: .init(seed: 7, iteration: 3, controller: "random"),
      evaluation: .init(returns: [1, 2, 4]))
  }
}

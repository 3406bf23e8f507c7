import Testing

@testable import ChromaticPolicy

/// Sensitivities of edges against slopes taken by differences, and what they do to a clustering.
@Suite struct EdgeSensitivityTests {
  private let inputs: [[Double]] = [[0.3, -1, 2], [1.5, 0.2, -0.4], [-2, 0.1, 0.7]]

  private func policy(hidden: [Int]) -> Policy {
    let architecture = Architecture(observationSize: 3, hiddenSizes: hidden, actionSize: 2)
    let edges = architecture.edgeCount
    let parameters = (0..<edges + architecture.biasCount).map { Double(($0 * 7) % 11) / 11 - 0.4 }
    return Policy(
      environment: "Pendulum-v1", architecture: architecture, policyClass: .unstructured,
      partition: .unstructured(on: architecture), parameters: parameters,
      normalisation: .identity(size: 3), training: .init(seed: 1, iteration: 2, controller: "fixed")
    )
  }

  private func actions(_ policy: Policy, _ input: [Double]) -> [Double] {
    var action = [0.0, 0.0]
    action.withUnsafeMutableBufferPointer { action in
      input.withUnsafeBufferPointer { policy.network().act(on: $0, action: action) }
    }
    return action
  }

  /// Σ_a (difference of the actions)².
  private func difference(_ first: Policy, _ second: Policy, _ input: [Double]) -> Double {
    var sum = 0.0
    for (a, b) in zip(actions(first, input), actions(second, input)) { sum += (a - b) * (a - b) }
    return sum
  }

  @Test(arguments: [[], [4], [3, 5]] as [[Int]])
  func `they are the mean squared slopes of the actions`(hidden: [Int]) {
    let policy = policy(hidden: hidden)
    let found = policy.architecture.edgeImportance(
      weights: policy.sharedWeights, biases: policy.biases, over: inputs
    ).edges
    let slopes = (0..<policy.architecture.edgeCount).map { edge in
      var (up, down) = (policy, policy)
      up.sharedWeights[edge] += 1e-5
      down.sharedWeights[edge] -= 1e-5
      return inputs.reduce(0.0) { $0 + difference(up, down, $1) }
    }
    let mean = slopes.reduce(0, +) / Double(slopes.count)
    for (importance, slope) in zip(found, slopes) {
      #expect(abs(importance - max(slope / mean, 1e-6)) < 1e-7 * max(1, importance))
    }
  }

  @Test func `slopes beyond all bounds leave every edge alike`() {
    let architecture = Architecture(observationSize: 2, hiddenSizes: [], actionSize: 1)
    #expect(
      architecture.edgeImportance(weights: [1e90, 1], biases: [], over: [[1, 1]]).edges == [1, 1])
  }

  @Test func `a clustering by sensitivity changes the actions less`() {
    let policy = policy(hidden: [4])
    func error(_ other: Policy) -> Double {
      inputs.reduce(0.0) { $0 + difference(policy, other, $1) }
    }
    let weighted = policy.clustered(into: 3, inputs: inputs)
    #expect(weighted.partition.classCount == 3)
    #expect(error(weighted) < error(policy.clustered(into: 3)))
  }

  @Test func `classes per layer are of one matrix each`() {
    let policy = policy(hidden: [4])
    let layered = policy.clustered(into: 2, perLayer: true, inputs: inputs)
    #expect(layered.partition.classCount == 4)
    #expect(Set(layered.partition.classes.prefix(12)).isSubset(of: [0, 1]))
    #expect(Set(layered.partition.classes.dropFirst(12)).isSubset(of: [2, 3]))
    #expect(policy.clustered(into: 99).sharedWeights.count <= 11)
  }
}

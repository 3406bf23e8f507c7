import Foundation
import Testing

@testable import ChromaticPolicy

/// Structured baselines, removed edges and deleted units, against matrices written out in full.
@Suite struct SearchSpaceTests {
  private let architecture = Architecture(observationSize: 3, hiddenSizes: [4], actionSize: 2)
  private let observation = [0.3, -1.2, 0.8]
  private let biases = [0.1, -0.2, 0.3, -0.4]

  private func weights(_ count: Int) -> [Double] { (0..<count).map { sin(Double($0) * 1.7 + 0.4) } }

  /// The action of the network under a partition.
  private func action(
    _ partition: Partition, weights: [Double], on architecture: Architecture, biases: [Double]
  ) -> [Double] {
    let network = PolicyNetwork(architecture)
    network.load(
      parameters: weights + biases, partition: partition, normalisation: .identity(size: 3))
    var action = [Double](repeating: 0, count: 2)
    observation.withUnsafeBufferPointer { x in
      action.withUnsafeMutableBufferPointer { network.act(on: x, action: $0) }
    }
    return action
  }

  /// tanh(B tanh(A x + b)) for explicit matrices.
  private func action(_ first: [[Double]], _ second: [[Double]]) -> [Double] {
    func product(_ matrix: [[Double]], _ x: [Double], _ offsets: [Double]) -> [Double] {
      zip(matrix, offsets).map { row, offset in
        Foundation.tanh(zip(row, x).reduce(offset) { $0 + $1.0 * $1.1 })
      }
    }
    return product(second, product(first, observation, biases), [0, 0])
  }

  private func expect(_ action: [Double], is expected: [Double]) {
    for (a, b) in zip(action, expected) { #expect(abs(a - b) < 1e-14) }
  }

  @Test func `a Toeplitz policy has constant diagonals`() {
    let w = weights(6 + 5)
    let partition = Partition.toeplitz(on: architecture)
    #expect(partition.classCount == 11)
    // Rows shift to the right: entry (i, j) is the one of (i + 1, j + 1).
    let first = [
      [w[3], w[4], w[5]], [w[2], w[3], w[4]], [w[1], w[2], w[3]], [w[0], w[1], w[2]],
    ]
    let second = [[w[7], w[8], w[9], w[10]], [w[6], w[7], w[8], w[9]]]
    expect(
      action(partition, weights: w, on: architecture, biases: biases), is: action(first, second))
  }

  @Test func `a circulant policy has diagonals that wrap around`() {
    let w = weights(4 + 4)
    let partition = Partition.circulant(on: architecture)
    #expect(partition.classCount == 8)
    let first = [
      [w[0], w[1], w[2]], [w[3], w[0], w[1]], [w[2], w[3], w[0]], [w[1], w[2], w[3]],
    ]
    let second = [[w[4], w[5], w[6], w[7]], [w[7], w[4], w[5], w[6]]]
    expect(
      action(partition, weights: w, on: architecture, biases: biases), is: action(first, second))
  }

  @Test func `an unstructured policy has a weight for every edge`() {
    let w = weights(20)
    let first = stride(from: 0, to: 12, by: 3).map { Array(w[$0..<$0 + 3]) }
    let second = [Array(w[12..<16]), Array(w[16..<20])]
    expect(
      action(.unstructured(on: architecture), weights: w, on: architecture, biases: biases),
      is: action(first, second))
  }

  @Test func `a removed edge carries nothing`() {
    let w = weights(20)
    let space = SearchSpace(.edgeRemoval, on: architecture, classes: 0)
    #expect(space.decisionCount == 20 && space.choiceCount == 2 && space.weightCount == 20)
    let removed = [1, 12, 17]
    let decisions = Partition(
      classes: (0..<20).map { removed.contains($0) ? 1 : 0 }, classCount: 2)
    let zeroed = w.enumerated().map { removed.contains($0) ? 0 : $1 }
    let expected = action(
      .unstructured(on: architecture), weights: zeroed, on: architecture, biases: biases)
    let partition = space.partition(decisions)
    #expect(partition.keptEdgeCount == 17)
    expect(action(partition, weights: w, on: architecture, biases: biases), is: expected)
    let compact = partition.compacted(w)
    #expect(compact.weights.count == 17 && compact.partition.usedClassCount == 17)
    expect(
      action(compact.partition, weights: compact.weights, on: architecture, biases: biases),
      is: expected)
  }

  @Test func `a deleted unit leaves the network that never had it`() {
    let w = weights(20)
    let space = SearchSpace(.nodeDeletion, on: architecture, classes: 0)
    #expect(space.decisionCount == 4 && space.choiceCount == 2)
    let partition = space.partition(Partition(classes: [0, 1, 0, 0], classCount: 2))
    // Unit 1 is row 1 of the first matrix (edges 3 to 5) and column 1 of the second (13 and 17).
    let gone = [3, 4, 5, 13, 17]
    let smaller = Architecture(observationSize: 3, hiddenSizes: [3], actionSize: 2)
    let expected = action(
      .unstructured(on: smaller),
      weights: w.enumerated().filter { !gone.contains($0.offset) }.map(\.element),
      on: smaller, biases: [biases[0], biases[2], biases[3]])
    expect(action(partition, weights: w, on: architecture, biases: biases), is: expected)
  }

  @Test func `units of two hidden layers are numbered layer by layer`() {
    let deep = Architecture(observationSize: 1, hiddenSizes: [2, 2], actionSize: 1)
    let partition = SearchSpace(.nodeDeletion, on: deep, classes: 0)
      .partition(Partition(classes: [0, 0, 1, 0], classCount: 2))
    // Edges: 2 into the first layer, 4 between the layers (row by row), 2 out of the second.
    #expect(partition.classes == [0, 1, -1, -1, 4, 5, -1, 7])
  }

  @Test(arguments: PolicyClass.allCases)
  func `a policy file holds policies of every class`(policyClass: PolicyClass) throws {
    let space = SearchSpace(policyClass, on: architecture, classes: 5)
    let policy = try #require(example(policyClass, space))
    #expect(policy.partition.keptEdgeCount < 20 || !policyClass.removesEdges)
    let data = PolicyFile.encode(policy)
    #expect(try PolicyFile.decode(data) == policy)
    #expect(policy.accounting.weights == policy.partition.classCount)
    let text = try #require(
      Partition(
        text: policy.partition.text, edgeCount: 20, classCount: policy.partition.classCount))
    #expect(text == policy.partition)
  }

  @Test func `deleted units cost no bias`() throws {
    let space = SearchSpace(.nodeDeletion, on: architecture, classes: 0)
    let accounting = try #require(example(.nodeDeletion, space)).accounting
    // Every second of the four units is gone: 2 · (3 + 2) edges and 2 biases stay, 4 bits tell which.
    #expect(accounting.weights == 10 && accounting.parameters == 12)
    #expect(accounting.bits == 12 * 32 + 4)
  }

  @Test func `a file may not claim a structure that its partition lacks`() throws {
    let policy = try #require(
      example(.toeplitz, SearchSpace(.toeplitz, on: architecture, classes: 0)))
    let text = String(decoding: PolicyFile.encode(policy), as: UTF8.self)
    for other in ["circulant", "unstructured", "round"] {
      #expect(throws: PolicyFileError.self) {
        try PolicyFile.decode(Data(text.replacing("toeplitz", with: other).utf8))
      }
    }
  }

  @Test func `a chromatic file may not lack edges`() throws {
    let policy = try #require(
      example(.edgeRemoval, SearchSpace(.edgeRemoval, on: architecture, classes: 0)))
    let text = String(decoding: PolicyFile.encode(policy), as: UTF8.self)
    #expect(throws: PolicyFileError.self) {
      try PolicyFile.decode(Data(text.replacing("edge-removal", with: "chromatic").utf8))
    }
  }

  /// A policy of the class; every second decision removes something where the class allows it.
  private func example(_ policyClass: PolicyClass, _ space: SearchSpace) -> Policy? {
    let choices = min(space.choiceCount, 5)
    let decisions =
      policyClass.prescribedPartition(on: architecture)
      ?? Partition(
        classes: (0..<space.decisionCount).map { Int32($0 % choices) },
        classCount: space.choiceCount)
    var partition = space.partition(decisions)
    if policyClass == .masked {
      partition = Partition(
        classes: (0..<20).map { $0 % 3 == 0 ? -1 : Int32($0) }, classCount: 20)
    }
    let deployed =
      policyClass.removesEdges
      ? partition.compacted(weights(20)) : (partition, weights(space.weightCount))
    return Policy(
      environment: "Pendulum-v1", architecture: architecture, policyClass: policyClass,
      partition: deployed.0, parameters: deployed.1 + biases,
      normalisation: .identity(size: 3),
      training: .init(seed: 1, iteration: 2, controller: "fixed"))
  }
}

/// Where the parameters that ES trains stand in their vector: weights, biases, scores, in this order.
public struct ParameterLayout: Sendable, Hashable {
  /// M shared weights W.
  public let weights: Range<Int>
  /// One bias per hidden unit.
  public let biases: Range<Int>
  /// What is trained beside the network's parameters: one score per edge of a masked policy.
  public let scores: Range<Int>

  /// A layout of the given numbers of parameters.
  public init(weights: Int, biases: Int, scores: Int) {
    self.weights = 0..<weights
    self.biases = weights..<weights + biases
    self.scores = weights + biases..<weights + biases + scores
  }

  /// Dimension of the ES search.
  public var count: Int { scores.upperBound }

  /// The parameters that a network plays: weights and biases.
  public var network: Range<Int> { weights.lowerBound..<biases.upperBound }
}

/// What a policy costs to store, by the rules that reproduce the paper's Table 2.
public struct Accounting: Sendable, Hashable {
  /// Number of distinct weights, biases excluded.
  public let weights: Int
  /// Weights plus hidden biases that are not shared: the dimension ES works in.
  public let parameters: Int
  /// 1 − parameters / (parameters of the unstructured policy).
  public let compression: Double
  /// 32 bits a parameter, plus the dictionary: E·⌈log₂ weights⌉ where sharing or removal is learned, and
  /// as much for each bias that is shared.
  public let bits: Int

  /// The accounting of a policy with `weights` distinct weights on an architecture.
  ///
  /// - Parameters:
  ///   - policyClass: what fixes which edges share a weight.
  ///   - weights: distinct weights.
  ///   - biases: hidden biases of the policy; nil for all of the architecture's.
  ///   - sharesBiases: whether they are shared weights, which costs the name of one for each of them
  ///     instead of a number.
  ///   - architecture: sizes of the layers.
  public init(
    _ policyClass: PolicyClass, weights: Int, biases: Int? = nil, sharesBiases: Bool = false,
    on architecture: Architecture
  ) {
    let edges = architecture.edgeCount
    let hidden = architecture.biasCount
    self.weights = weights
    parameters = weights + (sharesBiases ? 0 : biases ?? hidden)
    compression = 1 - Double(parameters) / Double(edges + hidden)
    bits =
      32 * parameters + policyClass.dictionaryBits(weights: weights, on: architecture)
      + (sharesBiases ? hidden * Self.bitsToName(weights) : 0)
  }

  /// ⌈log₂ `count`⌉, the bits that name one of `count` things.
  static func bitsToName(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}

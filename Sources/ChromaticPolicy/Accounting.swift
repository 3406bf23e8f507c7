/// What a policy costs to store, by the rules that reproduce the paper's Table 2.
public struct Accounting: Sendable, Hashable {
  /// Number of distinct weights, biases excluded.
  public let weights: Int
  /// Weights plus hidden biases: the dimension ES works in.
  public let parameters: Int
  /// 1 − parameters / (parameters of the unstructured policy).
  public let compression: Double
  /// 32 bits a parameter, plus the dictionary: E·⌈log₂ weights⌉ where sharing or removal is learned.
  public let bits: Int

  /// The accounting of a policy with `weights` distinct weights on an architecture.
  ///
  /// - Parameter biases: hidden biases of the policy; nil for all of the architecture's.
  public init(
    _ policyClass: PolicyClass, weights: Int, biases: Int? = nil, on architecture: Architecture
  ) {
    let edges = architecture.edgeCount
    let hidden = architecture.biasCount
    self.weights = weights
    parameters = weights + (biases ?? hidden)
    compression = 1 - Double(parameters) / Double(edges + hidden)
    bits = 32 * parameters + policyClass.dictionaryBits(weights: weights, on: architecture)
  }

  /// ⌈log₂ `count`⌉, the bits that name one of `count` things.
  static func bitsToName(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}

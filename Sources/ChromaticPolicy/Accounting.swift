/// The classes of policies the paper's Table 2 compares, with what fixes their weight count.
public enum PolicyClass: Sendable, Hashable {
  /// Learned weight sharing among M classes.
  case chromatic(classes: Int)
  /// A learned mask that keeps `weights` edges, each with a weight of its own.
  case masked(weights: Int)
  /// One weight per diagonal of every matrix.
  case toeplitz
  /// One weight per wrapped diagonal of every matrix (truncated circulant).
  case circulant
  /// One weight per edge.
  case unstructured
}

/// What a policy costs to store, by the rules that reproduce the paper's Table 2.
public struct Accounting: Sendable, Hashable {
  /// Number of distinct weights, biases excluded.
  public let weights: Int
  /// Weights plus hidden biases: the dimension ES works in.
  public let parameters: Int
  /// 1 − parameters / (parameters of the unstructured policy).
  public let compression: Double
  /// 32 bits a parameter, plus the dictionary E·⌈log₂ weights⌉ for chromatic and masked policies.
  public let bits: Int

  /// The accounting of a policy class on an architecture.
  public init(_ policyClass: PolicyClass, on architecture: Architecture) {
    let edges = architecture.edgeCount
    let hidden = architecture.biasCount
    switch policyClass {
    case .chromatic(let classes): weights = classes
    case .masked(let kept): weights = kept
    case .toeplitz: weights = architecture.matrices.reduce(0) { $0 + $1.rows + $1.columns - 1 }
    case .circulant: weights = architecture.matrices.reduce(0) { $0 + max($1.rows, $1.columns) }
    case .unstructured: weights = edges
    }
    parameters = weights + hidden
    compression = 1 - Double(parameters) / Double(edges + hidden)
    let dictionary =
      switch policyClass {
      case .chromatic, .masked: edges * Self.bitsToName(weights)
      case .toeplitz, .circulant, .unstructured: 0
      }
    bits = 32 * parameters + dictionary
  }

  /// ⌈log₂ `count`⌉, the bits that name one of `count` things.
  static func bitsToName(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}

/// What fixes which edges of a policy share a weight: the rows of the paper's Table 2, and the other
/// combinatorial structures that it names as future work.
public enum PolicyClass: String, Sendable, CaseIterable, Codable {
  /// Learned weight sharing among M classes.
  case chromatic
  /// A controller decides which edges to remove; every edge kept has a weight of its own.
  case edgeRemoval = "edge-removal"
  /// A controller decides which hidden units to delete, with all their edges.
  case nodeDeletion = "node-deletion"
  /// A mask over the edges, trained by ES together with the weights.
  case masked
  /// One weight per diagonal of every matrix.
  case toeplitz
  /// One weight per wrapped diagonal of every matrix (truncated circulant).
  case circulant
  /// One weight per edge.
  case unstructured

  /// The partition that the class prescribes on an architecture; nil where it is learned.
  public func prescribedPartition(on architecture: Architecture) -> Partition? {
    switch self {
    case .toeplitz: .toeplitz(on: architecture)
    case .circulant: .circulant(on: architecture)
    case .unstructured: .unstructured(on: architecture)
    case .chromatic, .edgeRemoval, .nodeDeletion, .masked: nil
    }
  }

  /// Whether a policy of this class may lack edges.
  public var removesEdges: Bool {
    switch self {
    case .edgeRemoval, .nodeDeletion, .masked: true
    case .chromatic, .toeplitz, .circulant, .unstructured: false
    }
  }
}

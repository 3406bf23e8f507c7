/// What a controller decides about a policy, and the partition of the edges that follows.
///
/// A decision is one of `choiceCount` values for each of `decisionCount` things: the class of an edge,
/// whether an edge is removed (1) or kept (0), whether a hidden unit is deleted (1) or kept (0).
public struct SearchSpace: Sendable, Hashable {
  /// The class of policies it holds.
  public let policyClass: PolicyClass
  /// The base graph.
  public let architecture: Architecture
  /// M, the number of weights that ES trains.
  public let weightCount: Int

  /// The policies of a class on an architecture.
  ///
  /// - Parameter classes: M of a chromatic policy; the other classes have a count of their own.
  public init(_ policyClass: PolicyClass, on architecture: Architecture, classes: Int) {
    self.policyClass = policyClass
    self.architecture = architecture
    weightCount = Self.weightCount(policyClass, on: architecture) ?? classes
  }

  /// M where the class and the architecture fix it, nil for a chromatic policy.
  public static func weightCount(
    _ policyClass: PolicyClass, on architecture: Architecture
  ) -> Int? {
    switch policyClass {
    case .chromatic: nil
    case .edgeRemoval, .nodeDeletion, .masked: architecture.edgeCount
    case .toeplitz, .circulant, .unstructured:
      policyClass.prescribedPartition(on: architecture)?.classCount
    }
  }

  /// How many decisions make a policy.
  public var decisionCount: Int {
    policyClass == .nodeDeletion ? architecture.biasCount : architecture.edgeCount
  }

  /// How many values a decision may take.
  public var choiceCount: Int {
    switch policyClass {
    case .edgeRemoval, .nodeDeletion: 2
    case .chromatic, .masked, .toeplitz, .circulant, .unstructured: weightCount
    }
  }

  /// The partition of the edges that follows from decisions.
  public func partition(_ decisions: Partition) -> Partition {
    switch policyClass {
    case .edgeRemoval: keeping { edge, _, _ in decisions.classes[edge] == 0 }
    case .nodeDeletion:
      keeping { _, source, target in
        [source, target].allSatisfy { unit in unit.map { decisions.classes[$0] == 0 } ?? true }
      }
    case .chromatic, .masked, .toeplitz, .circulant, .unstructured: decisions
    }
  }

  /// One class for every edge that `isKept`, which is told the hidden units the edge joins.
  private func keeping(
    _ isKept: (_ edge: Int, _ source: Int?, _ target: Int?) -> Bool
  ) -> Partition {
    var classes: [Int32] = []
    classes.reserveCapacity(architecture.edgeCount)
    var firstUnit = 0
    let layers = architecture.matrices.count
    for (depth, matrix) in architecture.matrices.enumerated() {
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let edge = classes.count
          let source = depth == 0 ? nil : firstUnit - matrix.columns + column
          let target = depth == layers - 1 ? nil : firstUnit + row
          classes.append(isKept(edge, source, target) ? Int32(edge) : Partition.removed)
        }
      }
      firstUnit += depth == layers - 1 ? 0 : matrix.rows
    }
    return Partition(classes: classes, classCount: architecture.edgeCount)
  }
}

extension PolicyClass {
  /// A controller decides which edges to remove; every edge kept has a weight of its own.
  public static let edgeRemoval = PolicyClass(
    "edge-removal", summary: "the controller decides which edges to remove",
    arguments: [.init(.searchSpace, "edge-removal")],
    weights: { $0.edgeCount },
    decisions: .removal(of: { $0.edgeCount }, leaving: Partition.keeping),
    dictionary: { $1.edgeCount * Accounting.bitsToName($0) },
    removesEdges: true)
}

extension Partition {
  /// A class of its own for every edge that `decisions` keep.
  fileprivate static func keeping(_ decisions: Partition, on architecture: Architecture)
    -> Partition
  {
    let classes = decisions.classes.enumerated().map { $1 == 0 ? Int32($0) : removed }
    return Partition(classes: classes, classCount: architecture.edgeCount)
  }
}

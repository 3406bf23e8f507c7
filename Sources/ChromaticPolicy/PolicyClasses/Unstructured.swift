extension PolicyClass {
  /// One weight per edge.
  public static let unstructured = PolicyClass(
    "unstructured", summary: "one weight per edge",
    arguments: [.init(.policy, "unstructured")],
    weights: { $0.edgeCount }, prescribed: Partition.unstructured)
}

extension Partition {
  /// One class per edge.
  public static func unstructured(on architecture: Architecture) -> Partition {
    let edges = architecture.edgeCount
    return Partition(classes: (0..<Int32(edges)).map { $0 }, classCount: edges)
  }
}

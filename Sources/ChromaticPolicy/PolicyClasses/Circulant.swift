extension PolicyClass {
  /// One weight per wrapped diagonal of every matrix (truncated circulant).
  public static let circulant = PolicyClass(
    "circulant", summary: "one weight per wrapped diagonal of every matrix",
    arguments: [.init(.policy, "circulant")],
    weights: { Partition.circulant(on: $0).classCount }, prescribed: Partition.circulant)
}

extension Partition {
  /// One class per wrapped diagonal of every matrix, cut from a square of max(rows, columns).
  public static func circulant(on architecture: Architecture) -> Partition {
    byMatrix(of: architecture) { rows, columns in
      let size = max(rows, columns)
      return (size, { row, column in (column - row + size) % size })
    }
  }
}

extension PolicyClass {
  /// One weight per diagonal of every matrix.
  public static let toeplitz = PolicyClass(
    "toeplitz", summary: "one weight per diagonal of every matrix",
    arguments: [.init(.policy, "toeplitz")],
    weights: { Partition.toeplitz(on: $0).classCount }, prescribed: Partition.toeplitz)
}

extension Partition {
  /// One class per diagonal of every matrix: rows + columns − 1 each.
  public static func toeplitz(on architecture: Architecture) -> Partition {
    byMatrix(of: architecture) { rows, columns in
      (rows + columns - 1, { row, column in column - row + rows - 1 })
    }
  }
}

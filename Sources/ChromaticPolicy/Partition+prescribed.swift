/// The partitions that need no search: the structured baselines of the paper's Table 2.
extension Partition {
  /// One class per diagonal of every matrix: rows + columns − 1 each.
  public static func toeplitz(on architecture: Architecture) -> Partition {
    byMatrix(of: architecture) { rows, columns in
      (rows + columns - 1, { row, column in column - row + rows - 1 })
    }
  }

  /// One class per wrapped diagonal of every matrix, cut from a square of max(rows, columns).
  public static func circulant(on architecture: Architecture) -> Partition {
    byMatrix(of: architecture) { rows, columns in
      let size = max(rows, columns)
      return (size, { row, column in (column - row + size) % size })
    }
  }

  /// One class per edge.
  public static func unstructured(on architecture: Architecture) -> Partition {
    let edges = architecture.edgeCount
    return Partition(classes: (0..<Int32(edges)).map { $0 }, classCount: edges)
  }

  /// A partition whose classes never span two matrices.
  ///
  /// - Parameter rule: the number of classes of a matrix, and the class of an entry among them.
  private static func byMatrix(
    of architecture: Architecture,
    rule: (_ rows: Int, _ columns: Int) -> (count: Int, classOf: (_ row: Int, _ column: Int) -> Int)
  ) -> Partition {
    var classes: [Int32] = []
    var first = 0
    for matrix in architecture.matrices {
      let (count, classOf) = rule(matrix.rows, matrix.columns)
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns { classes.append(Int32(first + classOf(row, column))) }
      }
      first += count
    }
    return Partition(classes: classes, classCount: first)
  }
}

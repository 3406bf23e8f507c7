extension Partition {
  /// A partition whose classes never span two matrices.
  ///
  /// - Parameter rule: the number of classes of a matrix, and the class of an entry among them.
  static func byMatrix(
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

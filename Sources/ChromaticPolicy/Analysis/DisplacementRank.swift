/// How far a matrix is from Toeplitz structure: the rank of Z₁A − AZ₋₁ (Sindhwani et al. 2015).
///
/// Z_f shifts down by one and brings the last entry back to the top, multiplied by f. The rank is at
/// most 2 for a Toeplitz matrix and at most the smaller side for any.
public enum DisplacementRank {
  /// The displacement rank of a matrix given by rows.
  ///
  /// - Parameters:
  ///   - matrix: rows of equal length.
  ///   - tolerance: what counts as zero, relative to the largest entry of the displacement.
  public static func of(_ matrix: [[Double]], tolerance: Double = 1e-9) -> Int {
    rank(displacement(matrix), tolerance: tolerance)
  }

  /// Z₁A − AZ₋₁.
  static func displacement(_ matrix: [[Double]]) -> [[Double]] {
    let rows = matrix.count
    return matrix.indices.map { row in
      let above = matrix[(row + rows - 1) % rows]
      let columns = matrix[row].count
      return (0..<columns).map { column in
        above[column] - (column + 1 < columns ? matrix[row][column + 1] : -matrix[row][0])
      }
    }
  }

  /// The number of pivots of Gaussian elimination with full pivoting.
  static func rank(_ matrix: [[Double]], tolerance: Double) -> Int {
    var rows = matrix
    let largest = matrix.joined().reduce(0) { max($0, $1.magnitude) }
    var rank = 0
    while rank < rows.count {
      guard let pivot = pivot(rows, from: rank), rows[pivot.row][pivot.column] != 0,
        rows[pivot.row][pivot.column].magnitude > tolerance * largest
      else { break }
      rows.swapAt(rank, pivot.row)
      for row in rank + 1..<max(rows.count, rank + 1) {
        let factor = rows[row][pivot.column] / rows[rank][pivot.column]
        for column in rows[row].indices { rows[row][column] -= factor * rows[rank][column] }
        rows[row][pivot.column] = 0
      }
      rank += 1
    }
    return rank
  }

  /// The largest entry in the rows from `first` on.
  private static func pivot(_ rows: [[Double]], from first: Int) -> (row: Int, column: Int)? {
    var best: (row: Int, column: Int)?
    for row in first..<rows.count {
      for column in rows[row].indices {
        let value = rows[row][column].magnitude
        if best.map({ value > rows[$0.row][$0.column].magnitude }) ?? true { best = (row, column) }
      }
    }
    return best
  }
}

extension Policy {
  /// The weight matrices in full: rows (outputs) of columns (inputs), 0 where an edge was removed.
  public var denseMatrices: [[[Double]]] {
    matrices.map { $0.map { $0.map { $0 < 0 ? 0 : sharedWeights[$0] } } }
  }
}

import ExactArithmetic

/// A row-major matrix whose rows are vectors of eight scalars, so that every loop runs in lanes.
final class LaneMatrix<T: NetworkScalar> {
  /// Number of rows.
  let rows: Int
  /// Vectors per row; a row has 8 × `lanes` scalars.
  let lanes: Int
  let base: UnsafeMutablePointer<SIMD8<T>>

  /// A matrix of zeros.
  init(rows: Int, lanes: Int) {
    self.rows = rows
    self.lanes = lanes
    base = .allocate(capacity: max(1, rows * lanes))
    base.initialize(repeating: .zero, count: max(1, rows * lanes))
  }

  deinit { base.deallocate() }

  @inline(__always)
  func row(_ index: Int) -> UnsafeMutablePointer<SIMD8<T>> { base + index * lanes }

  /// The entries as scalars, row by row.
  @inline(__always)
  var scalars: UnsafePointer<T> { Self.scalars(base) }

  @inline(__always)
  static func scalars(_ vectors: UnsafeMutablePointer<SIMD8<T>>) -> UnsafePointer<T> {
    UnsafePointer(UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: T.self))
  }

  func clear() { base.update(repeating: .zero, count: rows * lanes) }

  /// Adds `other`, entry by entry.
  func add(_ other: LaneMatrix) {
    for index in 0..<rows * lanes { base[index] += other.base[index] }
  }

  /// The transpose; the row count must be a multiple of 8.
  func transposed() -> LaneMatrix {
    let result = LaneMatrix(rows: lanes * 8, lanes: rows / 8)
    for row in 0..<rows {
      for column in 0..<lanes * 8 {
        result.row(column)[row / 8][row % 8] = self.row(row)[column / 8][column % 8]
      }
    }
    return result
  }
}

import ExactArithmetic

/// The one matrix kernel of the network; see docs/decisions/controller-linear-algebra.md.
enum MatrixProduct {
  /// C += A·B, where entry (i, k) of A lies at `a[i·rowStep + k·innerStep]`.
  ///
  /// C is `rows` × `lanes` vectors, B is `inner` × `lanes` vectors. Every entry of C adds its
  /// products in the order of k, whatever the tiling, so the bits do not depend on it.
  static func accumulate<T: NetworkScalar>(
    into c: UnsafeMutablePointer<SIMD8<T>>, rows: Int, lanes: Int,
    _ a: UnsafePointer<T>, rowStep: Int, innerStep: Int, inner: Int,
    _ b: UnsafePointer<SIMD8<T>>
  ) {
    var row = 0
    while row + 4 <= rows {
      let tile = c + row * lanes
      let left = a + row * rowStep
      for lane in 0..<lanes {
        var (c0, c1) = (tile[lane], tile[lanes + lane])
        var (c2, c3) = (tile[2 * lanes + lane], tile[3 * lanes + lane])
        for k in 0..<inner {
          let right = b[k * lanes + lane]
          let column = left + k * innerStep
          c0 += right * column[0]
          c1 += right * column[rowStep]
          c2 += right * column[2 * rowStep]
          c3 += right * column[3 * rowStep]
        }
        (tile[lane], tile[lanes + lane]) = (c0, c1)
        (tile[2 * lanes + lane], tile[3 * lanes + lane]) = (c2, c3)
      }
      row += 4
    }
    while row < rows {
      for lane in 0..<lanes {
        var sum = c[row * lanes + lane]
        for k in 0..<inner { sum += b[k * lanes + lane] * a[row * rowStep + k * innerStep] }
        c[row * lanes + lane] = sum
      }
      row += 1
    }
  }

  /// C += A·B of whole matrices; A has as many scalars per row as B has rows.
  static func accumulate<T: NetworkScalar>(
    into c: LaneMatrix<T>, _ a: LaneMatrix<T>, _ b: LaneMatrix<T>
  ) {
    accumulate(
      into: c.base, rows: a.rows, lanes: c.lanes, a.scalars, rowStep: a.lanes * 8, innerStep: 1,
      inner: b.rows, b.base)
  }

  /// C += Aᵀ·B of whole matrices with equal row counts.
  static func accumulateTransposed<T: NetworkScalar>(
    into c: LaneMatrix<T>, _ a: LaneMatrix<T>, _ b: LaneMatrix<T>
  ) {
    accumulate(
      into: c.base, rows: c.rows, lanes: c.lanes, a.scalars, rowStep: 1, innerStep: a.lanes * 8,
      inner: a.rows, b.base)
  }

  /// The sum of the eight lanes, in a fixed order.
  @inline(__always)
  static func sum<T: NetworkScalar>(_ x: SIMD8<T>) -> T {
    let four = x.lowHalf + x.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}

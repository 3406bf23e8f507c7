/// Sums that round as NumPy's do, so that rewards equal Gymnasium's to the last bit.
enum NumPySum {
  /// Σ term(i) for i below `count`, in the order in which `numpy.sum` adds up to 128 numbers: eight
  /// sums side by side, then pairs of them, then what is left over; fewer than eight one by one.
  @inline(__always)
  static func of(_ count: Int, _ term: (Int) -> Double) -> Double {
    let whole = count - count % 8
    var sums = SIMD8<Double>.zero
    for block in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { sums[lane] += term(block + lane) }
    }
    let pairs = sums.evenHalf + sums.oddHalf
    var sum = (pairs[0] + pairs[1]) + (pairs[2] + pairs[3])
    for i in whole..<count { sum += term(i) }
    return sum
  }
}

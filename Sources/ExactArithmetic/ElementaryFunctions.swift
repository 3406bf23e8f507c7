/// Exponential, logistic function and tanh from +, −, ×, ÷ and bit operations only.
///
/// IEEE 754 rounds these exactly, so every machine gets the same bits; libm does not promise that.
public enum ElementaryFunctions {
  /// eˣ per lane, to about one unit in the last place.
  @inlinable @inline(__always)
  public static func exponential<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let x = T.withinExponentLimit(x)
    let shift = SIMD8(repeating: T.roundingShift)
    let shifted = x * T(1.4426950408889634) + shift
    let integer = shifted - shift
    let remainder = (x - integer * T.logarithmOfTwo.high) - integer * T.logarithmOfTwo.low
    return T.exponentialSeries(remainder) * T.powerOfTwo(shifted: shifted)
  }

  /// 1 / (1 + e⁻ˣ) per lane.
  @inlinable @inline(__always)
  public static func logistic<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let one = SIMD8<T>(repeating: 1)
    return one / (one + exponential(-x))
  }

  /// tanh x = 1 − 2 / (e²ˣ + 1) per lane, with an absolute error of one unit of the value 1.
  @inlinable @inline(__always)
  public static func hyperbolicTangent<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let one = SIMD8<T>(repeating: 1)
    let two = SIMD8<T>(repeating: 2)
    return one - two / (exponential(x + x) + one)
  }

  /// eˣ of one number, by the same operations.
  @inlinable @inline(__always)
  public static func exponential<T: NetworkScalar>(_ x: T) -> T {
    exponential(SIMD8(repeating: x))[0]
  }

  /// tanh of one number, by the same operations.
  @inlinable @inline(__always)
  public static func hyperbolicTangent<T: NetworkScalar>(_ x: T) -> T {
    hyperbolicTangent(SIMD8(repeating: x))[0]
  }
}

/// A scalar the controllers compute in: Float in use, Double where gradients are checked.
protocol NetworkScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// Largest |x| whose exponential is a normal number; arguments are clamped to it.
  static var exponentLimit: Self { get }
  /// 1.5·2ᵖ with p fraction bits: adding and subtracting it rounds to an integer.
  static var roundingShift: Self { get }
  /// ln 2 in two parts, the first short enough that its product with a small integer is exact.
  static var logarithmOfTwo: (high: Self, low: Self) { get }
  /// Σ xᵏ/k! up to the type's precision for |x| ≤ ln 2 / 2.
  static func exponentialSeries(_ x: SIMD8<Self>) -> SIMD8<Self>
  /// 2ⁿ per lane, given n + `roundingShift`.
  static func powerOfTwo(shifted: SIMD8<Self>) -> SIMD8<Self>
}

/// Exponential, logistic function and tanh from +, −, ×, ÷ and bit operations only.
///
/// IEEE 754 rounds these exactly, so every machine gets the same bits; libm does not promise that.
enum ElementaryFunctions {
  /// eˣ per lane, to about one unit in the last place.
  @inline(__always)
  static func exponential<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let limit = SIMD8(repeating: T.exponentLimit)
    var x = x.replacing(with: limit, where: x .> limit)
    x = x.replacing(with: -limit, where: x .< -limit)
    let shift = SIMD8(repeating: T.roundingShift)
    let shifted = x * T(1.4426950408889634) + shift
    let integer = shifted - shift
    let remainder = (x - integer * T.logarithmOfTwo.high) - integer * T.logarithmOfTwo.low
    return T.exponentialSeries(remainder) * T.powerOfTwo(shifted: shifted)
  }

  /// 1 / (1 + e⁻ˣ) per lane.
  @inline(__always)
  static func logistic<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let one = SIMD8<T>(repeating: 1)
    return one / (one + exponential(-x))
  }

  /// tanh x = 1 − 2 / (e²ˣ + 1) per lane, with an absolute error of one unit of the value 1.
  @inline(__always)
  static func hyperbolicTangent<T: NetworkScalar>(_ x: SIMD8<T>) -> SIMD8<T> {
    let one = SIMD8<T>(repeating: 1)
    let two = SIMD8<T>(repeating: 2)
    return one - two / (exponential(x + x) + one)
  }

  /// eˣ of one number, by the same operations.
  @inline(__always)
  static func exponential<T: NetworkScalar>(_ x: T) -> T {
    exponential(SIMD8(repeating: x))[0]
  }

  /// tanh of one number, by the same operations.
  @inline(__always)
  static func hyperbolicTangent<T: NetworkScalar>(_ x: T) -> T {
    hyperbolicTangent(SIMD8(repeating: x))[0]
  }
}

extension Float: NetworkScalar {
  static var exponentLimit: Float { 87 }
  static var roundingShift: Float { 0x1.8p23 }
  static var logarithmOfTwo: (high: Float, low: Float) { (0.693359375, -2.12194440e-4) }

  @inline(__always)
  static func exponentialSeries(_ x: SIMD8<Float>) -> SIMD8<Float> {
    var sum = SIMD8<Float>(repeating: 1 / 5040)
    sum = sum * x + (1 / 720)
    sum = sum * x + (1 / 120)
    sum = sum * x + (1 / 24)
    sum = sum * x + (1 / 6)
    sum = sum * x + 0.5
    sum = sum * x + 1
    return sum * x + 1
  }

  @inline(__always)
  static func powerOfTwo(shifted: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
    return unsafeBitCast((bits &<< 23) &+ 0x3F80_0000, to: SIMD8<Float>.self)
  }
}

extension Double: NetworkScalar {
  static var exponentLimit: Double { 708 }
  static var roundingShift: Double { 0x1.8p52 }
  static var logarithmOfTwo: (high: Double, low: Double) {
    (0.693145751953125, 1.4286068203094172321e-6)
  }

  @inline(__always)
  static func exponentialSeries(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var sum = SIMD8<Double>(repeating: 1)
    for k in stride(from: 13.0, through: 1.0, by: -1.0) {
      sum = sum * x / k + 1
    }
    return sum
  }

  @inline(__always)
  static func powerOfTwo(shifted: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(shifted, to: SIMD8<UInt64>.self)
    return unsafeBitCast((bits &<< 52) &+ 0x3FF0_0000_0000_0000, to: SIMD8<Double>.self)
  }
}

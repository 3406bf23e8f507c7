/// A scalar that the functions of eight lanes know: Float where controllers compute, Double where their
/// gradients are checked.
public protocol NetworkScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// x within ±limit per lane, the limit being the largest |x| whose exponential is normal.
  static func withinExponentLimit(_ x: SIMD8<Self>) -> SIMD8<Self>
  /// 1.5·2ᵖ with p fraction bits: adding and subtracting it rounds to an integer.
  static var roundingShift: Self { get }
  /// ln 2 in two parts, the first short enough that its product with a small integer is exact.
  static var logarithmOfTwo: (high: Self, low: Self) { get }
  /// Σ xᵏ/k! up to the type's precision for |x| ≤ ln 2 / 2.
  static func exponentialSeries(_ x: SIMD8<Self>) -> SIMD8<Self>
  /// 2ⁿ per lane, given n + `roundingShift`.
  static func powerOfTwo(shifted: SIMD8<Self>) -> SIMD8<Self>
}

extension Float: NetworkScalar {
  /// 1.5·2²³.
  @inlinable public static var roundingShift: Float { 0x1.8p23 }
  /// The high part has 9 bits.
  @inlinable public static var logarithmOfTwo: (high: Float, low: Float) {
    (0.693359375, -2.12194440e-4)
  }

  /// x within ±87.
  @inlinable @inline(__always)
  public static func withinExponentLimit(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let limit = SIMD8<Float>(repeating: 87)
    let below = x.replacing(with: limit, where: x .> limit)
    return below.replacing(with: -limit, where: below .< -limit)
  }

  /// Up to degree 7.
  @inlinable @inline(__always)
  public static func exponentialSeries(_ x: SIMD8<Float>) -> SIMD8<Float> {
    var sum = SIMD8<Float>(repeating: 1 / 5040)
    sum = sum * x + (1 / 720)
    sum = sum * x + (1 / 120)
    sum = sum * x + (1 / 24)
    sum = sum * x + (1 / 6)
    sum = sum * x + 0.5
    sum = sum * x + 1
    return sum * x + 1
  }

  /// n in the exponent of a single.
  @inlinable @inline(__always)
  public static func powerOfTwo(shifted: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
    return unsafeBitCast((bits &<< 23) &+ 0x3F80_0000, to: SIMD8<Float>.self)
  }
}

extension Double: NetworkScalar {
  /// 1.5·2⁵².
  @inlinable public static var roundingShift: Double { 0x1.8p52 }
  /// The high part has 15 bits.
  @inlinable public static var logarithmOfTwo: (high: Double, low: Double) {
    (0.693145751953125, 1.4286068203094172321e-6)
  }

  /// x within ±708.
  @inlinable @inline(__always)
  public static func withinExponentLimit(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let limit = SIMD8<Double>(repeating: 708)
    let below = x.replacing(with: limit, where: x .> limit)
    return below.replacing(with: -limit, where: below .< -limit)
  }

  /// Up to degree 13.
  @inlinable @inline(__always)
  public static func exponentialSeries(_ x: SIMD8<Double>) -> SIMD8<Double> {
    var sum = SIMD8<Double>(repeating: 1)
    for k in (1...13).reversed() { sum = sum * x / Double(k) + 1 }
    return sum
  }

  /// n in the exponent of a double.
  @inlinable @inline(__always)
  public static func powerOfTwo(shifted: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(shifted, to: SIMD8<UInt64>.self)
    return unsafeBitCast((bits &<< 52) &+ 0x3FF0_0000_0000_0000, to: SIMD8<Double>.self)
  }
}

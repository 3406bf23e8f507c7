/// Logarithm, exponential and powers of one double.
extension ElementaryFunctions {
  /// e⁻ˣ for 0 ≤ `x` ≤ 700, by the series of its remainder after whole powers of two.
  @inlinable
  public static func inverseExponential(_ x: Double) -> Double {
    let power = (x * 1.4426950408889634).rounded()
    let remainder = (power * 0.693147180369123816490 - x) + power * 1.90821492927058770002e-10
    var series = 1.0
    var k = 14.0
    while k >= 1 {
      series = 1 + series * remainder / k
      k -= 1
    }
    return Double(sign: .plus, exponent: -Int(power), significand: series)
  }

  /// ln `x` for normal positive x, by the series of 2·artanh((m − 1)/(m + 1)), x = m·2ᵉ.
  @inlinable
  public static func naturalLogarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.4142135623730951 {
      significand /= 2
      exponent += 1
    }
    let s = (significand - 1) / (significand + 1)
    let square = s * s
    var series = 0.0
    // A loop of its own: a floating-point stride calls the library's fused multiply-add in each turn.
    var k = 23.0
    while k >= 1 {
      series = series * square + 1 / k
      k -= 2
    }
    return exponent * 0.6931471805599453 + 2 * s * series
  }

  /// `base` to the power of `exponent`, which is not negative, by squaring.
  @inlinable
  public static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, remaining) = (1.0, base, exponent)
    while remaining > 0 {
      if remaining & 1 == 1 { result *= factor }
      factor *= factor
      remaining >>= 1
    }
    return result
  }

  /// cos(π·`halfTurns`) for 0 ≤ halfTurns ≤ 1, by the series of the sine of what is left to a quarter turn;
  /// 0 at a half exactly, 1 and −1 at the ends.
  public static func cosine(halfTurns: Double) -> Double {
    guard halfTurns > 0 else { return 1 }
    guard halfTurns < 1 else { return -1 }
    let angle = (0.5 - halfTurns) * 3.141592653589793
    let square = angle * angle
    var series = 1.0
    var k = 22.0
    while k >= 2 {
      series = 1 - series * square / (k * (k + 1))
      k -= 2
    }
    return angle * series
  }
}

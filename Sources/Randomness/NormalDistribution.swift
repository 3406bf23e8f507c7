import ExactArithmetic

/// The standard normal distribution, computed from +, −, ×, ÷ and √ only.
///
/// Those five are exactly rounded by IEEE 754, so every machine gets the same bits: libm's
/// logarithm and sine, which Box–Muller would need, differ between versions and processors.
public enum NormalDistribution {
  /// The x with Φ(x) = `p`, for 0 < p < 1, to about 16 digits.
  ///
  /// Wichura, "Algorithm AS 241: The percentage points of the normal distribution", 1988 (PPND16).
  public static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let ratio = values(centre, 0.180625 - q * q)
      return q * ratio.x / ratio.y
    }
    let tail = (-ElementaryFunctions.naturalLogarithm(q < 0 ? p : 1 - p)).squareRoot()
    let ratio = tail <= 5 ? values(middle, tail - 1.6) : values(far, tail - 5)
    return q < 0 ? -(ratio.x / ratio.y) : ratio.x / ratio.y
  }

  /// Replaces every p by its quantile, four at a time where they are near the centre.
  static func replaceWithQuantiles(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    var place = 0
    while place + 4 <= count {
      let p = SIMD4(values[place], values[place + 1], values[place + 2], values[place + 3])
      let q = p - 0.5
      let quantiles = centralQuantiles(q)
      for lane in 0..<4 {
        values[place + lane] = abs(q[lane]) <= 0.425 ? quantiles[lane] : quantile(p[lane])
      }
      place += 4
    }
    while place < count {
      values[place] = quantile(values[place])
      place += 1
    }
  }

  /// The quantiles of ½ + q for |q| at most 0.425, by the operations of `quantile`.
  @inline(__always)
  private static func centralQuantiles(_ q: SIMD4<Double>) -> SIMD4<Double> {
    let r = 0.180625 - q * q
    let c = centre
    var numerator = c.0.x * r + c.1.x
    var denominator = c.0.y * r + c.1.y
    numerator = numerator * r + c.2.x
    denominator = denominator * r + c.2.y
    numerator = numerator * r + c.3.x
    denominator = denominator * r + c.3.y
    numerator = numerator * r + c.4.x
    denominator = denominator * r + c.4.y
    numerator = numerator * r + c.5.x
    denominator = denominator * r + c.5.y
    numerator = numerator * r + c.6.x
    denominator = denominator * r + c.6.y
    numerator = numerator * r + c.7.x
    denominator = denominator * r + c.7.y
    return q * numerator / denominator
  }

  /// φ(x) = exp(−x²/2)/√(2π), the density at any `x`; 0 where it is below 1e-297.
  public static func density(_ x: Double) -> Double {
    guard abs(x) < 37 else { return 0 }
    return 0.3989422804014327 * ElementaryFunctions.inverseExponential(0.5 * x * x)
  }

  /// Φ(x), the probability below any `x`, with an absolute error of about 1e-15.
  ///
  /// By ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …); beyond ±8.5 it is 0 or 1 to that error.
  public static func cumulative(_ x: Double) -> Double {
    guard abs(x) < 8.5 else { return x < 0 ? 0 : 1 }
    var (term, sum, odd) = (x, 0.0, 1.0)
    while abs(term) > 1e-17 * abs(sum) {
      sum += term
      odd += 2
      term *= x * x / odd
    }
    return 0.5 + density(x) * sum
  }

  /// Coefficients of a numerator and a denominator, highest power first.
  private typealias Rational = (
    SIMD2<Double>, SIMD2<Double>, SIMD2<Double>, SIMD2<Double>, SIMD2<Double>, SIMD2<Double>,
    SIMD2<Double>, SIMD2<Double>
  )

  /// Numerator and denominator at `x`, by Horner's rule side by side.
  @inline(__always)
  private static func values(_ rational: Rational, _ x: Double) -> SIMD2<Double> {
    var values = rational.0 * x + rational.1
    values = values * x + rational.2
    values = values * x + rational.3
    values = values * x + rational.4
    values = values * x + rational.5
    values = values * x + rational.6
    return values * x + rational.7
  }

  /// Coefficients of AS 241.
  private static var centre: Rational {
    (
      SIMD2(2509.0809287301226727, 5226.495278852545925),
      SIMD2(33430.575583588128105, 28729.085735721942674),
      SIMD2(67265.770927008700853, 39307.89580009271061),
      SIMD2(45921.953931549871457, 21213.794301586595867),
      SIMD2(13731.693765509461125, 5394.1960214247511077),
      SIMD2(1971.5909503065514427, 687.1870074920579083),
      SIMD2(133.14166789178437745, 42.313330701600911252),
      SIMD2(3.387132872796366608, 1)
    )
  }

  private static var middle: Rational {
    (
      SIMD2(7.7454501427834140764e-4, 1.05075007164441684324e-9),
      SIMD2(0.0227238449892691845833, 5.475938084995344946e-4),
      SIMD2(0.24178072517745061177, 0.0151986665636164571966),
      SIMD2(1.27045825245236838258, 0.14810397642748007459),
      SIMD2(3.64784832476320460504, 0.68976733498510000455),
      SIMD2(5.7694972214606914055, 1.6763848301838038494),
      SIMD2(4.6303378461565452959, 2.05319162663775882187),
      SIMD2(1.42343711074968357734, 1)
    )
  }

  private static var far: Rational {
    (
      SIMD2(2.01033439929228813265e-7, 2.04426310338993978564e-15),
      SIMD2(2.71155556874348757815e-5, 1.4215117583164458887e-7),
      SIMD2(0.0012426609473880784386, 1.8463183175100546818e-5),
      SIMD2(0.026532189526576123093, 7.868691311456132591e-4),
      SIMD2(0.29656057182850489123, 0.0148753612908506148525),
      SIMD2(1.7848265399172913358, 0.13692988092273580531),
      SIMD2(5.4637849111641143699, 0.59983220655588793769),
      SIMD2(6.6579046435011037772, 1)
    )
  }
}

/// The distribution function of the normal distribution.
extension ElementaryFunctions {
  /// Φ(x), the probability that a standard normal number is at most `x`, to about 1e-15.
  ///
  /// By the series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), whose terms all have the sign of x; beyond ±8 it
  /// is 0 or 1.
  public static func normalDistribution(_ x: Double) -> Double {
    guard x.magnitude < 8 else { return x < 0 ? 0 : 1 }
    let square = x * x
    var (term, sum, odd) = (x, 0.0, 1.0)
    while sum + term != sum {
      sum += term
      odd += 2
      term *= square / odd
    }
    return 0.5 + 0.398_942_280_401_432_7 * inverseExponential(square / 2) * sum
  }
}

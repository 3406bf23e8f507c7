/// Mean, spread and extremes of the returns of one iteration.
public struct ReturnSummary: Sendable, Hashable {
  /// Number of returns.
  public let count: Int
  /// Mean return.
  public let mean: Double
  /// Standard deviation (n), which normalises returns.
  public let deviation: Double
  /// Smallest return.
  public let min: Double
  /// Largest return.
  public let max: Double

  /// The summary of `returns`, or nil if there are none. Summed in order.
  public init?(_ returns: [Double]) {
    guard let first = returns.first else { return nil }
    count = returns.count
    let average = returns.reduce(0, +) / Double(returns.count)
    mean = average
    let variance = returns.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    deviation = (variance / Double(returns.count)).squareRoot()
    min = returns.reduce(first, Swift.min)
    max = returns.reduce(first, Swift.max)
  }

  /// What returns are divided by so that an iteration has unit spread, whatever their unit.
  ///
  /// Where they differ by no more than rounding, 10⁻¹² of the largest, there is nothing to learn from:
  /// 1, or the largest if it is above, so that rounding stays small.
  public var normalisationScale: Double {
    let largest = Swift.max(max.magnitude, min.magnitude)
    return deviation > 1e-12 * largest ? deviation : Swift.max(1, largest)
  }
}

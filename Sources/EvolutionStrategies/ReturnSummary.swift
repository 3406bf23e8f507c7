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

  /// What returns are divided by so that an iteration has unit spread; 1 when they hardly differ.
  public var normalisationScale: Double {
    deviation > 1e-8 * Swift.max(1, mean.magnitude) ? deviation : 1
  }
}

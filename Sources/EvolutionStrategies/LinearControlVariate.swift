/// Returns without what their directions explain: a control variate (Owen, *Monte Carlo theory, methods and
/// examples*, 8.9) for whoever credits something else than the direction with a return.
public enum LinearControlVariate {
  /// Fᵢ − c·pᵢ for every return, in order; equal inputs give equal bits.
  ///
  /// pᵢ = gᵢ·Σⱼ≠ᵢ (Fⱼ − F̄)gⱼ / n is what the other returns' slope says of direction i. Its expectation is 0
  /// and it knows nothing of Fᵢ, so what is credited with the result keeps its expectation, but for F̄ and c, which come
  /// from the same n returns. c is the coefficient that leaves the least variance, within 0...1.
  ///
  /// - Parameters:
  ///   - returns: one per direction.
  ///   - direction: g of a direction, of length `dimension`; called twice for each.
  public static func residuals(
    of returns: [Double], dimension: Int, direction: (Int) -> [Double]
  ) -> [Double] {
    guard let mean = ReturnSummary(returns)?.mean else { return [] }
    let count = Double(returns.count)
    var slope = [Double](repeating: 0, count: dimension)
    for (number, value) in returns.enumerated() {
      for (i, g) in direction(number).enumerated() { slope[i] += (value - mean) * g / count }
    }
    let predictions = returns.enumerated().map { number, value in
      direction(number).enumerated().reduce(0) { sum, component in
        let (i, g) = component
        return sum + g * (slope[i] - (value - mean) * g / count)
      }
    }
    let variance = predictions.reduce(0) { $0 + $1 * $1 }
    let covariance = zip(predictions, returns).reduce(0) { $0 + $1.0 * ($1.1 - mean) }
    guard variance > 0, variance.isFinite, covariance.isFinite else { return returns }
    let coefficient = min(max(covariance / variance, 0), 1)
    return zip(returns, predictions).map { $0 - coefficient * $1 }
  }
}

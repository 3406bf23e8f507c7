/// How the gradient of the smoothed return is estimated from evaluations.
public enum GradientEstimator: String, Sendable, CaseIterable, Codable {
  /// Forward finite differences against the pivot: equation 3 of the paper.
  case forward
  /// Pairs W ± σg under the same partition: (F₊ − F₋) / 2σ.
  case antithetic

  /// Perturbed evaluations per direction.
  public var evaluationsPerDirection: Int {
    switch self {
    case .forward: 1
    case .antithetic: 2
    }
  }
}

/// The returns seen along one direction.
public struct DirectionReturns: Sendable, Hashable {
  /// Number of the direction in its iteration, which names g.
  public var direction: Int
  /// F(W + σg).
  public var plus: Double
  /// F(W − σg), only for antithetic pairs.
  public var minus: Double?

  /// Returns along direction number `direction`.
  public init(direction: Int, plus: Double, minus: Double? = nil) {
    self.direction = direction
    self.plus = plus
    self.minus = minus
  }
}

extension GradientEstimator {
  /// The gradient estimate in ascent direction, or nil if there is no direction.
  ///
  /// Forward: 1/t Σ gᵢ (Fᵢ − pivot)/σ, the pivot being the mean unperturbed return over partitions
  /// sampled from the controller. Antithetic: 1/t Σ gᵢ (F₊ − F₋)/2σ. Summed in order, so equal inputs
  /// give equal bits.
  ///
  /// - Parameters:
  ///   - scale: what returns are divided by (their standard deviation, or 1).
  ///   - direction: g of a direction, of length `dimension`.
  public func gradient(
    _ returns: [DirectionReturns], pivot: Double, sigma: Double, scale: Double, dimension: Int,
    direction: (Int) -> [Double]
  ) -> [Double]? {
    guard !returns.isEmpty else { return nil }
    var sum = [Double](repeating: 0, count: dimension)
    for sample in returns {
      let weight = difference(sample, pivot: pivot, sigma: sigma) / scale
      for (i, g) in direction(sample.direction).enumerated() { sum[i] += weight * g }
    }
    return sum.map { $0 / Double(returns.count) }
  }

  private func difference(_ sample: DirectionReturns, pivot: Double, sigma: Double) -> Double {
    sample.minus.map { (sample.plus - $0) / (2 * sigma) } ?? (sample.plus - pivot) / sigma
  }
}

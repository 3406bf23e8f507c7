/// Running count, mean and sum of squared deviations of observations, per component.
///
/// Welford's update for single observations, Chan, Golub and LeVeque's (1983) for merging. Merging
/// is not associative in floating point: whoever merges does it in index order.
public struct ObservationStatistics: Sendable, Hashable, Codable {
  /// Number of observations seen.
  public private(set) var count: Int
  /// Mean per component, length s.
  public private(set) var mean: [Double]
  /// Sum of squared deviations from the mean per component, length s.
  public private(set) var squaredDeviations: [Double]

  /// Statistics of no observations of the given size.
  public init(size: Int) {
    count = 0
    mean = [Double](repeating: 0, count: size)
    squaredDeviations = mean
  }

  /// Statistics read back from their parts; nil unless sizes agree and values are finite.
  public init?(count: Int, mean: [Double], squaredDeviations: [Double]) {
    guard count >= 0, mean.count == squaredDeviations.count, mean.allSatisfy(\.isFinite),
      squaredDeviations.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { return nil }
    self.count = count
    self.mean = mean
    self.squaredDeviations = squaredDeviations
  }

  /// Number of components.
  public var size: Int { mean.count }

  /// Adds one observation.
  public mutating func add(_ observation: UnsafeBufferPointer<Double>) {
    count += 1
    let weight = 1 / Double(count)
    for i in mean.indices {
      let delta = observation[i] - mean[i]
      mean[i] += delta * weight
      squaredDeviations[i] += delta * (observation[i] - mean[i])
    }
  }

  /// Adds all observations of `other`.
  public mutating func merge(_ other: ObservationStatistics) {
    precondition(other.size == size)
    guard other.count > 0 else { return }
    let total = count + other.count
    let share = Double(other.count) / Double(total)
    for i in mean.indices {
      let delta = other.mean[i] - mean[i]
      mean[i] += delta * share
      squaredDeviations[i] += other.squaredDeviations[i] + delta * delta * share * Double(count)
    }
    count = total
  }

  /// What normalises an observation x to (x − mean) / deviation.
  ///
  /// The deviation of a component that never varied but for rounding counts as 1: one below 10⁻¹² of
  /// the component's mean or of the largest deviation.
  public var normalisation: Normalisation {
    let deviations = squaredDeviations.map {
      count > 1 ? ($0 / Double(count - 1)).squareRoot() : 0
    }
    let largest = deviations.reduce(0, max)
    let deviation = zip(deviations, mean).map { deviation, mean in
      deviation > Self.rounding * max(mean.magnitude, largest) ? deviation : 1
    }
    return Normalisation(mean: mean, deviation: deviation)
  }

  /// What rounding over an episode may add up to, relative to what is added.
  private static let rounding = 1e-12
}

/// An affine map of observations, x → (x − mean) / deviation, per component.
public struct Normalisation: Sendable, Hashable, Codable {
  /// Subtracted, length s.
  public let mean: [Double]
  /// Divided by, length s, positive.
  public let deviation: [Double]

  /// A normalisation with the given parts, of equal length.
  public init(mean: [Double], deviation: [Double]) {
    precondition(mean.count == deviation.count)
    self.mean = mean
    self.deviation = deviation
  }

  /// The map that changes nothing.
  public static func identity(size: Int) -> Normalisation {
    Normalisation(
      mean: [Double](repeating: 0, count: size), deviation: [Double](repeating: 1, count: size))
  }
}

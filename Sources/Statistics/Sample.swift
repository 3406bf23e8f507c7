/// Averages of a sample of returns.
public enum Sample {
  /// The arithmetic mean; nil for an empty sample.
  public static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// The sample's standard deviation, over n − 1; nil below two values. Summed by Welford's recurrence
  /// (1962), so that equal values deviate by nothing at all.
  public static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    var (mean, squares) = (0.0, 0.0)
    for (count, value) in zip(1..., values) {
      let apart = value - mean
      mean += apart / Double(count)
      squares += apart * (value - mean)
    }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The interquartile mean: the mean of what is left of n values without the ⌊n/4⌋ smallest and the ⌊n/4⌋
  /// largest ones. Nil for an empty sample; below four values it is the mean.
  ///
  /// As outliers do, a lucky or a failed run moves it little, and it uses more of the sample than the median
  /// (Agarwal et al. 2021, *Deep Reinforcement Learning at the Edge of the Statistical Precipice*, section
  /// 4.3). The same as `scipy.stats.trim_mean(values, 0.25)`, which their `rliable` calls.
  public static func interquartileMean(_ values: [Double]) -> Double? {
    let cut = values.count / 4
    return mean(Array(values.sorted().dropFirst(cut).dropLast(cut)))
  }

  /// The p-quantile, 0 ≤ p ≤ 1, linear between the order statistics around p (n − 1), as `numpy.quantile`
  /// has it; nil for an empty sample.
  ///
  /// - Parameter ascending: the sample in ascending order.
  public static func quantile(_ p: Double, ofSorted ascending: [Double]) -> Double? {
    guard let last = ascending.indices.last else { return nil }
    let place = min(max(p, 0), 1) * Double(last)
    let below = Int(place)
    let above = min(below + 1, last)
    return ascending[below] + (place - Double(below)) * (ascending[above] - ascending[below])
  }
}

/// How likely a run of X does better than a run of Y.
///
/// On one task with runs x₁…x_N and y₁…y_K it is P(X > Y) = 1/(N K) Σᵢ Σⱼ S(xᵢ, yⱼ), with S = 1 where
/// xᵢ > yⱼ, ½ where they are equal, else 0: the Mann–Whitney statistic over N K. Over several tasks it is the
/// mean of theirs (Agarwal et al. 2021, section 4.3). No returns need to be on one scale for it, and it says
/// nothing of how much better.
public enum ProbabilityOfImprovement {
  /// The probability on one task; nil where one of both has no runs.
  public static func of(_ x: [Double], over y: [Double]) -> Double? {
    guard !x.isEmpty, !y.isEmpty else { return nil }
    let y = y.sorted()
    let sum = x.reduce(0) { sum, x in
      let below = partition(y) { $0 >= x }
      return sum + Double(below) + Double(partition(y) { $0 > x } - below) / 2
    }
    return sum / Double(x.count * y.count)
  }

  /// How many values come before the first one that is `over`, which all after it are, too.
  private static func partition(_ ascending: [Double], _ over: (Double) -> Bool) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if over(ascending[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The probability over tasks, with its interval: the runs of X and of Y are resampled each by themselves.
  ///
  /// - Parameter tasks: for every task the runs of both; one where a side has none is left out.
  /// - Returns: nil where no task is left.
  public static func over(
    _ tasks: [(x: [Double], y: [Double])], _ bootstrap: StratifiedBootstrap
  ) -> Estimate? {
    let tasks = tasks.filter { !$0.x.isEmpty && !$0.y.isEmpty }
    // The samples of a task follow each other: x, then y.
    let statistic = { (samples: [[Double]]) in
      Sample.mean(
        stride(from: 0, to: samples.count, by: 2).compactMap {
          of(samples[$0], over: samples[$0 + 1])
        })
    }
    let samples = tasks.flatMap { [$0.x, $0.y] }
    return statistic(samples).map {
      Estimate(value: $0, interval: bootstrap.interval(of: samples, statistic))
    }
  }
}

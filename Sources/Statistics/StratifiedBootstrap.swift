import Randomness

/// Confidence intervals from resampled runs: the percentile bootstrap, stratified by task.
///
/// Each of B resamples draws, for every task by itself, as many of its runs as there are, with replacement;
/// the interval at level c spans the (1 − c)/2 and (1 + c)/2 quantiles of the statistic over the resamples
/// (Efron 1979; stratified as in Agarwal et al. 2021, section 4.2). The draws come from `RandomStream` under
/// the seed alone: the same runs in the same order have the same interval everywhere.
public struct StratifiedBootstrap: Sendable, Hashable {
  /// Number of resamples B.
  public var resamples: Int
  /// The level c, above 0 and below 1.
  public var confidence: Double
  /// Names the draws.
  public var seed: UInt64

  /// A bootstrap of so many resamples.
  public init(resamples: Int = 2000, confidence: Double = 0.95, seed: UInt64 = 0) {
    precondition(resamples > 0 && confidence > 0 && confidence < 1)
    self.resamples = resamples
    self.confidence = confidence
    self.seed = seed
  }

  /// The interval of a statistic over tasks.
  ///
  /// - Parameters:
  ///   - tasks: the returns of every task's runs; tasks without runs are left out.
  ///   - statistic: of resampled tasks of the same sizes; nil where it has no value.
  /// - Returns: nil unless some task has two runs: of single runs nothing can be told.
  public func interval(
    of tasks: [[Double]], _ statistic: ([[Double]]) -> Double?
  ) -> Interval? {
    let tasks = tasks.filter { !$0.isEmpty }
    guard tasks.contains(where: { $0.count > 1 }) else { return nil }
    var values: [Double] = []
    for index in 0..<resamples {
      var stream = RandomStream(seed: seed, purpose: .bootstrap, index: UInt32(index))
      let drawn = tasks.map { runs in
        runs.map { _ in runs[Int(stream.uniform() * Double(runs.count))] }
      }
      if let value = statistic(drawn) { values.append(value) }
    }
    values.sort()
    let tail = (1 - confidence) / 2
    guard let lower = Sample.quantile(tail, ofSorted: values),
      let upper = Sample.quantile(1 - tail, ofSorted: values)
    else { return nil }
    return Interval(lower: lower, upper: upper)
  }

  /// The interquartile mean over all runs of all tasks, whose returns are on one scale, with its interval;
  /// nil without runs.
  public func interquartileMean(of tasks: [[Double]]) -> Estimate? {
    let statistic = { (tasks: [[Double]]) in Sample.interquartileMean(Array(tasks.joined())) }
    return statistic(tasks).map { Estimate(value: $0, interval: interval(of: tasks, statistic)) }
  }

  /// The mean of one sample with its interval; nil for an empty one.
  public func mean(of values: [Double]) -> Estimate? {
    Sample.mean(values).map { value in
      Estimate(value: value, interval: interval(of: [values]) { Sample.mean($0[0]) })
    }
  }
}

/// Where a statistic lies with the confidence of the bootstrap that it is from.
public struct Interval: Sendable, Hashable, Codable {
  /// The lower end.
  public var lower: Double
  /// The upper end, not below the lower one.
  public var upper: Double

  /// An interval between two ends.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// A statistic of a sample.
public struct Estimate: Sendable, Hashable, Codable {
  /// Its value in the sample itself.
  public var value: Double
  /// Its interval; nil where the sample has a single run.
  public var interval: Interval?

  /// A value with its interval.
  public init(value: Double, interval: Interval? = nil) {
    self.value = value
    self.interval = interval
  }
}

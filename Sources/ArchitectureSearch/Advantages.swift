/// Rewards as REINFORCE weighs them: zero mean and unit standard deviation over the step.
struct Advantages {
  /// A_i = (R_i − mean) / std per partition; 0 where the evaluation failed.
  let values: [Double]
  /// Mean reward of the partitions that were evaluated, or nil if none was.
  let mean: Double?
  /// Their standard deviation; 0 where all rewards are equal but for rounding, 10⁻¹² of the largest.
  let deviation: Double

  /// Standardises `rewards`; nil and non-finite entries take no part.
  init(rewards: [Double?]) {
    let known = rewards.compactMap { $0 }.filter(\.isFinite)
    guard !known.isEmpty else {
      values = [Double](repeating: 0, count: rewards.count)
      mean = nil
      deviation = 0
      return
    }
    let count = Double(known.count)
    let mean = known.reduce(0) { $0 + $1 / count }
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    let deviation = variance.squareRoot()
    let largest = known.reduce(0) { max($0, abs($1)) }
    let usable = deviation > 1e-12 * largest && deviation.isFinite
    values = rewards.map { reward in
      guard usable, let reward, reward.isFinite else { return 0 }
      return (reward - mean) / deviation
    }
    self.mean = mean
    self.deviation = usable ? deviation : 0
  }
}

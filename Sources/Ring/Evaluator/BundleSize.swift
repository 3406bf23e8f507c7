/// How many tasks an evaluator's slot takes at once, from what its evaluations and its calls to the queue took lately.
///
/// A call costs a server some 0.1 ms and a slot the way there and back: nothing beside an episode of a thousand steps,
/// half of the time where episodes fall over after twenty. So a slot takes as many tasks at once that calls are a
/// fiftieth of its time; where a server is busy, that relieves it.
public struct BundleSize: Sendable {
  /// The share of a slot's time that its calls may take.
  static let callShare = 0.02
  /// The longest that a result may wait for the others of its bundle, in seconds: a fraction of what makes the
  /// aggregator issue a task again.
  public static let longest = 0.25
  /// The weight of the latest measurement in the means.
  private static let recency = 0.125

  private let most: Int
  private let isFixed: Bool
  private var evaluation: Double?
  private var call: Double?

  /// As measured, at most `most` tasks.
  public static func measured(most: Int = 32) -> BundleSize {
    BundleSize(most: most, isFixed: false)
  }

  /// Always `count` tasks, whatever the measurements.
  public static func fixed(_ count: Int) -> BundleSize { BundleSize(most: count, isFixed: true) }

  private init(most: Int, isFixed: Bool) {
    self.most = most
    self.isFixed = isFixed
  }

  /// The number of tasks to ask for; one as long as nothing was measured.
  public var count: Int {
    if isFixed { return most }
    guard let evaluation, let call else { return 1 }
    // A clock may stand still.
    let shortest = max(evaluation, 1e-6)
    let wanted = (call / (Self.callShare * shortest)).rounded(.up)
    return max(1, Int(min(Double(most), wanted, Self.longest / shortest)))
  }

  /// Learns what an evaluation took, in seconds.
  public mutating func evaluated(in seconds: Double) {
    evaluation = Self.mean(evaluation, seconds)
  }

  /// Learns what a call took that delivered results, in seconds.
  public mutating func called(for seconds: Double) { call = Self.mean(call, seconds) }

  private static func mean(_ mean: Double?, _ value: Double) -> Double {
    guard let mean else { return value }
    return mean + recency * (value - mean)
  }
}

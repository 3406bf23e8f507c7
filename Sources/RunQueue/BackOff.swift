import Foundation

/// How long to wait before trying again: doubling from `first` to `longest` seconds, with jitter.
public struct BackOff: Sendable, Hashable {
  /// The longest wait before the second try, in seconds.
  public var first: Double
  /// The longest wait before any try, in seconds.
  public var longest: Double

  /// A policy with the given waits, 0 < `first` ≤ `longest`.
  public init(first: Double = 0.1, longest: Double = 5) {
    precondition(first > 0 && first <= longest)
    self.first = first
    self.longest = longest
  }

  /// The wait after failure number `failures` (from 1), in seconds.
  ///
  /// - Parameters:
  ///   - failures: one after the other, this one included.
  ///   - jitter: a uniform random number in 0..<1; it spreads the waits of many services over the upper
  ///     half of the range.
  public func delay(afterFailures failures: Int, jitter: Double) -> Double {
    let doublings = min(max(failures - 1, 0), 62)
    return min(longest, first * pow(2, Double(doublings))) * (0.5 + 0.5 * jitter)
  }
}

import Dispatch
import Foundation

/// A point in time by two clocks.
public struct Moment: Sendable, Hashable {
  /// Seconds of a clock that only goes on, by which durations are taken.
  public var seconds: Double
  /// Seconds since 1970, for people.
  public var unix: Double

  /// A moment by both clocks.
  public init(seconds: Double, unix: Double) {
    self.seconds = seconds
    self.unix = unix
  }

  /// This moment by both clocks.
  public static func now() -> Moment {
    Moment(
      seconds: Double(DispatchTime.now().uptimeNanoseconds) * 1e-9,
      unix: Date().timeIntervalSince1970)
  }
}

import Synchronization

/// Time that passes only when it is moved, in seconds.
public final class VirtualClock: Sendable {
  private let time: Mutex<Double>

  /// A clock that shows `start`.
  public init(at start: Double = 1_000_000) { time = Mutex(start) }

  /// What it shows.
  public var now: Double { time.withLock { $0 } }

  /// Lets `seconds` pass.
  public func advance(_ seconds: Double) { time.withLock { $0 += seconds } }

  /// Moves it to `moment`.
  public func move(to moment: Double) { time.withLock { $0 = moment } }
}

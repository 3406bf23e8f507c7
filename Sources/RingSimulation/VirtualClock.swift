import Synchronization

/// Time that passes only when the simulation moves it, in seconds.
final class VirtualClock: Sendable {
  private let time = Mutex(0.0)

  var now: Double { time.withLock { $0 } }

  func move(to moment: Double) { time.withLock { $0 = moment } }
}

import Foundation

/// The run store within one process, for tests and simulations; same semantics as on Redis.
///
/// Leases and heartbeats follow the clock given, so that a simulation can run in virtual time. Waits
/// end by an event or, after real seconds, by their timeout.
public final class InMemoryRunStore: RunStore, @unchecked Sendable {
  // Every access to `queue` holds `lock`; that is what makes the class Sendable.
  private let lock = NSCondition()
  private var queue = InMemoryQueue()
  private let clock: @Sendable () -> Double
  let limits: QueueLimits

  let mark: @Sendable () -> String

  /// An empty queue whose time is `clock`, in seconds, and whose submissions are told apart by `mark`.
  public init(
    limits: QueueLimits = QueueLimits(),
    clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
    mark: @escaping @Sendable () -> String = Submission.mark
  ) {
    self.limits = limits
    self.mark = mark
    self.clock = clock
  }

  /// Runs `body` on the queue under the lock and wakes whoever waits for a list.
  func withQueue<Value>(
    _ body: (inout InMemoryQueue) throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    lock.lock()
    defer {
      lock.broadcast()
      lock.unlock()
    }
    return try body(&queue)
  }

  /// The first value that `look` finds, after waiting up to `timeout` seconds for one.
  func wait<Value>(upTo timeout: Double, for look: (inout InMemoryQueue) -> Value?) -> Value? {
    lock.lock()
    defer { lock.unlock() }
    let deadline = Date(timeIntervalSinceNow: timeout)
    while true {
      if let value = look(&queue) { return value }
      guard timeout > 0, lock.wait(until: deadline) else { return look(&queue) }
    }
  }

  /// The store's time in seconds.
  func now() -> Double { clock() }
}

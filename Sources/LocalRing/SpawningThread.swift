import Dispatch
import Foundation
import Synchronization

/// The thread that starts every child process and lives as long as this process.
///
/// Linux sends a child its parent-death signal when the *thread* that started it ends; a thread of a
/// pool may end early, this one cannot.
final class SpawningThread: Sendable {
  static let shared = SpawningThread()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let pending = DispatchSemaphore(value: 0)

  private init() {
    let thread = Thread { [self] in
      while true {
        pending.wait()
        jobs.withLock { $0.removeFirst() }()
      }
    }
    thread.name = "child processes"
    thread.start()
  }

  /// The value of `body`, run on the thread.
  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let result = Result<Value>()
    jobs.withLock { jobs in jobs.append { result.set(body()) } }
    pending.signal()
    return result.wait()
  }

  private final class Result<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func set(_ new: Value) {
      value.withLock { $0 = new }
      done.signal()
    }

    func wait() -> Value {
      while true {
        done.wait()
        if let value = value.withLock({ $0 }) { return value }
      }
    }
  }
}

import Dispatch
import Programs
import RedisQueue
import RunQueue
import Synchronization

/// What is read of the queue only when somebody asks for it, one request after the other.
final class QueueArchive: Sendable {
  private let queue: QueueAddress
  private let store = Mutex<RedisRunStore?>(nil)
  private let line = DispatchQueue(label: "archive")

  init(queue: QueueAddress) { self.queue = queue }

  /// What `read` makes of the store, in one round trip; on a thread that may block.
  func read<Value: Sendable>(
    _ read: @escaping @Sendable (RedisRunStore) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      line.async { continuation.resume(with: Result { try read(self.open()) }) }
    }
  }

  private func open() throws -> RedisRunStore {
    if let store = store.withLock({ $0 }) { return store }
    let opened = try queue.openStore()
    store.withLock { $0 = opened }
    return opened
  }
}

import Dispatch
import RunQueue
import Synchronization

/// What this process knows of its contact to servers: since when one does not answer, and where a
/// queue was found.
///
/// It tells a program that is asked to end whether there is anybody left to say a last word to.
public final class ServerContact: Sendable {
  /// The contact of all stores of this process that were not given another one.
  public static let ofProcess = ServerContact()

  private struct State {
    /// The moments by which the calls under way should have been answered.
    var dueTimes: [Int: Double] = [:]
    var count = 0
    var failingSince: Double?
    /// The servers, each with a user and a password, that have let this process in; the moment since
    /// which they no longer do, where that is so.
    var letIn: [RedisURL: Double?] = [:]
    var notices: Set<String> = []
    var listener: (@Sendable (String) -> Void)?
  }

  private let state = Mutex(State())

  /// A contact of its own.
  public init() {}

  /// Seconds on the clock of `outage`.
  public static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

  /// The moment since which a call has been waiting for its answer or calls have failed for want of a
  /// server; nil while all is well.
  public var outage: Double? {
    let now = Self.now()
    return state.withLock { state in
      let overdue = state.dueTimes.values.filter { $0 < now }
      return (overdue + [state.failingSince].compactMap { $0 }).min()
    }
  }

  /// Sends every notice to `listener`, each once; for a program's log.
  public func onNotice(_ listener: @escaping @Sendable (String) -> Void) {
    state.withLock { $0.listener = listener }
  }

  /// Says `line` unless it was said before.
  func notice(_ line: String) {
    let listener = state.withLock { $0.notices.insert(line).inserted ? $0.listener : nil }
    listener?(line)
  }

  /// A server has accepted the credentials of its URL.
  func letIn(by url: RedisURL) { state.withLock { $0.letIn[url] = .some(nil) } }

  /// Seconds for which credentials may be refused that were accepted before: users are loaded anew.
  static let reload = 60.0

  /// Whether the URL's credentials, which were refused, may be accepted again.
  func mayLetIn(by url: RedisURL) -> Bool {
    let now = Self.now()
    return state.withLock { state in
      guard let refused = state.letIn[url] else { return false }
      let since = refused ?? now
      state.letIn[url] = since
      return now - since < Self.reload
    }
  }

  /// Makes a call that may wait `blocking` seconds by itself.
  func call<Value>(
    blocking: Double, _ body: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let number = state.withLock { state in
      state.count += 1
      state.dueTimes[state.count] = Self.now() + blocking
      return state.count
    }
    do {
      let value = try body()
      end(number, isAnswered: true)
      return value
    } catch {
      switch error {
      case .unreachable, .notReady: end(number, isAnswered: false)
      default: end(number, isAnswered: true)
      }
      throw error
    }
  }

  private func end(_ number: Int, isAnswered: Bool) {
    let now = Self.now()
    state.withLock { state in
      state.dueTimes[number] = nil
      state.failingSince = isAnswered ? nil : state.failingSince ?? now
    }
  }
}

import Dispatch
import Synchronization

/// The ledger that an observer writes and everybody reads, and what makes the observer look sooner.
public final class DashboardBoard: Sendable {
  private let state: Mutex<State>
  private let wake = DispatchSemaphore(value: 0)

  private struct State {
    var ledger: QueueLedger
    /// When a run was last asked for, in seconds of the clock that only goes on.
    var wanted: [String: Double] = [:]
    var triedAt: Moment?
  }

  /// A board on which nothing stands yet.
  public init(_ ledger: QueueLedger) { state = Mutex(State(ledger: ledger)) }

  /// What is known now.
  public var ledger: QueueLedger { state.withLock { $0.ledger } }

  /// When the server was last asked, whether it answered or not.
  public var triedAt: Moment? { state.withLock { $0.triedAt } }

  /// Puts up what a look or a failure made of the ledger.
  public func post(_ ledger: QueueLedger, at now: Moment) {
    state.withLock { state in
      state.ledger = ledger
      state.triedAt = now
      state.wanted = state.wanted.filter { now.seconds - $0.value < Self.patience }
    }
  }

  /// Somebody looks at a run: its history is read first.
  public func want(_ run: String, at now: Moment) {
    let isBehind = state.withLock { state in
      guard let known = state.ledger.runs[run] else { return false }
      state.wanted[run] = now.seconds
      return !known.isComplete
    }
    if isBehind { wake.signal() }
  }

  /// The runs that somebody looked at lately.
  public var wanted: [String] { state.withLock { $0.wanted.keys.sorted() } }

  /// Seconds for which a run stays wanted.
  private static let patience = 30.0

  /// Waits for `seconds`, less if somebody wants to see what is not read yet.
  public func wait(upTo seconds: Double) {
    guard wake.wait(timeout: .now() + seconds) == .success else { return }
    while wake.wait(timeout: .now()) == .success {}
  }

  /// Ends a wait.
  public func interrupt() { wake.signal() }
}

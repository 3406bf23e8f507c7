import Ring
import RunPlan
import RunQueue
import Synchronization

/// What the slots of one evaluator have done and hold, shared with its heartbeat.
final class EvaluatorWork: SlotObserver {
  struct State: Sendable {
    var held: Set<TaskID> = []
    var finished = 0
    var failed = 0
    var steps = 0
    var seconds = 0.0
    /// Runs that this machine cannot run, and why.
    var cannotRun: [RunID: String] = [:]
  }

  private let state = Mutex(State())
  private let ending = Atomic(false)
  private let drained = Atomic(false)

  /// Whether no slot begins anything: the evaluator is about to end, or an operator wants it so.
  var isResting: Bool { ending.load(ordering: .relaxed) || isDrained }

  /// Whether an operator wants the evaluator to begin nothing.
  var isDrained: Bool { drained.load(ordering: .relaxed) }

  /// Lets slots finish what they hold and begin nothing else, since the evaluator ends.
  func end() { ending.store(true, ordering: .relaxed) }

  /// Does what an operator wants; whether that is new.
  func setDrained(_ value: Bool) -> Bool { drained.exchange(value, ordering: .relaxed) != value }

  /// A copy of the present state.
  var snapshot: State { state.withLock { $0 } }

  func began(_ task: TaskID) { state.withLock { _ = $0.held.insert(task) } }

  func ended(_ task: TaskID) { state.withLock { _ = $0.held.remove(task) } }

  func cannotRun(_ run: RunID, reason: String) {
    state.withLock { work in
      // The last few are enough to say; a queue that runs pass through for months has many.
      if work.cannotRun.count >= 10, work.cannotRun[run] == nil { work.cannotRun = [:] }
      work.cannotRun[run] = String(reason.prefix(300))
    }
  }

  func runs(_ run: RunID) { state.withLock { $0.cannotRun[run] = nil } }

  func delivered(_ result: EvaluationResult) {
    state.withLock {
      switch result {
      case .finished(let episode):
        $0.finished += 1
        $0.steps += episode.steps
        $0.seconds += episode.seconds
      case .failed:
        $0.failed += 1
      }
    }
  }
}

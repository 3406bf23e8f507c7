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
  private let draining = Atomic(false)

  /// Whether the evaluator is about to end, so that no slot begins anything.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  /// Lets slots finish what they hold and begin nothing else.
  func drain() { draining.store(true, ordering: .relaxed) }

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

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

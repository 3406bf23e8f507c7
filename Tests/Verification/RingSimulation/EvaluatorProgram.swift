import Logging
import Randomness
import Ring
import RunPlan
import RunQueue

/// An evaluator of one slot: the real slot over a player that lets virtual time pass; takes up to three tasks at
/// once, by its name; may leave.
struct EvaluatorProgram: Program {
  private let name: String
  private let store: ReplayedStore
  /// Whether it ends in order now and then.
  private let leaves: Bool
  private var slot: EvaluatorSlot
  private let random: Draws

  static let lease = 10.0

  init(name: String, store: ReplayedStore, leaves: Bool) {
    self.name = name
    self.store = store
    self.leaves = leaves
    let random = Draws()
    self.random = random
    let held = Held()
    slot = EvaluatorSlot(
      name: name, store: store, lease: Self.lease, logger: quiet,
      bundle: .fixed(1 + name.utf8.reduce(0) { $0 + Int($1) } % 3), observer: held,
      clock: { store.moment }
    ) { configuration in
      { request in
        if leaves, random.uniform() < 0.02 {
          try Self.handBack(held.tasks, random, name: name, store: store)
        }
        let seconds = random.uniform() < 0.05 ? random.uniform(5, 30) : random.uniform(0.1, 1)
        try Self.spend(seconds, on: held.tasks, name: name, store: store)
        return try StandInRollout.episode(
          request, observationSize: configuration.observationSize, seconds: seconds)
      }
    }
  }

  mutating func step(_ random: inout RandomStream) throws(StoreError) -> NextStep {
    if leaves, random.uniform() < 0.03 {
      try store.leave(name)
      return .restart
    }
    self.random.stream = random
    switch try slot.step() {
    case .idle: return .whenTasksArePending
    case .leftToOthers: return .after(0.5)
    case .played, .delivered, .released, .refused: return .after(0)
    }
  }

  /// Told to stop right after a claim, it hands its tasks back, by name or by leaving with them, and ends.
  private static func handBack(
    _ tasks: [TaskID], _ random: Draws, name: String, store: ReplayedStore
  ) throws(StoreError) {
    if random.uniform() < 0.5 { try store.release(tasks, by: name) }
    try store.leave(name)
    try store.end()
  }

  /// Lets the rollout's time pass; signs of life that do not get through are no reason to stop.
  private static func spend(
    _ seconds: Double, on tasks: [TaskID], name: String, store: ReplayedStore
  ) throws(StoreError) {
    var remaining = seconds
    while remaining > 2 {
      try store.sleep(2)
      remaining -= 2
      _ = try? store.renew(tasks, by: name, lease: lease)
      _ = try? store.heartbeat(name, status: "{}")
    }
    try store.sleep(remaining)
  }
}

/// What the slot holds; a step that is replayed tells of the same.
private final class Held: SlotObserver, @unchecked Sendable {
  private var held: Set<TaskID> = []

  var tasks: [TaskID] { held.sorted { $0.description < $1.description } }

  func began(_ task: TaskID) { held.insert(task) }
  func ended(_ task: TaskID) { held.remove(task) }
  func delivered(_ result: EvaluationResult) {}
  func cannotRun(_ run: RunID, reason: String) {}
  func runs(_ run: RunID) {}
}

/// The random numbers of the step that is being made, for the player that the slot keeps.
private final class Draws {
  var stream = RandomStream(seed: 0, purpose: .simulation)

  func uniform(_ lower: Double = 0, _ upper: Double = 1) -> Double {
    stream.uniform(lower, upper)
  }
}

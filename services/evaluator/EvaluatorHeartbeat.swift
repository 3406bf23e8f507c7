import Foundation
import Logging
import Programs
import Ring
import RunQueue

/// Tells the queue every two seconds that an evaluator lives, and renews the leases it holds.
struct EvaluatorHeartbeat: ServiceLoop {
  /// Seconds between heartbeats.
  static let interval = 2.0

  /// What a heartbeat says; shown by `chromatic status`.
  struct Status: Codable {
    var slots: Int
    var finished: Int
    var failed: Int
    var environmentSteps: Int
    var stepsPerSecond: Int
    var version: String
    /// Whether it begins nothing, since an operator wants it so; absent where it does.
    var drained: Bool?
    /// Runs that this machine cannot run, and why; absent where there are none.
    var cannotRun: [String: String]?
  }

  let name: String
  let slots: Int
  let store: any EvaluatorStore
  let work: EvaluatorWork
  let lease: Double
  let signOff: SignOff
  let logger: Logger
  private var next = DispatchTime.now()
  private var withoutLease: Set<TaskID> = []

  init(
    name: String, slots: Int, store: any EvaluatorStore, work: EvaluatorWork, lease: Double,
    signOff: SignOff, logger: Logger
  ) {
    self.name = name
    self.slots = slots
    self.store = store
    self.work = work
    self.lease = lease
    self.signOff = signOff
    self.logger = logger
  }

  /// A heartbeat if one is due, else a short pause.
  mutating func step() throws {
    let now = DispatchTime.now()
    guard now >= next else { return Thread.sleep(forTimeInterval: 0.1) }
    try signOff.unlessSaid { () throws(StoreError) in try beat() }
    next = now + Self.interval
  }

  private mutating func beat() throws(StoreError) {
    let state = work.snapshot
    let lost = Set(try store.renew(Array(state.held), by: name, lease: lease))
    // A task delivered this very moment has no lease either; one still held by the next beat does.
    for task in lost.intersection(withoutLease) {
      logger.warning(
        "lease lost, the result still counts if it is first", metadata: ["task": "\(task)"])
    }
    withoutLease = lost
    guard work.setDrained(try store.heartbeat(name, status: text(state))) else { return }
    logger.notice(
      work.isDrained ? "drained: nothing else is begun" : "no longer drained: at work again")
    // Said at once, since somebody waits for it.
    try store.heartbeat(name, status: text(state))
  }

  /// The last word of an evaluator that ends in order.
  func finish() throws { try signOff.say { () throws(StoreError) in try store.leave(name) } }

  private func text(_ state: EvaluatorWork.State) -> String {
    let rate = state.seconds > 0 ? Double(state.steps) / state.seconds * Double(slots) : 0
    let status = Status(
      slots: slots, finished: state.finished, failed: state.failed, environmentSteps: state.steps,
      stepsPerSecond: Int(rate), version: chromaticVersion,
      drained: work.isDrained ? true : nil,
      cannotRun: state.cannotRun.isEmpty
        ? nil
        : Dictionary(uniqueKeysWithValues: state.cannotRun.map { ($0.key.name, $0.value) }))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(status) else {
      preconditionFailure("a heartbeat holds whole numbers and text only")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

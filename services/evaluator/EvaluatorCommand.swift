import ArgumentParser
import Foundation
import Logging
import Programs
import Ring
import RunPlan
import RunQueue

/// `chromatic-evaluator`: claims evaluations, simulates them, delivers returns.
struct EvaluatorCommand: AsyncParsableCommand {
  /// Name and abstract.
  static let configuration = CommandConfiguration(
    commandName: "chromatic-evaluator",
    abstract: "Simulates the evaluations of every run on a queue; start as many as you like.",
    version: chromaticVersion)

  @OptionGroup var options: ServiceOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Evaluations at a time, one thread each.",
      discussion:
        "Else CHROMATIC_SLOTS, else one per processor that this process may use: affinity mask and "
        + "control groups count.", valueName: "n"))
  var slots: Int?

  @OptionGroup var identity: ServiceName

  @Option(
    help: ArgumentHelp(
      "Seconds for what it holds to finish once it is told to stop; then it is handed back.",
      discussion: "Else CHROMATIC_GRACE, else 20.", valueName: "seconds"))
  var grace: Double?

  /// Serves the queue until told to stop; then finishes or hands back what it holds and leaves.
  func run() async throws {
    try options.endIfHealthCheck()
    let logger = try options.logger("evaluator")
    let slots = try slotCount(logger)
    let grace = try gracePeriod()
    let name = try identity.resolved()
    let queue = try options.queue.address()
    let work = EvaluatorWork()
    let signOff = SignOff()
    let heartbeat = BlockingService("heartbeat", logger: logger) {
      let store = try queue.openStore()
      logger.info(
        "serving",
        metadata: ["name": "\(name)", "queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
      return EvaluatorHeartbeat(
        name: name, slots: slots, store: store, work: work, lease: Self.lease, signOff: signOff,
        logger: logger)
    }
    let workers = (0..<slots).map { number in
      BlockingService("slot \(number)", logger: logger) {
        let store = try queue.openStore()
        return EvaluatorLoop(
          slot: EvaluatorSlot(
            name: name, store: store, lease: Self.lease, logger: logger, slots: slots,
            bundle: .measured(), observer: work,
            player: RolloutPlayer().make),
          store: store, work: work)
      }
    }
    let drain = EvaluatorDrain(
      name: name, grace: grace, work: work, queue: queue, signOff: signOff, logger: logger)
    try await options.run([heartbeat, SimultaneousServices(workers), drain], logger: logger)
  }

  /// Seconds a claimed task stays with an evaluator that gives no sign of life.
  static let lease = 10.0

  private func slotCount(_ logger: Logger) throws -> Int {
    let slots = try SlotCount(
      GivenText("--slots", slots.map(String.init), else: "CHROMATIC_SLOTS"))
    if let note = slots.note { logger.warning("\(note)") }
    return slots.count
  }

  private func gracePeriod() throws -> Double {
    guard let given = GivenText("--grace", grace.map { "\($0)" }, else: "CHROMATIC_GRACE") else {
      return 20
    }
    guard let seconds = Double(given.text), (0...3600).contains(seconds) else {
      throw given.invalid("0 to 3600 seconds")
    }
    return seconds
  }
}

/// One slot's thread.
private struct EvaluatorLoop: ServiceLoop {
  var slot: EvaluatorSlot
  let store: any EvaluatorStore
  let work: EvaluatorWork

  /// An evaluation if a task is pending, else a wait for one of up to a second.
  mutating func step() throws {
    do {
      if work.isResting {
        try slot.handBack()
        return Thread.sleep(forTimeInterval: 0.05)
      }
      switch try slot.step() {
      // Tasks that are left to others would end the wait at once.
      case .leftToOthers: Thread.sleep(forTimeInterval: 0.5)
      case .idle: _ = try store.waitForTasks(timeout: 1)
      case .refused: break
      // A task that comes back at once, again and again, is no reason to keep the server busy.
      case .released: Thread.sleep(forTimeInterval: 0.01)
      case .played, .delivered: break
      }
    } catch {
      slot.forget()
      throw error
    }
  }

  mutating func finish() throws { try slot.handBack() }
}

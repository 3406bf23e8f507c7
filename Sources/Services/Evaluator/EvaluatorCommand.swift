import ArgumentParser
import Environments
import Foundation
import Logging
import RunProtocol

/// `chromatic-evaluator`: claims evaluations, simulates them, delivers returns.
public struct EvaluatorCommand: AsyncParsableCommand {
  /// Name and abstract.
  public static let configuration = CommandConfiguration(
    commandName: "chromatic-evaluator",
    abstract: "Simulates the evaluations of every run on a queue; start as many as you like.",
    version: chromaticVersion)

  @OptionGroup var options: ServiceOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Evaluations at a time, one thread each.",
      discussion: "Else CHROMATIC_SLOTS, else 1.", valueName: "n"))
  var slots: Int?

  @OptionGroup var identity: ServiceName

  /// For the argument parser.
  public init() {}

  /// Serves the queue until told to stop; then finishes what it holds and leaves.
  public func run() async throws {
    let logger = try options.logger("evaluator")
    let slots = try slotCount()
    let name = try identity.resolved()
    let queue = try options.queue.address()
    let work = EvaluatorWork()
    let heartbeat = BlockingService("heartbeat", logger: logger) {
      let store = try queue.openStore()
      logger.info(
        "serving",
        metadata: ["name": "\(name)", "queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
      return EvaluatorHeartbeat(
        name: name, slots: slots, store: store, work: work, lease: Self.lease, logger: logger)
    }
    let workers = (0..<slots).map { number in
      BlockingService("slot \(number)", logger: logger) {
        EvaluatorSlot(
          name: name, store: try queue.openStore(), environments: EnvironmentCatalog.make,
          work: work, lease: Self.lease, logger: logger)
      }
    }
    try await options.run([heartbeat] + workers, logger: logger)
  }

  /// Seconds a claimed task stays with an evaluator that gives no sign of life.
  static let lease = 10.0

  private func slotCount() throws -> Int {
    let text = slots.map(String.init) ?? QueueOptions.environment["CHROMATIC_SLOTS"] ?? "1"
    guard let count = Int(text), (1...1024).contains(count) else {
      throw InvalidSetting("--slots", is: text, expected: "1 to 1024")
    }
    return count
  }
}

extension EvaluatorSlot: ServiceLoop {
  func step() throws { try step(timeout: 1) }
}

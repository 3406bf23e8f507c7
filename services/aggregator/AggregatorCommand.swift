import ArgumentParser
import Programs
import Ring
import RunQueue

/// `chromatic-aggregator`: turns the returns of an iteration into the next weights.
struct AggregatorCommand: AsyncParsableCommand {
  /// Name and abstract.
  static let configuration = CommandConfiguration(
    commandName: "chromatic-aggregator",
    abstract: "Turns the returns of an iteration into the next weights, for every run on a queue.",
    version: chromaticVersion)

  @OptionGroup var options: ServiceOptions
  @OptionGroup var identity: ServiceName

  /// Serves the queue until told to stop.
  func run() async throws {
    try options.endIfHealthCheck()
    let logger = try options.logger("aggregator")
    let queue = try options.queue.address()
    let leadership = Leadership(.aggregator, name: try identity.resolved(), logger: logger)
    let service = BlockingService("aggregator", logger: logger) {
      let store = try queue.openStore()
      logger.info("serving", metadata: ["queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
      return AggregatorLoop(
        aggregator: Aggregator(store: store, logger: logger, lead: leadership.lead),
        leadership: leadership)
    }
    try await options.run([leadership.service(on: queue), service], logger: logger)
  }
}

private struct AggregatorLoop: ServiceLoop {
  var aggregator: Aggregator
  let leadership: Leadership

  mutating func step() throws {
    if leadership.wait(upTo: 1) { try aggregator.step(timeout: 1) }
  }
}

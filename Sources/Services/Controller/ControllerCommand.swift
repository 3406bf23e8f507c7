import ArgumentParser
import Dispatch
import RunProtocol

/// `chromatic-controller`: proposes partitions, publishes every iteration's evaluations.
public struct ControllerCommand: AsyncParsableCommand {
  /// Name and abstract.
  public static let configuration = CommandConfiguration(
    commandName: "chromatic-controller",
    abstract: "Proposes partitions and publishes the evaluations of every run on a queue.",
    version: chromaticVersion)

  @OptionGroup var options: ServiceOptions

  /// For the argument parser.
  public init() {}

  /// Serves the queue until told to stop.
  public func run() async throws {
    let logger = try options.logger("controller")
    let queue = try options.queue.address()
    let service = BlockingService("controller", logger: logger) {
      let store = try queue.openStore()
      logger.info("serving", metadata: ["queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
      return ControllerLoop(
        controller: Controller(store: store, logger: logger),
        watch: QueueWatch(store: store, queue: queue.keys.queue, logger: logger))
    }
    try await options.run([service], logger: logger)
  }
}

private struct ControllerLoop: ServiceLoop {
  let controller: Controller
  var watch: QueueWatch
  var lastLook: UInt64 = 0

  init(controller: Controller, watch: QueueWatch) {
    self.controller = controller
    self.watch = watch
  }

  mutating func step() throws {
    try controller.step(timeout: 1)
    let now = DispatchTime.now().uptimeNanoseconds
    guard now - lastLook > 1_000_000_000 else { return }
    lastLook = now
    try watch.look()
  }
}

import ArgumentParser
import Dispatch
import Programs
import Ring
import RunQueue

/// `chromatic-controller`: proposes partitions, publishes every iteration's evaluations.
struct ControllerCommand: AsyncParsableCommand {
  /// Name and abstract.
  static let configuration = CommandConfiguration(
    commandName: "chromatic-controller",
    abstract: "Proposes partitions and publishes the evaluations of every run on a queue.",
    version: chromaticVersion)

  @OptionGroup var options: ServiceOptions
  @OptionGroup var identity: ServiceName

  /// Serves the queue until told to stop.
  func run() async throws {
    try options.endIfHealthCheck()
    let logger = try options.logger("controller")
    let queue = try options.queue.address()
    let leadership = Leadership(.controller, name: try identity.resolved(), logger: logger)
    let service = BlockingService("controller", logger: logger) {
      let store = try queue.openStore()
      logger.info("serving", metadata: ["queue": "\(queue.keys.queue)", "redis": "\(store.url)"])
      return ControllerLoop(
        controller: Controller(store: store, logger: logger, lead: leadership.lead),
        watch: QueueWatch(store: store, queue: queue.keys.queue, logger: logger),
        leadership: leadership)
    }
    try await options.run([leadership.service(on: queue), service], logger: logger)
  }
}

private struct ControllerLoop: ServiceLoop {
  var controller: Controller
  var watch: QueueWatch
  let leadership: Leadership
  var lastLook: UInt64 = 0

  init(controller: Controller, watch: QueueWatch, leadership: Leadership) {
    self.controller = controller
    self.watch = watch
    self.leadership = leadership
  }

  mutating func step() throws {
    guard leadership.wait(upTo: 1) else { return }
    try controller.step(timeout: 1)
    let now = DispatchTime.now().uptimeNanoseconds
    guard now - lastLook > 1_000_000_000 else { return }
    lastLook = now
    try watch.look()
  }
}

import ChromaticPolicy
import Foundation
import LocalRing
import RedisQueue
import RunProtocol
import Services
import TerminalProgress

/// A run on one machine from its first to its last iteration, or to an interruption.
struct TrainingSession {
  /// How a session ended.
  enum Ending {
    /// The run is finished and this is its policy.
    case finished(Policy)
    /// Interrupted; the run can be resumed.
    case interrupted
  }

  /// The only run of the private server.
  private static let runName = "train"

  let directory: OutputDirectory
  let configuration: RunConfiguration
  let evaluators: Int

  /// Starts the ring, follows the run, writes its files and ends the ring.
  func run() throws -> Ending {
    let interruption = Interruption()
    let server = try PrivateRedisServer(in: directory.serverPath)
    defer { server.stop() }
    let store = try QueueAddress(url: server.url, keys: Self.keys()).openStore()
    let run = try RunArgument.run(Self.runName, flag: "the run's name")
    if try store.runs()[run] == nil { try store.submit(run, config: configuration.fields) }
    // Evaluators of a session that was killed give back what they held without waiting for leases.
    for evaluator in try store.overview().evaluators { try store.leave(evaluator.name) }
    var services = try LocalServices(
      url: server.url, evaluators: evaluators, logs: directory.logsPath)
    defer { services.stop() }
    return try follow(run, store: store, server: server, services: &services, interruption)
  }

  private func follow(
    _ run: RunID, store: RedisRunStore, server: PrivateRedisServer,
    services: inout LocalServices, _ interruption: Interruption
  ) throws -> Ending {
    let view = ProgressWriter(colour: Terminal.errorColour != .none)
    defer { view.finish() }
    view.print("add evaluators from another terminal: chromatic-evaluator --redis \(server.url)")
    var monitor = try RunMonitor(run, store: store)
    var lastWrite = Date.distantPast
    while !interruption.isAsked {
      if let ending = server.ending {
        throw CommandError.unavailable(
          "redis-server ended (\(ending)): \(server.lastLogLine ?? ""); continue with --resume")
      }
      try store.checkWritable()
      for line in try services.tend() { view.print(line) }
      let changed = try monitor.look()
      view.update(try monitor.progress())
      if monitor.isOver { break }
      if changed, Date().timeIntervalSince(lastWrite) > 5 {
        try directory.write(history: monitor.history, of: configuration)
        lastWrite = Date()
      }
      interruption.wait(0.2)
    }
    try directory.write(history: monitor.history, of: configuration)
    return try ending(run, monitor, store: store)
  }

  private func ending(_ run: RunID, _ monitor: RunMonitor, store: RedisRunStore) throws -> Ending {
    let policy = try RunReport(run, store: store).policy(store: store)
    switch monitor.phase {
    case .finished:
      guard let policy else { throw CommandError.data("the finished run has no policy") }
      try directory.write(policy)
      return .finished(policy)
    case .failed, .cancelled:
      throw CommandError.data("the run ended: \(monitor.message)")
    case .submitted, .running, .paused:
      return .interrupted
    }
  }

  private static func keys() throws -> QueueKeys {
    guard let keys = QueueKeys(queue: "default") else {
      preconditionFailure("'default' is a valid queue name")
    }
    return keys
  }
}

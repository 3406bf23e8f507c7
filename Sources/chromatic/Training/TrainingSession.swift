import ChromaticPolicy
import Foundation
import LocalRing
import Programs
import RedisQueue
import RunPlan
import RunQueue
import TerminalProgress

/// A run on one machine from its first to its last iteration, or to an interruption.
struct TrainingSession {
  /// How a session ended.
  enum Ending {
    /// The run is finished and this is its policy.
    case finished(Policy, failures: String?, stopped: String?)
    /// Interrupted; the run can be resumed.
    case interrupted
  }

  private let directory: OutputDirectory
  private let configuration: RunConfiguration
  private let interruption: Interruption
  private let server: PrivateRedisServer
  private let store: RedisRunStore
  private let run: RunID
  private var services: LocalServices
  private var keeper: PolicyKeeper

  /// Starts the ring with the run in it, where `directory` does not hold it yet.
  ///
  /// - Parameters:
  ///   - more: how many iterations the run in `directory` is to have from now on; nil leaves them.
  ///   - interval: every how many iterations the best policy is kept, 0 for never; nil for the usual.
  init(
    _ configuration: RunConfiguration, in directory: OutputDirectory, evaluators: Int,
    more: Int? = nil, keepingPoliciesEvery interval: Int? = nil, _ interruption: Interruption
  ) throws {
    self.interruption = interruption
    self.directory = directory
    try OutputFile.makeDirectory(directory.logsPath)
    server = try PrivateRedisServer(in: directory.serverPath)
    // What waits for an answer then goes on at once.
    interruption.whenServerless { [server] in server.stop(grace: 2) }
    store = try QueueAddress(url: server.url, keys: Self.keys()).openStore()
    run = try Self.run(configuration, more: more, in: store)
    self.configuration = try RunReport(run, store: store).configuration
    if self.configuration != configuration { try directory.write(self.configuration) }
    keeper = PolicyKeeper(
      directory.policies,
      every: interval ?? KeptPolicies.usualInterval(iterations: self.configuration.iterations))
    if try store.runs()[run] == .suspended { try store.resume(run) }
    services = try LocalServices(store: store, evaluators: evaluators, logs: directory.logsPath)
  }

  /// The run that the server holds or is given, with as many iterations as it is to have.
  private static func run(
    _ configuration: RunConfiguration, more: Int?, in store: RedisRunStore
  ) throws -> RunID {
    guard var run = try LocalRun.find(in: store) else {
      return try LocalRun.submit(configuration, to: store)
    }
    if let more, more > (try RunReport(run, store: store).configuration.iterations) {
      run = try LocalRun.extend(run, to: more, in: store)
    }
    try LocalRun.forgetOthers(than: run, in: store)
    return run
  }

  /// Follows the run, writes its files and ends the ring.
  mutating func finish() throws -> Ending {
    defer {
      services.stop()
      server.stop()
    }
    let view = ProgressWriter(colour: Terminal.errorColour != .none)
    defer { view.finish() }
    let url = "\(server.url)".shellWord
    view.print("add evaluators from another terminal: chromatic-evaluator --redis \(url)")
    let monitor = try follow(view)
    try write(monitor)
    return try ending(monitor)
  }

  /// Looks after the ring until the run is over or the tool is asked to end.
  private mutating func follow(_ view: ProgressWriter) throws -> RunMonitor {
    var calls = PatientCalls(.following, interruption: interruption) { view.print($0) }
    var monitor = try calls.make { try RunMonitor(run, store: store, timing: directory.timing()) }
    var lastWrite = Date.distantPast
    while !interruption.isAsked {
      for line in try services.tend() { view.print(line) }
      let changed: Bool
      do {
        changed = try calls.make {
          try checkServer()
          let changed = try monitor.look()
          view.update(try monitor.progress())
          if changed { try keeper.keep(monitor.history, of: run, configuration, in: store) }
          return changed
        }
      } catch  where interruption.isAsked {
        break
      }
      if monitor.hasEnded { break }
      if changed, !monitor.history.isEmpty, Date().timeIntervalSince(lastWrite) > 5 {
        try write(monitor)
        lastWrite = Date()
      }
      interruption.wait(0.2)
    }
    return monitor
  }

  private func write(_ monitor: RunMonitor) throws(CommandError) {
    try directory.write(history: monitor.history, of: configuration)
    try directory.write(monitor.timing)
  }

  private func checkServer() throws {
    if let ending = server.ending {
      throw CommandError.unavailable(
        "redis-server ended (\(ending)): \(server.lastLogLine ?? ""); continue with --resume")
    }
    do {
      try store.checkWritable()
    } catch {
      // This machine's disk is full, which no waiting mends.
      guard case .cannotWrite(let line) = error else { throw error }
      throw CommandError.cannotWrite(line)
    }
  }

  private func ending(_ monitor: RunMonitor) throws -> Ending {
    switch monitor.phase {
    case .finished:
      guard let policy = try RunReport(run, store: store).policy(store: store) else {
        throw CommandError.data("the finished run has no policy")
      }
      try directory.write(policy)
      return .finished(policy, failures: monitor.failures, stopped: monitor.stopped)
    case .failed, .cancelled:
      throw CommandError.data("the run ended: \(monitor.message)")
    case .suspended:
      throw CommandError.data(
        "the run is suspended: \(monitor.message); mend that, then go on with --resume")
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

import Foundation
import LocalRing
import RedisQueue
import RunProtocol
import Services

/// A ring of real processes that can be hit, and that replaces what died.
final class ChaosRing {
  /// The queue, for looking on.
  let store: RedisRunStore

  private let directory: String
  private let url: String
  private var server: PrivateRedisServer
  private var services: [ServiceProcess] = []
  private var starts = 0
  /// Frozen processes and the moment at which each goes on.
  private var frozen: [(process: pid_t, until: Date)] = []

  /// Starts a redis-server, a controller, an aggregator and `evaluators` evaluators.
  init(evaluators: Int, in directory: String) throws {
    self.directory = directory
    server = try PrivateRedisServer(in: "\(directory)/redis")
    url = server.url.description
    guard let keys = QueueKeys(queue: "default") else {
      preconditionFailure("'default' is a valid queue name")
    }
    store = try QueueAddress(url: server.url, keys: keys).openStore()
    for place in 0..<2 + evaluators { services.append(try start(place)) }
  }

  /// Ends every process.
  func stop() {
    thaw(before: .distantFuture)
    services.forEach { $0.terminate() }
    services.forEach { $0.stop() }
    server.stop()
  }

  /// Carries out a fault; a killed process is replaced at once.
  func strike(_ planned: PlannedFault) throws {
    let place = Self.place(of: planned)
    switch planned.fault {
    case .frozen:
      let process = place.map { services[$0].processIdentifier } ?? server.processIdentifier
      kill(process, SIGSTOP)
      frozen.append((process, Date(timeIntervalSinceNow: planned.freeze)))
    case .killed:
      try replace(place) { kill($0, SIGKILL) }
    case .restarted:
      // A process that is stopped cannot end in order.
      thaw(before: .distantFuture)
      try replace(place) { kill($0, SIGTERM) }
    }
  }

  /// Lets frozen processes go on whose time is over, and replaces what ended by itself.
  func tend() throws {
    thaw(before: Date())
    for place in services.indices where services[place].ending != nil {
      services[place] = try start(place)
    }
  }

  private func thaw(before moment: Date) {
    for (process, until) in frozen where until <= moment { kill(process, SIGCONT) }
    frozen.removeAll { $0.until <= moment }
  }

  private func replace(_ place: Int?, _ end: (pid_t) -> Void) throws {
    guard let place else {
      end(server.processIdentifier)
      _ = server.wait(upTo: 30)
      server.stop()
      server = try PrivateRedisServer(in: "\(directory)/redis")
      return
    }
    end(services[place].processIdentifier)
    _ = services[place].wait(upTo: 30)
    services[place] = try start(place)
  }

  /// Controller, aggregator, then evaluators; nil for the server.
  private static func place(of planned: PlannedFault) -> Int? {
    switch planned.fault.victim {
    case .server: nil
    case .controller: 0
    case .aggregator: 1
    case .evaluator: 2 + planned.evaluator
    }
  }

  private func start(_ place: Int) throws -> ServiceProcess {
    let names = ["controller", "aggregator"]
    starts += 1
    return try ServiceProcess(
      place < 2 ? "chromatic-\(names[place])" : "chromatic-evaluator",
      arguments: ["--redis", url] + (place < 2 ? ["--name", names[place]] : []),
      log: "\(directory)/\(place)-\(starts).log")
  }
}

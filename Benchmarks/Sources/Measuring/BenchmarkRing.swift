import Foundation
import LocalRing
import Programs
import RedisQueue
import RunPlan
import RunQueue

/// A run on a Redis of its own, with services as processes; all of it ends with the value.
public final class BenchmarkRing {
  /// The store in which the run is.
  public let store: RedisRunStore
  /// The run.
  public let run: RunID
  /// Its server.
  public let server: PrivateRedisServer
  /// The services, in the order in which they were named.
  public let services: [ServiceProcess]
  private let directory: String

  /// Submits a run and starts `names`, such as `controller`; evaluators have one slot.
  public init(_ configuration: RunConfiguration, _ names: [String], executables: String) throws {
    let directory = NSTemporaryDirectory() + "figures-\(getpid())"
    let server = try PrivateRedisServer(in: directory)
    guard let keys = QueueKeys(queue: "default"), let run = RunID("figures") else {
      fatalError("both names are valid")
    }
    (self.directory, self.server, self.run) = (directory, server, run)
    store = try QueueAddress(url: server.url, keys: keys).openStore()
    try store.submit(run, config: configuration.fields)
    services = try names.enumerated().map { number, name in
      try ServiceProcess(
        "chromatic-\(name)",
        arguments: ["--redis", server.url.description]
          + (name == "evaluator" ? ["--slots", "1"] : []),
        log: "\(directory)/\(number).log", executablesIn: executables)
    }
  }

  deinit {
    services.forEach { $0.stop() }
    server.stop()
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// The iteration in which the run is.
  public func iteration() throws -> Int {
    try store.fields(["iteration"], in: .state, of: run)[0].flatMap { Int($0) } ?? 0
  }
}

import Foundation
import LocalRing
import RedisQueue
import ServerTestKit
import Testing

/// A redis-server with services of its own, as operators run them; ends with the value.
final class QueueUnderTest {
  let directory: TestDirectory
  private let server: PrivateRedisServer
  private(set) var services: [Tool] = []

  /// Starts the server and, of each kind, the given number of services.
  init(controllers: Int = 1, aggregators: Int = 1, evaluators: Int = 2) throws {
    directory = try TestDirectory()
    server = try PrivateRedisServer(in: "\(directory.path)/redis")
    for (name, count) in [
      ("controller", controllers), ("aggregator", aggregators), ("evaluator", evaluators),
    ] {
      for _ in 0..<count { _ = try start(name) }
    }
  }

  deinit {
    services = []
    server.stop()
  }

  var url: String { server.url.description }

  /// Starts one more service.
  ///
  /// - Parameter distantURL: where it finds the server, if not at `url`.
  func start(
    _ name: String, at distantURL: String? = nil, _ settings: String...,
    environment: [String: String] = [:]
  ) throws -> Tool {
    let slots = name == "evaluator" && !settings.contains("--slots") ? ["--slots", "1"] : []
    let service = try Tool(
      ["--redis", distantURL ?? url] + slots + settings, name: "chromatic-\(name)",
      environment: environment)
    services.append(service)
    return service
  }

  /// The queue itself.
  func openStore() throws -> RedisRunStore {
    let keys = try #require(QueueKeys(queue: "default"))
    return try RedisRunStore(url: server.url, keys: keys)
  }

  /// The output of a command on this queue, which has to succeed.
  @discardableResult
  func output(
    _ command: String..., settings: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await Tool.output(
      command + settings + ["--redis", url], sourceLocation: sourceLocation)
  }

  /// A command on this queue, at its end.
  func run(_ command: String...) async throws -> Tool {
    try await Tool.run(command + ["--redis", url])
  }

  /// The run's row of `chromatic runs`: name, phase, iteration and more.
  func row(of run: String) async throws -> [Substring] {
    let table = try await output("runs").split(separator: "\n").map { $0.split(separator: " ") }
    return try #require(table.first { $0.first == Substring(run) })
  }

  /// Number of the run's iterations that are done.
  func iterationsDone(of run: String) throws -> Int {
    let key = "chromatic:{default}:run:\(run):history"
    guard case .integer(let count) = try RedisConnection(to: server.url).send(["LLEN", key]) else {
      return 0
    }
    return Int(count)
  }

  /// Sends the server a command of an operator, past any link.
  func send(_ command: String...) throws { try RedisConnection(to: server.url).send(command) }

  /// Submits the small run and comes back when `count` of its iterations are done.
  func begin(_ run: SmallRun = .pendulum, until count: Int) async throws {
    try await output("submit", run.environment, "--name", "a", settings: run.settings)
    try await reach(count)
  }

  /// Comes back when `count` iterations of the run are done.
  func reach(_ count: Int) async throws {
    try await eventually("iteration \(count)") {
      try iterationsDone(of: "a") >= count ? true : nil
    }
  }

  /// The small run's outcome once it has finished; no evaluation was given up.
  func outcome() async throws -> SmallRun.Outcome {
    try await output("watch", "a")
    let fetched = "\(directory.path)/a"
    try await output("fetch", "a", "--output", fetched)
    #expect(try await output("status").contains("0 dead"))
    return try SmallRun.Outcome(in: fetched)
  }

  /// Whether the key is there.
  func exists(_ key: String) throws -> Bool {
    try RedisConnection(to: server.url).send(["EXISTS", key]) == .integer(1)
  }

  /// The phase in the run's state.
  func phase(of run: String) throws -> String? {
    let key = "chromatic:{default}:run:\(run):state"
    let reply = try RedisConnection(to: server.url).send(["HGET", key, "phase"])
    guard case .bytes(let bytes) = reply else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Logging
import Programs
import RedisQueue
import Ring
import RingTestKit
import RunPlan
import RunQueue
import ServerTestKit
import Testing

/// What an evaluation costs the server, counted: a fixed run of one-step episodes through a server of its own.
///
/// Roles take turns in one thread, so that nothing waits and the counts are the same on every machine.
@Suite struct RingCostTests {
  /// An evaluation's share of an iteration.
  struct Cost {
    var commands: Double
    var trips: Double
    var bytes: Double
  }

  @Test(
    arguments: [
      Limit("HalfCheetah-v5", "clustering", bundle: 1, commands: 15.5, trips: 1.3, bytes: 2_900),
      Limit("HalfCheetah-v5", "factorised", bundle: 1, commands: 16.5, trips: 1.8, bytes: 6_250),
      Limit("Ant-v5", "clustering", bundle: 1, commands: 15.5, trips: 1.3, bytes: 8_650),
      Limit("HalfCheetah-v5", "clustering", bundle: 8, commands: 3.6, trips: 0.4, bytes: 2_560),
      Limit("HalfCheetah-v5", "factorised", bundle: 8, commands: 4.2, trips: 0.55, bytes: 6_000),
    ])
  func `an evaluation takes no more commands, trips and bytes than it did`(limit: Limit) throws {
    let cost = try measure(limit)
    #expect(cost.commands < limit.commands, "commands an evaluation: \(cost)")
    #expect(cost.trips < limit.trips, "trips an evaluation: \(cost)")
    #expect(cost.bytes < limit.bytes, "bytes an evaluation: \(cost)")
  }

  /// A run, how many tasks its slot takes at once, and what an evaluation may cost.
  struct Limit: Sendable {
    let environment: String
    let controller: String
    let bundle: Int
    let commands: Double
    let trips: Double
    let bytes: Double

    init(
      _ environment: String, _ controller: String, bundle: Int, commands: Double, trips: Double,
      bytes: Double
    ) {
      self.environment = environment
      self.controller = controller
      self.bundle = bundle
      self.commands = commands
      self.trips = trips
      self.bytes = bytes
    }
  }

  /// The mean of four iterations of 124 evaluations.
  private func measure(_ limit: Limit) throws -> Cost {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: "\(directory.path)/redis")
    defer { server.stop() }
    let store = try RedisRunStore(url: server.url, keys: try #require(QueueKeys(queue: "default")))
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let settings = EnvironmentSettings(limit.environment)
    let configuration = try RunConfiguration(
      environment: settings, EnvironmentCatalog.description(of: settings).traits,
      given: ["horizon": "1", "controller": limit.controller, "iterations": "9"])
    try store.submit(try #require(RunID("a")), config: configuration.fields)
    var controller = Controller(store: store, logger: quiet)
    var aggregator = Aggregator(store: store, logger: quiet)
    var slot = EvaluatorSlot(
      name: "e", store: store, lease: 10, logger: quiet, bundle: .fixed(limit.bundle),
      player: UntimedPlayer.maker())
    let connection = try RedisConnection(to: server.url)
    func iterate() throws {
      try controller.step(timeout: 0)
      while try slot.step() != .idle {}
      try aggregator.step(timeout: 0)
    }
    try iterate()
    let before = try Counters(connection)
    for _ in 0..<4 { try iterate() }
    let after = try Counters(connection)
    let evaluations = 4 * Double(TaskSchedule(configuration).trainingCount)
    return Cost(
      commands: (after.commands - before.commands) / evaluations,
      trips: (after.reads - before.reads) / evaluations,
      bytes: (after.bytes - before.bytes) / evaluations)
  }

  /// Counters of a server.
  private struct Counters {
    var commands: Double
    var reads: Double
    var bytes: Double

    init(_ connection: RedisConnection) throws {
      let stats = try Self.lines("stats", connection)
      func number(_ name: String) throws -> Double {
        try #require(stats[name].flatMap { Double($0) })
      }
      reads = try number("total_reads_processed")
      bytes = try number("total_net_input_bytes") + number("total_net_output_bytes")
      commands = try Self.lines("commandstats", connection).values.reduce(0) { sum, line in
        let calls = line.split(separator: ",").first?.split(separator: "=").last
        return try sum + #require(calls.flatMap { Double($0) })
      }
    }

    private static func lines(
      _ section: String, _ connection: RedisConnection
    ) throws -> [String: String] {
      guard case .bytes(let bytes) = try connection.send(["INFO", section]) else { return [:] }
      let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }
        .map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
        .filter { $0.count == 2 }
      return Dictionary(lines.map { ($0[0], $0[1]) }) { $1 }
    }
  }
}

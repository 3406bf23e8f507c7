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
      ("HalfCheetah-v5", "clustering", 15.0, 2_900.0),
      ("HalfCheetah-v5", "factorised", 16.0, 6_250.0),
      ("Ant-v5", "clustering", 15.0, 8_650.0),
    ])
  func `an evaluation takes no more commands, trips and bytes than it did`(
    environment: String, controller: String, commands: Double, bytes: Double
  ) throws {
    let cost = try measure(environment, controller)
    #expect(cost.commands < commands, "commands an evaluation: \(cost)")
    #expect(cost.trips < (controller == "factorised" ? 2.3 : 1.3), "trips an evaluation: \(cost)")
    #expect(cost.bytes < bytes, "bytes an evaluation: \(cost)")
  }

  /// The mean of four iterations of 124 evaluations.
  private func measure(_ environment: String, _ controller: String) throws -> Cost {
    let directory = try TestDirectory()
    let server = try PrivateRedisServer(in: "\(directory.path)/redis")
    defer { server.stop() }
    let store = try RedisRunStore(url: server.url, keys: try #require(QueueKeys(queue: "default")))
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let settings = EnvironmentSettings(environment)
    let configuration = try RunConfiguration(
      environment: settings, EnvironmentCatalog.description(of: settings).traits,
      given: ["horizon": "1", "controller": controller, "iterations": "9"])
    try store.submit(try #require(RunID("a")), config: configuration.fields)
    var controller = Controller(store: store, logger: quiet)
    var aggregator = Aggregator(store: store, logger: quiet)
    var slot = EvaluatorSlot(
      name: "e", store: store, lease: 10, logger: quiet, player: UntimedPlayer.maker())
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

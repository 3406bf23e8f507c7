import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Measuring
import RedisQueue

/// What the ring costs beside its rollouts: episodes of one step, two evaluators, one Redis, all processes.
enum Ring {
  /// The folder of the services.
  static var executables: String { CommandLine.arguments.dropFirst().first ?? ".build/release" }

  static func figures() throws -> [Figure] {
    let cheetah = try measure("HalfCheetah-v5", .clustering)
    let searched = try measure("HalfCheetah-v5", .factorised)
    let ant = try measure("Ant-v5", .clustering)
    let rate = Double(cheetah.evaluations) / cheetah.seconds
    let limit = try scriptsPerSecond()
    let lists = "the list protocol of openai/evolution-strategies-starter"
    return [
      Figure(
        name: "processor time an evaluation, HalfCheetah", value: cheetah.microseconds, unit: "µs",
        goal: 45, against: "\(lists) in Python: Benchmarks/list-protocol"),
      Figure(
        name: "processor time an evaluation, HalfCheetah searched", value: searched.microseconds,
        unit: "µs", goal: 45, against: "the same"),
      Figure(
        name: "evaluations a second, rollouts near zero, of what redis-benchmark reaches",
        value: 100 * rate / limit, unit: "%", goal: 80, better: .higher,
        against: "a script with the same commands from two clients that do nothing else, "
          + "\(Figure.text(limit)) a second; the ring \(Figure.text(rate))"),
      Figure(
        name: "commands an evaluation, HalfCheetah", value: cheetah.commands, unit: "commands",
        goal: 15, against: "32 before tasks were taken with deliveries"),
      Figure(
        name: "round trips an evaluation, HalfCheetah", value: cheetah.trips, unit: "trips",
        goal: 1.2, against: "one a result"),
      Figure(
        name: "bytes an evaluation both ways, HalfCheetah", value: cheetah.bytes, unit: "bytes",
        goal: 600, against: "\(lists), 900 bytes"),
      Figure(
        name: "bytes an evaluation both ways, HalfCheetah searched", value: searched.bytes,
        unit: "bytes", goal: 600, against: "\(lists), 900 bytes"),
      Figure(
        name: "bytes an evaluation both ways, Ant", value: ant.bytes, unit: "bytes", goal: 2000,
        against: "\(lists), 900 bytes"),
    ]
  }

  private static func measure(
    _ environment: String, _ controller: ControllerKind
  ) throws -> RingMeasurement {
    try RingMeasurement(
      .init(environment: environment, settings: ["controller": controller.rawValue]),
      executables: executables)
  }

  /// How often a second two clients of redis-benchmark call a script with the commands of a delivery.
  private static func scriptsPerSecond() throws -> Double {
    let directory = NSTemporaryDirectory() + "figures-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let server = try PrivateRedisServer(in: directory)
    defer { server.stop() }
    let result = String(repeating: "0123456789 ", count: 60)
    let script = """
      redis.call('TYPE', KEYS[2]) redis.call('HMGET', KEYS[2], 'phase', 'iteration', 'expected') \
      redis.call('TYPE', KEYS[3]) redis.call('HEXISTS', KEYS[3], ARGV[1]) redis.call('HLEN', KEYS[3]) \
      redis.call('TYPE', KEYS[4]) redis.call('HDEL', KEYS[4], ARGV[1]) redis.call('HSET', KEYS[3], ARGV[1], ARGV[2]) \
      redis.call('TYPE', KEYS[1]) redis.call('RPUSH', KEYS[1], ARGV[1]) local t = redis.call('LPOP', KEYS[1]) \
      redis.call('HSET', KEYS[4], t, redis.call('TIME')[1]) return t
      """
    let benchmark = Process()
    benchmark.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let socket = "\(server.url.endpoint)"
    benchmark.arguments = [
      "redis-benchmark", "-s", socket, "-c", "2", "-n", "40000", "-r", "300", "--csv", "EVAL",
      script, "4", "tasks", "state", "returns", "leases", "run:1:__rand_int__", result,
    ]
    let pipe = Pipe()
    benchmark.standardOutput = pipe
    try benchmark.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    benchmark.waitUntilExit()
    let row = output.split(separator: "\n").last ?? ""
    let columns = row.components(separatedBy: "\",\"")
    guard columns.count > 7, let rate = Double(columns[columns.count - 7]) else {
      fatalError("redis-benchmark said: \(output)")
    }
    return rate
  }
}

import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Programs
import RedisQueue
import RunPlan
import RunQueue

/// What the ring costs beside its rollouts: episodes of one step, two evaluators, one Redis, all processes.
enum Ring {
  /// The folder of the services.
  static var executables: String { CommandLine.arguments.dropFirst().first ?? ".build/release" }

  static func figures() throws -> [Figure] {
    let cheetah = try measure("HalfCheetah-v5", .clustering)
    let searched = try measure("HalfCheetah-v5", .factorised)
    let ant = try measure("Ant-v5", .clustering)
    let lists = "the list protocol of openai/evolution-strategies-starter"
    return [
      Figure(
        name: "processor time an evaluation, HalfCheetah", value: cheetah.microseconds, unit: "µs",
        goal: 45, against: "\(lists) in Python, 141 µs (measured once)"),
      Figure(
        name: "processor time an evaluation, HalfCheetah searched", value: searched.microseconds,
        unit: "µs", goal: 45, against: "the same"),
      Figure(
        name: "evaluations a second, rollouts near zero", value: cheetah.rate, unit: "1/s",
        better: .higher, against: "15,200/s of redis-benchmark on three commands (measured once)"),
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

  private struct Costs {
    var microseconds = 0.0
    var rate = 0.0
    var commands = 0.0
    var trips = 0.0
    var bytes = 0.0
  }

  /// Iterations 5 to 40 of 301 evaluations; what is before them starts processes.
  private static func measure(_ environment: String, _ controller: ControllerKind) throws -> Costs {
    let directory = NSTemporaryDirectory() + "figures-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let server = try PrivateRedisServer(in: directory)
    defer { server.stop() }
    guard let keys = QueueKeys(queue: "default"), let run = RunID("figures") else {
      fatalError("both names are valid")
    }
    let store = try QueueAddress(url: server.url, keys: keys).openStore()
    let settings = EnvironmentSettings(environment)
    let configuration = try RunConfiguration(
      environment: settings, EnvironmentCatalog.description(of: settings).traits,
      given: [
        "perturbations": "296", "pivots": "4", "evaluations": "1", "iterations": "40",
        "horizon": "1", "controller": controller.rawValue,
      ])
    try store.submit(run, config: configuration.fields)
    let names = ["controller", "aggregator", "evaluator", "evaluator"]
    let services = try names.enumerated().map { number, name in
      try ServiceProcess(
        "chromatic-\(name)",
        arguments: ["--redis", server.url.description]
          + (name == "evaluator" ? ["--slots", "1"] : []),
        log: "\(directory)/\(number).log", executablesIn: executables)
    }
    defer { services.forEach { $0.stop() } }
    let processes = services.map(\.processIdentifier) + [server.processIdentifier]
    let connection = try RedisConnection(to: server.url)
    func reading(at wanted: Int) throws -> Reading {
      while try iteration(of: run, in: store) < wanted { usleep(20_000) }
      return try Reading(connection, iteration: iteration(of: run, in: store), processes)
    }
    let first = try reading(at: 5)
    let last = try reading(at: 40)
    let evaluations = Double(last.iteration - first.iteration) * 301
    return Costs(
      microseconds: (last.processorTime - first.processorTime) * 1e6 / evaluations,
      rate: evaluations / (last.moment - first.moment),
      commands: (last.commands - first.commands) / evaluations,
      trips: (last.reads - first.reads) / evaluations,
      bytes: (last.bytes - first.bytes) / evaluations)
  }

  private static func iteration(of run: RunID, in store: RedisRunStore) throws -> Int {
    try store.fields(["iteration"], in: .state, of: run)[0].flatMap { Int($0) } ?? 0
  }
}

/// Counters of the server and its clients at one moment.
private struct Reading {
  let iteration: Int
  let moment = Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
  let processorTime: Double
  let commands: Double
  let reads: Double
  let bytes: Double

  init(_ connection: RedisConnection, iteration: Int, _ processes: [Int32]) throws {
    self.iteration = iteration
    let stats = try Self.info("stats", connection)
    reads = stats["total_reads_processed"] ?? 0
    bytes = (stats["total_net_input_bytes"] ?? 0) + (stats["total_net_output_bytes"] ?? 0)
    commands = try Self.info("commandstats", connection).values.reduce(0, +)
    processorTime = processes.reduce(0) { $0 + Self.processorTime(of: $1) }
  }

  /// The numbers of a section; of a command, how often it ran.
  private static func info(
    _ section: String, _ connection: RedisConnection
  ) throws -> [String: Double] {
    guard case .bytes(let bytes) = try connection.send(["INFO", section]) else { return [:] }
    let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }.compactMap {
      line -> (String, Double)? in
      let parts = line.split(separator: ":")
      guard parts.count == 2 else { return nil }
      let value = parts[1].split(separator: ",")[0].split(separator: "=").last ?? ""
      return Double(value).map { (String(parts[0]), $0) }
    }
    return Dictionary(lines) { $1 }
  }

  /// Seconds of processor time that a process has used.
  private static func processorTime(of process: Int32) -> Double {
    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return 0
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}

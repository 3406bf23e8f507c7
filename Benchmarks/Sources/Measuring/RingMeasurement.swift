import ArchitectureSearch
import ChromaticPolicy
import Environments
import Foundation
import RedisQueue
import RunPlan
import RunQueue

/// A ring at work: one Redis, a controller, an aggregator and evaluators as processes, and what they use.
public struct RingMeasurement {
  /// What each iteration evaluates and by whom.
  public struct Plan {
    /// The environment; its episodes have one step.
    public var environment = "HalfCheetah-v5"
    /// Settings of the run beside those of every measurement.
    public var settings: [String: String] = [:]
    /// The iterations between which is measured; what is before them starts processes.
    public var iterations = 5..<40
    /// Evaluators of one slot each.
    public var evaluators = 2

    /// A plan of 301 evaluations an iteration.
    public init(
      environment: String = "HalfCheetah-v5", settings: [String: String] = [:],
      iterations: Range<Int> = 5..<40, evaluators: Int = 2
    ) {
      (self.environment, self.settings) = (environment, settings)
      (self.iterations, self.evaluators) = (iterations, evaluators)
    }
  }

  /// Evaluations of an iteration.
  public let evaluations: Int
  /// Seconds of an iteration.
  public let seconds: Double
  /// Processor time of an iteration, in seconds: server, controller, aggregator, all evaluators.
  public let processorTime:
    (server: Double, controller: Double, aggregator: Double, evaluators: Double)
  /// The largest resident memory, in MB: server, controller, aggregator, one evaluator.
  public let memory: (server: Double, controller: Double, aggregator: Double, evaluator: Double)
  /// Of an evaluation.
  public let (commands, trips, bytes): (Double, Double, Double)

  /// Processor time of an evaluation, all processes together, in microseconds.
  public var microseconds: Double {
    let all = processorTime
    return (all.server + all.controller + all.aggregator + all.evaluators) * 1e6
      / Double(evaluations)
  }

  /// Plays `plan` with the services in `executables`.
  public init(_ plan: Plan, executables: String) throws {
    let configuration = try plan.configuration()
    evaluations = TaskSchedule(configuration).trainingCount
    let ring = try BenchmarkRing(
      configuration,
      ["controller", "aggregator"] + [String](repeating: "evaluator", count: plan.evaluators),
      executables: executables)
    let processes = [ring.server.processIdentifier] + ring.services.map(\.processIdentifier)
    let connection = try RedisConnection(to: ring.server.url)
    func reading(at wanted: Int) throws -> Reading {
      while try ring.iteration() < wanted { usleep(5_000) }
      return try Reading(connection, iteration: ring.iteration(), processes)
    }
    let first = try reading(at: plan.iterations.lowerBound)
    let last = try reading(at: plan.iterations.upperBound)
    let iterations = Double(last.iteration - first.iteration)
    seconds = (last.moment - first.moment) / iterations
    let times = zip(last.processorTimes, first.processorTimes).map { ($0 - $1) / iterations }
    processorTime = (times[0], times[1], times[2], times.dropFirst(3).reduce(0, +))
    let largest = processes.map(Reading.memory)
    memory = (largest[0], largest[1], largest[2], largest.dropFirst(3).max() ?? 0)
    let total = iterations * Double(evaluations)
    commands = (last.commands - first.commands) / total
    trips = (last.reads - first.reads) / total
    bytes = (last.bytes - first.bytes) / total
  }
}

extension RingMeasurement.Plan {
  /// The run's configuration.
  func configuration() throws -> RunConfiguration {
    var flags = [
      "perturbations": "296", "pivots": "4", "evaluations": "1", "horizon": "1",
      "iterations": "\(iterations.upperBound)",
    ]
    flags.merge(settings) { $1 }
    return try RunConfiguration(environment, flags: flags)
  }
}

extension RunConfiguration {
  /// A run in `environment` with settings by the names of their flags.
  public init(_ environment: String, flags: [String: String]) throws {
    let settings = EnvironmentSettings(environment)
    try self.init(
      environment: settings, EnvironmentCatalog.description(of: settings).traits,
      given: GivenSettings(
        flags.map { flag, text in
          guard let setting = RunSetting.named(flag) else { fatalError("no setting is \(flag)") }
          return (setting, text)
        }))
  }
}

/// Counters of the server and its clients at one moment.
private struct Reading {
  let iteration: Int
  let moment = Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
  /// Of each process.
  let processorTimes: [Double]
  let commands: Double
  let reads: Double
  let bytes: Double

  init(_ connection: RedisConnection, iteration: Int, _ processes: [Int32]) throws {
    self.iteration = iteration
    let stats = try Self.info("stats", connection)
    reads = stats["total_reads_processed"] ?? 0
    bytes = (stats["total_net_input_bytes"] ?? 0) + (stats["total_net_output_bytes"] ?? 0)
    commands = try Self.info("commandstats", connection).values.reduce(0, +)
    processorTimes = processes.map(Self.processorTime)
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

  /// The largest resident memory that a process had, in MB.
  static func memory(of process: Int32) -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    let kilobytes = line.split { !$0.isNumber }.first.flatMap { Double($0) } ?? 0
    return kilobytes / 1024
  }
}

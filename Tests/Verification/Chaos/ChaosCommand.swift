import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation
import LocalRing
import Programs
import RunPlan

/// Hits a ring of real processes again and again, and compares its result with an undisturbed one.
@main
struct ChaosCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chaos",
    abstract: "Hits the ring's processes, links and server while it trains.",
    discussion: """
      Trains once undisturbed and once under faults drawn from the seed, with a real redis-server, \
      then compares policy and history byte for byte. Exit code 1 if they differ. A controller and \
      an aggregator stand by, and all services reach the server over a TCP link that fails too.
      """)

  @Option(parsing: .unconditional, help: "Faults in all.")
  var faults = 200

  @Option(parsing: .unconditional, help: "Draws the faults and their moments.")
  var seed: UInt64 = 1

  @Option(parsing: .unconditional, help: "Evaluator processes.")
  var evaluators = 3

  @Option(help: "The environment that is trained.")
  var environment = "HalfCheetah-v5"

  func run() async throws {
    guard (1...100_000).contains(faults), (1...64).contains(evaluators) else {
      throw InvalidSetting("--faults and --evaluators are expected above 0")
    }
    let configuration = try settings()
    let undisturbed = try play(configuration, [], label: "undisturbed run")
    let plan = PlannedFault.plan(
      count: faults, iterations: configuration.iterations, evaluators: evaluators, seed: seed)
    let disturbed = try play(configuration, plan, label: "run under faults")
    table(disturbed.run)
    try judge(undisturbed.outcome, disturbed.outcome)
  }

  /// A run of three iterations per fault, each of 16 short episodes.
  private func settings() throws -> RunConfiguration {
    let settings = EnvironmentSettings(environment, horizon: 100)
    let description = try EnvironmentCatalog.description(of: settings)
    var configuration = try RunConfiguration(
      environment: settings, description.traits,
      given: [
        "hidden": "8", "partitions": "4", "iterations": "\(3 * faults + 20)",
        "perturbations": "12", "pivots": "3", "evaluations": "1", "finalists": "2",
        "finalist-episodes": "2", "controller": "factorised",
      ])
    configuration.simulator = try description.identity()
    return configuration
  }

  private func play(
    _ configuration: RunConfiguration, _ plan: [PlannedFault], label: String
  ) throws -> (run: ChaosRun, outcome: ChaosOutcome) {
    let directory = NSTemporaryDirectory() + "chromatic-chaos-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let start = Date()
    var run = try ChaosRun(configuration, evaluators: evaluators, in: directory)
    let outcome = try run.finish(plan) { count in
      if count % 20 == 0 { note("\(count) of \(plan.count) faults") }
    }
    note("\(label): \(String(format: "%.1f", Date().timeIntervalSince(start))) s")
    return (run, outcome)
  }

  private func note(_ line: String) { StandardStreams.say(line) }

  private func table(_ run: ChaosRun) {
    print(
      "fault                                 times   until the next iteration: median s, longest s")
    for fault in Fault.allCases {
      let seconds = run.standstills.filter { $0.fault == fault }.map(\.seconds).sorted()
      guard let longest = seconds.last else { continue }
      let name = "\(fault)".padding(toLength: 36, withPad: " ", startingAt: 0)
      print(
        name + String(format: "%7d%36.2f%11.2f", seconds.count, seconds[seconds.count / 2], longest)
      )
    }
    print("faults on top of others   \(run.overlapping)")
  }

  /// Prints the comparison; ends with exit code 1 if anything differs.
  private func judge(_ expected: ChaosOutcome, _ found: ChaosOutcome) throws {
    let isEqual = expected == found
    print("policy and history        \(isEqual ? "equal, byte for byte" : "DIFFERENT")")
    print("evaluations lost          \(found.failed)")
    print("environment steps         \(found.steps), undisturbed \(expected.steps)")
    guard isEqual, found.failed == 0 else { throw ExitCode(1) }
  }
}

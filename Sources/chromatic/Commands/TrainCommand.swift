import ArgumentParser
import ChromaticPolicy
import Foundation
import LocalRing
import Programs
import RunPlan

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a chromatic policy on this machine.",
    discussion: """
      Starts a private redis-server in the output directory and the three services, shows progress, \
      and leaves policy.json, history.jsonl, config.json, learning-curve.svg and partition.svg, the history as \
      history.csv, in timing.csv when each iteration ended, and in policies the best policy every few iterations. Ctrl-C ends it in order; --resume goes on, \
      with --iterations to more than the run had.
      """)

  @Argument(help: "The environment's id; 'chromatic environments' lists them.")
  var environment: String

  @Option(
    parsing: .unconditional,
    help: "Evaluator processes. (default: one per processor that may be used)")
  var evaluators: Int?

  @Option(
    help: ArgumentHelp(
      "The directory of the run. (default: runs/ENVIRONMENT)", valueName: "directory"),
    completion: .directory)
  var output: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Keep the best policy after every so many iterations in 'policies', for films of the run; 0 keeps none. "
        + "(default: a twentieth of the iterations)", valueName: "iterations"))
  var keepPolicies: Int?

  @Flag(help: "Go on with the run that the output directory holds.")
  var resume = false

  @OptionGroup(title: "Run") var options: RunOptions

  func run() throws {
    let interruption = Interruption()
    let evaluators = try evaluatorCount()
    if let keepPolicies, keepPolicies < 0 {
      throw InvalidSetting("--keep-policies", is: keepPolicies, expected: "0 or more")
    }
    let directory = OutputDirectory(
      path: output ?? "runs/\(EnvironmentSettings(environment).fileName)")
    let configuration =
      try resume ? resumed(directory) : options.configuration(environment: environment)
    try configuration.tryEnvironment()
    var session = try start(
      configuration, in: directory, evaluators: evaluators, interruption)
    switch try session.finish() {
    case .finished(let policy, let failures, let stopped):
      PolicySummary(policy).lines.forEach { print($0) }
      if let stopped { print("stopped      \(stopped)") }
      if let failures { print("failed       \(failures)") }
      let policies = directory.policies.exist ? ",policies" : ""
      print(
        """
        files        \(directory.path)/{policy.json,history.jsonl,history.csv,timing.csv,learning-curve.svg,partition.svg\(policies)}

        next
          chromatic evaluate \(directory.policyPath.shellWord) --episodes 20
          chromatic inspect \(directory.policyPath.shellWord)
        """)
    case .interrupted:
      let command =
        "chromatic train \(environment.shellWord) --output \(directory.path.shellWord) --resume"
      StandardStreams.say("interrupted; go on with: \(command)")
      throw Interruption.exitCode
    }
  }

  /// The ring at work; a directory made for a run that cannot start is taken back.
  private func start(
    _ configuration: RunConfiguration, in directory: OutputDirectory, evaluators: Int,
    _ interruption: Interruption
  ) throws -> TrainingSession {
    let undo = try resume ? nil : directory.prepare(for: configuration)
    do {
      return try TrainingSession(
        configuration, in: directory, evaluators: evaluators,
        more: resume ? options.given().iterations : nil, keepingPoliciesEvery: keepPolicies,
        interruption)
    } catch {
      // The files of a directory that another tool has just taken are that tool's.
      if case LocalRingError.directoryInUse = error { throw error }
      undo?()
      throw error
    }
  }

  /// The configuration in the directory; flags may repeat it, and only give more iterations than it has.
  private func resumed(_ directory: OutputDirectory) throws -> RunConfiguration {
    guard let stored = try directory.configuration() else {
      throw CommandError.usage(
        "--resume: \(directory.path) holds no run; leave --resume out to start one there")
    }
    guard stored.environment.id == environment else {
      throw CommandError.usage(
        "--resume: \(directory.path) holds a run of \(stored.environment.id), not of \(environment)"
      )
    }
    var same = stored
    let given = try options.given()
    if let iterations = given.iterations {
      guard iterations >= stored.iterations else {
        throw CommandError.usage(
          "--resume: --iterations is \(iterations), expected at least the \(stored.iterations) of "
            + directory.configPath)
      }
      same.iterations = iterations
    }
    if let flag = try given.difference(from: same) {
      throw CommandError.usage(
        "--resume: --\(flag) differs from \(directory.configPath); leave the run's settings out")
    }
    return stored
  }

  private func evaluatorCount() throws -> Int {
    let count = evaluators ?? AvailableProcessors.count
    guard (0...1024).contains(count) else {
      throw InvalidSetting("--evaluators", is: count, expected: "0 to 1024")
    }
    return count
  }
}

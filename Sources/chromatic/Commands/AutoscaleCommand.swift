import ArgumentParser
import Foundation
import Programs
import RunPlan
import RunQueue

struct AutoscaleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "autoscale",
    abstract: "Starts and ends evaluators on this machine as a queue needs them.",
    discussion: """
      Wanted are (pending + leased) / tasks-per-evaluator, rounded up, within --min and --max: what KEDA is \
      told in ops/kubernetes. One that is to end finishes what it plays. Each change is a line with its \
      reason. Ctrl-C ends them all.
      """)

  @Option(parsing: .unconditional, help: ArgumentHelp("Fewest evaluators.", valueName: "n"))
  var min = 0

  @Option(parsing: .unconditional, help: ArgumentHelp("Most evaluators.", valueName: "n"))
  var max = 8

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tasks that are not done for each evaluator.", valueName: "n"))
  var tasksPerEvaluator = 4

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds for which no more may have been wanted before some are ended.",
      valueName: "seconds"))
  var cooldown = 120.0

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Evaluations at a time of each.", valueName: "n"))
  var slots = 1

  @Option(
    help: ArgumentHelp(
      "The evaluators' server, with the user they sign in as. (default: that of --redis)",
      valueName: "url"))
  var evaluatorRedis: String?

  @Option(
    help: ArgumentHelp(
      "The file of the evaluators' password. (default: that of CHROMATIC_REDIS_PASSWORD_FILE)",
      valueName: "file"), completion: .file())
  var evaluatorPasswordFile: String?

  @Option(
    help: ArgumentHelp("Where the evaluators' logs go.", valueName: "directory"),
    completion: .directory)
  var logs = "runs/autoscale"

  @OptionGroup(title: "Queue") var queue: QueueOptions

  /// Seconds between looks at the queue.
  private static let interval = 1.0

  func run() throws {
    var rule = try scalingRule()
    if let file = evaluatorPasswordFile, access(file, R_OK) != 0 {
      throw InvalidSetting(
        "--evaluator-password-file", is: "'\(file)'",
        expected: "a file that can be read (\(String(cString: strerror(errno))))")
    }
    let address = try queue.address()
    try makeLogs()
    let interruption = Interruption()
    var calls = PatientCalls(.following, interruption: interruption)
    let store = try calls.make { try address.openStore() }
    var fleet = EvaluatorFleet(
      address: address, redis: evaluatorRedis, passwordFile: evaluatorPasswordFile, slots: slots,
      logs: logs)
    defer { fleet.stop() }
    StandardStreams.offer(
      "\(min) to \(max) evaluators for queue \(address.keys.queue) on \(address.url), logs in \(logs)"
    )
    var said: String?
    while !interruption.isAsked {
      try fleet.tend().forEach { StandardStreams.offer($0) }
      let overview = try calls.make { try store.overview() }
      let now = ProcessInfo.processInfo.systemUptime
      let decision = rule.decide(
        pending: overview.pending, leased: overview.leased, running: fleet.count, at: now)
      if decision.count != fleet.count {
        StandardStreams.offer("\(fleet.count) -> \(decision.count) evaluators: \(decision.reason)")
        try fleet.resize(to: decision.count)
        said = nil
      } else if decision.reason.contains("fewer only after"), said == nil {
        StandardStreams.offer("\(fleet.count) evaluators stay: \(decision.reason)")
        said = decision.reason
      }
      interruption.wait(Self.interval)
    }
  }

  private func scalingRule() throws -> ScalingRule {
    guard (0...1000).contains(min) else {
      throw InvalidSetting("--min", is: min, expected: "0 to 1000")
    }
    guard (1...1000).contains(max), max >= min else {
      throw InvalidSetting("--max", is: max, expected: "1 to 1000, not below --min")
    }
    guard tasksPerEvaluator > 0 else {
      throw InvalidSetting("--tasks-per-evaluator", is: tasksPerEvaluator, expected: "1 or more")
    }
    guard (0...86_400).contains(cooldown) else {
      throw InvalidSetting("--cooldown", is: cooldown, expected: "0 to 86400 seconds")
    }
    guard (1...1024).contains(slots) else {
      throw InvalidSetting("--slots", is: slots, expected: "1 to 1024")
    }
    return ScalingRule(
      limits: min...max, tasksPerEvaluator: tasksPerEvaluator, patience: cooldown)
  }

  private func makeLogs() throws {
    try OutputFile.makeDirectory(logs)
    try OutputFile.checkWritable(in: logs)
  }
}

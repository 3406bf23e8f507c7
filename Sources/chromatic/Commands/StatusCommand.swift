import ArgumentParser
import Foundation
import Programs
import RedisQueue
import RunQueue

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Shows a queue: its lists, evaluators, runs and what is wrong."
  )

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let address = try queue.address()
    let store = try address.openStore()
    let overview = try store.overview()
    print("queue \(address.keys.queue) on \(address.url)")
    print(
      "  tasks    \(overview.pending) pending, \(overview.leased) leased, \(overview.dead) dead")
    print("  results  \(overview.results) iterations to reduce")
    print("  updates  \(overview.updates) iterations to follow up")
    for role in LeaderRole.allCases {
      let name = role.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
      print("  \(name) \(overview.leaders[role] ?? "none")")
    }
    print("  evaluators")
    for evaluator in overview.evaluators.sorted(by: { $0.name < $1.name }) {
      let age = String(format: "%.0f", evaluator.age)
      print("    \(evaluator.name)  seen \(age) s ago  \(evaluator.status)")
    }
    if overview.evaluators.isEmpty { print("    none") }
    print("  runs")
    let records = try store.records(checkpoint: [])
    var isBusy = false
    var troubles: [String] = []
    for record in records {
      switch RunReport.read(record) {
      case .success(let report):
        isBusy = isBusy || report.phase == .running || report.phase == .submitted
        let message = report.message.isEmpty ? "" : "  \(report.message)"
        print(
          "    \(record.name)  \(report.phase.rawValue)  "
            + "\(report.iterationsDone)/\(report.configuration.iterations)\(message)")
        troubles += Self.troubles(of: report, record)
      case .failure(let damage): print("    \(record.name)  \(damage)")
      }
    }
    (try warnings(overview, isBusy: isBusy, store: store) + troubles).forEach {
      print("warning: \($0)")
    }
  }

  private static func troubles(of report: RunReport, _ record: RunRecord) -> [String] {
    var lines: [String] = []
    if report.phase == .suspended {
      lines.append(
        "\(record.name) is suspended: mend that, then go on with: chromatic resume \(record.name)")
    }
    if !report.phase.isOver, let failure = record.lastFailure {
      lines.append("an evaluation of \(record.name) failed: \(failure)")
    }
    return lines
  }

  private func warnings(
    _ overview: QueueOverview, isBusy: Bool, store: RedisRunStore
  ) throws -> [String] {
    var warnings = try alarms(overview, isBusy: isBusy, store: store).map { alarm in
      switch alarm {
      case .noEvaluator:
        "no evaluator is connected, \(overview.pending) tasks wait: start chromatic-evaluator"
      case .noController: "updates wait: is chromatic-controller running?"
      case .noAggregator: "results wait: is chromatic-aggregator running?"
      }
    }
    warnings += EvaluatorRefusals(overview).lines
    if overview.dead > 0 {
      warnings.append("\(overview.dead) tasks were given up: see 'chromatic dead'")
    }
    return try warnings + store.condition().concerns
  }

  /// What is missing; a lead that is just changing hands is none the second time.
  private func alarms(
    _ overview: QueueOverview, isBusy: Bool, store: RedisRunStore
  ) throws -> [QueueAlarms.Alarm] {
    let first = QueueAlarms(overview, isBusy: isBusy)
    guard !first.alarms.isEmpty else { return [] }
    Thread.sleep(forTimeInterval: QueueAlarms.pause)
    return first.confirmed(by: QueueAlarms(try store.overview(), isBusy: isBusy)).alarms
  }
}

import ArgumentParser
import Foundation
import Programs
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
      print("  \(name) \(try store.leader(of: role)?.name ?? "none")")
    }
    print("  evaluators")
    for evaluator in overview.evaluators.sorted(by: { $0.name < $1.name }) {
      let age = String(format: "%.0f", evaluator.age)
      print("    \(evaluator.name)  seen \(age) s ago  \(evaluator.status)")
    }
    if overview.evaluators.isEmpty { print("    none") }
    print("  runs")
    for run in try store.runs().keys.sorted() {
      let report: RunReport
      switch try RunReport.read(run, store: store) {
      case .success(let found): report = found
      case .failure(let damage):
        print("    \(run)  \(damage)")
        continue
      }
      let message = report.message.isEmpty ? "" : "  \(report.message)"
      print(
        "    \(run)  \(report.phase.rawValue)  "
          + "\(report.iterationsDone)/\(report.configuration.iterations)\(message)")
    }
    try warnings(overview, store: store).forEach { print("warning: \($0)") }
  }

  private func warnings(_ overview: QueueOverview, store: any RunStore) throws -> [String] {
    var warnings: [String] = []
    let active = try store.runs().values.filter { $0 == .running || $0 == .submitted }
    if overview.alive.isEmpty, !active.isEmpty {
      warnings.append(
        "no evaluator is connected, \(overview.pending) tasks wait: start chromatic-evaluator")
    }
    if overview.updates > 0, try store.leader(of: .controller) == nil {
      warnings.append("updates wait: is chromatic-controller running?")
    }
    if overview.results > 0, try store.leader(of: .aggregator) == nil {
      warnings.append("results wait: is chromatic-aggregator running?")
    }
    warnings += EvaluatorRefusals(overview).lines
    for (run, phase) in try store.runs().sorted(by: { $0.key < $1.key }) {
      if phase == .suspended {
        warnings.append("\(run) is suspended: mend that, then go on with: chromatic resume \(run)")
      }
      if !phase.isOver, let failure = try store.lastFailure(of: run) {
        warnings.append("an evaluation of \(run) failed: \(failure)")
      }
    }
    if overview.dead > 0 {
      warnings.append("\(overview.dead) tasks were given up: see 'chromatic dead'")
    }
    return warnings
  }
}

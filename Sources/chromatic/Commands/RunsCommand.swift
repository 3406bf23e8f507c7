import ArgumentParser
import Foundation
import Programs

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs of a queue.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let store = try queue.address().openStore()
    let runs = try store.runs().keys.sorted()
    guard !runs.isEmpty else { return print("no runs in this queue") }
    var rows = [["run", "phase", "iteration", "environment", "policy", "classes", "best"]]
    for run in runs {
      let report = try RunReport(run, store: store)
      let configuration = report.configuration
      let best = try report.policy(store: store)?.evaluation?.mean
      rows.append([
        run.name, report.phase.rawValue, "\(report.iterationsDone)/\(configuration.iterations)",
        configuration.environment.id, configuration.architecture.name,
        String(configuration.partitions), best.map { String(format: "%.1f", $0) } ?? "-",
      ])
    }
    TextTable.lines(rows).forEach { print($0) }
  }
}

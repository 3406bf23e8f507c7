import ArgumentParser
import Foundation
import Programs
import RunQueue
import ReadableNumbers

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs of a queue.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let store = try queue.address().openStore()
    let records = try store.records(checkpoint: RunReport.policyFields)
    guard !records.isEmpty else { return print("no runs in this queue") }
    var rows = [["run", "phase", "iteration", "environment", "policy", "classes", "best"]]
    var damaged: [String] = []
    for record in records {
      let run = record.name
      let report: RunReport
      switch RunReport.read(record) {
      case .success(let found): report = found
      case .failure(let damage):
        damaged.append("\(run)  \(damage)")
        continue
      }
      let configuration = report.configuration
      let best: Double?
      do {
        best = try RunReport.policy(in: record.checkpoint)?.evaluation?.mean
      } catch let error as DamagedFields {
        damaged.append("\(run)  \(DamagedRun(reason: "\(error)"))")
        best = nil
      }
      rows.append([
        run, report.phase.rawValue, "\(report.iterationsDone)/\(configuration.iterations)",
        configuration.environment.id, configuration.architecture.name,
        String(configuration.partitions), best?.returnText(.plain) ?? "-",
      ])
    }
    if rows.count > 1 { TextTable.lines(rows).forEach { print($0) } }
    damaged.forEach { print($0) }
  }
}

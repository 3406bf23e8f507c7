import ArgumentParser
import Foundation
import RunPlan

struct FetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Copies a run's policy, history and figures out of the queue.",
    discussion: "A run that is still going gives the best policy so far.")

  @OptionGroup var target: RunOnQueue

  @Option(
    help: ArgumentHelp(
      "A directory that does not hold another run. (default: runs/RUN)", valueName: "directory"),
    completion: .directory)
  var output: String?

  func run() throws {
    let run = try target.id()
    let store = try target.openStore()
    let report = try RunReport(run, store: store)
    guard let policy = try report.policy(store: store) else {
      throw CommandError.data("run \(run) has no policy yet: its first iteration is not finished")
    }
    let history = try report.history(store: store)
    let directory = OutputDirectory(path: output ?? "runs/\(run)")
    if let held = try directory.configuration() {
      guard held == report.configuration else {
        throw CommandError.usage(
          "--output \(directory.path) holds another run: choose another directory")
      }
    } else {
      try directory.prepare(for: report.configuration)
    }
    try directory.write(history: history, of: report.configuration)
    try directory.write(policy)
    PolicySummary(policy).lines.forEach { print($0) }
    if let stop = EarlyStop(report.configuration, last: history.last) {
      print("stopped      \(stop.text(planned: report.configuration.iterations))")
    }
    print("files        \(directory.path)")
  }
}

import ArgumentParser
import Foundation
import Programs
import RunPlan
import RunQueue

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Copies all that fixes how a run goes on into one file; the run itself goes on.")

  @OptionGroup var target: RunOnQueue

  @Option(name: [.short, .long], help: "The file.", completion: .file())
  var output: String

  func run() throws {
    let run = try target.id()
    let snapshot = try target.queue.address().openStore().snapshot(of: run)
    let report = try SnapshotReport(snapshot)
    let data = RunSnapshotFile.encode(snapshot)
    try OutputFile.write(data, to: output)
    print("\(run), \(report.line), is in \(output) (\(data.count) bytes)")
    print("restore it on any queue with: chromatic restore \(output)")
  }
}

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Takes up a run from a checkpoint, where it was.",
    discussion: """
      It ends with the same bytes as the run that the checkpoint was made of; with --iterations it goes on \
      behind them, also behind those of a finished run.
      """)

  @Argument(help: "A file that 'chromatic checkpoint' wrote.", completion: .file())
  var file: String

  @Option(help: "The run's name in the queue. (default: the name it had)")
  var name: String?

  @Option(help: "Give the run more ES iterations than it has. (default: as many as it has)")
  var iterations: Int?

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let snapshot = try snapshot()
    let run = try RunArgument.run(name ?? snapshot.name, flag: "--name")
    let report: SnapshotReport
    do {
      report = try SnapshotReport(snapshot)
    } catch {
      throw CommandError.data("\(file) cannot be restored: \(error)")
    }
    let store = try queue.address().openStore()
    if !report.isOver { try store.checkMemory(for: report.configuration) }
    try store.restore(snapshot, as: run)
    print("restored \(run), \(report.line)")
    if !report.isOver { print("follow it with: chromatic watch \(run)") }
  }

  private func snapshot() throws(CommandError) -> RunSnapshot {
    let snapshot = try read()
    guard let iterations else { return snapshot }
    do {
      return try snapshot.extended(to: iterations)
    } catch {
      if case .tooFew = error { throw .usage("\(error)") }
      throw .data("\(file) cannot have more iterations: \(error)")
    }
  }

  private func read() throws(CommandError) -> RunSnapshot {
    let data = try InputFile.read(
      file, expected: "a file that 'chromatic checkpoint' wrote")
    do {
      return try RunSnapshotFile.decode(data)
    } catch {
      throw .data("\(file) is no usable checkpoint: \(error)")
    }
  }
}

/// Where a snapshot stands, for people.
struct SnapshotReport {
  let configuration: RunConfiguration
  let isOver: Bool
  /// Phase, iteration and results that are there.
  let line: String

  /// Reads what has to be sound for a run to go on.
  init(_ snapshot: RunSnapshot) throws(DamagedFields) {
    configuration = try RunConfiguration(snapshot.fields(.config))
    let position = try snapshot.position()
    isOver = position.phase.isOver
    let results =
      position.expected > 0 ? ", \(snapshot.returns.count) of \(position.expected) results" : ""
    line =
      "\(position.phase.rawValue), iteration \(max(position.iteration, 0)) of "
      + "\(configuration.iterations)\(results)"
  }
}

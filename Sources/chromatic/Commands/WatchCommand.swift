import ArgumentParser
import Programs
import RunQueue
import TerminalProgress

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follows a run until it ends; Ctrl-C leaves the run alone.",
    discussion: """
      Waits for a server that is away for a while. Exit codes: 0 for a run that finished, 65 for one \
      that failed or was cancelled, 130 after Ctrl-C.
      """)

  @OptionGroup var target: RunOnQueue

  @Flag(
    help: "Print a line of JSON whenever something changes, see docs/schemas/watch.json.")
  var json = false

  func run() throws {
    let run = try target.id()
    let interruption = Interruption(leavesAlone: true)
    let view = ProgressWriter(colour: Terminal.errorColour != .none)
    var lines = WatchLines()
    var calls = PatientCalls(.following, interruption: interruption) {
      view.print("chromatic: \($0)")
    }
    let store = try calls.make { try target.openStore() }
    var monitor = try calls.make { try RunMonitor(run, store: store) }
    while !monitor.hasEnded {
      if interruption.isAsked { throw Interruption.exitCode }
      let progress = try calls.make {
        _ = try monitor.look()
        return try monitor.progress()
      }
      if json { try lines.print(monitor, progress) } else { view.update(progress) }
      if !monitor.hasEnded { interruption.wait(0.5) }
    }
    view.finish()
    if !json, let failures = monitor.failures { print("failed: \(failures)") }
    guard monitor.phase != .suspended else {
      throw CommandError.data(
        "\(run) \(monitor.ending); mend that, then go on with: chromatic resume \(run)")
    }
    guard monitor.phase == .finished else {
      throw CommandError.data("\(run) \(monitor.ending); what it reached: chromatic fetch \(run)")
    }
    if json { return }
    print("\(run) is finished: \(monitor.stopped.map { "stopped \($0)" } ?? monitor.message)")
    print("fetch its policy with: chromatic fetch \(run) --output DIRECTORY")
  }
}

import ArgumentParser
import TerminalProgress

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follows a run until it ends; Ctrl-C leaves the run alone.")

  @OptionGroup var target: RunOnQueue

  func run() throws {
    let run = try target.id()
    let interruption = Interruption()
    let store = try target.openStore()
    var monitor = try RunMonitor(run, store: store)
    let view = ProgressWriter(colour: Terminal.errorColour != .none)
    while !interruption.isAsked {
      _ = try monitor.look()
      view.update(try monitor.progress())
      if monitor.hasEnded { break }
      interruption.wait(0.5)
    }
    view.finish()
    guard monitor.hasEnded else { return }
    print("\(monitor.run) is \(monitor.phase.rawValue): \(monitor.message)")
    if let failures = monitor.failures { print("failed: \(failures)") }
    guard monitor.phase != .suspended else {
      throw CommandError.data("mend that, then go on with: chromatic resume \(monitor.run)")
    }
    print("fetch its policy with: chromatic fetch \(monitor.run) --output DIRECTORY")
  }
}

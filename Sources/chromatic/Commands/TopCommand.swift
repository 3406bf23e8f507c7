import ArgumentParser
import Dashboard
import Foundation
import Programs
import RunPlan
import TerminalProgress

struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Shows a queue at work, redrawn: evaluators' rates, runs' pace; Ctrl-C ends it.",
    discussion: """
      Redrawn in place. Where the output is no terminal it prints what it saw in two looks and ends. \
      Waits for a server that is away for a while. Exit code 130 after Ctrl-C.
      """)

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds between two looks.", discussion: "0.5 to 60.", valueName: "seconds"))
  var interval = 2.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Ends by itself after so many looks.",
      discussion: "Default: 2 where the output is no terminal and no --json, else none.",
      valueName: "n"))
  var looks: Int?

  @Flag(help: "Print a line of JSON at every look, see docs/schemas/status.json.")
  var json = false

  func run() throws {
    guard (0.5...60).contains(interval) else {
      throw InvalidSetting("--interval", is: "\(interval)", expected: "0.5 to 60 seconds")
    }
    guard looks.map({ $0 > 0 }) ?? true else {
      throw InvalidSetting("--looks", is: looks ?? 0, expected: "1 or more")
    }
    let block = LiveBlock(on: .standardOutput)
    let isLive = block.size != nil && !json
    let last = looks ?? (isLive || json ? Int.max : 2)
    let interruption = Interruption(leavesAlone: true)
    var calls = PatientCalls(.following, interruption: interruption) { line in
      if isLive { block.print("chromatic: \(line)") } else { PatientCalls.toStandardError(line) }
    }
    let address = try queue.address()
    var observation = try calls.make { try QueueObservation(of: address) }
    for look in 1...last {
      try calls.make { try observation.look() }
      let screen = TopScreen(status: observation.status)
      if json {
        try JSONOutput.print(observation.status)
      } else if let size = block.size {
        block.show(
          screen.lines(
            width: size.columns, rows: size.rows - 1, colour: Terminal.colour != .none))
      } else if look == last {
        screen.lines(width: 200, colour: false).forEach { print($0) }
      }
      if look < last { interruption.wait(interval) }
      if interruption.isAsked { throw Interruption.exitCode }
    }
  }
}

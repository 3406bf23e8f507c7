import ArgumentParser
import Dashboard
import Programs
import RunPlan
import RunQueue

struct DrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain",
    abstract: "Empties evaluators: they finish what they hold and begin nothing else.",
    discussion: """
      Waits until they hold nothing; Ctrl-C leaves them as they are asked to be. An evaluator stays \
      drained until it ends or --undo; one that is started later works. 'chromatic status' lists their \
      names. Exit codes: 0 once all hold nothing, 64 for a name that is not there, 69 for an evaluator \
      that does not do what it is asked, 130 after Ctrl-C.
      """)

  @Argument(help: ArgumentHelp("The evaluators' names.", valueName: "evaluator"))
  var names: [String] = []

  @Flag(help: "All evaluators that are alive.")
  var all = false

  @Flag(help: "Let them work again.")
  var undo = false

  @Flag(inversion: .prefixedNo, help: "Wait until they hold nothing.")
  var wait = true

  @Flag(help: "Print one JSON object at the end, see docs/schemas/drain.json.")
  var json = false

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    guard all != !names.isEmpty else {
      throw InvalidSetting("name the evaluators to drain, or all that are alive with --all")
    }
    let interruption = Interruption(leavesAlone: true)
    var calls = PatientCalls(.request, interruption: interruption)
    let address = try queue.address()
    let store = try calls.make { try address.openStore() }
    let asked = try all ? calls.make { try store.overview().alive.map(\.name) } : names
    let unknown = try calls.make { try store.drain(asked, undo: undo) }
    if let name = unknown.first {
      throw InvalidSetting(
        "no evaluator named \(name) in this queue: 'chromatic status' lists them")
    }
    var progress = DrainProgress(asked, undo: undo)
    if wait {
      var observation = try calls.make { try QueueObservation(of: address) }
      while true {
        try calls.make { try observation.look() }
        try progress.note(observation.status.queue, at: .now())
        if !json { try progress.takeNews().forEach { try StandardStreams.write(line: $0) } }
        if progress.isOver { break }
        interruption.wait(0.2)
        if interruption.isAsked { throw Interruption.exitCode }
      }
    } else if !json {
      print("\(asked.count) asked to \(undo ? "work again" : "begin nothing")")
    }
    if json { try JSONOutput.print(progress.view) }
  }
}

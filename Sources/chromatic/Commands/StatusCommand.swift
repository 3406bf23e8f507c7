import ArgumentParser
import Programs

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows a queue: its lists, evaluators, runs and what is wrong.",
    discussion: "Exit code 0 says that the queue could be looked at, not that all is well with it.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Flag(help: "Print one JSON object, see docs/schemas/status.json.")
  var json = false

  func run() throws {
    var observation = try QueueObservation(of: try queue.address())
    try observation.lookClosely()
    if json { return try JSONOutput.print(observation.status) }
    StatusText.lines(observation.status).forEach { print($0) }
  }
}

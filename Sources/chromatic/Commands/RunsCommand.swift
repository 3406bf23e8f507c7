import ArgumentParser
import Dashboard
import Programs
import ReadableNumbers

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs of a queue.")

  @OptionGroup(title: "Queue") var queue: QueueOptions

  @Flag(help: "Print one JSON object, see docs/schemas/runs.json.")
  var json = false

  func run() throws {
    var observation = try QueueObservation(of: try queue.address())
    try observation.look()
    let view = RunsView(observation.ledger)
    if json { return try JSONOutput.print(view) }
    guard !view.runs.isEmpty else { return print("no runs in this queue") }
    let heading = [
      "run", "phase", "iteration", "environment", "policy", "classes", "best", "ending",
    ]
    let rows = view.runs.compactMap(Self.row)
    if !rows.isEmpty { TextTable.linesWithText([heading] + rows).forEach { print($0) } }
    for run in view.runs where run.problem != nil { print(StatusText.damage(run)) }
  }

  /// A run's cells, nil for one that cannot be read.
  private static func row(_ run: RunsView.Row) -> [String]? {
    guard let iteration = run.iteration, let iterations = run.iterations else { return nil }
    return [
      run.name, run.phase, "\(iteration)/\(iterations)", run.environment ?? "-",
      run.architecture ?? "-", run.classes.map(String.init) ?? "-",
      run.best?.returnText(.plain) ?? "-", run.ending,
    ]
  }
}

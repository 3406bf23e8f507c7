import ArgumentParser
import Foundation
import Programs
import RunPlan

struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment",
    abstract:
      "Runs an experiment on a queue: one of the paper's tables or figures, or a file of your own.",
    discussion: """
      table1, table2, figure3, figure4, figure5, transfer, or a JSON file with environments, series of \
      settings and what to compare (docs/experiments.md, docs/examples/experiments). Submits the runs that the queue does not \
      have yet, waits for them, and writes CSV, Markdown and figures beside reported \
      values; called again, it goes on where it stopped. Ctrl-C leaves the runs alone, writes what is \
      there and ends with exit code 130. Waits for a server that is away for a while. A run that fails, is \
      suspended or damaged holds up no other: all that is there is written, each such run is named with its \
      reason, and the exit code is 65. Every run's policy, history and fresh episodes are kept below 'runs'; \
      --from makes tables and figures anew from such a directory, without a queue and without a run.
      """)

  @Argument(
    help: "The table or figure, or an experiment's file.", completion: .file(extensions: ["json"]))
  var experiment: String

  @Option(
    parsing: .unconditional,
    help: "Runs of each kind, with the seeds from 0 on. (default: the experiment's, else 5)")
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: "The share of the full number of iterations, which every output tells.")
  var scale = 1.0

  @Option(help: ArgumentHelp("Only this environment; repeat it for more.", valueName: "id"))
  var environment: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only this class, architecture or controller; repeat it for more.", valueName: "name"))
  var series: [String] = []

  @Option(
    parsing: .unconditional,
    help: "Fresh episodes on which every policy is judged, on this machine.")
  var episodes = 100

  @Flag(inversion: .prefixedNo, help: "Wait until all runs are over.")
  var wait = true

  @Option(
    help: ArgumentHelp("Where the files go. (default: results/NAME)", valueName: "directory"),
    completion: .directory)
  var output: String?

  @Flag(help: "Write every figure as PDF, too; needs rsvg-convert.")
  var pdf = false

  @Option(
    help: ArgumentHelp(
      "Take the runs from the files in this directory, as 'runs' has them, instead of a queue.",
      valueName: "directory"), completion: .directory)
  var from: String?

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "After --: settings of every run, as 'chromatic submit' takes them.", valueName: "settings"))
  var settings: [String] = []

  @OptionGroup(title: "Queue") var queue: QueueOptions

  func run() throws {
    let whole = try described()
    if let seeds, !Experiment.seedRange.contains(seeds) {
      throw InvalidSetting("--seeds", is: seeds, expected: "1 to 100")
    }
    guard scale > 0, scale <= 100 else {
      throw InvalidSetting("--scale", is: scale, expected: "a number above 0, at most 100")
    }
    guard (1...100_000).contains(episodes) else {
      throw InvalidSetting("--episodes", is: episodes, expected: "1 to 100000")
    }
    try RunOptions.checkShared(settings)
    if !settings.isEmpty { try whole.checkUse(of: settings) }
    if pdf { try FigureFile.findConverter() }
    var experiment = try whole.only(environments: environment, series: series)
    if let seeds { for index in experiment.cells.indices { experiment.cells[index].seeds = seeds } }
    let runs = try experiment.runs(scale: scale, settings: settings)
    let files = ExperimentFiles(directory: output ?? "results/\(experiment.name)", from: from)
    if let from {
      let (results, missing) = try ExperimentRunFiles(directory: from).results(of: runs)
      for name in missing { StandardStreams.offer("not there  \(name)") }
      try files.prepare()
      let unjudged = try write(results, of: experiment, files)
      return try check(unjudged, of: runs.count)
    }
    try files.prepare()
    let interruption = Interruption(leavesAlone: true)
    let address = try self.queue.address()
    var calls = PatientCalls(.following, interruption: interruption)
    let store = try calls.make { try address.openStore() }
    let queue = try ExperimentQueue(runs: runs, store: store)
    let refused = try follow(queue, named: experiment.name, interruption, &calls)
    let (results, unfinished) = try calls.make { try queue.outcome(refused: refused) }
    let unjudged = try write(results, of: experiment, files)
    for trouble in unfinished { try say("not finished  \(trouble.run)  \(trouble.reason)") }
    if interruption.isAsked { throw Interruption.exitCode }
    if !unfinished.isEmpty {
      throw CommandError.data(
        "\(unfinished.count) of \(queue.runs.count) runs will not finish by themselves: "
          + unfinished.map(\.run.name).joined(separator: ", "))
    }
    try check(unjudged, of: runs.count)
  }

  /// Throws if there are runs whose policies could not be played here.
  private func check(_ unjudged: [ExperimentFiles.Unjudged], of runs: Int) throws {
    guard !unjudged.isEmpty else { return }
    throw CommandError.data(
      "the policies of \(unjudged.count) of \(runs) runs cannot be played on this machine: "
        + unjudged.map(\.run.name).joined(separator: ", "))
  }

  /// The paper's experiment of that name, or the one in the file.
  private func described() throws -> Experiment {
    if let paper = try Experiment.ofPaper(experiment) { return paper }
    guard experiment.contains("/") || experiment.hasSuffix(".json") else {
      let names = Experiment.paperNames.joined(separator: ", ")
      throw InvalidSetting(
        "the experiment", is: "'\(experiment)'",
        expected: "one of \(names), or an experiment's file, FILE.json")
    }
    let read = try ExperimentFile.read(experiment)
    try read.check(file: experiment, needsEnvironments: from == nil)
    return read
  }

  /// Submits what can start until all is over, saying where the runs stand whenever that changes; returns
  /// what the queue refuses.
  private func follow(
    _ queue: ExperimentQueue, named name: String, _ interruption: Interruption,
    _ calls: inout PatientCalls
  ) throws -> [ExperimentQueue.Unfinished] {
    var last: ExperimentQueue.Standing?
    while !interruption.isAsked {
      let standing = try calls.make { try queue.submitMissing() }
      if standing != last {
        StandardStreams.offer(
          "\(name): \(standing.over) of \(queue.runs.count) runs are over, "
            + "\(standing.going) in the queue, \(standing.waiting) to come")
        last = standing
      }
      if !wait || standing.over == queue.runs.count { break }
      interruption.wait(1)
    }
    return last?.refused ?? []
  }

  /// A line of what came out, at once, also in a file or pipe.
  private func say(_ line: String) throws(OutputLost) {
    try StandardStreams.write(line: line)
  }

  /// Judges every policy that counts and writes all files; names and returns the runs whose policies cannot
  /// be played here.
  private func write(
    _ found: [ExperimentResult], of experiment: Experiment, _ files: ExperimentFiles
  ) throws -> [ExperimentFiles.Unjudged] {
    var results = found
    var unjudged: [ExperimentFiles.Unjudged] = []
    for index in results.indices {
      if from == nil { try files.write(results[index]) }
      guard files.isToJudge(results[index]) else { continue }
      do {
        results[index].evaluation = try files.evaluation(of: results[index], episodes: episodes)
      } catch let trouble as ExperimentFiles.Unjudged {
        unjudged.append(trouble)
      }
    }
    let report = ExperimentReport(
      experiment: experiment, results: results, scale: scale, settings: settings,
      unjudged: unjudged.map(\.run))
    try files.write(report, pdf: pdf)
    try say(report.note)
    try say("files in \(files.directory)")
    for trouble in unjudged { try say("not judged  \(trouble.run)  \(trouble.reason)") }
    return unjudged
  }
}

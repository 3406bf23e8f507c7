import ChromaticPolicy
import Foundation
import StrictJSON

/// The directory of an experiment: its tables and figures, and below `runs` every run's raw files.
struct ExperimentFiles {
  let directory: String
  /// Where the raw files are.
  let runs: String

  /// - Parameter runs: where the raw files are, if elsewhere.
  init(directory: String, runs: String? = nil) {
    self.directory = directory
    self.runs = runs ?? "\(directory)/runs"
  }

  private func path(_ run: ExperimentRun, _ suffix: String) -> String {
    "\(runs)/\(run.id.name).\(suffix)"
  }

  /// Writes a run's policy and history.
  func write(_ result: ExperimentResult) throws(CommandError) {
    try OutputFile.makeDirectory(runs)
    try OutputFile.write(
      PolicyFile.encode(result.policy), to: path(result.run, "policy.json"))
    let lines = result.history.map { $0.line + "\n" }.joined()
    try OutputFile.write(Data(lines.utf8), to: path(result.run, "history.jsonl"))
  }

  /// The evaluation of a finished run's policy: the one on file if it has as many episodes, else a new one.
  func evaluation(of result: ExperimentResult, episodes: Int) throws -> Policy.Evaluation? {
    let file = path(result.run, "evaluation.json")
    if let data = FileManager.default.contents(atPath: file),
      let kept = try? StrictJSON.decode(Policy.Evaluation.self, from: data),
      kept.episodes == episodes
    {
      return kept
    }
    let playable = try PlayablePolicy(path(result.run, "policy.json"))
    let evaluation = try playable.evaluate(episodes: episodes, seed: Experiment.evaluationSeed)
      .evaluation
    try OutputFile.write(Data((try JSONOutput.text(evaluation) + "\n").utf8), to: file)
    return evaluation
  }

  /// Writes the tables and figures, the figures as PDF, too, if `pdf`.
  func write(_ report: ExperimentReport, pdf: Bool) throws {
    try OutputFile.makeDirectory(directory)
    let name = report.experiment.name
    try OutputFile.write(Data(report.csv.utf8), to: "\(directory)/\(name).csv")
    try OutputFile.write(
      Data(report.statistics.csv.utf8), to: "\(directory)/\(name)-statistics.csv")
    try OutputFile.write(Data(report.markdown.utf8), to: "\(directory)/\(name).md")
    for figure in report.figures {
      try FigureFile.write(figure.svg, named: "\(directory)/\(figure.name)", pdf: pdf)
    }
  }
}

import ChromaticPolicy
import Foundation
import RunQueue
import StrictJSON

/// The directory of an experiment: its tables and figures, and below `runs` every run's raw files.
struct ExperimentFiles {
  let directory: String
  /// Where the raw files are, if elsewhere.
  let from: String?

  /// Where the raw files are.
  var runs: String { from ?? "\(directory)/runs" }

  private func path(_ run: ExperimentRun, _ suffix: String) -> String {
    "\(runs)/\(run.id.name).\(suffix)"
  }

  /// A run whose policy could not be played here, and why.
  struct Unjudged: Error {
    let run: RunID
    let reason: String
  }

  /// Makes the directories, so that what cannot be written is found before anything is trained.
  func prepare() throws(CommandError) {
    for directory in from == nil ? [directory, runs] : [directory] {
      try OutputFile.makeDirectory(directory)
      try OutputFile.checkWritable(in: directory)
    }
  }

  /// Writes a run's policy and history; the judgement of another policy that stood there goes.
  func write(_ result: ExperimentResult) throws(CommandError) {
    let (policy, file) = (PolicyFile.encode(result.policy), path(result.run, "policy.json"))
    if FileManager.default.contents(atPath: file) != policy {
      try OutputFile.remove(path(result.run, "evaluation.json"))
      try OutputFile.write(policy, to: file)
    }
    let lines = result.history.map { $0.line + "\n" }.joined()
    try OutputFile.write(Data(lines.utf8), to: path(result.run, "history.jsonl"))
  }

  /// Whether a run's policy counts in tables: a finished run's, and one that was judged already.
  func isToJudge(_ result: ExperimentResult) -> Bool {
    result.isFinished
      || FileManager.default.fileExists(atPath: path(result.run, "evaluation.json"))
  }

  /// The evaluation of a run's policy: the one on file if it has as many episodes, else a new one.
  ///
  /// Throws `Unjudged` where the policy cannot be played on this machine.
  func evaluation(of result: ExperimentResult, episodes: Int) throws -> Policy.Evaluation {
    let file = path(result.run, "evaluation.json")
    if let data = FileManager.default.contents(atPath: file),
      let kept = try? StrictJSON.decode(Policy.Evaluation.self, from: data),
      kept.episodes == episodes
    {
      return kept
    }
    let evaluation: Policy.Evaluation
    do {
      let played = try PlayablePolicy(path(result.run, "policy.json"))
        .evaluate(episodes: episodes, seed: Experiment.evaluationSeed)
      played.warnOfFailures(of: result.run.id.name)
      evaluation = played.evaluation
    } catch {
      throw Unjudged(run: result.run.id, reason: "\(error)")
    }
    try OutputFile.write(Data((try JSONOutput.text(evaluation) + "\n").utf8), to: file)
    return evaluation
  }

  /// Writes the tables and figures, the figures as PDF, too, if `pdf`.
  func write(_ report: ExperimentReport, pdf: Bool) throws {
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

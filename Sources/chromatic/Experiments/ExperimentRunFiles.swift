import ChromaticPolicy
import Foundation
import RunPlan

/// Runs of an experiment that were kept as files, in place of a queue: `NAME.policy.json`,
/// `NAME.history.jsonl` and, of a finished run, `NAME.evaluation.json`, as `runs` has them.
struct ExperimentRunFiles {
  let directory: String

  /// The result of every one of `runs` that is there, and the names of the others.
  ///
  /// Throws where none is, or where a file cannot be read.
  func results(
    of runs: [ExperimentRun]
  ) throws(CommandError) -> (found: [ExperimentResult], missing: [String]) {
    var (found, missing): ([ExperimentResult], [String]) = ([], [])
    for run in runs {
      let start = "\(directory)/\(run.id.name)"
      guard FileManager.default.fileExists(atPath: "\(start).policy.json") else {
        missing.append(run.id.name)
        continue
      }
      let history = try RunHistory("\(start).history.jsonl").entries
      let isJudged = FileManager.default.fileExists(atPath: "\(start).evaluation.json")
      let isWhole = run.iterations == history.count || history.last?.stopped == true
      found.append(
        ExperimentResult(
          run: run, isFinished: isJudged || isWhole,
          policy: try PolicyReader.read("\(start).policy.json"), history: history))
    }
    guard !found.isEmpty else {
      throw .usage(
        "--from \(directory): none of the experiment's \(runs.count) runs is there, expected files such as "
          + "\(runs.first?.id.name ?? "NAME").policy.json; --seeds, --scale and the settings are part of names"
      )
    }
    return (found, missing)
  }
}

import ChromaticPolicy
import Foundation
import RunPlan

/// Runs of an experiment that were kept as files, in place of a queue: `NAME.policy.json`,
/// `NAME.history.jsonl` and, where it was judged, `NAME.evaluation.json`, as `runs` has them.
struct ExperimentRunFiles {
  let directory: String

  /// The result of every one of `runs` that is there, and the names of the others.
  ///
  /// Throws where none is, where a file cannot be read, or is another run's.
  func results(
    of runs: [ExperimentRun]
  ) throws -> (found: [ExperimentResult], missing: [String]) {
    var (found, missing): ([ExperimentResult], [String]) = ([], [])
    for run in runs {
      let start = "\(directory)/\(run.id.name)"
      guard FileManager.default.fileExists(atPath: "\(start).policy.json") else {
        missing.append(run.id.name)
        continue
      }
      let policy = try PolicyReader.read("\(start).policy.json")
      if let difference = try Self.difference(of: policy, from: run) {
        throw CommandError.data("\(start).policy.json is no policy of that run: \(difference)")
      }
      let history = try RunHistory("\(start).history.jsonl").entries
      let isFinished = run.iterations == history.count || history.last?.stopped == true
      found.append(
        ExperimentResult(run: run, isFinished: isFinished, policy: policy, history: history))
    }
    guard !found.isEmpty else {
      throw CommandError.usage(
        "--from \(directory): none of the experiment's \(runs.count) runs is there, expected files such as "
          + "\(runs.first?.id.name ?? "NAME").policy.json; --seeds, --scale and the settings are part of names"
      )
    }
    return (found, missing)
  }

  /// In what a policy's file says it was trained otherwise than `run`; nil where it agrees.
  private static func difference(of policy: Policy, from run: ExperimentRun) throws -> String? {
    guard policy.environment.id == run.cell.environment else {
      return "it acts in \(policy.environment.id), the run's in \(run.cell.environment)"
    }
    var told = RunConfiguration(
      environment: policy.environment, observationSize: policy.architecture.observationSize,
      actionSize: policy.architecture.actionSize)
    told.hiddenSizes = policy.architecture.hiddenSizes
    told.policyClass = policy.policyClass
    told.seed = policy.training.seed
    let flags = Set(EnvironmentSettingGroup.settings.map(\.flag) + ["hidden", "policy", "seed"])
    let given = try RunOptions.parse(run.flags).values.filter { flags.contains($0.setting.flag) }
    return try GivenSettings(given).difference(from: told).map { flag in
      "its --\(flag) is not the run's \(given.last { $0.setting.flag == flag }?.text ?? "")"
    }
  }
}

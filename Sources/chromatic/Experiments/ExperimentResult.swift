import ChromaticPolicy
import RunPlan

/// What one run has reached.
struct ExperimentResult {
  let run: ExperimentRun
  let isFinished: Bool
  let policy: Policy
  let history: [HistoryEntry]
  /// Fresh episodes of a finished run's policy, which training and choice never saw.
  var evaluation: Policy.Evaluation?

  /// The paper's mean reward: the highest mean over the perturbed evaluations of an iteration.
  var bestMean: Double? { history.compactMap(\.mean).max() }
  /// The paper's max reward: the highest return of any evaluation.
  var bestReturn: Double? { history.compactMap(\.max).max() }
}

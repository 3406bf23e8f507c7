import ChromaticPolicy
import RunPlan

/// What one run has reached.
struct ExperimentResult {
  let run: ExperimentRun
  /// Whether its iterations are over, all of them or those up to the return at which it stops.
  let isFinished: Bool
  let policy: Policy
  let history: [HistoryEntry]
  /// Fresh episodes of its policy, which training and choice never saw: of a finished run, and of one that
  /// was judged where it had been interrupted.
  var evaluation: Policy.Evaluation?

  /// Whether its policy counts though the run is not finished.
  var isInterrupted: Bool { !isFinished && evaluation != nil }

  /// The paper's mean reward: the highest mean over the perturbed evaluations of an iteration.
  var bestMean: Double? { history.compactMap(\.mean).max() }
  /// The paper's max reward: the highest return of any evaluation.
  var bestReturn: Double? { history.compactMap(\.max).max() }
}

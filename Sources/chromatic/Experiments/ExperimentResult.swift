import ChromaticPolicy
import RunPlan
import Statistics

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

  /// How much of what the run has gained came in its last third, as a share: by how much the mean of the
  /// perturbed evaluations is higher in the last sixth of the iterations than in the sixth before, over by how
  /// much it is higher than in the first iteration. About nothing where the curve is flat; nil where nothing was
  /// gained, and below six iterations.
  var lastThirdGain: Double? {
    let curve = history.compactMap(\.mean)
    let sixth = curve.count / 6
    guard let first = curve.first, let last = Sample.mean(curve.suffix(sixth)),
      let before = Sample.mean(curve.dropLast(sixth).suffix(sixth)), last > first
    else { return nil }
    return (last - before) / (last - first)
  }
}

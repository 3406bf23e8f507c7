/// The end of a run that reached its `--stop-at-return` before its last iteration.
public struct EarlyStop: Sendable, Hashable {
  /// Iterations that were done.
  public let iterations: Int
  /// The mean return of the policy that reached it, which the last of them gave.
  public let mean: Double
  /// The return at which the run was to end.
  public let goal: Double

  /// The stop of a run with `configuration`, nil where it goes on or went to its last iteration.
  ///
  /// A run that was given more iterations has the line of its former end in its history, and the goal no longer.
  ///
  /// - Parameters:
  ///   - configuration: the run's, as it is now.
  ///   - last: the last entry of the run's history, nil if it has none.
  public init?(_ configuration: RunConfiguration, last: HistoryEntry?) {
    guard let last, last.stopped == true, let goal = configuration.stopAtReturn,
      let mean = last.proposal
    else { return nil }
    iterations = last.iteration + 1
    self.mean = mean
    self.goal = goal
  }
}

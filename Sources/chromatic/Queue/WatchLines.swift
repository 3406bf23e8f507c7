import RunQueue
import TerminalProgress

/// The lines of `chromatic watch --json`: one at the start, one for every change that matters.
struct WatchLines {
  private var last: Line?

  /// One line; absent what is not known.
  struct Line: Encodable, Equatable {
    var run: String
    var environment: String
    var phase: String
    /// Iterations done.
    var iteration: Int
    var iterations: Int
    /// Whether the run reached the return at which it was to end before its last iteration.
    var stopped: Bool?
    var mean: Double?
    var max: Double?
    var proposal: Double?
    /// Failed evaluations so far.
    var failed: Int
    /// Environment steps of the run so far.
    var environmentSteps: Int
    var message: String?
    var warning: String?
    // Of the moment; what changes in them alone is worth no line.
    var evaluators: Int
    var pending: Int
    var leased: Int
    var stepsPerSecond: Double?
    var secondsLeft: Double?

    init(_ monitor: RunMonitor, _ progress: TrainingProgress) {
      (run, environment) = (progress.runName, progress.environment)
      (phase, iteration) = (monitor.phase.rawValue, progress.iteration)
      (iterations, failed) = (progress.iterations, monitor.failureCount)
      stopped = progress.isStopped ? true : nil
      (mean, max, proposal) = (progress.meanReturn, progress.maxReturn, progress.proposalReturn)
      environmentSteps = monitor.history.last?.environmentSteps ?? 0
      message = monitor.message.isEmpty ? nil : monitor.message
      warning = progress.warning
      (evaluators, pending) = (progress.evaluatorsAlive, progress.pendingTasks)
      leased = progress.leasedTasks
      let rate = progress.environmentStepsPerSecond
      stepsPerSecond = rate > 0 && rate.isFinite ? rate : nil
      secondsLeft = progress.secondsLeft
    }

    /// Whether the run itself stands as it stood.
    func isNoNews(after other: Line) -> Bool {
      iteration == other.iteration && phase == other.phase && message == other.message
        && warning == other.warning
    }
  }

  /// Prints where the run stands, if that is news.
  mutating func print(_ monitor: RunMonitor, _ progress: TrainingProgress) throws {
    let line = Line(monitor, progress)
    if let last, line.isNoNews(after: last) { return }
    last = line
    try JSONOutput.print(line)
  }
}

/// Decides which moments of a run are worth a line in a log; time is the run's own.
struct PlainPacing {
  /// Least seconds between two lines.
  let interval: Double
  /// Seconds after which a line comes although no iteration ended.
  let patience: Double

  private var last: TrainingProgress?

  init(interval: Double, patience: Double = 60) {
    self.interval = interval
    self.patience = patience
  }

  /// Whether `progress` is to be printed: something ended or changed, and not too soon.
  mutating func admits(_ progress: TrainingProgress) -> Bool {
    guard isNews(progress) else { return false }
    last = progress
    return true
  }

  private func isNews(_ progress: TrainingProgress) -> Bool {
    guard let last else { return progress.iteration > 0 || progress.warning != nil }
    if progress.iteration > last.iteration, progress.isFinished { return true }
    if let warning = progress.warning, warning != last.warning { return true }
    let waited = progress.secondsElapsed - last.secondsElapsed
    return waited >= (progress.iteration > last.iteration ? interval : max(patience, interval))
  }
}

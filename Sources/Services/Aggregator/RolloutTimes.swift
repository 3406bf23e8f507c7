import RunProtocol

/// How long the episodes of each run take, and hence when one of them takes too long.
struct RolloutTimes {
  /// A task is issued again when it has taken this many median rollouts …
  static let factor = 4.0
  /// … and at least this many seconds: claiming, loading and delivering take their time, too.
  static let shortest = 1.0

  /// Seconds after which a task of a run is issued again, for every run seen lately.
  private(set) var patience: [RunID: Double] = [:]

  /// Learns from the results of one of the run's iterations.
  mutating func note(_ results: [EvaluationResult], of run: RunID) {
    let seconds = results.compactMap { $0.episode?.seconds }.sorted()
    guard !seconds.isEmpty else { return }
    // A queue that runs pass through for months keeps no more than the last few in mind.
    if patience.count >= 100, patience[run] == nil { patience = [:] }
    patience[run] = max(Self.shortest, Self.factor * seconds[seconds.count / 2])
  }

  /// Forgets a run that is over.
  mutating func forget(_ run: RunID) { patience[run] = nil }
}

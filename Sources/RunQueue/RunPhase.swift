/// Where a run stands; the value of `phase` in its state and of its field in the runs hash.
public enum RunPhase: String, Sendable, CaseIterable, Codable {
  /// Accepted, not yet seen by a controller.
  case submitted
  /// Iterations are being evaluated.
  case running
  /// Held by the operator after its current iteration.
  case paused
  /// Held by the aggregator, since every evaluation of its iteration failed; resuming it evaluates them
  /// anew.
  case suspended
  /// Ended by the operator.
  case cancelled
  /// All iterations are done and the policy is chosen.
  case finished
  /// Ended by an error, named in the state's `message`.
  case failed

  /// Whether the run will never do another evaluation.
  public var isOver: Bool {
    switch self {
    case .cancelled, .finished, .failed: true
    case .submitted, .running, .paused, .suspended: false
    }
  }
}

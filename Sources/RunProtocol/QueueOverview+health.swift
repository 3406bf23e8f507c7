extension QueueOverview {
  /// Seconds without a heartbeat after which an evaluator counts as gone.
  public static let evaluatorTimeout = 10.0

  /// The evaluators that sent a heartbeat lately.
  public var alive: [Evaluator] { evaluators.filter { $0.age < Self.evaluatorTimeout } }

  /// Whether tasks wait and nobody is there to do them.
  public var isStarved: Bool { pending > 0 && alive.isEmpty }
}

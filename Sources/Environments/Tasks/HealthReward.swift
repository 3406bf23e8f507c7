/// What a robot is given for every step in a healthy state, and whether any other one is terminal.
struct HealthReward {
  private let reward: Double
  private let terminates: Bool

  /// The options `healthy_reward`, with its default, and `terminate_when_unhealthy`.
  init(_ options: inout EnvironmentOptions, standard: Double) throws(EnvironmentError) {
    reward = try options.number("healthy_reward", standard)
    terminates = try options.flag("terminate_when_unhealthy", true)
  }

  /// The outcome of a step with the given reward for moving forward and cost.
  @inline(__always)
  func outcome(isHealthy: Bool, forwardReward: Double, cost: Double) -> StepOutcome {
    StepOutcome(
      reward: forwardReward + (isHealthy ? reward : 0) - cost,
      terminated: terminates && !isHealthy)
  }
}

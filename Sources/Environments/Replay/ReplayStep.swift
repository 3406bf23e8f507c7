/// What one replayed step gave.
public struct ReplayStep: Sendable, Hashable {
  /// The observation after the step.
  public let observation: [Double]
  /// The environment's own reward.
  public let reward: Double
  /// Whether the step ended in a terminal state.
  public let terminated: Bool
  /// Whether the step reached the horizon.
  public let truncated: Bool

  /// One line of JSON; every number reads back as the same double.
  public var json: String {
    let numbers = observation.map(\.description).joined(separator: ",")
    return "{\"observation\":[\(numbers)],\"reward\":\(reward),"
      + "\"terminated\":\(terminated),\"truncated\":\(truncated)}"
  }
}

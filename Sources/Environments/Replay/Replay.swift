import ChromaticPolicy

/// Steps an environment from a given state through given actions.
public struct Replay {
  private let environment: any StatefulEnvironment
  private let state: ReplayState
  private let actions: ReplayActions

  /// A replay of `actions` from `state`, checked against the sizes of the environment.
  public init(_ settings: EnvironmentSettings, from state: ReplayState, actions: ReplayActions)
    throws(EnvironmentError)
  {
    guard let environment = try EnvironmentCatalog.make(settings) as? any StatefulEnvironment
    else {
      throw EnvironmentError(
        .invalidReplay,
        "\(settings.id) has no qpos and qvel to start from: only MuJoCo tasks are replayed")
    }
    try state.checkSizes(environment)
    try actions.checkSizes(environment)
    self.environment = environment
    self.state = state
    self.actions = actions
  }

  /// Gives every step to `emit`, ending after a terminating one.
  ///
  /// Throws `EnvironmentFailure` if the physics diverge, and whatever `emit` throws.
  public func run(_ emit: (ReplayStep) throws -> Void) throws {
    let observation = UnsafeMutableBufferPointer<Double>.allocate(
      capacity: environment.observationSize)
    observation.initialize(repeating: 0)
    defer { observation.deallocate() }
    try environment.setState(state, observation: observation)
    for (index, action) in actions.actions.enumerated() {
      let outcome = try action.withUnsafeBufferPointer { control throws(EnvironmentFailure) in
        try environment.apply(control: control, observation: observation)
      }
      try emit(
        ReplayStep(
          observation: Array(observation), reward: outcome.reward, terminated: outcome.terminated,
          truncated: index + 1 >= environment.horizon))
      if outcome.terminated { return }
    }
  }
}

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

/// What is known of an environment without making one.
public struct EnvironmentDescription: Sendable {
  /// Gymnasium's id.
  public let id: String
  /// Number of observation components s.
  public let observationSize: Int
  /// Number of action components a.
  public let actionSize: Int
  /// Steps after which an episode is truncated.
  public let horizon: Int

  private let instantiate: @Sendable () throws(EnvironmentError) -> any Environment

  init(
    id: String, observationSize: Int, actionSize: Int, horizon: Int,
    instantiate: @escaping @Sendable () throws(EnvironmentError) -> any Environment
  ) {
    self.id = id
    self.observationSize = observationSize
    self.actionSize = actionSize
    self.horizon = horizon
    self.instantiate = instantiate
  }

  /// A new instance, to be used by one thread and reset before its first step.
  public func make() throws(EnvironmentError) -> any Environment {
    try instantiate()
  }
}

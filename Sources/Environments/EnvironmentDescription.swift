/// What is known of an environment under given settings.
public struct EnvironmentDescription: Sendable {
  /// Gymnasium's id.
  public let id: String
  /// Number of observation components s.
  public let observationSize: Int
  /// Number of action components a.
  public let actionSize: Int
  /// Environment steps after which an episode is truncated.
  public let horizon: Int
  /// Reward per step for being alive, which training subtracts by default (Mania et al. 2018, ARS).
  public let aliveBonus: Double
  /// Whether its model file is installed on request only, by `make assets`.
  public let isOptional: Bool
  /// The options it takes, with their defaults.
  public let options: [EnvironmentOption]
  /// What simulates it with its version, for people; nil for this program and its MuJoCo.
  public let simulator: String?
  /// Options that name the very files it is made of; a run holds them, so that a machine where the
  /// files differ refuses the run.
  public let pins: [String: String]

  private let instantiate: @Sendable () throws(EnvironmentError) -> any Environment

  init(
    id: String, observationSize: Int, actionSize: Int, horizon: Int, aliveBonus: Double = 0,
    isOptional: Bool = false, options: [EnvironmentOption] = [], simulator: String? = nil,
    pins: [String: String] = [:],
    instantiate: @escaping @Sendable () throws(EnvironmentError) -> any Environment
  ) {
    self.id = id
    self.observationSize = observationSize
    self.actionSize = actionSize
    self.horizon = horizon
    self.aliveBonus = aliveBonus
    self.isOptional = isOptional
    self.options = options
    self.simulator = simulator
    self.pins = pins
    self.instantiate = instantiate
  }

  /// A new instance, to be used by one thread and reset before its first step.
  public func make() throws(EnvironmentError) -> any Environment {
    try instantiate()
  }
}

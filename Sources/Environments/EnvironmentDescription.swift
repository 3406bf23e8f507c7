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
  /// What else than this program and its MuJoCo simulates it, with versions, for people; nil for nothing.
  public let simulator: String?
  /// Options that name the very files it is made of; a run holds them, so that a machine where the
  /// files differ refuses the run.
  public let pins: [String: String]

  private let identify: @Sendable () throws(EnvironmentError) -> String?
  private let instantiate: @Sendable () throws(EnvironmentError) -> any Environment

  init(
    id: String, observationSize: Int, actionSize: Int, horizon: Int, aliveBonus: Double = 0,
    isOptional: Bool = false, options: [EnvironmentOption] = [], simulator: String? = nil,
    pins: [String: String] = [:],
    identify: @escaping @Sendable () throws(EnvironmentError) -> String? = {
      () throws(EnvironmentError) in nil
    },
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
    self.identify = identify
    self.instantiate = instantiate
  }

  /// What beside the settings decides how it behaves on this machine: a digest of the compiled model, or
  /// the versions and source of a Python environment; nil where this program is all of it.
  ///
  /// Two machines that say the same simulate the same.
  public func identity() throws(EnvironmentError) -> String? { try identify() }

  /// A new instance, to be used by one thread and reset before its first step.
  public func make() throws(EnvironmentError) -> any Environment {
    try instantiate()
  }
}

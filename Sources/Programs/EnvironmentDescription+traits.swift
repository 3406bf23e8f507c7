import Environments
import RunPlan

extension EnvironmentDescription {
  /// What a run takes over from this environment.
  public var traits: EnvironmentTraits {
    EnvironmentTraits(
      observationSize: observationSize, actionSize: actionSize, aliveBonus: aliveBonus, pins: pins)
  }
}

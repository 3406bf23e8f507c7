import Environments
import RunPlan

extension RunConfiguration {
  /// Makes the environment and begins an episode, so that a mistake in it is said before the run is.
  func tryEnvironment() throws {
    try EnvironmentCatalog.make(environment).tryEpisode(seed: seed)
  }
}

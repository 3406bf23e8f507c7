import Environments
import Programs
import RunPlan

extension RunConfiguration {
  /// Makes the environment and begins an episode, so that a mistake in it is said before the run is; one that
  /// does not repeat an episode from its seed is said, too.
  func tryEnvironment() throws {
    let environment = try EnvironmentCatalog.make(environment)
    try environment.tryEpisode(seed: seed)
    guard let problem = environment.repetitionProblem(seed: seed) else { return }
    StandardStreams.say("warning: \(self.environment.id): \(problem)")
  }
}

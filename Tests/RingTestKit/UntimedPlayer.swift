import ChromaticPolicy
import Environments
import Ring
import RunPlan

/// Plays real episodes that say they took no time.
public enum UntimedPlayer {
  /// Makes an environment.
  public typealias EnvironmentMaker = @Sendable (EnvironmentSettings) throws -> any Environment

  /// The players of runs in the environments that `make` gives.
  public static func maker(
    _ make: @escaping EnvironmentMaker = EnvironmentCatalog.make
  ) -> EpisodePlayerMaker {
    { configuration in
      let rollout = Rollout(
        in: try make(configuration.environment), hiddenSizes: configuration.hiddenSizes,
        actionRepeat: configuration.environment.actionRepeat)
      return { request in
        rollout.network.load(
          parameters: request.policy.parameters, partition: request.policy.partition,
          normalisation: request.policy.normalisation)
        let episode = try rollout.run(request.random)
        return EvaluationResult.Episode(
          totalReward: episode.totalReward, steps: episode.steps, seconds: 0,
          observations: episode.observations)
      }
    }
  }
}

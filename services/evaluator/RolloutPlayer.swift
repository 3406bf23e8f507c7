import ChromaticPolicy
import Dispatch
import Environments
import Ring
import RunPlan

/// Plays episodes in the run's own environment, opened once; belongs to one thread.
enum RolloutPlayer {
  /// The player of a run, timed by this machine's clock.
  static func make(_ configuration: RunConfiguration) throws -> EpisodePlayer {
    let description = try EnvironmentCatalog.description(of: configuration.environment)
    let environment = try description.make()
    if let wanted = configuration.simulator {
      let found = try description.identity()
      guard found == wanted else {
        throw EnvironmentFailure(
          "\(configuration.environment.id) is simulated by \(found ?? "this program") here and by "
            + "\(wanted) where the run was submitted: bring this machine to the same model files and "
            + "versions")
      }
    }
    guard environment.observationSize == configuration.observationSize,
      environment.actionSize == configuration.actionSize
    else {
      throw EnvironmentFailure(
        "\(configuration.environment.id) has \(environment.observationSize) observations and "
          + "\(environment.actionSize) actions here, the run was submitted with "
          + "\(configuration.observationSize) and \(configuration.actionSize)")
    }
    let rollout = Rollout(
      in: environment, hiddenSizes: configuration.hiddenSizes,
      actionRepeat: configuration.environment.actionRepeat)
    try environment.tryEpisode(seed: configuration.seed)
    return { request in
      rollout.network.load(
        parameters: request.policy.parameters, partition: request.policy.partition,
        normalisation: request.policy.normalisation)
      let start = DispatchTime.now().uptimeNanoseconds
      let episode = try rollout.run(request.random)
      // Microseconds are enough to say, and half as long as text.
      let seconds = Double((DispatchTime.now().uptimeNanoseconds - start) / 1000) / 1e6
      return EvaluationResult.Episode(
        totalReward: episode.totalReward, steps: episode.steps, seconds: seconds,
        observations: episode.observations)
    }
  }
}

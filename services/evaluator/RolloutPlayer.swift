import ChromaticPolicy
import Dispatch
import Environments
import Ring
import RunPlan

/// Plays episodes of runs in their own environments; belongs to one thread.
///
/// Runs of the same environment and network share one, and the last few stay open: runs of a queue take
/// turns, and opening an environment may take longer than an episode.
final class RolloutPlayer {
  /// Environments that are open at most.
  static let capacity = 4

  /// What two runs have to have in common to share an environment.
  private struct Key: Hashable {
    let environment: EnvironmentSettings
    let simulator: String?
    let sizes: [Int]
  }

  /// The latest last.
  private var open: [(key: Key, rollout: Rollout)] = []

  /// The player of a run, timed by this machine's clock.
  func make(_ configuration: RunConfiguration) throws -> EpisodePlayer {
    _ = try rollout(of: configuration)
    return { [self] request in
      let rollout: Rollout
      do {
        rollout = try self.rollout(of: configuration)
      } catch {
        throw CannotRun(reason: "\(error)")
      }
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

  private func rollout(of configuration: RunConfiguration) throws -> Rollout {
    let key = Key(
      environment: configuration.environment, simulator: configuration.simulator,
      sizes: [configuration.observationSize] + configuration.hiddenSizes
        + [configuration.actionSize])
    if let index = open.firstIndex(where: { $0.key == key }) {
      if index < open.count - 1 { open.append(open.remove(at: index)) }
      return open[open.count - 1].rollout
    }
    if open.count == Self.capacity { open.removeFirst() }
    let rollout = try Self.opened(configuration)
    open.append((key, rollout))
    return rollout
  }

  private static func opened(_ configuration: RunConfiguration) throws -> Rollout {
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
    return rollout
  }
}

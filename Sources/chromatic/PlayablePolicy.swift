import ChromaticPolicy
import Environments
import Randomness

/// A policy file and the environment its policy acts in, which fit each other.
struct PlayablePolicy {
  let policy: Policy
  let environment: any Environment

  /// Reads the file at `path`; errors name it.
  ///
  /// - Parameters:
  ///   - flags: settings of the environment that replace the policy's own.
  ///   - moved: where the environment's model lies now, if elsewhere.
  init(_ path: String, under flags: EnvironmentFlags? = nil, moved: MovedModel? = nil) throws {
    try self.init(PolicyReader.read(path), from: path, under: flags, moved: moved)
  }

  /// Takes a policy that was read from `path`, which errors name.
  init(
    _ policy: Policy, from path: String, under flags: EnvironmentFlags? = nil,
    moved: MovedModel? = nil
  ) throws {
    var policy = try moved?.found(policy, path) ?? policy
    try Self.checkEnvironment(of: policy, path, moved)
    try flags?.apply(to: &policy.environment)
    self.policy = policy
    environment = try EnvironmentCatalog.make(policy.environment)
    let architecture = policy.architecture
    guard environment.observationSize == architecture.observationSize,
      environment.actionSize == architecture.actionSize
    else {
      throw CommandError.data(
        "\(path) is a \(architecture.sizes) policy, but \(policy.environment.id) has "
          + "\(environment.observationSize) observations and \(environment.actionSize) actions")
    }
  }

  /// Another policy of the same layers in the same environment.
  func playing(_ other: Policy) -> PlayablePolicy {
    PlayablePolicy(policy: other, environment: environment)
  }

  private init(policy: Policy, environment: any Environment) {
    self.policy = policy
    self.environment = environment
  }

  /// Rollouts of the policy in its environment, or in one that stands for it.
  func rollout(in other: (any Environment)? = nil) -> Rollout {
    let rollout = Rollout(
      in: other ?? environment, hiddenSizes: policy.architecture.hiddenSizes,
      actionRepeat: policy.environment.actionRepeat)
    rollout.network.load(
      parameters: policy.parameters, partition: policy.partition,
      normalisation: policy.normalisation)
    return rollout
  }

  /// Plays fresh episodes, whose initial states `seed` names.
  func evaluate(episodes: Int, seed: UInt64) throws -> FreshEpisodes {
    let recorded = RecordedEnvironment(environment)
    let rollout = rollout(in: recorded)
    var played: [PlayedEpisode] = []
    var failure: EnvironmentFailure?
    for index in 0..<episodes {
      let stream = RandomStream(
        seed: seed, purpose: .evaluationEpisode, index: UInt32(index))
      do throws(EnvironmentFailure) {
        let episode = try rollout.run(stream)
        played.append(PlayedEpisode(index: index, recorded, return: episode.totalReward))
      } catch {
        played.append(PlayedEpisode(index: index, recorded, failure: error))
        failure = error
      }
    }
    let evaluation = Policy.Evaluation(
      returns: played.map(\.return), failureReturn: policy.environment.failureReturn)
    guard let evaluation else {
      throw CommandError.data(
        "every episode failed, the last one since \(failure.map { "\($0)" } ?? "none was asked for")"
      )
    }
    return FreshEpisodes(played: played, evaluation: evaluation, lastFailure: failure)
  }

  /// Throws an error that names the file if nobody knows the policy's environment.
  private static func checkEnvironment(
    of policy: Policy, _ path: String, _ moved: MovedModel?
  ) throws(CommandError) {
    do throws(EnvironmentError) {
      _ = try EnvironmentCatalog.description(of: policy.environment)
    } catch {
      throw .data("\(path): \(moved?.explained(error, of: policy) ?? "\(error)")")
    }
  }
}

import ChromaticPolicy
import Environments

/// A policy file and the environment its policy acts in, which fit each other.
struct PlayablePolicy {
  let policy: Policy
  let environment: any Environment

  /// Reads the file at `path`; errors name it.
  init(_ path: String) throws {
    policy = try PolicyReader.read(path)
    try Self.checkEnvironment(of: policy, path)
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

  /// Throws an error that names the file if nobody knows the policy's environment.
  private static func checkEnvironment(of policy: Policy, _ path: String) throws(CommandError) {
    do {
      _ = try EnvironmentCatalog.description(of: policy.environment)
    } catch {
      throw .data("\(path): \(error)")
    }
  }
}

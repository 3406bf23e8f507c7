import ArgumentParser
import ChromaticPolicy
import Environments
import Foundation

/// Where the model of a policy lies now.
struct MovedModel: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the MJCF model of an mjcf: policy lies now, its task file beside it; contents have to be those "
        + "it was trained with.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var model: String?

  /// The policy in the file at `path`, whose environment finds its model.
  func policy(_ path: String) throws(CommandError) -> Policy {
    try found(PolicyReader.read(path), path)
  }

  /// `policy`, which was read from `path`, with an environment that finds its model.
  func found(_ policy: Policy, _ path: String) throws(CommandError) -> Policy {
    guard let model else { return policy }
    var policy = policy
    guard policy.environment.id.hasPrefix(Self.scheme) else {
      throw .usage(
        "--model \(model): \(path) acts in \(policy.environment.id), expected a policy of an mjcf: "
          + "environment")
    }
    policy.environment.id = Self.scheme + model
    return policy
  }

  private static let scheme = "mjcf:"

  /// Why the environment of `policy` cannot be made, and this flag where its model is not where it was.
  func explained(_ error: EnvironmentError, of policy: Policy) -> String {
    let id = policy.environment.id
    let isGone = !FileManager.default.fileExists(atPath: String(id.dropFirst(Self.scheme.count)))
    guard model == nil, id.hasPrefix(Self.scheme), isGone else { return "\(error)" }
    return "\(error); where the model lies elsewhere by now, give --model FILE"
  }
}

import Foundation

/// A trained policy for a program that acts: read once, then asked for an action at every step.
///
/// An instance serves one thread.
public final class DeployedPolicy {
  /// How outputs become actions, where the policy acts, and for how many of its steps each action is held.
  public let deployment: Deployment
  private let network: PolicyNetwork
  private var result: [Double]

  /// A policy of a file: what `chromatic export --format binary` wrote, or a policy file such as
  /// `policy.json`.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - rule: how outputs become actions where the file does not say it, which a policy file never does.
  public convenience init(
    contentsOf path: String, rule: ActionRule? = nil
  ) throws(DeploymentError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable("\(path) cannot be read: expected a file that chromatic export wrote")
    }
    do {
      try self.init(bytes: [UInt8](data), rule: rule)
    } catch {
      throw error.of(path)
    }
  }

  /// A policy of a file's bytes.
  public init(bytes: [UInt8], rule: ActionRule? = nil) throws(DeploymentError) {
    let found: Deployment
    if bytes.starts(with: CompactPolicy.signature) {
      guard let contents = CompactPolicy.decode(bytes) else {
        throw .damaged("it is no whole export --format binary: export it again")
      }
      found = contents.deployment ?? Deployment(nil, in: EnvironmentSettings("unknown"))
      network = contents.network()
    } else {
      let policy: Policy
      do {
        policy = try PolicyFile.decode(Data(bytes))
      } catch {
        throw .damaged("it is no usable policy: \(error)")
      }
      found = Deployment(nil, in: policy.environment)
      network = policy.network()
    }
    let architecture = network.architecture
    deployment = Deployment(rule ?? found.rule, in: found.environment)
    if let size = deployment.rule?.size, size != architecture.actionSize {
      throw .damaged("it has \(architecture.actionSize) outputs, and the rule is for \(size)")
    }
    result = [Double](repeating: 0, count: architecture.actionSize)
  }

  /// Number of observation components.
  public var observationSize: Int { network.architecture.observationSize }

  /// Number of outputs.
  public var outputSize: Int { result.count }

  /// Outputs from −1 to 1 for an observation of `observationSize` numbers.
  public func outputs(for observation: [Double]) throws(DeploymentError) -> [Double] {
    guard observation.count == observationSize else {
      throw .wrongSize(
        "the observation has \(observation.count) numbers, expected \(observationSize)")
    }
    observation.withUnsafeBufferPointer { x in
      result.withUnsafeMutableBufferPointer { network.act(on: x, action: $0) }
    }
    return result
  }

  /// What the environment, or the robot in its stead, is to be given for an observation, and to be held for
  /// `deployment.environment.actionRepeat` steps.
  public func act(on observation: [Double]) throws(DeploymentError) -> ActionRule.Action {
    let outputs = try outputs(for: observation)
    guard let rule = deployment.rule else {
      throw .unknownRule("the file does not say how outputs become actions: give the rule")
    }
    return rule.action(of: outputs)
  }
}

/// Why a deployed policy cannot be read or asked: one line that says what to do.
public enum DeploymentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no such file, or it may not be read.
  case unreadable(String)
  /// The bytes are no policy.
  case damaged(String)
  /// An observation has another number of components.
  case wrongSize(String)
  /// How outputs become actions is said nowhere.
  case unknownRule(String)

  /// The line.
  public var description: String {
    switch self {
    case .unreadable(let line), .damaged(let line), .wrongSize(let line), .unknownRule(let line):
      line
    }
  }

  /// The same of a file.
  fileprivate func of(_ path: String) -> DeploymentError {
    if case .damaged(let line) = self { .damaged("\(path): \(line)") } else { self }
  }
}

extension CompactPolicy.Contents {
  /// A network loaded with what the file holds.
  fileprivate func network() -> PolicyNetwork {
    let network = PolicyNetwork(architecture)
    network.load(parameters: parameters, partition: partition, normalisation: normalisation)
    return network
  }
}

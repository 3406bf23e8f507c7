import ChromaticPolicy
import Foundation

/// A policy as one Python file that needs numpy alone: its numbers, a class that acts, and an episode by
/// Gymnasium where that is installed.
public struct PythonSource: Sendable {
  private let policy: Policy
  private let deployment: Deployment

  /// The source of a policy.
  ///
  /// - Parameter rule: how outputs become actions; nil if that is not known.
  public init(_ policy: Policy, rule: ActionRule?) {
    self.policy = policy
    deployment = Deployment(rule, in: policy.environment)
  }

  /// The file: UTF-8, equal policies give equal bytes.
  public var text: String {
    introduction
      + String(decoding: PackageResources.policy_py, as: UTF8.self)
      .replacing("# PLACE OF THE POLICY", with: literal)
  }

  /// The module's documentation.
  private var introduction: String {
    """
    \"\"\"A policy for \(plain(policy.environment.id)), \(policy.architecture.sizes), exported by chromatic.

    \(policy.partition.classCount) weights shared by \(policy.partition.keptEdgeCount) edges. Needs numpy alone.
    \(plain(deployment.summary))

        from policy import Policy, run_episode
        policy = Policy()
        action = policy.act(observation)            # hold it for policy.action_repeat steps
        action, _ = policy.predict(observation)     # as Stable-Baselines3's models
        total, steps = run_episode(seed=7)          # by Gymnasium, where it is installed
    \"\"\"


    """
  }

  /// Text that does not end a documentation string.
  private func plain(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }).replacing("\\", with: "/").replacing(
      "\"", with: "'")
  }

  /// The numbers, as JSON in a string.
  private var literal: String {
    let fields: [(String, any Encodable)] = [
      ("environment", Place(policy.environment)),
      ("action", deployment),
      ("sizes", policy.architecture.layerSizes),
      ("weights", policy.sharedWeights),
      ("classes", policy.partition.classes),
      ("biases", policy.biases),
      ("observationMean", policy.normalisation.mean),
      ("observationDeviation", policy.normalisation.deviation),
    ]
    let lines = fields.map { name, value in "\"\(name)\": \(Self.json(value))" }
    return "POLICY = json.loads(r'''{\n  \(lines.joined(separator: ",\n  "))\n}''')"
  }

  /// JSON without a quotation mark of the string that it stands in.
  private static func json(_ value: any Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("a policy holds finite numbers")
    }
    return String(decoding: data, as: UTF8.self).replacing("'", with: #"\u0027"#)
  }

  /// The environment with everything that may be missing.
  private struct Place: Encodable {
    var id: String
    var options: [String: String]
    var horizon: Int?

    init(_ settings: EnvironmentSettings) {
      (id, options, horizon) = (settings.id, settings.options, settings.horizon)
    }

    private enum Key: String, CodingKey { case id, options, horizon }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(options, forKey: .options)
      try container.encode(horizon, forKey: .horizon)
    }
  }
}

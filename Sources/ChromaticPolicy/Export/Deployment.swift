/// What a reader of an exported policy has to know beside the network to act as it was trained; every
/// format says it.
public struct Deployment: Sendable, Hashable {
  /// How outputs become actions; nil where the environment was not at hand.
  public var rule: ActionRule?
  /// Where the policy acts, its options, and for how many of its steps each action is held.
  public var environment: EnvironmentSettings

  /// A deployment in `environment`.
  public init(_ rule: ActionRule?, in environment: EnvironmentSettings) {
    self.rule = rule
    self.environment = environment
  }

  /// The environment with its options, and how long actions are held, in one line.
  var place: String {
    var bare = environment
    bare.actionRepeat = 1
    let steps = environment.actionRepeat == 1 ? "1 step" : "\(environment.actionRepeat) steps"
    return "\(bare); each action is held for \(steps) of the environment"
  }

  /// Place and rule, for people who read an exported file.
  public var summary: String {
    "Acts in \(place). With y for an output, from -1 to 1: \(sentence)."
  }

  /// The rule in one line.
  var sentence: String {
    rule?.sentence
      ?? "the environment was not at hand: how outputs become actions is not known here"
  }
}

/// One JSON object: the rule's name and sentence, what it needs, and `repeat`.
extension Deployment: Encodable {
  private enum Key: String, CodingKey {
    case rule, formula, low, high, rounds, choices, first, actionRepeat = "repeat"
  }

  /// Writes the object; the environment stands elsewhere.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rule?.name ?? "unknown", forKey: .rule)
    try container.encode(sentence, forKey: .formula)
    try container.encode(environment.actionRepeat, forKey: .actionRepeat)
    switch rule {
    case .scale(let low, let high, let rounds):
      try container.encode(low, forKey: .low)
      try container.encode(high, forKey: .high)
      try container.encode(rounds, forKey: .rounds)
    case .sign(let first):
      try container.encode(2, forKey: .choices)
      try container.encode(first, forKey: .first)
    case .argmax(let choices, let first):
      try container.encode(choices, forKey: .choices)
      try container.encode(first, forKey: .first)
    case nil: break
    }
  }
}

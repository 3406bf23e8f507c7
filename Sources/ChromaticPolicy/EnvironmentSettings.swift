/// Which environment a policy acts in, and how it is configured.
///
/// Everything but the id has a default that is the environment's own.
public struct EnvironmentSettings: Sendable, Hashable {
  /// Gymnasium's id.
  public var id: String
  /// Gymnasium's keyword arguments by name, each value as text.
  public var options: [String: String]
  /// Environment steps after which an episode is truncated; nil for the environment's own horizon.
  public var horizon: Int?
  /// Environment steps for which each action of the policy is held.
  public var actionRepeat: Int
  /// The return that an episode counts which could not be simulated to its end; nil: less than any that
  /// could (`FailureReturn`).
  public var failureReturn: Double?

  /// The environment `id` with the given settings.
  public init(
    _ id: String, options: [String: String] = [:], horizon: Int? = nil, actionRepeat: Int = 1,
    failureReturn: Double? = nil
  ) {
    self.id = id
    self.options = options
    self.horizon = horizon
    self.actionRepeat = actionRepeat
    self.failureReturn = failureReturn
  }

  /// The option that holds the wrappers of an environment of Gymnasium's, innermost first.
  public static let wrapperOption = "gym-wrappers"

  /// What stands between those.
  public static let wrapperSeparator = " | "

  /// The largest horizon and the largest action repeat that are accepted.
  public static let largestCount = 10_000_000

  /// Whether every number is in its range and every option has a name without space, "%" or "=".
  public var isValid: Bool {
    (1...Self.largestCount).contains(horizon ?? 1)
      && (1...Self.largestCount).contains(actionRepeat) && hasValidOptions
      && (failureReturn ?? 0).isFinite
  }

  /// Whether every option has a name without space, "%" or "=" and a value without control characters.
  public var hasValidOptions: Bool {
    options.allSatisfy { name, value in
      !name.isEmpty && !name.contains { $0 == "=" || $0 == "%" || $0.isWhitespace }
        && value.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
  }

  /// The options as one line, `name=value` by name, separated by spaces; a space in a value is `%20`, a `%`
  /// is `%25`.
  public var optionText: String {
    options.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escaped($0.value))" }
      .joined(separator: " ")
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("%", with: "%25").replacing(" ", with: "%20")
  }

  /// The options in a line such as `optionText` gives, nil if a word is no `name=value`.
  public static func options(_ line: String) -> [String: String]? {
    var options: [String: String] = [:]
    for word in line.split(separator: " ") {
      guard let (name, value) = option(word) else { return nil }
      options[name] = value.replacing("%20", with: " ").replacing("%25", with: "%")
    }
    return options
  }

  /// Name and value of `name=value` as somebody writes it, nil if it is none.
  public static func option(_ text: some StringProtocol) -> (name: String, value: String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}

extension EnvironmentSettings: CustomStringConvertible {
  /// One line for people: the id, then whatever is not the default.
  public var description: String {
    var words = [id]
    if !options.isEmpty { words.append(optionText) }
    if let horizon { words.append("horizon=\(horizon)") }
    if actionRepeat != 1 { words.append("action-repeat=\(actionRepeat)") }
    if let failureReturn { words.append("failure-return=\(failureReturn)") }
    return words.joined(separator: " ")
  }
}

/// In JSON an environment without settings is its id; any other one an object.
extension EnvironmentSettings: Codable {
  private enum Key: String, CodingKey { case id, options, horizon, actionRepeat, failureReturn }

  /// Reads either form.
  public init(from decoder: any Decoder) throws {
    if let id = try? decoder.singleValueContainer().decode(String.self) {
      self.init(id)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(String.self, forKey: .id),
      options: try container.decodeIfPresent([String: String].self, forKey: .options) ?? [:],
      horizon: try container.decodeIfPresent(Int.self, forKey: .horizon),
      actionRepeat: try container.decodeIfPresent(Int.self, forKey: .actionRepeat) ?? 1,
      failureReturn: try container.decodeIfPresent(Double.self, forKey: .failureReturn))
  }

  /// Writes the shorter form where nothing is lost.
  public func encode(to encoder: any Encoder) throws {
    guard self != EnvironmentSettings(id) else {
      var container = encoder.singleValueContainer()
      try container.encode(id)
      return
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    if !options.isEmpty { try container.encode(options, forKey: .options) }
    try container.encodeIfPresent(horizon, forKey: .horizon)
    if actionRepeat != 1 { try container.encode(actionRepeat, forKey: .actionRepeat) }
    try container.encodeIfPresent(failureReturn, forKey: .failureReturn)
  }
}

extension EnvironmentSettings: ExpressibleByStringLiteral {
  /// The environment of that id under its default settings.
  public init(stringLiteral id: String) { self.init(id) }
}

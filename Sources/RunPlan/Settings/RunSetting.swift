import ChromaticPolicy
import RunQueue

/// One setting of a run in one row: its flag, its field in Redis, its range, its default, what is said
/// of it, and where a run starts if it is not given.
///
/// From the rows of `RunSetting.all` follow the command line and its help, the config hash and its
/// reading, validation, what `--resume` complains about, and the table of docs/settings.md.
public struct RunSetting: Sendable {
  /// How the command line takes it.
  public enum Form: Sendable, Hashable {
    /// `--flag value`; one of `words` if there are any.
    case value(placeholder: String?, words: [String])
    /// `--flag value` as often as wanted.
    case list(placeholder: String)
    /// `--flag` or `--no-flag`.
    case toggle
    /// `--flag FILE`, a policy file.
    case policyFile
  }

  /// The flag without its dashes.
  public let flag: String
  /// The field of the config hash; nil where the setting is a part of another row's field.
  public var field: String?
  /// Whether the config hash leaves the field out where there is no value.
  var isOptional = false
  /// How the command line takes it.
  public let form: Form
  /// What stands between several values that are one in the order in which they are given; nil where each is
  /// set by itself.
  var separator: String?
  /// What it is, in a sentence or two.
  public let help: String
  /// What a value has to be, as the end of "expected …".
  public let expected: String
  /// The default in words, where it is not just a value.
  var defaultInWords: String?
  /// Its value as text; nil where there is none.
  let text: @Sendable (RunConfiguration) -> String?
  /// Its value as the config hash has it; nil where the hash has none.
  var fieldText: @Sendable (RunConfiguration) -> String?
  /// Takes over a value from the command line; false if that is none.
  let set: @Sendable (inout RunConfiguration, String) -> Bool
  /// Takes over a value from the config hash; false if that is none.
  var read: @Sendable (inout RunConfiguration, String) -> Bool
  /// Sets the default.
  let reset: @Sendable (inout RunConfiguration) -> Void
  /// What is wrong with the value, nil if nothing is.
  var problem: @Sendable (RunConfiguration) -> InvalidSetting?
  /// Why a value that somebody gives is nothing to the run, nil if it is.
  var idleness: @Sendable (RunConfiguration) -> InvalidSetting? = { _ in nil }
  /// Sets what a run starts with that was not given a value, once all given ones are set.
  var start: (@Sendable (inout RunConfiguration, EnvironmentTraits) -> Void)?

  /// The default as people read it.
  public var defaultText: String {
    let standard = text(RunConfiguration(environment: "", observationSize: 1, actionSize: 1))
    return defaultInWords ?? standard ?? "none"
  }

  /// The values to set for those given, which are at least one.
  func joined(_ texts: [String]) -> [String] {
    separator.map { [texts.joined(separator: $0)] } ?? texts
  }

  /// Sets the value that the flag has on the command line.
  public func set(_ configuration: inout RunConfiguration, to text: String) throws(InvalidSetting) {
    guard set(&configuration, text) else {
      throw InvalidSetting("--\(flag)", is: "'\(text)'", expected: expected)
    }
  }

  /// Sets the value that stands in the config hash.
  func read(_ configuration: inout RunConfiguration, from fields: Fields) throws(DamagedFields) {
    guard let field, !(isOptional && fields[field] == nil) else { return }
    let text = try fields.text(field)
    guard read(&configuration, text) else {
      throw DamagedFields(field: field, reason: "is '\(text)', expected \(expected)")
    }
  }
}

/// What a run takes over from its environment when it starts.
public struct EnvironmentTraits: Sendable, Hashable {
  /// Observation size s.
  public var observationSize: Int
  /// Action size a.
  public var actionSize: Int
  /// Reward per step for being alive, which training subtracts by default.
  public var aliveBonus: Double
  /// Options that name the very files it is made of.
  public var pins: [String: String]

  /// Traits with the given parts.
  public init(
    observationSize: Int, actionSize: Int, aliveBonus: Double = 0, pins: [String: String] = [:]
  ) {
    self.observationSize = observationSize
    self.actionSize = actionSize
    self.aliveBonus = aliveBonus
    self.pins = pins
  }
}

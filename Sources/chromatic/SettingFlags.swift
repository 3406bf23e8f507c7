import ArgumentParser
import RunPlan

/// The rows that a command takes as flags.
protocol SettingGroup {
  static var settings: [RunSetting] { get }
}

/// Flags made from rows of `RunSetting`, so that a setting's flag and help stand in its row alone.
///
/// The argument parser finds a type's flags by its mirror and reads their values as the type is decoded;
/// both are given here for the rows instead of for declared properties.
struct SettingFlags<Group: SettingGroup>: ParsableArguments {
  /// What was given, in the order of the rows.
  private(set) var values: [(setting: RunSetting, text: String)] = []

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FlagKey.self)
    for setting in Group.settings {
      let texts = try Self.texts(of: setting, in: container)
      values += texts.map { (setting, $0) }
    }
  }

  private static func texts(
    of setting: RunSetting, in container: KeyedDecodingContainer<FlagKey>
  ) throws -> [String] {
    let key = FlagKey(setting)
    switch setting.form {
    case .value, .policyFile:
      return [try container.decode(Option<String?>.self, forKey: key).wrappedValue]
        .compactMap(\.self)
    case .list:
      return try container.decode(Option<[String]>.self, forKey: key).wrappedValue
    case .toggle:
      return [try container.decode(Flag<Bool?>.self, forKey: key).wrappedValue]
        .compactMap { $0?.description }
    }
  }
}

extension SettingFlags: CustomReflectable {
  var customMirror: Mirror {
    Mirror(self, children: Group.settings.map { (FlagKey($0).stringValue, Self.flag($0)) })
  }

  /// The row as the argument parser declares flags.
  private static func flag(_ setting: RunSetting) -> Any {
    let name = NameSpecification.customLong(setting.flag)
    let text = "\(setting.help) (default: \(setting.defaultText))"
    switch setting.form {
    case .value(let placeholder, let words):
      return Option<String?>(
        name: name, parsing: .unconditional, help: ArgumentHelp(text, valueName: placeholder),
        completion: words.isEmpty ? nil : .list(words))
    case .list(let placeholder):
      return Option<[String]>(
        wrappedValue: [], name: name, parsing: .unconditionalSingleValue,
        help: ArgumentHelp(text, valueName: placeholder))
    case .toggle:
      return Flag<Bool?>(name: name, inversion: .prefixedNo, help: ArgumentHelp(text))
    case .policyFile:
      return Option<String?>(
        name: name, help: ArgumentHelp(setting.help, valueName: "policy file"),
        completion: .file(extensions: ["json"]))
    }
  }
}

/// A row's flag as a coding key.
private struct FlagKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ setting: RunSetting) { stringValue = setting.flag }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

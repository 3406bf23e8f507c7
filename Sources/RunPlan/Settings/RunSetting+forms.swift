import EvolutionStrategies
import RunQueue

/// The kinds of rows.
extension RunSetting {
  typealias Path<Value> = WritableKeyPath<RunConfiguration, Value> & Sendable

  /// A whole number in a range that may depend on other settings.
  static func count(
    _ flag: String, _ path: Path<Int>, default standard: Int, _ help: String,
    expected: String = "a whole number",
    in range: @escaping @Sendable (RunConfiguration) -> ClosedRange<Int>
  ) -> RunSetting {
    var setting = plain(flag, path, default: standard, help, expected: expected)
    setting.problem = { configuration in
      let (value, range) = (configuration[keyPath: path], range(configuration))
      return range.contains(value)
        ? nil
        : InvalidSetting(
          "--\(flag)", is: value, expected: "\(range.lowerBound) to \(range.upperBound)")
    }
    return setting
  }

  /// A whole number in a fixed range.
  static func count(
    _ flag: String, _ path: Path<Int>, default standard: Int, in range: ClosedRange<Int>,
    _ help: String
  ) -> RunSetting {
    count(
      flag, path, default: standard, help,
      expected: "\(range.lowerBound) to \(range.upperBound)"
    ) { _ in range }
  }

  /// A number that passes a test.
  static func number(
    _ flag: String, _ path: Path<Double>, default standard: Double, _ help: String,
    expected: String, _ isValid: @escaping @Sendable (Double) -> Bool
  ) -> RunSetting {
    var setting = plain(flag, path, default: standard, help, expected: expected)
    setting.problem = { configuration in
      let value = configuration[keyPath: path]
      return isValid(value) ? nil : InvalidSetting("--\(flag)", is: value, expected: expected)
    }
    return setting
  }

  /// What a schedule looks like.
  static let scheduleForm =
    "a number from 1e-9 to 1e9, or first and last as in 0.1:0.02, 0.1:0.02:linear, 0.1:0.02:cosine"

  /// A positive number, or one that moves from the first iteration to the last.
  static func schedule(
    _ flag: String, _ path: Path<SettingSchedule>, default standard: SettingSchedule,
    _ help: String
  ) -> RunSetting {
    let expected = scheduleForm
    var setting = plain(flag, path, default: standard, help, expected: expected)
    setting.problem = { configuration in
      let schedule = configuration[keyPath: path]
      return schedule.isValid
        ? nil : InvalidSetting("--\(flag)", is: schedule, expected: expected)
    }
    return setting
  }

  /// One of the words that a type knows.
  static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ flag: String, _ path: Path<Word>, default standard: Word, _ help: String
  ) -> RunSetting {
    let words = Word.allCases.map(\.rawValue)
    return RunSetting(
      flag: flag, field: flag, form: .value(placeholder: nil, words: words), help: help,
      expected: oneOf(words), text: { $0[keyPath: path].rawValue },
      set: { configuration, text in
        guard let word = Word(rawValue: text) else { return false }
        configuration[keyPath: path] = word
        return true
      }, reset: { $0[keyPath: path] = standard })
  }

  /// On or off.
  static func toggle(
    _ flag: String, _ path: Path<Bool>, default standard: Bool, _ help: String
  ) -> RunSetting {
    RunSetting(
      flag: flag, field: flag, form: .toggle, help: help, expected: "true or false",
      defaultInWords: standard ? "on" : "off", text: { $0[keyPath: path].description },
      set: { assign($1, to: path, of: &$0) }, reset: { $0[keyPath: path] = standard })
  }

  /// On or off, left out of the config hash where it is off.
  static func optionalToggle(_ flag: String, _ path: Path<Bool?>, _ help: String) -> RunSetting {
    var setting = RunSetting(
      flag: flag, field: flag, form: .toggle, help: help, expected: "true or false",
      defaultInWords: "off", text: { $0[keyPath: path]?.description },
      set: { configuration, text in
        guard let value = Bool(text) else { return false }
        configuration[keyPath: path] = value ? true : nil
        return true
      }, reset: { $0[keyPath: path] = nil })
    setting.isOptional = true
    return setting
  }

  /// A value that reads back from its own description.
  static func plain<Value: LosslessStringConvertible & Sendable>(
    _ flag: String, _ path: Path<Value>, default standard: Value, _ help: String, expected: String
  ) -> RunSetting {
    RunSetting(
      flag: flag, field: flag, form: .value(placeholder: nil, words: []), help: help,
      expected: expected, text: { $0[keyPath: path].description },
      set: { assign($1, to: path, of: &$0) }, reset: { $0[keyPath: path] = standard })
  }

  /// A row whose command line and config hash read alike and that no value is wrong for.
  init(
    flag: String, field: String?, form: Form, help: String, expected: String,
    defaultInWords: String? = nil, text: @escaping @Sendable (RunConfiguration) -> String?,
    set: @escaping @Sendable (inout RunConfiguration, String) -> Bool,
    reset: @escaping @Sendable (inout RunConfiguration) -> Void
  ) {
    self.flag = flag
    self.field = field
    self.form = form
    self.help = help
    self.expected = expected
    self.defaultInWords = defaultInWords
    self.text = text
    self.set = set
    self.reset = reset
    fieldText = text
    read = set
    problem = { _ in nil }
  }

  static func oneOf(_ words: [String]) -> String { "one of \(words.joined(separator: ", "))" }

  private static func assign<Value: LosslessStringConvertible>(
    _ text: String, to path: WritableKeyPath<RunConfiguration, Value>,
    of configuration: inout RunConfiguration
  ) -> Bool {
    guard let value = Value(text) else { return false }
    configuration[keyPath: path] = value
    return true
  }
}

/// What a row may add.
extension RunSetting {
  /// The row with a start rule, said in words.
  func starting(
    _ words: String,
    _ rule: @escaping @Sendable (inout RunConfiguration, EnvironmentTraits) -> Void
  ) -> RunSetting {
    var setting = self
    setting.defaultInWords = words
    setting.start = rule
    return setting
  }

  /// The row with one more thing that may be wrong, said as what is expected instead.
  func requiring(
    _ expectation: @escaping @Sendable (RunConfiguration) -> String?
  ) -> RunSetting {
    var setting = self
    setting.problem = { [self] configuration in
      problem(configuration)
        ?? expectation(configuration).map {
          InvalidSetting("--\(flag)", is: text(configuration) ?? "missing", expected: $0)
        }
    }
    return setting
  }
}

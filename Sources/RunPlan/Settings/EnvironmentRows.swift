import ChromaticPolicy
import RunQueue

/// How the environment is configured.
extension RunSetting {
  /// The rows that a policy's own environment settings hold, too.
  public static let environmentFlags = [envOption, wrapper, horizon, actionRepeat, failureReturn]

  private static let envOption: RunSetting = {
    var setting = RunSetting(
      flag: "env-option", field: "env-options", form: .list(placeholder: "name=value"),
      help: "An option by Gymnasium's name, such as ctrl_cost_weight=0.05; repeat it for more. "
        + "'chromatic environments ENV' lists them.",
      expected: "NAME=VALUE", defaultInWords: "the environment's",
      text: { $0.environment.optionText },
      set: { configuration, text in
        guard let (name, value) = EnvironmentSettings.option(text) else { return false }
        configuration.environment.options[name] = value
        return true
      }, reset: { _ in })
    setting.read = { configuration, text in
      guard let options = EnvironmentSettings.options(text) else { return false }
      configuration.environment.options = options
      return true
    }
    setting.problem = {
      $0.environment.hasValidOptions
        ? nil
        : InvalidSetting(
          "--env-option", is: "'\($0.environment.optionText)'",
          expected: "NAME=VALUE, the name without spaces, '%' and '='")
    }
    return setting
  }()

  private static let wrapper: RunSetting = {
    var setting = RunSetting(
      flag: "wrapper", field: nil, form: .list(placeholder: "wrapper"),
      help:
        "A wrapper around an environment of Gymnasium's, as in FrameStackObservation(stack_size=4) or "
        + "my_module.Smooth; repeat it for more, the innermost first.",
      expected: "a wrapper's name, with options in brackets", defaultInWords: "none",
      text: { $0.environment.options[EnvironmentSettings.wrapperOption] },
      set: { configuration, text in
        guard text.first.map({ $0.isLetter || $0 == "_" }) == true else { return false }
        configuration.environment.options[EnvironmentSettings.wrapperOption] = text
        return true
      }, reset: { _ in })
    setting.separator = EnvironmentSettings.wrapperSeparator
    return setting
  }()

  private static let horizon: RunSetting = {
    var setting = RunSetting(
      flag: "horizon", field: "horizon", form: .value(placeholder: "steps", words: []),
      help: "Environment steps after which an episode is truncated.",
      expected: "a whole number", defaultInWords: "the environment's",
      text: { $0.environment.horizon.map(String.init) ?? "default" },
      set: { configuration, text in
        guard let steps = Int(text) else { return false }
        configuration.environment.horizon = steps
        return true
      }, reset: { $0.environment.horizon = nil })
    setting.read = { [set = setting.set] in $1 == "default" || set(&$0, $1) }
    setting.problem = { configuration in
      guard let steps = configuration.environment.horizon,
        !(1...EnvironmentSettings.largestCount).contains(steps)
      else { return nil }
      return InvalidSetting(
        "--horizon", is: steps, expected: "1 to \(EnvironmentSettings.largestCount)")
    }
    return setting
  }()

  private static let actionRepeat = count(
    "action-repeat", \.environment.actionRepeat, default: 1,
    in: 1...EnvironmentSettings.largestCount,
    "Environment steps for which each action is held.")

  private static let failureReturn: RunSetting = {
    var setting = RunSetting(
      flag: "failure-return", field: "failure-return",
      form: .value(placeholder: "return", words: []),
      help: "What an episode counts that could not be simulated to its end.",
      expected: "-1e100 to 1e100", defaultInWords: "less than any other of its evaluation",
      text: { $0.environment.failureReturn?.description },
      set: { configuration, text in
        guard let value = Double(text), CredibleRange.value.contains(value) else { return false }
        configuration.environment.failureReturn = value
        return true
      }, reset: { $0.environment.failureReturn = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard let value = configuration.environment.failureReturn,
        !CredibleRange.value.contains(value)
      else { return nil }
      return InvalidSetting("--failure-return", is: value, expected: "-1e100 to 1e100")
    }
    return setting
  }()

  static let aliveShift = number(
    "alive-shift", \.aliveShift, default: 0,
    "Subtracted in training, not in reported returns, for every step survived.",
    expected: "-1e100 to 1e100", CredibleRange.value.contains
  ).starting("the environment's alive bonus") { $0.aliveShift = $1.aliveBonus }
}

import ArgumentParser
import ChromaticPolicy
import RunPlan

/// How an environment is configured on the command line.
struct EnvironmentFlags: ParsableArguments {
  @Option(
    name: .customLong("env-option"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An option by Gymnasium's name, such as ctrl_cost_weight=0.05; repeat it for more. "
        + "'chromatic environments ENV' lists them.",
      valueName: "name=value"))
  var envOptions: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Environment steps after which an episode is truncated. (default: the environment's)",
      valueName: "steps"))
  var horizon: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Environment steps for which each action is held. (default: 1)"))
  var actionRepeat: Int?

  /// Sets what was given on the command line.
  func apply(to settings: inout EnvironmentSettings) throws(InvalidSetting) {
    for text in envOptions {
      guard let option = EnvironmentSettings.options(text), option.count == 1 else {
        throw InvalidSetting("--env-option", is: "'\(text)'", expected: "NAME=VALUE")
      }
      settings.options.merge(option) { $1 }
    }
    if let horizon { settings.horizon = horizon }
    if let actionRepeat { settings.actionRepeat = actionRepeat }
  }
}

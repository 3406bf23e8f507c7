import ArchitectureSearch
import EvolutionStrategies

/// How a controller that learns from rewards steps.
extension RunSetting {
  /// A number stands among the controller's own settings, a schedule beside them.
  static let controllerStep: RunSetting = {
    let range = 0.0...1000
    let expected =
      "0.0 to 1000.0, or first and last of at least 1e-9 as in 0.2:0.02, 0.2:0.02:linear, 0.2:0.02:cosine"
    var setting = RunSetting(
      flag: "controller-step", field: "controller-step", form: .value(placeholder: nil, words: []),
      help:
        "Step of the learning rule of a controller that learns from rewards; moves as σ does, by the "
        + "iteration that a search step ends.",
      expected: expected,
      text: {
        ($0.controllerStep ?? $0.controllerSettings.learningRate.map { .init($0) })?.description
      },
      set: { configuration, text in
        guard let schedule = SettingSchedule(text) else { return false }
        configuration.controllerSettings.learningRate = schedule.start
        configuration.controllerStep = schedule.start == schedule.end ? nil : schedule
        return true
      },
      reset: {
        $0.controllerSettings.learningRate = 0.2
        $0.controllerStep = nil
      })
    setting.isOptional = true
    setting.idleness = { heeds(.learningRate, "controller-step", $0) }
    setting.fieldText = { $0.controllerStep?.description }
    setting.problem = { configuration in
      let ends = configuration.controllerStep.map { [$0.start, $0.end] }
      let isValid =
        ends?.allSatisfy { (SettingSchedule.range.lowerBound...range.upperBound).contains($0) }
        ?? configuration.controllerSettings.learningRate.map(range.contains) ?? true
      return isValid
        ? nil
        : InvalidSetting(
          "--controller-step", is: controllerStep.text(configuration) ?? "missing",
          expected: expected)
    }
    return setting
  }()
}

import ArchitectureSearch
import EvolutionStrategies

/// When and how latents become classes.
extension RunSetting {
  static let clusteringSettings = [clusterAt, freezeAt, frozenSigma, frozenStepSize]

  private static let clusterAt: RunSetting = {
    var setting = clusteringSetting(
      "cluster-at", \.clusterAt, expected: "a share of the iterations, 0 to 1",
      "The share of the iterations from which perturbed policies, too, use the nearest class.",
      defaultInWords: "as --freeze-at; 0.6 for at most 4 weights"
    ) { (0...1).contains($0) }
    let isInRange = setting.problem
    setting.problem = { configuration in
      guard configuration.clustering == nil || configuration.clusteringPlan != nil else {
        return InvalidSetting(
          clusteringSettings.map { "--\($0.flag)" }.joined(separator: ", ")
            + " are for --controller \(ControllerKind.clustering.rawValue): leave them out")
      }
      return isInRange(configuration)
    }
    setting.start = { configuration, _ in
      guard var plan = configuration.clusteringPlan else { return }
      plan.clusterAt = ClusteringPlan.clusterAt(classes: configuration.partitions)
      configuration.clustering = plan
    }
    return setting
  }()

  private static let freezeAt: RunSetting = {
    var setting = clusteringSetting(
      "freeze-at", \.freezeAt, expected: "a share of the iterations above 0, at most 1",
      "The share of the iterations after which the partition stays and its weights alone are trained.",
      defaultInWords: "0.9"
    ) { $0 > 0 && $0 <= 1 }
    let isInRange = setting.problem
    setting.problem = { configuration in
      if let problem = isInRange(configuration) { return problem }
      guard let plan = configuration.clusteringPlan, configuration.iterations > 0,
        plan.freezes(in: configuration.iterations) == 0
      else { return nil }
      return InvalidSetting(
        "--freeze-at", is: plan.freezeAt,
        expected: "at least one of the \(configuration.iterations) iterations for the latents")
    }
    return setting
  }()

  private static let frozenSigma = clusteringSetting(
    "frozen-sigma", \.sigma, expected: scheduleForm, "σ once the partition stays.",
    defaultInWords: ClusteringPlan().sigma.description, \.isValid)

  private static let frozenStepSize: RunSetting = {
    var setting = clusteringSetting(
      "frozen-step-size", \.stepSize, expected: scheduleForm, "η once the partition stays.",
      defaultInWords: "4σ²", \.isValid)
    setting.start = { configuration, _ in
      guard var plan = configuration.clusteringPlan else { return }
      plan.stepSize = .step(sigma: plan.sigma)
      configuration.clustering = plan
    }
    return setting
  }()

  /// A part of the plan, which only a controller that clusters has.
  private static func clusteringSetting<Value: LosslessStringConvertible & Sendable>(
    _ flag: String, _ path: WritableKeyPath<ClusteringPlan, Value> & Sendable, expected: String,
    _ help: String, defaultInWords: String, _ isValid: @escaping @Sendable (Value) -> Bool
  ) -> RunSetting {
    var setting = RunSetting(
      flag: flag, field: flag, form: .value(placeholder: nil, words: []), help: help,
      expected: expected, defaultInWords: defaultInWords,
      text: { $0.clusteringPlan?[keyPath: path].description },
      set: { configuration, text in
        guard let value = Value(text) else { return false }
        configuration.clustering = configuration.clustering ?? ClusteringPlan()
        configuration.clustering?[keyPath: path] = value
        return true
      }, reset: { $0.clustering = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard let value = configuration.clusteringPlan?[keyPath: path], !isValid(value) else {
        return nil
      }
      return InvalidSetting("--\(flag)", is: value, expected: expected)
    }
    return setting
  }
}

extension Double {
  /// The nearest number of `range`, so that no default is outside what its own flag takes.
  func clamped(to range: ClosedRange<Double>) -> Double {
    min(max(self, range.lowerBound), range.upperBound)
  }
}

extension SettingSchedule {
  /// η = 4σ², within the range of a schedule: of a return normalised by its deviation, a step of four times
  /// the variance that is searched at both ends, in between of σ's shape.
  static func step(sigma: SettingSchedule) -> SettingSchedule {
    // By inverses, which are whole numbers for the usual σ, so that 0.1 gives 0.04 and no other digits.
    let (first, last) = (1 / sigma.start, 1 / sigma.end)
    return SettingSchedule(
      from: (4 / (first * first)).clamped(to: range), to: (4 / (last * last)).clamped(to: range),
      sigma.shape)
  }
}

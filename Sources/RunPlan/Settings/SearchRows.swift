import ArchitectureSearch
import ChromaticPolicy

/// What proposes partitions.
extension RunSetting {
  static let searchSettings = [
    controller, fixPartition, initialPolicy, searchInterval, searchLag, controllerStep,
    initialConcentration,
    replayWeight, residualRewards, shuffleRewards,
  ]

  private static let controller: RunSetting = {
    var setting = word(
      "controller", \.controller, default: .factorised,
      "What proposes partitions: "
        + ControllerKind.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ")
        + ".")
    setting.problem = { configuration in
      let (kind, policyClass) = (configuration.controller, configuration.policyClass)
      if kind.searches, !configuration.searchesPartitions {
        return InvalidSetting(
          "--controller \(kind.rawValue) has nothing to decide in a \(policyClass.rawValue) policy: "
            + "leave it out")
      }
      if kind.evidence == .latents, policyClass != .chromatic {
        return InvalidSetting(
          "--controller \(kind.rawValue) clusters the weights of a chromatic policy, expected another "
            + "with \(policyClass.argument)")
      }
      return nil
    }
    setting.defaultInWords = "clustering; factorised where edges or units are removed"
    setting.start = { configuration, _ in
      guard configuration.searchesPartitions else { return configuration.controller = .fixed }
      guard configuration.fixedPartition == nil else { return }
      configuration.controller = configuration.policyClass == .chromatic ? .clustering : .factorised
    }
    return setting
  }()

  private static let fixPartition: RunSetting = {
    var setting = RunSetting(
      flag: "fix-partition", field: "fixed-partition", form: .policyFile,
      help: "Train the weights only, under the partition of a policy of equal dimensions.",
      expected: "a policy file", text: \.fixedPartition,
      set: { configuration, text in
        configuration.fixedPartition = text
        return true
      }, reset: { $0.fixedPartition = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard configuration.fixedPartition != nil, configuration.givenPartition == nil else {
        return nil
      }
      return InvalidSetting(
        "--fix-partition is no partition of \(configuration.architecture.edgeCount) edges into "
          + "\(configuration.partitions) classes")
    }
    return setting
  }()

  private static let initialPolicy: RunSetting = {
    var setting = RunSetting(
      flag: "initial-policy", field: "initial-policy", form: .policyFile,
      help:
        "Go on with the class, partition, weights and normalisation of a policy; with --controller "
        + "clustering each edge's weight is its latent.",
      expected: "a policy file", text: { $0.initialPolicy?.description },
      set: { configuration, text in
        guard let policy = InitialPolicy(text) else { return false }
        configuration.initialPolicy = policy
        return true
      }, reset: { $0.initialPolicy = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard let policy = configuration.initialPolicy else { return nil }
      let (found, expected) = (policy.parameters.count, configuration.layout(of: 0).network.count)
      guard found == expected, configuration.layout(of: 0).scores.isEmpty,
        policy.observations != nil,
        policy.normalisation.mean.count == configuration.observationSize
      else {
        return InvalidSetting(
          "--initial-policy has \(found) weights and biases for "
            + "\(policy.normalisation.mean.count) observations, expected \(expected) for "
            + "\(configuration.observationSize)")
      }
      return nil
    }
    return setting
  }()

  private static let searchInterval = count(
    "search-interval", \.searchInterval, default: 1, in: 1...1_000_000,
    "ES iterations between search steps."
  ).requiring {
    $0.clusteringPlan == nil || $0.searchInterval == 1
      ? nil : "1, since a controller that clusters does so in each iteration"
  }

  private static let searchLag: RunSetting = {
    var setting = RunSetting(
      flag: "search-lag", field: "search-lag", form: .value(placeholder: nil, words: ["0", "1"]),
      help:
        "Batches of partitions by which a search step comes late; with 1 the controller works while "
        + "evaluators do.",
      expected: "0 or 1", defaultInWords: "0", text: { $0.searchLag?.description },
      set: { configuration, text in
        guard let lag = Int(text), (0...1).contains(lag) else { return false }
        configuration.searchLag = lag == 0 ? nil : lag
        return true
      }, reset: { $0.searchLag = nil })
    setting.isOptional = true
    setting.problem = { $0.searchLag == nil ? nil : needsRewards("search-lag", $0) }
    return setting
  }()

  private static let initialConcentration = controllerSetting(
    "initial-concentration", \.initialConcentration, .initialConcentration, default: 0.9,
    in: 0...0.999,
    "Start a search by rewards around a random partition, every edge keeping its class with this "
      + "probability; 0 starts uniform.")

  private static let replayWeight = controllerSetting(
    "replay-weight", \.replayWeight, .replayWeight, default: nil, in: 0...1000,
    "Weight of good partitions kept from earlier batches beside those of this one, in the pointer "
      + "network's learning rule.", defaultInWords: "0")

  private static let shuffleRewards: RunSetting = {
    var setting = optionalToggle(
      "shuffle-rewards", \.shufflesRewards,
      "Hand the batch's rewards to the controller in random order, to see what it does by chance alone."
    )
    setting.problem = { $0.shufflesRewards == nil ? nil : needsRewards("shuffle-rewards", $0) }
    return setting
  }()

  private static let residualRewards: RunSetting = {
    var setting = optionalToggle(
      "residual-rewards", \.creditsResiduals,
      "Credit a partition with its return less what the direction explains, by a linear control variate."
    )
    setting.problem = { configuration in
      guard configuration.creditsResiduals != nil else { return nil }
      if let problem = needsRewards("residual-rewards", configuration) { return problem }
      guard configuration.estimator == .antithetic else { return nil }
      return InvalidSetting(
        "--residual-rewards is for --estimator forward: of an antithetic pair the mean is credited, which "
          + "directions do not move to first order")
    }
    return setting
  }()

  /// What is wrong with a setting of controllers that learn from rewards where the controller does not.
  private static func needsRewards(
    _ flag: String, _ configuration: RunConfiguration
  ) -> InvalidSetting? {
    guard configuration.controller.evidence != .rewards else { return nil }
    return InvalidSetting(
      "--\(flag) is for controllers that learn from rewards, --controller "
        + "\(configuration.controller.rawValue) does not: leave it out")
  }

  /// Why a setting of a search is nothing to the run's controller, nil if it heeds it.
  static func heeds(
    _ parameter: ControllerKind.Parameter, _ flag: String, _ configuration: RunConfiguration
  ) -> InvalidSetting? {
    guard !configuration.controller.parameters.contains(parameter) else { return nil }
    let others = ControllerKind.allCases.filter { $0.parameters.contains(parameter) }
    return InvalidSetting(
      "--\(flag) is nothing to --controller \(configuration.controller.rawValue): leave it out, or choose "
        + others.map(\.rawValue).joined(separator: " or "))
  }

  /// A number among the controller's own settings, which share one field of the config hash.
  private static func controllerSetting(
    _ flag: String, _ path: WritableKeyPath<ControllerSettings, Double?> & Sendable,
    _ parameter: ControllerKind.Parameter, default standard: Double?, in range: ClosedRange<Double>,
    _ help: String,
    defaultInWords: String? = nil
  ) -> RunSetting {
    let expected = "\(range.lowerBound) to \(range.upperBound)"
    var setting = RunSetting(
      flag: flag, field: nil, form: .value(placeholder: nil, words: []), help: help,
      expected: expected, defaultInWords: defaultInWords,
      text: { $0.controllerSettings[keyPath: path]?.description },
      set: { configuration, text in
        guard let value = Double(text) else { return false }
        configuration.controllerSettings[keyPath: path] = value
        return true
      }, reset: { $0.controllerSettings[keyPath: path] = standard })
    setting.idleness = { heeds(parameter, flag, $0) }
    setting.problem = { configuration in
      guard let value = configuration.controllerSettings[keyPath: path], !range.contains(value)
      else { return nil }
      return InvalidSetting("--\(flag)", is: value, expected: expected)
    }
    return setting
  }
}

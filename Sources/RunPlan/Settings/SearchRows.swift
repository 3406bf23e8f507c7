import ArchitectureSearch
import ChromaticPolicy

/// What proposes partitions.
extension RunSetting {
  static let searchSettings = [
    controller, fixPartition, initialPolicy, searchInterval, controllerStep, initialConcentration,
  ]

  private static let controller: RunSetting = {
    var setting = word(
      "controller", \.controller, default: .factorised,
      "What proposes partitions: "
        + ControllerKind.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ")
        + ".")
    setting.problem = { configuration in
      guard !configuration.searchesPartitions, configuration.controller.searches else {
        return nil
      }
      return InvalidSetting(
        "--controller \(configuration.controller.rawValue) has nothing to decide in a "
          + "\(configuration.policyClass.rawValue) policy: leave it out")
    }
    setting.start = { configuration, _ in
      if !configuration.searchesPartitions { configuration.controller = .fixed }
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
      help: "Go on with the class, partition, weights and normalisation of a policy.",
      expected: "a policy file", text: { $0.initialPolicy?.description },
      set: { configuration, text in
        guard let policy = InitialPolicy(text) else { return false }
        configuration.initialPolicy = policy
        return true
      }, reset: { $0.initialPolicy = nil })
    setting.isOptional = true
    setting.problem = { configuration in
      guard let policy = configuration.initialPolicy else { return nil }
      let (found, expected) = (policy.parameters.count, configuration.layout.network.count)
      guard found == expected, configuration.layout.scores.isEmpty, policy.observations != nil,
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
    "ES iterations between search steps.")

  private static let controllerStep = controllerSetting(
    "controller-step", \.learningRate, default: 0.2, in: 0...1000,
    "Step of the controller's learning rule.")

  private static let initialConcentration = controllerSetting(
    "initial-concentration", \.initialConcentration, default: 0.9, in: 0...0.999,
    "Start the search around a random partition, every edge keeping its class with this "
      + "probability; 0 starts uniform.")

  /// A number among the controller's own settings, which share one field of the config hash.
  private static func controllerSetting(
    _ flag: String, _ path: WritableKeyPath<ControllerSettings, Double?> & Sendable,
    default standard: Double, in range: ClosedRange<Double>, _ help: String
  ) -> RunSetting {
    let expected = "\(range.lowerBound) to \(range.upperBound)"
    var setting = RunSetting(
      flag: flag, field: nil, form: .value(placeholder: nil, words: []), help: help,
      expected: expected,
      text: { $0.controllerSettings[keyPath: path]?.description },
      set: { configuration, text in
        guard let value = Double(text) else { return false }
        configuration.controllerSettings[keyPath: path] = value
        return true
      }, reset: { $0.controllerSettings[keyPath: path] = standard })
    setting.problem = { configuration in
      guard let value = configuration.controllerSettings[keyPath: path], !range.contains(value)
      else { return nil }
      return InvalidSetting("--\(flag)", is: value, expected: expected)
    }
    return setting
  }
}

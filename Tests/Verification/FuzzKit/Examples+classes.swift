import ArchitectureSearch
import ChromaticPolicy
import EvolutionStrategies
import RunPlan
import RunQueue

/// Sound values of every policy class, controller and optimiser.
extension Examples {
  static let maskedConfiguration: RunConfiguration = {
    var masked = configuration
    masked.policyClass = .masked
    masked.partitions = 8
    masked.controller = .fixed
    masked.maskPressure = 0.5
    masked.optimiser = .adam
    return masked
  }()

  static let maskedWeights: WeightsSnapshot = {
    var weights = WeightsSnapshot(initialFor: maskedConfiguration)
    weights.optimiser = OptimiserState(
      firstMoment: weights.parameters.indices.map { Double($0) / 7 },
      secondMoment: weights.parameters.indices.map { Double($0) * 1e-9 }, steps: 12)
    return weights
  }()

  static let configurations: [RunConfiguration] = {
    var stepped = configuration
    stepped.estimator = .antithetic
    stepped.initialDeviation = 0.1
    stepped.directionKind = .orthogonal
    stepped.topDirections = 1
    stepped.optimiser = .adam
    stepped.weightDecay = 0.005
    var fixed = configuration
    fixed.controller = .fixed
    fixed.fixedPartition = partition.text
    var removing = configuration
    removing.policyClass = .edgeRemoval
    removing.partitions = 8
    removing.controller = .evolution
    var structured = configuration
    structured.policyClass = .toeplitz
    structured.partitions = 6
    structured.controller = .fixed
    return [configuration, stepped, fixed, removing, structured, maskedConfiguration]
  }()

  static let policies: [Policy] = PolicyClass.allCases.map { policyClass in
    let removed = Partition(
      classes: [0, 1, Partition.removed, 2, 3, Partition.removed, 4, 5], classCount: 6)
    let classes =
      policyClass.prescribedPartition(on: policy.architecture)
      ?? (policyClass.removesEdges ? removed : partition)
    return Policy(
      environment: policy.environment, architecture: policy.architecture,
      policyClass: policyClass, partition: classes,
      parameters: (0..<classes.classCount + 2).map { 0.5 * Double($0) - 1 },
      normalisation: policy.normalisation, training: policy.training,
      evaluation: policy.evaluation)
  }

  static let snapshot: RunSnapshot = {
    var checkpoint = ["best": Finalists.text(policy)]
    checkpoint["controller"] = "AAECAwQ="
    return RunSnapshot(
      name: "train",
      hashes: [
        .config: configuration.fields, .weights: weights.fields(configuration),
        .state: ["phase": "running", "iteration": "12", "expected": "9"],
        .partitions: ["proposal": partition.text], .checkpoint: checkpoint,
      ], returns: [0: results[0], 8: results[1]], history: [history, history])
  }()
}

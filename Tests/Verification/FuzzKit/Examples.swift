import ArchitectureSearch
import ChromaticPolicy
import RunPlan
import RunQueue

/// Sound values that the targets damage: one small run's.
enum Examples {
  static let configuration: RunConfiguration = {
    var configuration = RunConfiguration(
      environment: EnvironmentSettings("Pendulum-v1", options: ["gravity": "9.81"], horizon: 50),
      observationSize: 3, actionSize: 1)
    configuration.hiddenSizes = [2]
    configuration.partitions = 3
    configuration.perturbations = 4
    configuration.pivots = 2
    return configuration
  }()

  static let partition = Partition(classes: [0, 1, 2, 0, 1, 2, 0, 1], classCount: 3)

  static let weights: WeightsSnapshot = {
    var weights = WeightsSnapshot(initialFor: configuration)
    weights.iteration = 12
    weights.environmentSteps = 34_500
    weights.parameters = [0.1, -1.5, 3e-7, 0.25, 17]
    return weights
  }()

  static let policy = Policy(
    environment: configuration.environment, architecture: configuration.architecture,
    partition: partition, parameters: weights.parameters,
    normalisation: .init(mean: [0, 0.5, -2], deviation: [1, 0.1, 30]),
    training: .init(seed: 7, iteration: 12, controller: "factorised"),
    evaluation: .init(returns: [-120.5, -99, -300.25]))

  static let results = [
    "return=-123.25 steps=50 seconds=0.012 observations=50 mean=0.1,-0.2,3.5 squares=0,1.5,200",
    "failed the physics diverged at step 7",
  ]

  static let history: String = {
    var entry = HistoryEntry(iteration: 12, parameterNorm: 17.1, environmentSteps: 34_500)
    entry.mean = -123.5
    entry.proposal = -80.25
    entry.entropy = 1.01
    return entry.line
  }()

  static let record = SearchRecord(
    iteration: 12, classesUsed: 2.5,
    report: SearchReport(entropyPerEdge: 1, classesUsed: 2.5, divergencePerEdge: 0.01)
  ).text

  /// A hash as lines `name=value`.
  static func text(_ fields: Fields) -> String {
    fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
  }

  /// The hash in lines `name=value`; of two lines of a name the last counts.
  static func fields(_ text: String) -> Fields {
    text.split(separator: "\n").reduce(into: [:]) { fields, line in
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      fields[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
  }
}

import ArchitectureSearch
import ChromaticPolicy
import EvolutionStrategies
import Foundation
import RunPlan
import Testing

/// Whatever a run is made of, the number and order of evaluators leave no trace in its bytes.
@Suite struct EvaluatorCountTests {
  private let small = InProcessRing.smallConfiguration(of: .chromatic)

  /// The outcome with one evaluator, after comparing it with that of five.
  private func outcome(
    _ configuration: RunConfiguration, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> InProcessRing.Outcome {
    let alone = try InProcessRing.outcome(configuration, evaluators: 1)
    let crowd = try InProcessRing.outcome(configuration, evaluators: 5)
    #expect(alone == crowd, sourceLocation: sourceLocation)
    #expect(alone.history.count == configuration.iterations, sourceLocation: sourceLocation)
    return alone
  }

  @Test(arguments: PolicyClass.allCases, [[], [4], [3, 2]])
  func `every class of policies on every base graph`(
    policyClass: PolicyClass, hidden: [Int]
  ) throws {
    let configuration = InProcessRing.smallConfiguration(of: policyClass, hidden: hidden)
    // A linear policy has no nodes to delete.
    guard policyClass.problem(on: configuration.architecture) == nil else { return }
    let found = try outcome(configuration)
    let policy = try PolicyFile.decode(Data(found.policy.utf8))
    #expect(policy.policyClass == policyClass)
    #expect(policy.architecture.hiddenSizes == hidden)
    let last = try #require(found.history.last.flatMap(HistoryEntry.init(line:)))
    #expect(last.parameterNorm > 0)
  }

  @Test(
    arguments: ControllerKind.allCases, PolicyClass.allCases.filter(\.isSearched))
  func `every controller in every search space`(
    controller: ControllerKind, space: PolicyClass
  ) throws {
    // Clusters of weights are classes, not edges or units to be removed.
    guard controller.evidence != .latents || space == .chromatic else { return }
    var configuration = InProcessRing.smallConfiguration(of: space)
    configuration.controller = controller
    let found = try outcome(configuration)
    let policy = try PolicyFile.decode(Data(found.policy.utf8))
    #expect(policy.policyClass == space)
    #expect(policy.training.controller == controller.rawValue)
  }

  @Test(arguments: ControllerKind.allCases)
  func `every controller shares biases`(controller: ControllerKind) throws {
    var configuration = small
    configuration.controller = controller
    configuration.sharesBiases = true
    configuration.clustering?.freezeAt = 0.5
    let policy = try PolicyFile.decode(Data(try outcome(configuration).policy.utf8))
    #expect(policy.biasClasses?.count == 4)
    #expect(policy.accounting.parameters == 3)
  }

  /// The same policies are played in the first iteration; what the controller makes of them differs.
  @Test func `shuffled rewards lead elsewhere, for any number of evaluators`() throws {
    var configuration = small
    configuration.shufflesRewards = true
    let (shuffled, plain) = (try outcome(configuration), try outcome(small))
    #expect(shuffled.history[0] == plain.history[0])
    #expect(shuffled.history[1] != plain.history[1])
  }

  /// The same policies are played in the first iteration; with other rewards other partitions follow.
  @Test func `residual rewards lead elsewhere, for any number of evaluators`() throws {
    var configuration = small
    configuration.estimator = .forward
    configuration.perturbations = 90
    // At zero weights no direction has a slope, and beside ninety initial states it is lost.
    configuration.initialDeviation = 0.5
    configuration.sigma = 0.3
    configuration.sharesEpisodes = true
    let plain = try outcome(configuration)
    configuration.creditsResiduals = true
    let residual = try outcome(configuration)
    #expect(residual.history[0] == plain.history[0])
    #expect(residual.history[1] != plain.history[1])
  }

  @Test func `an episode common to a batch leads elsewhere, for any number of evaluators`() throws {
    var configuration = small
    configuration.sharesEpisodes = true
    #expect(try outcome(configuration).history[0] != outcome(small).history[0])
  }

  @Test(arguments: [(1, 0.5), (0.25, 0.75), (0, 1), (0.5, 1)])
  func `every way from latents to classes`(clusterAt: Double, freezeAt: Double) throws {
    var outcomes: [InProcessRing.Outcome] = []
    for optimiser in Optimiser.allCases {
      for estimator in GradientEstimator.allCases {
        var configuration = small
        configuration.controller = .clustering
        configuration.clustering = ClusteringPlan()
        configuration.clustering?.clusterAt = clusterAt
        configuration.clustering?.freezeAt = freezeAt
        configuration.initialDeviation = 0.1
        configuration.estimator = estimator
        configuration.optimiser = optimiser
        let found = try outcome(configuration)
        let policy = try PolicyFile.decode(Data(found.policy.utf8))
        #expect(policy.policyClass == .chromatic && policy.partition.classCount == 3)
        #expect(!outcomes.contains(found))
        outcomes.append(found)
      }
    }
  }

  @Test(arguments: GradientEstimator.allCases, DirectionKind.allCases)
  func `every way to a step`(estimator: GradientEstimator, directions: DirectionKind) throws {
    let plain = try InProcessRing.outcome(small, evaluators: 1)
    for optimiser in Optimiser.allCases {
      for (topDirections, weightDecay) in [(0, 0), (3, 0), (3, 0.01)] {
        var configuration = small
        configuration.estimator = estimator
        configuration.directionKind = directions
        configuration.optimiser = optimiser
        configuration.topDirections = topDirections
        configuration.weightDecay = weightDecay
        configuration.initialDeviation = configuration.zeroIsStationary ? 0.1 : 0
        #expect((try outcome(configuration) == plain) == (configuration == small))
      }
    }
  }
}

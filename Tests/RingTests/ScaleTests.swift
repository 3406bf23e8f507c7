import ArchitectureSearch
import ChromaticPolicy
import Environments
import EvolutionStrategies
import Foundation
import Randomness
import RingTestKit
import RunPlan
import Testing

@testable import Ring

/// Units do not matter: a run learns the same whatever its observations and returns are measured in.
///
/// Units are powers of two, so that the same means the same bits.
@Suite struct ScaleTests {
  /// A run that starts from a normalisation: without one the first iteration sees raw observations.
  private func configuration(observations scale: [Double] = [1, 1, 1]) -> RunConfiguration {
    var configuration = InProcessRing.smallConfiguration()
    configuration.environment.horizon = 40
    configuration.partitions = 3
    configuration.controller = .factorised
    configuration.initialPolicy = InitialPolicy(
      "0.3,-0.2,0.1,0.0,0.1,0.2,-0.1 0.0,0.0,0.0 "
        + scale.map(\.description).joined(separator: ","))
    return configuration
  }

  private struct Outcome {
    let weights: WeightsSnapshot
    let partition: Partition
    let history: [HistoryEntry]
  }

  private func outcome(
    _ configuration: RunConfiguration, observations: [Double] = [1, 1, 1], rewards: Double = 1
  ) throws -> Outcome {
    let ring = try InProcessRing(configuration) {
      ScaledEnvironment(try EnvironmentCatalog.make($0), observations, rewards)
    }
    try ring.finish()
    let file = try #require(try ring.policy())
    return Outcome(
      weights: try WeightsSnapshot(ring.store.fields(.weights, of: ring.run), configuration),
      partition: try PolicyFile.decode(Data(file.utf8)).partition, history: try ring.history())
  }

  @Test(arguments: [
    [0x1p-20, 0x1p-20, 0x1p-20], [0x1p-34, 0x1p-34, 0x1p-34], [0x1p33, 0x1p33, 0x1p33],
    [1, 0x1p-20, 1], [0x1p20, 1, 0x1p-12],
  ])
  func `observations in another unit train the same weights`(scale: [Double]) throws {
    let plain = try outcome(configuration())
    let scaled = try outcome(configuration(observations: scale), observations: scale)
    #expect(scaled.weights.parameters == plain.weights.parameters)
    #expect(scaled.history == plain.history && scaled.partition == plain.partition)
    let deviations = zip(plain.weights.observations.normalisation.deviation, scale).map { $0 * $1 }
    #expect(scaled.weights.observations.normalisation.deviation == deviations)
  }

  @Test(
    arguments: [0x1p-33, 0x1p-100, 0x1p33],
    [ControllerKind.factorised, .pointer, .evolution, .clustering])
  func `returns in another unit train the same weights and partitions`(
    scale: Double, controller: ControllerKind
  ) throws {
    var configuration = configuration()
    configuration.controller = controller
    configuration.initialPolicy = nil
    configuration.initialDeviation = 0.1
    let plain = try outcome(configuration)
    let scaled = try outcome(configuration, rewards: scale)
    #expect(scaled.weights.parameters == plain.weights.parameters)
    #expect(scaled.partition == plain.partition)
    #expect(scaled.history.map(\.mean) == plain.history.map { $0.mean.map { $0 * scale } })
  }

  @Test(arguments: [0x1p-33, 0x1p-60]) func `so they do for Adam without normalised returns`(
    scale: Double
  ) throws {
    var configuration = configuration()
    configuration.normalisesReturns = false
    configuration.optimiser = .adam
    let start = WeightsSnapshot(initialFor: configuration).parameters
    let plain = try outcome(configuration).weights.parameters
    let scaled = try outcome(configuration, rewards: scale).weights.parameters
    #expect(largest(plain, start) > 0.01)
    #expect(largest(plain, scaled) < 1e-2 * largest(plain, start))
  }

  private func largest(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}

/// An environment that measures in other units.
private final class ScaledEnvironment: Environment {
  var observationSize: Int { environment.observationSize }
  var actionSize: Int { environment.actionSize }
  var horizon: Int { environment.horizon }
  var actionRule: ActionRule { environment.actionRule }
  private let environment: any Environment
  private let observations: [Double]
  private let rewards: Double

  init(_ environment: any Environment, _ observations: [Double], _ rewards: Double) {
    self.environment = environment
    self.observations = observations
    self.rewards = rewards
  }

  func reset(
    _ random: inout RandomStream, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) {
    try environment.reset(&random, observation: observation)
    scale(observation)
  }

  func step(
    action: UnsafeBufferPointer<Double>, observation: UnsafeMutableBufferPointer<Double>
  ) throws(EnvironmentFailure) -> StepOutcome {
    var outcome = try environment.step(action: action, observation: observation)
    outcome.reward *= rewards
    scale(observation)
    return outcome
  }

  private func scale(_ observation: UnsafeMutableBufferPointer<Double>) {
    for i in observation.indices { observation[i] *= observations[i] }
  }
}

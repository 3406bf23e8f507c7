import AllocationCounter
import ChromaticPolicy
import Foundation
import Randomness
import Testing

@testable import Environments

@Suite struct MuJoCoEnvironmentTests {
  let environment: any StatefulEnvironment
  let buffer: ObservationBuffer

  init() throws {
    environment = try #require(
      try EnvironmentCatalog.make("HalfCheetah-v5") as? any StatefulEnvironment)
    buffer = ObservationBuffer(environment.observationSize)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `an action that is no number is a failure, never a reward`(value: Double) throws {
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    var action = [Double](repeating: 0, count: environment.actionSize)
    _ = try environment.step(action, buffer)
    action[3] = value
    let failure = #expect(throws: EnvironmentFailure.self) { try environment.step(action, buffer) }
    #expect(
      failure?.description == "HalfCheetah-v5, step 2: action component 3 is \(value), not a number"
    )
  }

  @Test func `an action so large that its cost is infinite is a failure, never a reward`() throws {
    var random = RandomStream.episodes(0)
    try environment.reset(&random, observation: buffer.pointer)
    let failure = #expect(throws: EnvironmentFailure.self) {
      try environment.step([1e200, 0, 0, 0, 0, 0], buffer)
    }
    #expect(failure?.description == "HalfCheetah-v5, step 1: the reward is -inf, not a number")
  }

  @Test func `physics that diverge are a failure, and a reset makes the environment whole again`()
    throws
  {
    let zeros = [Double](repeating: 0, count: environment.positionSize)
    let fast = [Double](repeating: 1e9, count: environment.velocitySize)
    let still = [Double](repeating: 0, count: environment.actionSize)
    #expect(throws: EnvironmentFailure.self) {
      try environment.setState(
        ReplayState(qpos: zeros, qvel: fast), observation: buffer.pointer)
      for _ in 0..<1000 { _ = try environment.step(still, buffer) }
    }
    let restored = try rewards(environment, episode: 3)
    let expected = try rewards(fresh(), episode: 3)
    #expect(restored == expected)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `a state that is no number is a failure`(value: Double) throws {
    var qpos = [Double](repeating: 0, count: environment.positionSize)
    qpos[2] = value
    #expect(throws: EnvironmentFailure.self) {
      try environment.setState(
        ReplayState(qpos: qpos, qvel: [Double](repeating: 0, count: environment.velocitySize)),
        observation: buffer.pointer)
      _ = try environment.step([Double](repeating: 0, count: environment.actionSize), buffer)
    }
  }

  @Test func `a step from a state that was read and set again ends in the same state`() throws {
    var random = RandomStream.episodes(0)
    let action = random.action(environment.actionSize)
    try environment.reset(&random, observation: buffer.pointer)
    let start = environment.state
    _ = try environment.step(action, buffer)
    let end = environment.state
    try environment.setState(start, observation: buffer.pointer)
    _ = try environment.step(action, buffer)
    #expect(environment.state == end && end != start)
  }

  @Test func `an episode depends on its stream alone, not on what the instance did before`() throws
  {
    let first = try rewards(environment, episode: 1)
    let second = try rewards(environment, episode: 2)
    let secondAlone = try rewards(fresh(), episode: 2)
    #expect(second == secondAlone)
    #expect(first != second)
  }

  @Test func `instances on several threads share a model and do not disturb each other`()
    async throws
  {
    let alone = try (0..<4).map { try rewards(fresh(), episode: $0) }
    let together = try await withThrowingTaskGroup(of: (UInt32, [Double]).self) { group in
      for episode in UInt32(0)..<4 {
        group.addTask {
          (episode, try rewards(EnvironmentCatalog.make("HalfCheetah-v5"), episode: episode))
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(together == Dictionary(uniqueKeysWithValues: zip(0..., alone)))
  }

  @Test func `the model is loaded once`() throws {
    #expect(
      try PhysicsModel.shared("half_cheetah.xml") === PhysicsModel.shared("half_cheetah.xml"))
  }

  @Test(arguments: ParityCase.defaults.map(\.settings))
  func `a step allocates nothing`(settings: EnvironmentSettings) throws {
    let environment = try EnvironmentCatalog.make(settings)
    let buffer = ObservationBuffer(environment.observationSize)
    var random = RandomStream.episodes(0)
    let action = random.action(environment.actionSize)
    try environment.reset(&random, observation: buffer.pointer)
    #expect(try environment.allocations(under: action, buffer) == 0)
    #expect(allocation_count() > 0, "the counter is not linked in")
  }

  private func fresh() throws -> any Environment {
    try EnvironmentCatalog.make("HalfCheetah-v5")
  }
}

/// The rewards of 50 steps of the numbered episode under its random actions.
private func rewards(_ environment: any Environment, episode: UInt32) throws -> [Double] {
  let buffer = ObservationBuffer(environment.observationSize)
  var random = RandomStream.episodes(episode)
  try environment.reset(&random, observation: buffer.pointer)
  return try (0..<50).map { _ in
    try environment.step(random.action(environment.actionSize), buffer).reward
  }
}

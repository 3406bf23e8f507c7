import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

@Suite struct ArmTaskTests {
  private static let models = ["Striker-v2": "striker.xml", "Thrower-v2": "thrower.xml"]

  @Test(arguments: ["Striker-v2", "Thrower-v2"], [false, true])
  func `observations and rewards are Gym's on the same physics, also beyond the action range`(
    id: String, live: Bool
  ) throws {
    for episode in try reference(id, live: live) {
      let rewards = try replay(id, live: live, episode) { step, theirs in
        #expect(largestDifference(step.observation, theirs.observation) <= 1e-9)
        #expect(abs(step.reward - theirs.reward) <= 1e-9)
        #expect(!step.terminated)
      }
      #expect(rewards.count == 100)
    }
  }

  @Test(arguments: ["Striker-v2", "Thrower-v2"])
  func `a remembered strike or landing changes the reward, so that parity has seen one`(id: String)
    throws
  {
    let differing = try reference(id, live: false).filter { episode in
      let kept = try replay(id, live: false, episode) { _, _ in }
      return try kept != replay(id, live: true, episode) { _, _ in }
    }
    #expect(!differing.isEmpty)
  }

  @Test(arguments: ["Striker-v2", "Thrower-v2"])
  func `the initial state is observed as Gym does, and a new episode remembers nothing of the last`(
    id: String
  ) throws {
    let environment = try #require(
      try EnvironmentCatalog.make(EnvironmentSettings(id)) as? any StatefulEnvironment)
    let buffer = ObservationBuffer(environment.observationSize)
    let still = [Double](repeating: 0, count: 7)
    for episode in try reference(id, live: false).reversed() {
      try environment.setState(episode.state.whole, observation: buffer.pointer)
      #expect(buffer.values == episode.first)
      let again = try environment.step(still, buffer).reward
      let expected =
        episode.steps[0].reward + controlWeight(id) * sumOfSquares(episode.steps[0].action)
      #expect(abs(again - expected) <= 1e-9)
      for _ in 0..<99 { _ = try environment.step(still, buffer) }
    }
  }

  @Test
  func `Striker draws a goal in its rectangle, away from the ball, and noise for the arm alone`()
    throws
  {
    let environment = try #require(
      try EnvironmentCatalog.make("Striker-v2") as? any StatefulEnvironment)
    let states = try resets(environment)
    for state in states {
      let (x, y) = (state.qpos[9], state.qpos[10])
      #expect((0.15...0.7).contains(x) && (0.1...1).contains(y))
      #expect((x - 0.5) * (x - 0.5) + (y + 0.175) * (y + 0.175) > 0.17 * 0.17)
      #expect(state.qpos[7...8] == [-0.175, 0.5])
      #expect(state.qpos[..<7].allSatisfy { $0 == 0 })
      #expect(state.qvel[..<7].allSatisfy { abs($0) <= 0.1 })
      #expect(state.qvel[7...].allSatisfy { $0 == 0 })
    }
    #expect(spread(states.map { $0.qpos[9] }) > 0.5)
    #expect(spread(states.map { $0.qpos[10] }) > 0.8)
    #expect(spread(states.map { $0.qvel[0] }) > 0.17)
  }

  @Test func `Thrower draws the box within 0.3 m and noise for the arm alone`() throws {
    let environment = try #require(
      try EnvironmentCatalog.make("Thrower-v2") as? any StatefulEnvironment)
    let states = try resets(environment)
    for state in states {
      #expect(state.qpos[7...8].allSatisfy { abs($0) <= 0.3 })
      #expect(state.qvel[..<7].allSatisfy { abs($0) <= 0.005 })
      #expect(state.qvel[7...].allSatisfy { $0 == 0 })
    }
    #expect(spread(states.map { $0.qpos[7] }) > 0.55)
    #expect(spread(states.map { $0.qpos[8] }) > 0.55)
    #expect(spread(states.map { $0.qvel[6] }) > 0.0085)
  }

  @Test func `a missing model names the command that installs it, and only these models do`() throws
  {
    let error = #expect(throws: EnvironmentError.self) {
      try AssetDirectory.file(
        "striker.xml", of: .optional, environment: ["CHROMATIC_ASSETS": "/nowhere"])
    }
    #expect(error?.code == .missingAsset)
    #expect(error?.description.contains("striker.xml in /nowhere: run make assets") == true)
    let optional = try EnvironmentCatalog.all().filter(\.isOptional).map(\.id)
    #expect(optional == ["Striker-v2", "Thrower-v2"])
  }

  private func reference(_ id: String, live: Bool) throws -> [ArmReference.Episode] {
    let model = try #require(Self.models[id])
    return try ArmReference.episodes(id, model: model, count: 3, steps: 100, live: live)
  }

  /// Our rewards under the reference's actions, from its state.
  private func replay(
    _ id: String, live: Bool, _ episode: ArmReference.Episode,
    compare: (ReplayStep, ArmReference.Episode.Step) -> Void
  ) throws -> [Double] {
    let lines = episode.steps.map(\.action.description).joined(separator: "\n")
    var rewards: [Double] = []
    try Replay(
      EnvironmentSettings(id, options: ["live_positions": "\(live)"]), from: episode.state.whole,
      actions: ReplayActions(jsonLines: lines, source: "actions")
    ).run { step in
      compare(step, episode.steps[rewards.count])
      rewards.append(step.reward)
    }
    return rewards
  }

  private func resets(_ environment: any StatefulEnvironment) throws -> [ReplayState] {
    let buffer = ObservationBuffer(environment.observationSize)
    return try (0..<500).map { index in
      var random = RandomStream.episodes(UInt32(index))
      try environment.reset(&random, observation: buffer.pointer)
      return environment.state
    }
  }

  private func spread(_ values: [Double]) -> Double {
    values.reduce(-.infinity, max) - values.reduce(.infinity, min)
  }

  private func controlWeight(_ id: String) -> Double { id == "Striker-v2" ? 0.1 : 0.002 }

  private func sumOfSquares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
}

import ChromaticPolicy
import Testing

@testable import Environments

@Suite("Environments equal Gymnasium's")
struct GymnasiumParityTests {
  @Test(
    "a MuJoCo task gives Gymnasium's observations, rewards and ends, also beyond the action range",
    arguments: ParityCase.defaults)
  func mujoco(parity: ParityCase) throws {
    try parity.check(count: 3, steps: 200)
  }

  @Test(
    "a MuJoCo task under options gives what Gymnasium does under the same keyword arguments",
    arguments: ParityCase.withOptions)
  func options(parity: ParityCase) throws {
    try parity.check(count: 2, steps: 100)
  }

  @Test(
    "a MuJoCo task takes every keyword argument of Gymnasium's, with its default and its horizon",
    arguments: ParityCase.defaults)
  func signature(parity: ParityCase) throws {
    let ours = try EnvironmentCatalog.description(of: parity.settings)
    let theirs = try GymnasiumReference.signature(ours.id)
    #expect(ours.horizon == theirs.horizon)
    #expect(ours.options.map(\.name).sorted() == theirs.defaults.keys.sorted())
    for option in ours.options {
      #expect(values(option.defaultValue) == theirs.defaults[option.name].map(values))
    }
  }

  /// The parts of a default, numbers in one notation.
  private func values(_ text: String) -> [String] {
    text.split(separator: ",").map { Double($0)?.description ?? String($0) }
  }

  @Test("every MuJoCo task of the catalog is compared")
  func complete() throws {
    let tasks = try EnvironmentCatalog.all().map(\.id).filter {
      try EnvironmentCatalog.make(EnvironmentSettings($0)) is any StatefulEnvironment
    }
    #expect(tasks == ParityCase.defaults.map(\.settings.id))
  }

  @Test("the pendulum gives Gymnasium's observations and rewards, and is truncated with it")
  func pendulum() throws {
    for episode in try GymnasiumReference.episodes("Pendulum-v1", count: 3, steps: 200, spread: 1.2)
    {
      let pendulum = Pendulum()
      let buffer = ObservationBuffer(3)
      pendulum.begin(
        angle: episode.state.qpos[0], speed: episode.state.qvel[0], observation: buffer.pointer)
      #expect(largestDifference(buffer.values, episode.first) <= 1e-7)
      for theirs in episode.steps {
        let ours = try pendulum.step([theirs.action[0] / 2], buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(abs(ours.reward - theirs.reward) <= 1e-9)
        #expect(ours.terminated == theirs.terminated)
      }
      #expect(episode.steps.map(\.truncated).firstIndex(of: true) == pendulum.horizon - 1)
    }
  }
}

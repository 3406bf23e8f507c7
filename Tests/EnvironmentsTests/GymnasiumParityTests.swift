import ChromaticPolicy
import Testing

@testable import Environments

@Suite struct GymnasiumParityTests {
  @Test(arguments: ParityCase.defaults)
  func `a MuJoCo task gives Gymnasium's observations, rewards and ends, beyond its range too`(
    parity: ParityCase
  ) throws {
    try parity.check(count: 3, steps: 200)
  }

  @Test(arguments: ParityCase.withOptions)
  func `a MuJoCo task under options gives what Gymnasium does under the same keyword arguments`(
    parity: ParityCase
  ) throws {
    try parity.check(count: 2, steps: 100)
  }

  @Test(arguments: ParityCase.defaults)
  func `a MuJoCo task takes each keyword argument of Gymnasium's, with its default and horizon`(
    parity: ParityCase
  ) throws {
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

  @Test func `every MuJoCo task of the catalog that Gymnasium has is compared`() {
    let tasks = EnvironmentCatalog.ids.filter { $0.hasSuffix("-v5") }
    #expect(tasks == ParityCase.defaults.map(\.settings.id))
  }

  @Test func `the pendulum gives Gymnasium's observations and rewards, and is truncated with it`()
    throws
  {
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

  @Test func `the cart gives Gymnasium's observations and rewards, and ends with it`() throws {
    for episode in try GymnasiumReference.episodes("CartPole-v1", count: 3, steps: 500, spread: 1) {
      let cart = CartPole()
      let buffer = ObservationBuffer(4)
      let (qpos, qvel) = (episode.state.qpos, episode.state.qvel)
      cart.begin(
        CartPole.State(
          position: qpos[0], speed: qvel[0], angle: qpos[1], angularSpeed: qvel[1]),
        observation: buffer.pointer)
      #expect(buffer.values == episode.first)
      for theirs in episode.steps {
        let ours = try cart.step(theirs.action, buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(ours.reward == theirs.reward)
        #expect(ours.terminated == theirs.terminated)
      }
      #expect(episode.steps.count < 500 || episode.steps[499].truncated)
    }
  }

  /// The car's noise of ±0.4 and its leaning of ±0.6 stay in [−1, 1], as a policy's actions do:
  /// clipped ones are constants there, and constants are added in single precision.
  @Test func `the mountain car gives Gymnasium's observations and rewards, and arrives with it`()
    throws
  {
    let episodes = try GymnasiumReference.episodes(
      "MountainCarContinuous-v0", count: 3, steps: 999, spread: 0.4)
    for episode in episodes {
      let car = MountainCarContinuous()
      let buffer = ObservationBuffer(2)
      car.begin(
        position: episode.state.qpos[0], speed: episode.state.qvel[0], observation: buffer.pointer)
      #expect(buffer.values == episode.first)
      for theirs in episode.steps {
        let ours = try car.step(theirs.action, buffer)
        #expect(largestDifference(buffer.values, theirs.observation) <= 1e-9)
        #expect(abs(ours.reward - theirs.reward) <= 1e-9)
        #expect(ours.terminated == theirs.terminated)
      }
    }
    #expect(episodes.contains { $0.steps.last?.terminated == true }, "no car arrived")
  }
}

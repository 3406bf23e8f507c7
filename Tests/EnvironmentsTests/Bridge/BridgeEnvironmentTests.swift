import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

/// One after the other, so that a machine busy with starting Pythons makes none of them late.
@Suite(.serialized) struct BridgeTests {}

extension BridgeTests {
  @Suite struct EnvironmentTests {
    /// Gymnasium's own environments, from a state that is known here.
    private static let known = """
      import gymnasium, numpy as np
      from gymnasium.envs.classic_control import CartPoleEnv, PendulumEnv

      class Cart(CartPoleEnv):
          def reset(self, *, seed=None, options=None):
              super().reset(seed=seed)
              self.state = np.array([0.01, -0.02, 0.03, 0.04])
              return np.array(self.state, dtype=np.float32), {}

      class Swing(PendulumEnv):
          def reset(self, *, seed=None, options=None):
              super().reset(seed=seed)
              self.state = np.array([2.5, -0.5])
              return self._get_obs(), {}

      gymnasium.register("Cart-v0", Cart, max_episode_steps=200)
      gymnasium.register("Swing-v0", Swing, max_episode_steps=200)
      """

    @Test func `CartPole from Gymnasium and CartPole from here do the same under the same actions`()
      throws
    {
      let theirs = try PythonUnderTest(modules: ["known": Self.known]).make("gym:known:Cart-v0")
      let ours = CartPole()
      let buffers = (ours: ObservationBuffer(4), theirs: ObservationBuffer(4))
      var random = RandomStream.episodes(0)
      try theirs.reset(&random, observation: buffers.theirs.pointer)
      ours.begin(
        CartPole.State(position: 0.01, speed: -0.02, angle: 0.03, angularSpeed: 0.04),
        observation: buffers.ours.pointer)
      for step in 1...200 {
        let values = buffers.theirs.values
        #expect(largestDifference(buffers.ours.values, values) <= 1e-9)
        let action = [4 * values[2] + 2 * values[3] + random.uniform(-1, 1)]
        let (found, expected) = try (
          theirs.step(action, buffers.theirs), ours.step(action, buffers.ours)
        )
        #expect(found.reward == expected.reward && found.terminated == expected.terminated)
        #expect(found.truncated == (step == 200))
      }
    }

    /// Actions are of single precision there; those tried here are so without rounding.
    @Test func `Pendulum from Gymnasium and Pendulum from here do the same under the same actions`()
      throws
    {
      let theirs = try PythonUnderTest(modules: ["known": Self.known]).make("gym:known:Swing-v0")
      let ours = Pendulum()
      let buffers = (ours: ObservationBuffer(3), theirs: ObservationBuffer(3))
      var random = RandomStream.episodes(0)
      try theirs.reset(&random, observation: buffers.theirs.pointer)
      ours.begin(angle: 2.5, speed: -0.5, observation: buffers.ours.pointer)
      for _ in 0..<200 {
        #expect(largestDifference(buffers.ours.values, buffers.theirs.values) <= 1e-9)
        let action = [(random.uniform(-64, 64)).rounded() / 64]
        let (found, expected) = try (
          theirs.step(action, buffers.theirs), ours.step(action, buffers.ours)
        )
        #expect(abs(found.reward - expected.reward) <= 1e-9)
      }
    }

    @Test func `a description has the sizes, the horizon, the bridge's options and the versions`()
      throws
    {
      let python = try PythonUnderTest()
      let description = try python.describe("gym:Pendulum-v1")
      #expect(description.id == "gym:Pendulum-v1")
      #expect(description.observationSize == 3 && description.actionSize == 1)
      #expect(description.horizon == 200)
      #expect(description.options.map(\.name) == ["start-limit", "step-limit", "gym-wrappers"])
      #expect(description.simulator?.hasPrefix("Gymnasium 1.4.0, NumPy ") == true)
      let short = try python.describe(EnvironmentSettings("gym:Pendulum-v1", horizon: 7))
      #expect(short.horizon == 7)
    }

    @Test func `every instance has its own process, and an episode depends on its stream alone`()
      throws
    {
      let description = try PythonUnderTest().describe("gym:CartPole-v1")
      let (first, second) = (try description.make(), try description.make())
      _ = try rewards(first, episode: 1)
      #expect(try rewards(first, episode: 2) == rewards(second, episode: 2))
      #expect(try rewards(first, episode: 2) != rewards(second, episode: 3))
    }

    /// The observations of ten steps of the numbered episode.
    private func rewards(_ environment: any Environment, episode: UInt32) throws -> [Double] {
      let buffer = ObservationBuffer(environment.observationSize)
      var random = RandomStream.episodes(episode)
      try environment.reset(&random, observation: buffer.pointer)
      return try (0..<8).flatMap { _ in
        _ = try environment.step(random.action(environment.actionSize), buffer)
        return buffer.values
      }
    }

    @Test func `a truncation before the horizon is passed on`() throws {
      let python = try PythonUnderTest(modules: [FaultyModule.name: FaultyModule.text])
      let rollout = Rollout(in: try python.make("gym:faulty:Early-v0"), hiddenSizes: [])
      let episode = try rollout.run(.episodes(0))
      #expect(episode.steps == 3 && episode.totalReward == 3)
    }

    @Test(
      arguments: [
        ("Two", [[0.1], [0], [-0.1]], [[1], [0], [0]]),
        ("Four", [[0, 0.5, 0.2, 0.5], [-1, -1, -1, -0.5]], [[0], [2]]),
        ("Grid", [[-1, 0, 1, 0.5]], [[0, 0, 3, 25]]),
        ("Bytes", [[-1, 1], [0.001, 0.01]], [[0, 255], [128, 129]]),
      ] as [(String, [[Double]], [[Double]])])
    func `a policy's outputs become an action of the environment's own kind and range`(
      name: String, outputs: [[Double]], expected: [[Double]]
    ) throws {
      let python = try PythonUnderTest(modules: [FaultyModule.name: FaultyModule.text])
      let environment = try python.make(EnvironmentSettings("gym:faulty:\(name)-v0"))
      #expect(environment.actionSize == outputs[0].count)
      #expect(outputs.map(environment.actionRule.applied) == expected)
      let buffer = ObservationBuffer(environment.observationSize)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      for (action, expected) in zip(outputs, expected) {
        _ = try environment.step(action, buffer)
        #expect(buffer.values == [Double(expected.count)] + expected)
      }
    }

    @Test func `observations are flattened row by row, and options are read as Python does`() throws
    {
      let python = try PythonUnderTest(modules: [FaultyModule.name: FaultyModule.text])
      let options = [
        "a": "1", "b": "[1,2.5]", "c": "word", "d": "true", "e": "-inf", "f": "None",
      ]
      let environment = try python.make(
        EnvironmentSettings("gym:faulty:Picture-v0", options: options))
      let buffer = ObservationBuffer(environment.observationSize)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      #expect(buffer.values == [0, 1, 2, 3, 4, 5])
      let failure = #expect(throws: EnvironmentFailure.self) {
        try environment.step([0, 0], buffer)
      }
      let keywords =
        "[('a', 1), ('b', [1, 2.5]), ('c', 'word'), ('d', True), ('e', -inf), ('f', None)]"
      #expect(failure?.description.contains("RuntimeError: \(keywords)") == true)
    }
  }
}

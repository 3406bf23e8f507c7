import ChromaticPolicy
import Randomness
import Testing

@testable import Environments

extension BridgeTests {
  /// Spaces other than boxes, wrappers, and options as people write them.
  @Suite struct SpaceTests {
    private static let module = """
      import gymnasium, numpy as np
      from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete, Sequence, Tuple

      observations = {
          "Dict": (Dict(b=Box(-9, 9, (2,)), a=Discrete(3, start=1)), {"b": np.array([5.0, 6.0]), "a": 2}),
          "Tuple": (Tuple((MultiBinary(2), MultiDiscrete([2, 3]))), (np.array([1, 0]), np.array([1, 2]))),
          "Choice": (Discrete(4), 3),
      }

      class Env(gymnasium.Env):
          def __init__(self, observation="Choice", action_space=Discrete(2), note="", title=""):
              self.observation_space, self.seen = observations[observation]
              self.action_space = action_space
              self.texts = [note, title]

          def reset(self, *, seed=None, options=None):
              return self.seen, {}

          def step(self, action):
              return self.seen, float(np.sum(np.asarray(action) * [1, 10][:np.size(action)])), False, False, {}

      class Echo(gymnasium.Wrapper):
          "Observes the numbers of the characters of both texts."
          def __init__(self, env):
              super().__init__(env)
              self.observation_space = Box(0, 1e6, (sum(map(len, env.unwrapped.texts)),))
          def reset(self, **kwargs):
              return np.array([ord(c) for text in self.unwrapped.texts for c in text]), {}

      class Scale(gymnasium.ObservationWrapper):
          def __init__(self, env, by, plus=0.0):
              super().__init__(env)
              self.by, self.plus = by, plus
              self.observation_space = Box(-1e6, 1e6, env.observation_space.shape)
          def observation(self, seen):
              return seen * self.by + self.plus

      def register(name, **kwargs):
          gymnasium.register(f"{name}-v0", Env, max_episode_steps=10, kwargs=kwargs)

      for name in observations:
          register(name, observation=name)
      register("Multi", action_space=MultiDiscrete([3, 2], start=[1, 0]))
      register("Binary", action_space=MultiBinary(2))
      register("Actions", action_space=Dict(a=Discrete(2)))
      observations["Long"] = (Dict(a=Sequence(Discrete(2))), {"a": (1,)})
      register("Long", observation="Long")

      class Mission(gymnasium.spaces.Space):
          "A space that says nothing of how it is laid out, as MiniGrid's."

      observations["Mission"] = (Dict(text=Mission(), to=Box(0, 1)), None)
      register("Mission", observation="Mission")

      class Strict(Env):
          def __init__(self):
              assert (1 == 2)

      gymnasium.register("Strict-v0", Strict, max_episode_steps=10)

      class Rewards(Env):
          def step(self, action):
              return self.seen, np.array([1.0, 2.0]), False, False, {}

      gymnasium.register("Rewards-v0", Rewards, max_episode_steps=10)

      class Weigh(gymnasium.RewardWrapper):
          def __init__(self, env, weights):
              super().__init__(env)
              self.weights = weights.copy()
          def reward(self, reward):
              return self.weights @ reward
      """

    private func python() throws -> PythonUnderTest {
      try PythonUnderTest(modules: ["spaces": Self.module])
    }

    private func first(_ name: String, _ options: [String: String] = [:]) throws -> [Double] {
      let environment = try python().make(
        EnvironmentSettings("gym:spaces:\(name)-v0", options: options))
      let buffer = ObservationBuffer(environment.observationSize)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      return buffer.values
    }

    /// As `gymnasium.spaces.utils.flatten` lays them out: a dictionary in its order, a choice as one of n.
    @Test(
      arguments: [
        ("Dict", [5, 6, 0, 1, 0]), ("Tuple", [1, 0, 0, 1, 0, 0, 1]), ("Choice", [0, 0, 0, 1]),
      ] as [(String, [Double])])
    func `observations of other spaces are laid out in a row`(name: String, expected: [Double])
      throws
    {
      #expect(try first(name) == expected)
    }

    @Test(
      arguments: [
        ("Multi", [[-1, -1], [1, 1], [0, 0.1], [-0.4, -0.1]], [1, 13, 12, 2]),
        ("Binary", [[-1, 1], [0.5, -0.5]], [10, 1]),
      ] as [(String, [[Double]], [Double])])
    func `several choices are one output each, from the first to the last choice`(
      name: String, outputs: [[Double]], expected: [Double]
    ) throws {
      let environment = try python().make(EnvironmentSettings("gym:spaces:\(name)-v0"))
      #expect(environment.actionSize == 2)
      let buffer = ObservationBuffer(environment.observationSize)
      var random = RandomStream.episodes(0)
      try environment.reset(&random, observation: buffer.pointer)
      #expect(try outputs.map { try environment.step($0, buffer).reward } == expected)
      #expect(
        outputs.map { environment.actionRule.applied(to: $0) }.map { $0[0] + 10 * $0[1] }
          == expected,
        "exports choose alike")
    }

    @Test func `wrappers stand around the environment, the first innermost`() throws {
      let inner = "FlattenObservation"
      let scaled = try first("Dict", ["gym-wrappers": "\(inner) | spaces.Scale(2, plus=1)"])
      #expect(scaled == [11, 13, 1, 3, 1])
      let twice = "\(inner) | spaces.Scale(by=2) | spaces.Scale(1, plus=0.5)"
      #expect(try first("Dict", ["gym-wrappers": twice]) == [10.5, 12.5, 0.5, 2.5, 0.5])
    }

    /// As of environments with several objectives.
    @Test func `a reward of several numbers fails in words, and a wrapper weighs it`() throws {
      let python = try python()
      let id = "gym:spaces:Rewards-v0"
      let buffer = ObservationBuffer(4)
      var random = RandomStream.episodes(0)
      let bare = try python.make(EnvironmentSettings(id))
      try bare.reset(&random, observation: buffer.pointer)
      let failure = #expect(throws: EnvironmentFailure.self) { try bare.step([0], buffer) }
      #expect(failure?.description.contains("a reward of 2 numbers, one is needed") == true)
      let options = ["gym-wrappers": "spaces.Weigh(weights=np.array([10, 0.5]))"]
      let weighed = try python.make(EnvironmentSettings(id, options: options))
      try weighed.reset(&random, observation: buffer.pointer)
      #expect(try weighed.step([0], buffer).reward == 11)
    }

    @Test func `wrappers are part of what simulates`() throws {
      let python = try python()
      let plain = EnvironmentSettings("gym:spaces:Choice-v0")
      var wrapped = plain
      wrapped.options["gym-wrappers"] = "FlattenObservation"
      let identity = try #require(try python.describe(wrapped).identity())
      #expect(identity.contains(", under gymnasium.wrappers."))
      #expect(try python.describe(plain).identity().map { identity.hasPrefix($0) } == true)
    }

    @Test(arguments: ["two words", "it's", "a \"quoted\" one", "100%20x", "tab=1;|", ""])
    func `a value arrives as it was written`(value: String) throws {
      let options = ["note": value, "title": "'1'", "gym-wrappers": "spaces.Echo"]
      let expected = (value + "1").unicodeScalars.map { Double($0.value) }
      #expect(try first("Choice", options) == expected)
      let settings = EnvironmentSettings("gym:x", options: options)
      #expect(EnvironmentSettings.options(settings.optionText) == options)
    }

    @Test(arguments: [
      (
        "Long-v0", "",
        "its observations are a Dict space, and its part a, a Sequence, has no fixed size: write a"
      ),
      ("Mission-v0", "", "its observations are a Dict space, and its part text, a Mission, has no"),
      ("Strict-v0", "", "AssertionError: assert (1 == 2) (spaces.py:"),
      ("Actions-v0", "", "its actions are a Dict space where a Box, Discrete, MultiDiscrete or"),
      (
        "Choice-v0", "Nothing",
        "--wrapper Nothing: there is no wrapper Nothing in gymnasium.wrappers"
      ),
      ("Choice-v0", "nowhere.Echo", "--wrapper nowhere.Echo: there is no Python module nowhere"),
      ("Choice-v0", "spaces.Env", "--wrapper spaces.Env: there is no wrapper Env in spaces"),
      ("Choice-v0", "1 + 1", "--wrapper 1 + 1: expected a name such as FlattenObservation"),
      ("Choice-v0", "Echo(", "--wrapper Echo(: expected a name such as FlattenObservation"),
      ("Choice-v0", "spaces.Scale", "--wrapper spaces.Scale: TypeError: "),
      ("Choice-v0", "spaces.Scale(by=x)", "--wrapper spaces.Scale(by=x): expected Python literals"),
    ])
    func `what cannot be is one line`(name: String, wrapper: String, line: String) throws {
      let python = try python()
      let options = wrapper.isEmpty ? [:] : ["gym-wrappers": wrapper]
      let error = #expect(throws: EnvironmentError.self) {
        try python.describe(EnvironmentSettings("gym:spaces:\(name)", options: options))
      }
      let said = error?.description ?? ""
      #expect(said.hasPrefix("gym:spaces:\(name): \(line)") && !said.contains("\n"), "\(said)")
    }
  }
}

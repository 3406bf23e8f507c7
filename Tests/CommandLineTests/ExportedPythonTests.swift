import ChromaticPolicy
import Foundation
import LocalRing
import Testing

/// `export --format python` and what `evaluate --json` says of each episode: played again by numpy and
/// Gymnasium, they give the same returns.
@Suite struct ExportedPythonTests {
  /// What `evaluate --json` says, and what Python makes of it.
  private struct Evaluation: Decodable {
    struct Rollout: Decodable {
      var resetSeed: Int?
      var steps: Int
      var `return`: Double?
    }
    var returns: [Double?]
    var rollouts: [Rollout]
  }

  private struct Replayed: Decodable, Equatable {
    var total: Double
    var steps: Int
  }

  private static let cheetah = URL(filePath: #filePath)
    .appending(path: "../../../docs/results/policies/HalfCheetah-v5-17.json").standardized.path

  /// Plays every episode of `evaluation.json` again.
  private static let replay = """
    import json, policy
    for one in json.load(open("evaluation.json"))["rollouts"]:
        total, steps = policy.run_episode(seed=one.get("resetSeed"), state=one.get("initialState"))
        print(json.dumps({"total": total, "steps": steps}))
    """

  /// Acrobot with choices from -1 to 1 and rewards that tell actions apart.
  private static let swing = """
    import gymnasium
    from gymnasium.envs.classic_control import AcrobotEnv

    class Swing(AcrobotEnv):
        def __init__(self):
            super().__init__()
            self.action_space = gymnasium.spaces.Discrete(3, start=-1)

        def step(self, action):
            observation, _, terminated, truncated, info = super().step(action + 1)
            return observation, -float(observation[0]), terminated, truncated, info

    gymnasium.register("Swing-v0", Swing, max_episode_steps=500)

    class Parts(AcrobotEnv):
        # Observations by name, among them a choice; two choices at once as actions.
        def __init__(self):
            super().__init__()
            self.observation_space = gymnasium.spaces.Dict(
                {"side": gymnasium.spaces.Discrete(2), "angles": gymnasium.spaces.Box(-9, 9, (4,)),
                 "speeds": gymnasium.spaces.Box(-99, 99, (2,))})
            self.action_space = gymnasium.spaces.MultiDiscrete([3, 2])

        def parts(self, o):
            return {"side": int(o[1] > 0), "angles": o[:4], "speeds": o[4:]}

        def reset(self, *, seed=None, options=None):
            observation, info = super().reset(seed=seed)
            return self.parts(observation), info

        def step(self, action):
            observation, _, terminated, truncated, info = super().step(int(action[0]))
            return self.parts(observation), float(observation[0]) + int(action[1]), terminated, truncated, info

    class Scaled(gymnasium.RewardWrapper):
        def __init__(self, env, by, start=0.0):
            super().__init__(env)
            self.by, self.start = by, start

        def reward(self, reward):
            return self.by * reward + self.start

    gymnasium.register("Parts-v0", Parts, max_episode_steps=40)
    """

  /// A policy of numbers that repeat, without every fifth edge; with two hidden layers its biases are zero.
  private static func policy(
    _ environment: EnvironmentSettings, sizes: (Int, [Int], Int)
  ) -> Policy {
    let architecture = Architecture(
      observationSize: sizes.0, hiddenSizes: sizes.1, actionSize: sizes.2)
    let classes = (0..<architecture.edgeCount).map { $0 % 5 == 4 ? -1 : Int32($0 * $0 % 7) }
    let numbers = (0..<7 + architecture.biasCount).map { Double(($0 * 37) % 19 - 9) / 7 }
    let parameters = numbers.enumerated().map {
      sizes.1.count == 2 && $0.offset >= 7 ? 0 : $0.element
    }
    return Policy(
      environment: environment, architecture: architecture, policyClass: .masked,
      partition: Partition(classes: classes, classCount: 7), parameters: parameters,
      normalisation: Normalisation(
        mean: (0..<sizes.0).map { Double($0) / 10 },
        deviation: (0..<sizes.0).map { 0.7 + Double($0) }),
      training: .init(seed: 0, iteration: 0, controller: "fixed"))
  }

  private static let policies: [(environment: EnvironmentSettings, sizes: (Int, [Int], Int))] = [
    // A sign, three choices, a range, each with something that is not the default.
    (
      EnvironmentSettings("gym:CartPole-v1", options: ["step-limit": "20"], actionRepeat: 2),
      (4, [5], 1)
    ),
    (EnvironmentSettings("gym:own:Swing-v0", horizon: 60), (6, [4, 3], 3)),
    // Flattened by Gymnasium (the choice is two numbers), two choices, under two wrappers.
    (
      EnvironmentSettings(
        "gym:own:Parts-v0",
        options: ["gym-wrappers": "own.Scaled(by=0.5, start=-1) | own.Scaled(3)"]),
      (8, [5], 2)
    ),
    (
      EnvironmentSettings("gym:Pendulum-v1", options: ["g": "9.5"], horizon: 50, actionRepeat: 3),
      (3, [4], 1)
    ),
    (
      EnvironmentSettings("Hopper-v5", options: ["healthy_z_range": "0.9,inf"], horizon: 80),
      (11, [6], 3)
    ),
  ]

  @Test(arguments: policies)
  func `an episode played again in Gymnasium has the same return and length`(
    environment: EnvironmentSettings, sizes: (Int, [Int], Int)
  ) async throws {
    let run = try GymnasiumRun(Self.swing)
    let file = "\(run.directory.path)/policy.json"
    try PolicyFile.encode(Self.policy(environment, sizes: sizes)).write(to: URL(filePath: file))
    try await expectSameEpisodes(file, run)
  }

  @Test func `HalfCheetah's published policy runs as far in Gymnasium, bit for bit`() async throws {
    try await expectSameEpisodes(Self.cheetah, GymnasiumRun())
  }

  private func expectSameEpisodes(_ policy: String, _ run: GymnasiumRun) async throws {
    let text = try await Tool.output(
      ["evaluate", policy, "--json", "--episodes", "3", "--seed", "5"], environment: run.variables)
    #expect(try await JSONSchema(name: "evaluate.json").objections(to: text) == "")
    try Self.replay.write(
      toFile: "\(run.directory.path)/replay.py", atomically: true, encoding: .utf8)
    try text.write(
      toFile: "\(run.directory.path)/evaluation.json", atomically: true, encoding: .utf8)
    try await Tool.output(
      ["export", policy, "--format", "python", "-o", "\(run.directory.path)/policy.py"],
      environment: run.variables)
    let evaluation = try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8))
    let lines = try await run.python("replay.py").split(separator: "\n")
    // MuJoCo's compiler may warn of a model before.
    let replayed = try lines.filter { $0.hasPrefix("{") }.map {
      try JSONDecoder().decode(Replayed.self, from: Data($0.utf8))
    }
    let expected = evaluation.rollouts.map { Replayed(total: $0.return ?? .nan, steps: $0.steps) }
    #expect(replayed == expected)
    #expect(Set(expected.map(\.total)).count == 3, "episodes that differ")
    #expect(evaluation.returns == expected.map(\.total))
  }

  @Test func `an episode that fails has its seed, its step and its reason`() async throws {
    let run = try GymnasiumRun(
      """
      import gymnasium
      from gymnasium.envs.classic_control import CartPoleEnv

      class Fragile(CartPoleEnv):
          def reset(self, *, seed=None, options=None):
              self.odd, self.count = seed % 2, 0
              return super().reset(seed=seed)

          def step(self, action):
              self.count += 1
              if self.odd and self.count == 3:
                  raise ValueError("a leg is off")
              return super().step(action)

      gymnasium.register("Fragile-v0", Fragile, max_episode_steps=20)
      """)
    let file = "\(run.directory.path)/policy.json"
    try PolicyFile.encode(Self.policy("gym:own:Fragile-v0", sizes: (4, [5], 1)))
      .write(to: URL(filePath: file))
    let text = try await Tool.output(
      ["evaluate", file, "--json", "--episodes", "8"], environment: run.variables)
    #expect(try await JSONSchema(name: "evaluate.json").objections(to: text) == "")
    let rollouts = try JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)).rollouts
    #expect(rollouts.contains { $0.return == nil } && rollouts.contains { $0.return != nil })
    for rollout in rollouts {
      let isOdd = try #require(rollout.resetSeed) % 2 == 1
      #expect(isOdd == (rollout.return == nil))
      if isOdd { #expect(rollout.steps == 3) }
    }
    #expect(text.contains(#""failure":{"during":"step","reason":"gym:own:Fragile-v0, step 3: "#))
    #expect(text.contains("a leg is off"))
  }

  @Test func `the file acts without Gymnasium, and says what an episode needs`() async throws {
    let run = try GymnasiumRun(
      module: "gymnasium", "raise ModuleNotFoundError('none', name='gymnasium')")
    try await Tool.output([
      "export", Self.cheetah, "--format", "python", "-o", "\(run.directory.path)/policy.py",
    ])
    try """
    import numpy as np, policy
    one = policy.Policy()
    observation = np.linspace(-2, 2, 17)
    action, state = one.predict(observation)
    assert state is None and action.shape == (6,) and (action == one.act(observation)).all()
    batch, _ = one.predict(np.stack([observation, observation * 0.3, observation + 1]))
    assert batch.shape == (3, 6) and (batch[0] == action).all() and (batch[1] == one.act(observation * 0.3)).all()
    for call in (lambda: policy.run_episode(), lambda: one.act(observation[1:])):
        try:
            call()
        except (ModuleNotFoundError, ValueError) as error:
            print(error)
    """.write(toFile: "\(run.directory.path)/use.py", atomically: true, encoding: .utf8)
    #expect(
      try await run.python("use.py") == """
        there is no Gymnasium: pip install gymnasium
        the observation has 16 numbers, expected 17

        """)
  }
}

import Foundation
import LocalRing
import ServerTestKit
import Testing

/// `gym:` environments through the whole ring.
@Suite(.serialized) struct GymnasiumBridgeTests {
  @Test func `training gives the same bytes for one and two evaluators`() async throws {
    let run = try GymnasiumRun()
    var outcomes: [SmallRun.Outcome] = []
    for evaluators in [1, 2] {
      let name = "with-\(evaluators)"
      try await Tool.output(
        run.train("gym:CartPole-v1", into: name, evaluators: evaluators),
        environment: run.variables)
      outcomes.append(try SmallRun.Outcome(in: "\(run.directory.path)/\(name)"))
    }
    #expect(outcomes[0] == outcomes[1])
    let policy = "\(run.directory.path)/with-1/policy.json"
    let printed = try await Tool.output(
      ["evaluate", policy, "--episodes", "2"], environment: run.variables)
    #expect(printed.hasPrefix("gym:CartPole-v1  2 episodes, seed 0: mean "))
  }

  @Test func `failures of an environment are counted, and the run goes on without them`()
    async throws
  {
    let run = try GymnasiumRun(Self.fragile)
    let output = "\(run.directory.path)/run"
    try await Tool.output(
      run.train("gym:own:Fragile-v0", into: "run", evaluators: 2), environment: run.variables)
    struct Line: Decodable { var failed: Int }
    let history = try String(contentsOfFile: "\(output)/history.jsonl", encoding: .utf8)
    let failed = try history.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8)).failed
    }
    #expect(failed.count == 3 && failed.reduce(0, +) > 0)
    let logs = try (0..<2).map {
      try String(contentsOfFile: "\(output)/logs/evaluator-\($0).log", encoding: .utf8)
    }
    #expect(
      logs.joined().contains("gym:own:Fragile-v0, step 1: its Python process ended (exit code 9)"))
  }

  /// One of them acts on an observation that the other one makes, and fails on its own.
  @Test func `wrappers are put around once, in order, and the policy keeps them`() async throws {
    let run = try GymnasiumRun(Self.wrappers)
    let wrappers = ["--wrapper", "own.Named", "--wrapper", "own.Part(of='it')"]
    try await Tool.output(
      run.train("gym:CartPole-v1", into: "run", evaluators: 1) + wrappers,
      environment: run.variables)
    let policy = "\(run.directory.path)/run/policy.json"
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    #expect(text.contains("own.Named | own.Part(of='it')"), "\(text)")
    let evaluate = ["evaluate", policy, "--episodes", "1"]
    let own = try await Tool.output(evaluate, environment: run.variables)
    let replaced = try await Tool.output(evaluate + wrappers, environment: run.variables)
    #expect(own == replaced)
  }

  private static let wrappers = """
    import gymnasium

    class Named(gymnasium.ObservationWrapper):
        def __init__(self, env):
            assert not isinstance(env, gymnasium.Wrapper) or not isinstance(env, (Named, Part)), "twice"
            super().__init__(env)
            self.observation_space = gymnasium.spaces.Dict(it=env.observation_space)
        def observation(self, seen):
            return {"it": seen}

    class Part(gymnasium.ObservationWrapper):
        def __init__(self, env, of):
            super().__init__(env)
            self.of, self.observation_space = of, env.observation_space[of]
        def observation(self, seen):
            return seen[self.of]
    """

  /// Ends the process in the first step of every fourth seed.
  private static let fragile = """
    import os, gymnasium
    from gymnasium.envs.classic_control import CartPoleEnv

    class Fragile(CartPoleEnv):
        def reset(self, *, seed=None, options=None):
            self.seed = seed
            return super().reset(seed=seed)

        def step(self, action):
            if self.seed % 4 == 0:
                os._exit(9)
            return super().step(action)

    gymnasium.register("Fragile-v0", Fragile, max_episode_steps=20)
    """

  @Test func `killed in the midst of a step: no Python stays behind`() async throws {
    let run = try GymnasiumRun(Self.stuck)
    let tool = try Tool(
      run.train("gym:own:Stuck-v0", into: "run", evaluators: 1), environment: run.variables)
    let process = try await eventually("a step that hangs") { run.process() }
    #expect(ProcessTable.isAlive(process))
    tool.send(signal: SIGKILL)
    try await eventually("the end of Python", within: 20) {
      ProcessTable.isAlive(process) ? nil : true
    }
  }

  /// Hangs in its first step, having noted its process.
  private static let stuck = """
    import os, threading, gymnasium
    from gymnasium.envs.classic_control import CartPoleEnv

    class Stuck(CartPoleEnv):
        def step(self, action):
            here = os.path.dirname(__file__)
            with open(f"{here}/process.partial", "w") as file:
                file.write(str(os.getpid()))
            os.rename(f"{here}/process.partial", f"{here}/process")
            threading.Event().wait()

    gymnasium.register("Stuck-v0", Stuck, max_episode_steps=20)
    """

  @Test func `an id with colons and slashes makes a plain directory`() async throws {
    let run = try GymnasiumRun(Self.slashed)
    let flags = run.train("gym:own:ns/Cart-v0", into: "run", evaluators: 1)
    // Without --output the directory is under the working directory, which is this test's.
    let arguments = flags.filter { $0 != "--output" && !$0.hasSuffix("/run") }
    let script = "cd '\(run.directory.path)' && exec '\(Tool.products)/chromatic' \"$@\""
    let process = try ServiceProcess(
      "sh", arguments: ["-c", script, "sh"] + arguments, environment: run.variables,
      log: "\(run.directory.path)/log", executablesIn: "/bin")
    let ending = try await eventually("the end of training") { process.ending }
    #expect(ending == .exited(code: 0), "\(process.lastLogLine ?? "")")
    let policy = "\(run.directory.path)/runs/gym-own-ns-Cart-v0/policy.json"
    #expect(FileManager.default.fileExists(atPath: policy))
  }

  private static let slashed = """
    import gymnasium
    gymnasium.register("ns/Cart-v0", "gymnasium.envs.classic_control:CartPoleEnv",
                       max_episode_steps=20)
    """

  @Test func `an environment's page has its sizes and what simulates it`() async throws {
    let run = try GymnasiumRun()
    let page = try await Tool.output(
      ["environments", "gym:CartPole-v1"], environment: run.variables)
    let rows = page.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["gym:CartPole-v1", "4", "1", "500"]))
    #expect(rows.contains(["step-limit", "10.0"]))
    #expect(page.contains("simulated by Gymnasium 1.4.0, NumPy "))
  }

  @Test func `a mistake is one line with its exit code`() async throws {
    let run = try GymnasiumRun(Self.slashed)
    let nowhere = run.variables.merging(["CHROMATIC_PYTHON": "/nowhere"]) { $1 }
    for (id, variables, line, code) in [
      ("gym:Nowhere-v1", run.variables, "NameNotFound: Environment `Nowhere`", 64),
      ("gym:Blackjack-v1", run.variables, "it is registered without max_episode_steps", 65),
      ("gym:CartPole-v1", nowhere, "Python cannot be started as '/nowhere'", 69),
    ] as [(String, [String: String], String, Int32)] {
      let tool = try await Tool.run(
        run.train(id, into: "run", evaluators: 1), environment: variables)
      try await tool.expectComplaint("\(id): \(line)", code: code)
      #expect(!FileManager.default.fileExists(atPath: "\(run.directory.path)/run"))
    }
  }
}

import Foundation
import ServerTestKit
import Testing

/// `environments --check`: each finding one line with the mend.
@Suite struct EnvironmentCheckTests {
  /// Environments with a fault each, of one base.
  private static let module = """
    import gymnasium, itertools
    import numpy as np

    class Base(gymnasium.Env):
        observation_space = gymnasium.spaces.Box(-10, 10, (2,))
        action_space = gymnasium.spaces.Box(-1, 1, (2,))

        def reset(self, *, seed=None, options=None):
            super().reset(seed=seed)
            self.count, self.place = 0, self.np_random.uniform(-1, 1, 2)
            return self.place.astype(np.float32), {}

        def step(self, action):
            self.count += 1
            self.place = self.place + 0.1 * action
            return self.place.astype(np.float32), float(-abs(self.place).sum()), False, False, {}

    class Unseeded(Base):
        def step(self, action):
            return super().step(action + np.random.normal(size=2))

    class Remembering(Base):
        runs = itertools.count()
        def reset(self, *, seed=None, options=None):
            observation, info = super().reset(seed=seed)
            return observation + next(self.runs), info

    class Clock(Base):
        def step(self, action):
            observation, reward, _, _, info = super().step(action)
            return observation, reward, self.count == 30, False, info

    class Blind(Base):
        def step(self, action):
            observation, _, terminated, truncated, info = super().step(action)
            return np.array([observation[0], 1], dtype=np.float32), 0.0, terminated, truncated, info
        def reset(self, *, seed=None, options=None):
            super().reset(seed=1)
            return np.array([0, 1], dtype=np.float32), {}

    class Broken(Base):
        def step(self, action):
            observation, reward, terminated, truncated, info = super().step(action)
            return observation, reward / (self.count < 7), terminated, truncated, info

    class Far(Base):
        def step(self, action):
            observation, *rest = super().step(action)
            return observation * 1e6, *rest

    for kind in (Base, Unseeded, Remembering, Clock, Blind, Broken, Far):
        gymnasium.register(f"{kind.__name__}-v0", kind, max_episode_steps=50)
    """

  private func check(_ id: String, code: Int32 = 0) async throws -> String {
    try await GymnasiumRun(Self.module).check(id, code: code)
  }

  @Test func `an environment that is as it should be has no note`() async throws {
    let page = try await check("gym:own:Base-v0")
    let lines = page.split(separator: "\n").dropFirst()
    #expect(lines.allSatisfy { $0.hasPrefix("ok  ") }, "\(page)")
    for part in [
      "2 observations, 2 outputs of a policy, episodes of at most 50 steps", "2 numbers, -1 to 1",
      "the same 50 steps again, in another instance, too", "steps/s of one slot",
      "by default 12,500 episodes",
    ] { #expect(page.contains(part), "\(part) in \(page)") }
    // As many as there was time for.
    #expect(page.contains(#/(\d+) of \1 episodes begin differently/#), "\(page)")
    let ends = #/ends +0 terminated, 0 truncated by the environment, \d+ at the horizon/#
    #expect(page.contains(ends), "\(page)")
  }

  @Test(arguments: [
    ("Unseeded", "another step 1 from the same seed and actions; seed every generator"),
    ("Remembering", "another first observation from the same seed"),
    ("Clock", "every episode terminated at step 30; a limit of time is truncated"),
    ("Blind", "every return was 0 under random actions; reward"),
    ("Blind", "every episode begins with the same observation; where that"),
    ("Blind", "1 of 2 components never changed: 1; leave them out"),
    ("Far", "in component"),
  ])
  func `a fault is a note that says what to do`(kind: String, line: String) async throws {
    let page = try await check("gym:own:\(kind)-v0")
    let notes = page.split(separator: "\n").filter { $0.hasPrefix("note") }
    #expect(notes.contains { $0.contains(line) }, "\(page)")
  }

  @Test func `an episode that fails is a problem, and the exit code says so`() async throws {
    let page = try await check("gym:own:Broken-v0", code: 65)
    #expect(page.contains("problem  failure"))
    #expect(page.contains("ZeroDivisionError") && page.contains("step 7"), "\(page)")
  }

  @Test func `environments of this program have no problem, also under options`() async throws {
    for (id, flags) in [
      ("Pendulum-v1", []), ("HalfCheetah-v5", ["--horizon", "100"]), ("CartPole-v1", []),
    ] as [(String, [String])] {
      let page = try await Tool.output(["environments", id, "--check"] + flags)
      #expect(!page.contains("problem") && page.contains("in another instance, too"), "\(page)")
    }
    try await Tool.run(["environments", "--check"]).expectComplaint(
      "--check needs an environment", code: 64)
    try await Tool.run(["environments", "Pendulum-v1", "--json"]).expectComplaint(
      "--json is for --check", code: 64)
  }

  @Test func `train says before it starts that a seed does not repeat an episode`() async throws {
    let run = try GymnasiumRun(Self.module)
    for (kind, isWarned) in [("Unseeded", true), ("Base", false)] {
      let tool = try await Tool.run(
        run.train("gym:own:\(kind)-v0", into: kind, evaluators: 1), environment: run.variables)
      #expect(try await tool.ending() == .exited(code: 0))
      let warning =
        "warning: gym:own:\(kind)-v0: another step 1 from the same seed and actions: seed"
      #expect(tool.errors.contains(warning) == isWarned, "\(tool.errors)")
    }
  }
}

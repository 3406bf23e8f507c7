import Testing

/// `environments --check`: what an environment returns and takes, against what it declares.
@Suite(.serialized) struct EnvironmentSpaceTests {
  /// Environments that differ from one of Gymnasium's in one thing each.
  private static let module = """
    import gymnasium
    import numpy as np
    from gymnasium.spaces import Box, Dict, Discrete

    class Base(gymnasium.Env):
        observation_space = Box(-10, 10, (2,))
        action_space = Box(-1, 1, (1,))

        def reset(self, *, seed=None, options=None):
            super().reset(seed=seed)
            self.place = self.np_random.uniform(-1, 1, 2).astype(np.float32)
            return self.shown(self.place), {}

        def step(self, action):
            self.place = self.place + np.float32(0.1) * np.tanh(np.float32(action[0]))
            return self.shown(self.place), *self.outcome()

        def shown(self, place):
            return place

        def outcome(self):
            return float(-abs(self.place).sum()), False, False, {}

    class Outside(Base):
        observation_space = Box(np.array([-10, 5], np.float32), np.array([10, 6], np.float32))

    class Open(Base):
        observation_space = Box(np.array([-10, -np.inf], np.float32), np.array([10, np.inf], np.float32))

    class Double(Base):
        def shown(self, place): return place.astype(np.float64)

    class Whole(Base):
        observation_space = Box(-10, 10, (2,), np.int64)

    class Column(Base):
        def shown(self, place): return place[None]

    class Listed(Base):
        def shown(self, place): return list(map(float, place))

    class Parts(Base):
        observation_space = Dict(place=Box(-1, 1, (2,)), mode=Discrete(2))
        def shown(self, place): return {"place": place + 5, "mode": 0}

    class Keys(Parts):
        def shown(self, place): return {"place": place * 0, "mode": 0, "extra": 1}

    class OneSided(Base):
        action_space = Box(0, np.inf, (1,))

    class Unbounded(Base):
        action_space = Box(-np.inf, np.inf, (1,))

    class Huge(Base):
        action_space = Box(np.finfo(np.float32).min, np.finfo(np.float32).max, (1,))

    class NotANumber(Base):
        def outcome(self): return float("nan"), False, False, {}

    class InArray(Base):
        def outcome(self): return np.array([1.0]), 0, np.array(False), None

    class OldStep(Base):
        def step(self, action): return self.place, 0.0, False, {}

    class OldReset(Base):
        def reset(self, **options): return super().reset(**options)[0]

    class StillDone(Base):
        done = False
        count = 0
        def outcome(self):
            self.count += 1
            self.done = self.done or self.count == 9
            return float(-abs(self.place).sum()), self.done, False, {}

    class Short(Base):
        def outcome(self): return float(-abs(self.place).sum()), True, False, {}

    class Breaking(Base):
        def __init__(self): raise OSError("no such track")

    for kind in list(globals().values()):
        if isinstance(kind, type) and issubclass(kind, gymnasium.Env) and kind.__module__ == __name__:
            gymnasium.register(f"{kind.__name__}-v0", kind, max_episode_steps=50)
    """

  private func check(_ kind: String, code: Int32 = 0) async throws -> String {
    try await GymnasiumRun(Self.module).check(
      "gym:own:\(kind)-v0", code: code, isWhole: ["Base", "Outside", "OneSided"].contains(kind))
  }

  @Test(arguments: [
    ("Base", " observations, all in a Box of float32, shape (2,)"),
    ("Open", "in a Box of float32, shape (2,), 1 of its 2 components without bounds"),
  ])
  func `what agrees with its space is said to`(kind: String, line: String) async throws {
    let page = try await check(kind)
    #expect(page.contains("ok  observation space  ") && page.contains(line), "\(page)")
    #expect(!page.contains("note") && !page.contains("problem"), "\(page)")
  }

  @Test(
    arguments: [
      (
        "Outside",
        #"note  observation space  component 1 of the observation is -?[\d.]+, its space goes from 5 to 6 \(\d+ times\); clip it"#
      ),
      (
        "Double",
        #"the observation is of float64 where its space has float32 \(\d+ times\); return it .astype\(numpy.float32\)"#
      ),
      ("Whole", #"the observation is of float32 where its space has int64"#),
      ("Column", #"the observation has the shape \(1, 2\) where its space has \(2,\)"#),
      (
        "Listed",
        #"the observation is a list where its space is a Box \(\d+ times\); return numpy.array"#
      ),
      ("Parts", #"component 0 of part place is [\d.]+, its space goes from -1 to 1"#),
      (
        "Keys",
        #"the observation has keys \['extra', 'mode', 'place'\] where its space has keys \['mode', 'place'\]"#
      ),
      ("Huge", #"component 0 ranges from -3.403e\+38 to 3.403e\+38; bound it"#),
      ("InArray", #"note  step +the reward is of type ndarray \(\d+ times\); return a float"#),
      ("InArray", #"terminated is of type int .*; return a bool"#),
      ("InArray", #"truncated is of type ndarray"#), ("InArray", #"info is of type NoneType"#),
      ("StillDone", #"every episode after the first ended at its first step; let reset clear"#),
      ("Short", #"every episode ended at its first step; where that is not meant"#),
    ])
  func `what does not is a note with the mend`(kind: String, line: String) async throws {
    let page = try await check(kind)
    let notes = page.split(separator: "\n").filter { $0.hasPrefix("note") }
    let pattern = try Regex(line)
    #expect(notes.contains { $0.contains(pattern) }, "\(page)")
  }

  @Test(arguments: [
    (
      "OneSided",
      "spaces   gym:own:OneSided-v0: its action component 0 ranges from 0.0 to inf, which"
    ),
    ("Unbounded", "give the action space finite bounds, in a gymnasium.ActionWrapper"),
    ("NotANumber", "step 1: the reward is nan, not a number"),
    ("OldStep", "(expected 5, got 4); expected observation, reward, terminated, truncated, info"),
    ("OldReset", "reset returned ndarray alone, expected observation, info, as Gymnasium has it"),
    ("Breaking", "start   gym:own:Breaking-v0: OSError: no such track"),
  ])
  func `what cannot be trained on is a problem`(kind: String, line: String) async throws {
    let page = try await check(kind, code: 65)
    let problems = page.split(separator: "\n").filter { $0.hasPrefix("problem") }
    #expect(
      problems.count == 1 && problems[0].contains(line.split(separator: "   ").last ?? ""),
      "\(page)")
  }

  @Test func `a wrapper that bounds actions is what a refusal asks for`() async throws {
    let wrapper = """
      class Bounded(gymnasium.ActionWrapper):
          def __init__(self, env):
              super().__init__(env)
              self.action_space = Box(-2, 2, (1,))
          def action(self, action): return action
      """
    let run = try GymnasiumRun(Self.module + "\n" + wrapper)
    let page = try await Tool.run(
      ["environments", "gym:own:Unbounded-v0", "--check", "--wrapper", "own.Bounded"],
      environment: run.variables)
    #expect(try await page.ending() == .exited(code: 0))
    #expect(page.output.contains("1 number, -2 to 2"), "\(page.output)")
  }
}

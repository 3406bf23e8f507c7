/// A Python module of environments that go wrong in their third step, each in its own way.
enum FaultyModule {
  static let name = "faulty"

  /// Registers `<Fault>-v0` for every fault, `Unbounded-v0` and others with spaces that no policy fits.
  ///
  /// Every environment notes its process in the file `processes` beside the module.
  static let text = """
    import os, signal, subprocess, sys, threading
    import gymnasium, numpy as np
    from gymnasium.spaces import Box, Discrete

    unit = Box(-1, 1, (2,), np.float64)

    def abort():
        print("about to go", file=sys.stderr)
        os._exit(3)

    def die():
        os.kill(os.getpid(), signal.SIGSEGV)

    def fail():
        raise ValueError("the track\\nis closed")

    def hang():
        threading.Event().wait()

    def flood():
        while True:
            os.write(1, b"so much to say\\n" * 1000)

    def nothing():
        return None

    faults = {
        "Abort": abort, "Die": die, "Raise": fail, "Hang": hang, "Flood": flood,
        "NaN": lambda: (np.array([0.0, np.nan]), 0.0, False, False, {}),
        "Reward": lambda: (np.zeros(2), float("inf"), False, False, {}),
        "Shape": lambda: (np.zeros(3), 0.0, False, False, {}),
        "Nothing": nothing,
        "Early": lambda: (np.ones(2), 1.0, False, True, {}),
    }

    class Env(gymnasium.Env):
        def __init__(self, fault=None, observation_space=unit, action_space=unit):
            self.fault = faults.get(fault, nothing)
            self.observation_space, self.action_space = observation_space, action_space
            with open(os.path.join(os.path.dirname(__file__), "processes"), "a") as file:
                file.write(f"{os.getpid()}\\n")

        def reset(self, *, seed=None, options=None):
            self.steps = 0
            print("a new episode", flush=True)
            os.write(1, b"not a frame\\n")
            return np.zeros(2), {}

        def step(self, action):
            self.steps += 1
            return self.fault() if self.steps == 3 else (np.zeros(2), 1.0, False, False, {})

    def register(name, **kwargs):
        gymnasium.register(f"{name}-v0", Env, max_episode_steps=10, kwargs=kwargs)

    for fault in faults:
        register(fault, fault=fault)
    register("Unbounded", action_space=Box(-np.inf, np.inf, (1,)))
    register("Empty", observation_space=Box(0, 1, (0,)))
    gymnasium.register("Endless-v0", Env)

    class Echo(gymnasium.Env):
        '''Observes what it was sent: a type's name as a number, then the action.'''
        def __init__(self, space):
            self.action_space = space
            size = 1 if isinstance(space, Discrete) else int(np.prod(space.shape))
            self.observation_space = Box(-np.inf, np.inf, (1 + size,), np.float64)

        def reset(self, *, seed=None, options=None):
            return np.zeros(self.observation_space.shape), {}

        def step(self, action):
            assert self.action_space.contains(action), f"{action!r} is not in {self.action_space}"
            flat = np.asarray(action, dtype=float).ravel()
            return np.array([flat.size, *flat]), 0.0, False, False, {}

    spaces = {
        "Two": Discrete(2), "Four": Discrete(4, start=-1),
        "Grid": Box(np.array([[0, -2], [1, 10]]), np.array([[1, 2], [3, 30]]), dtype=np.float32),
        "Bytes": Box(0, 255, (2,), np.uint8),
    }
    for key, space in spaces.items():
        gymnasium.register(f"{key}-v0", Echo, max_episode_steps=10, kwargs={"space": space})

    class Picture(gymnasium.Env):
        '''Observes whole numbers in rows, and its keywords.'''
        observation_space = Box(0, 255, (2, 3), np.uint8)
        action_space = unit
        def __init__(self, **keywords):
            self.keywords = keywords

        def reset(self, *, seed=None, options=None):
            return np.arange(6, dtype=np.uint8).reshape(2, 3), {}

        def step(self, action):
            raise RuntimeError(repr(sorted(self.keywords.items())))

    gymnasium.register("Picture-v0", Picture, max_episode_steps=10)
    """
}

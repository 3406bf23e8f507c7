import ast
import importlib
import json
import sys

import numpy as np

# PLACE OF THE POLICY


class Policy:
    """The policy of this file: the same actions, bit for bit, as chromatic's own."""

    def __init__(self, contents=POLICY):
        self.observation_size, self.action_size = contents["sizes"][0], contents["sizes"][-1]
        self.environment = contents["environment"]
        self.action = contents["action"]
        # Environment steps for which each action is to be held.
        self.action_repeat = self.action["repeat"]
        # Whole numbers stand without a point.
        self.mean = np.array(contents["observationMean"], dtype=np.float64)
        self.scale = 1 / np.array(contents["observationDeviation"])
        # The class -1 is that of a removed edge, whose weight is zero.
        weights = np.append(contents["weights"], 0.0)[contents["classes"]]
        biases = np.array(contents["biases"], dtype=np.float64)
        self.layers = []
        for columns, rows in zip(contents["sizes"], contents["sizes"][1:]):
            matrix, weights = weights[: rows * columns].reshape(rows, columns), weights[rows * columns :]
            # The last layer has no biases.
            offsets, biases = biases[:rows], biases[rows:]
            self.layers.append((matrix, offsets if offsets.size else np.zeros(rows)))

    def outputs(self, observations):
        """Outputs from -1 to 1, shape (n, action_size), for observations of shape (n, observation_size)."""
        x = (np.asarray(observations, dtype=np.float64) - self.mean) * self.scale
        for matrix, biases in self.layers:
            total = np.tile(biases, (len(x), 1))
            # One input after the other, so that sums do not depend on numpy's blocks.
            for column in range(matrix.shape[1]):
                total += matrix[:, column] * x[:, column : column + 1]
            x = tanh(total)
        return x

    def act(self, observation):
        """The environment's action for one observation of any shape: a float64 vector, or an int where
        actions are choices."""
        flat = np.asarray(observation, dtype=np.float64).reshape(1, -1)
        if flat.shape[1] != self.observation_size:
            raise ValueError(f"the observation has {flat.shape[1]} numbers, expected {self.observation_size}")
        action = self._action(self.outputs(flat))[0]
        return int(action) if self.action["rule"] in ("sign", "argmax") else action

    def predict(self, observation, state=None, episode_start=None, deterministic=True):
        """As Stable-Baselines3's models: (action, None), of one observation or of a batch with one a row."""
        observation = np.asarray(observation, dtype=np.float64)
        if observation.size == self.observation_size:
            return self.act(observation), None
        batch = observation.reshape(len(observation), -1)
        if batch.shape[1] != self.observation_size:
            raise ValueError(f"observations have {batch.shape[1]} numbers, expected {self.observation_size}")
        return self._action(self.outputs(batch)), None

    def _action(self, outputs):
        rule = self.action["rule"]
        if rule == "scale":
            low, high = np.array(self.action["low"]), np.array(self.action["high"])
            control = np.clip((low + high) / 2 + (high - low) / 2 * outputs, low, high)
            return np.rint(control) if self.action["rounds"] else control
        if rule == "sign":
            return self.action["first"] + (outputs[:, 0] > 0)
        if rule == "argmax":
            return self.action["first"] + outputs.argmax(axis=1)
        raise ValueError("how outputs become actions is not known here: " + self.action["formula"])


def tanh(x):
    """tanh by operations that IEEE 754 rounds exactly: the same bits as chromatic's, on every machine."""
    magnitude = np.abs(x)
    doubled = 2 * np.where(magnitude > 20, 20.0, magnitude)
    whole = np.rint(doubled * 1.4426950408889634)
    rest = (doubled - whole * float.fromhex("0x1.62e42fefa0000p-1")) - whole * float.fromhex("0x1.cf79abc9e3b39p-40")
    series = np.full_like(rest, 1 / 6227020800)
    for factor in (479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1):
        series = series * rest + 1 / factor
    with np.errstate(invalid="ignore"):
        result = 1 - 2 / (series * np.ldexp(1.0, whole.astype(np.int32)) + 1)
    return np.where(x < 0, -result, result)


def make_environment():
    """The policy's environment under its options and horizon, by Gymnasium, which has to be installed."""
    try:
        import gymnasium
    except ModuleNotFoundError as error:
        if error.name != "gymnasium":
            raise
        raise ModuleNotFoundError("there is no Gymnasium: pip install gymnasium", name=error.name) from None
    environment = POLICY["environment"]
    scheme, _, name = environment["id"].rpartition("gym:")
    if environment["id"].startswith("mjcf:"):
        raise ValueError(f"{environment['id']} is a model with a task of chromatic's, which Gymnasium does not have")
    # Options with a dash in their names are chromatic's own.
    options = {key: keyword(text) for key, text in environment["options"].items() if "-" not in key}
    if environment["horizon"] is not None:
        options["max_episode_steps"] = environment["horizon"]
    made = gymnasium.make(name, disable_env_checker=True, **options)
    return wrapped(made, environment["options"].get("gym-wrappers", ""))


def wrapped(environment, text):
    """The environment under wrappers as `--wrapper` named them, FlattenObservation | mine.Smooth(weight=0.5),
    the first innermost."""
    calls, node = [], ast.parse(text, mode="eval").body if text else None
    while isinstance(node, ast.BinOp):
        calls, node = [node.right, *calls], node.left
    for call in [node, *calls] if node else []:
        module, _, name = ast.unparse(getattr(call, "func", call)).rpartition(".")
        kind = getattr(importlib.import_module(module or "gymnasium.wrappers"), name)
        arguments = [literal(argument) for argument in getattr(call, "args", ())]
        keywords = {keyword.arg: literal(keyword.value) for keyword in getattr(call, "keywords", ())}
        environment = kind(environment, *arguments, **keywords)
    return environment


def literal(node):
    """The value of a Python literal, or of numpy.array with one."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.array", "numpy.array"):
        return np.array(*map(literal, node.args))
    return ast.literal_eval(node)


def keyword(text):
    """An option's value as Python has it: 0.5, true, inf, [1,2], "0.7,inf", else text."""
    words = {"true": True, "false": False, "inf": float("inf"), "-inf": -float("inf")}
    if text.lower() in words:
        return words[text.lower()]
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        pass
    parts = text.split(",")
    try:
        return tuple(float(part) for part in parts) if len(parts) > 1 else text
    except ValueError:
        return text


def flat(space, observation):
    """The observation as numbers: boxes as they are, all others as Gymnasium flattens them."""
    if hasattr(observation, "shape") and np.size(observation) == np.prod(space.shape or (0,)):
        return observation
    from gymnasium.spaces import flatten

    return flatten(space, observation)


def run_episode(seed=None, env=None, state=None, policy=None):
    """The return and the number of steps of one episode.

    `seed` is what `env.reset` is given, such as a "resetSeed" of `chromatic evaluate --json`; `state` an
    "initialState" of it, for MuJoCo's environments. Without `env` one is made.
    """
    policy, env = policy or Policy(), env or make_environment()
    observation, _ = env.reset(seed=seed)
    if state is not None:
        import mujoco

        mujoco.mj_resetData(env.unwrapped.model, env.unwrapped.data)
        env.unwrapped.set_state(np.array(state["qpos"]), np.array(state["qvel"]))
        observation = env.unwrapped._get_obs()
    total, steps, over = 0.0, 0, False
    while not over:
        action = policy.act(flat(env.observation_space, observation))
        if isinstance(action, np.ndarray) and POLICY["environment"]["id"].startswith("gym:"):
            action = action.astype(env.action_space.dtype).reshape(env.action_space.shape)
        for _ in range(policy.action_repeat):
            observation, reward, terminated, truncated, _ = env.step(action)
            total, steps, over = total + float(reward), steps + 1, bool(terminated or truncated)
            if over:
                break
    return total, steps


if __name__ == "__main__":
    for word in sys.argv[1:] or ["0"]:
        total, steps = run_episode(seed=int(word))
        print(f"seed {word}: return {total}, {steps} steps")

"""Runs Gymnasium itself and prints what it did as one JSON object.

reference.py episodes ID KEYWORDS COUNT STEPS SPREAD
    COUNT times STEPS steps under random actions, SPREAD times the range; when an episode ends before
    its STEPS, fresh ones make them up
reference.py resets ID KEYWORDS COUNT
    moments of the first observation over COUNT resets
reference.py signature ID KEYWORDS
    the horizon, and every keyword argument of the simulation with its default

KEYWORDS is a JSON object of keyword arguments; text is read as "0.7,inf", "true", "5" or "torso".
"""

import inspect
import json
import sys

NOT_OF_THE_SIMULATION = ("xml_file", "default_camera_config")


def random_episodes(env, rng, steps, spread):
    episodes = []
    while not episodes or steps > 0:
        episodes.append(random_episode(env, rng, steps, spread))
        steps -= len(episodes[-1]["steps"])
    return episodes


# Where random actions lead nowhere, they lean to where an observation says.
LEANING = {
    "CartPole-v1": lambda observation: 4 * observation[2] + 2 * observation[3],
    "MountainCarContinuous-v0": lambda observation: 0.6 * (1 if observation[1] > 0 else -1),
}


def random_episode(env, rng, steps, spread):
    import numpy as np

    observation, _ = env.reset(seed=int(rng.integers(2**31)))
    low, high = action_range(env.action_space)
    leaning = LEANING.get(env.spec.id, lambda observation: 0)
    record = {"state": state_of(env), "first": observation.tolist(), "steps": []}
    for _ in range(steps):
        action = rng.uniform(spread * low, spread * high) + leaning(observation)
        observation, reward, terminated, truncated, _ = env.step(taken(env.action_space, action))
        record["steps"].append({
            "action": action.tolist(), "observation": observation.tolist(), "reward": float(reward),
            "terminated": bool(terminated), "truncated": bool(truncated),
        })
        if terminated:
            break
    return record


def action_range(space):
    import numpy as np

    if hasattr(space, "n"):
        return -np.ones(1), np.ones(1)
    return np.asarray(space.low, dtype=np.float64), np.asarray(space.high, dtype=np.float64)


def taken(space, action):
    """Of two discrete actions the one that the sign of a number says."""
    return int(action[0] > 0) if hasattr(space, "n") else action


def state_of(env):
    inner = env.unwrapped
    if hasattr(inner, "data"):
        return {"qpos": inner.data.qpos.tolist(), "qvel": inner.data.qvel.tolist()}
    state = [float(number) for number in inner.state]
    return {"qpos": state[0::2], "qvel": state[1::2]}


def reset_moments(env, count):
    import numpy as np

    first = np.array([env.reset(seed=seed)[0] for seed in range(count)], dtype=np.float64)
    varies = np.ptp(first, axis=0) > 1e-9
    mean, deviation = first.mean(axis=0), np.where(varies, first.std(axis=0), 0)
    kurtosis = np.where(varies, (((first - mean) / np.where(varies, deviation, 1)) ** 4).mean(axis=0), 0)
    return {"mean": mean.tolist(), "deviation": deviation.tolist(), "kurtosis": kurtosis.tolist()}


def signature(env):
    parameters = inspect.signature(type(env.unwrapped).__init__).parameters.values()
    named = [p for p in parameters if p.default is not p.empty and p.name not in NOT_OF_THE_SIMULATION]
    return {"horizon": env.spec.max_episode_steps, "defaults": {p.name: text(p.default) for p in named}}


def text(default):
    if isinstance(default, tuple):
        return ",".join(map(text, default))
    return str(default).lower()


def keyword_value(value):
    if not isinstance(value, str):
        return value
    if "," in value:
        return tuple(float(number) for number in value.split(","))
    for convert in ({"true": True, "false": False}.__getitem__, int, float):
        try:
            return convert(value)
        except (KeyError, ValueError):
            pass
    return value


def main(mode, name, keywords, count=0, steps=0, spread=1.0):
    import gymnasium
    import numpy as np

    keywords = {keyword: keyword_value(value) for keyword, value in json.loads(keywords).items()}
    env = gymnasium.make(name, disable_env_checker=True, **keywords)
    if mode == "signature":
        return signature(env)
    if mode == "resets":
        return reset_moments(env, int(count))
    rng = np.random.default_rng(7)
    starts = [random_episodes(env, rng, int(steps), float(spread)) for _ in range(int(count))]
    return {"episodes": [episode for episodes in starts for episode in episodes]}


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:
        sys.exit(json.dumps({"error": f"{type(error).__name__}: {error}"}))

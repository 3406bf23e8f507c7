"""Runs Gymnasium itself and prints what it did as one JSON object.

reference.py episodes ID COUNT STEPS SPREAD   episodes under random actions, SPREAD times the range
reference.py resets ID COUNT                  moments of the first observation over many resets
"""

import json
import sys


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
    mean, deviation = first.mean(axis=0), first.std(axis=0)
    kurtosis = (((first - mean) / np.where(deviation > 0, deviation, 1)) ** 4).mean(axis=0)
    return {"mean": mean.tolist(), "deviation": deviation.tolist(), "kurtosis": kurtosis.tolist()}


def main(mode, name, count, steps=0, spread=1.0):
    import gymnasium
    import numpy as np

    env = gymnasium.make(name, disable_env_checker=True)
    if mode == "resets":
        return reset_moments(env, int(count))
    rng = np.random.default_rng(7)
    return {"episodes": [random_episode(env, rng, int(steps), float(spread)) for _ in range(int(count))]}


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Exception as error:
        sys.exit(json.dumps({"error": f"{type(error).__name__}: {error}"}))

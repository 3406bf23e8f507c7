"""Runs Gymnasium itself and prints what it did as one JSON object.

reference.py episodes ID COUNT STEPS SPREAD   episodes under random actions, SPREAD times the range
reference.py resets ID COUNT                  moments of the first observation over many resets
"""

import json
import sys


def random_episode(env, rng, steps, spread):
    import numpy as np

    first, _ = env.reset(seed=int(rng.integers(2**31)))
    low, high = (np.asarray(b, dtype=np.float64) for b in (env.action_space.low, env.action_space.high))
    record = {"state": state_of(env), "first": first.tolist(), "steps": []}
    for _ in range(steps):
        action = rng.uniform(spread * low, spread * high)
        observation, reward, terminated, truncated, _ = env.step(action)
        record["steps"].append({
            "action": action.tolist(), "observation": observation.tolist(), "reward": float(reward),
            "terminated": bool(terminated), "truncated": bool(truncated),
        })
        if terminated:
            break
    return record


def state_of(env):
    inner = env.unwrapped
    if hasattr(inner, "data"):
        return {"qpos": inner.data.qpos.tolist(), "qvel": inner.data.qvel.tolist()}
    return {"qpos": [float(inner.state[0])], "qvel": [float(inner.state[1])]}


def reset_moments(env, count):
    import numpy as np

    first = np.array([env.reset(seed=seed)[0] for seed in range(count)], dtype=np.float64)
    mean, deviation = first.mean(axis=0), first.std(axis=0)
    kurtosis = (((first - mean) / deviation) ** 4).mean(axis=0)
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

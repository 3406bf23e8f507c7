"""What a Gymnasium environment returns, held against its spaces; in front of the bridge."""


class Inspection:
    """What an environment returns, held against its observation space and Gymnasium's API."""

    def __init__(self, space):
        self.space = space
        self.observations = 0
        self.found = {}

    def note(self, topic, key, text, mend):
        """Keeps the first of its kind, and how often it was seen."""
        seen = self.found.setdefault((topic, key), [0, text, mend])
        seen[0] += 1

    def look_at_observation(self, value):
        self.observations += 1
        for key, text, mend in misfits(value, self.space):
            self.note("observation space", key, text, mend)

    def look_at_step(self, reward, terminated, truncated, info):
        import numpy as np

        for name, value in (("terminated", terminated), ("truncated", truncated)):
            if not isinstance(value, (bool, np.bool_)):
                self.note("step", name, f"{name} is of type {type(value).__name__}", "return a bool")
        if not np.isscalar(reward) or isinstance(reward, (str, bytes)):
            self.note("step", "reward", f"the reward is of type {type(reward).__name__}", "return a float")
        if not isinstance(info, dict):
            self.note("step", "info", f"info is of type {type(info).__name__}", "return a dict, if need be {}")

    def findings(self):
        """Level, topic, text and mend of each."""
        found = [
            {"level": "note", "topic": topic, "text": f"{text} ({times(count)})", "mend": mend}
            for (topic, _), (count, text, mend) in self.found.items()
        ]
        if not any(finding["topic"] == "observation space" for finding in found):
            text = f"{self.observations} observations, all in {in_words(self.space)}"
            found.insert(0, {"level": "ok", "topic": "observation space", "text": text})
        return found


def times(count):
    return "once" if count == 1 else f"{count} times"


def in_words(space):
    """A space in some words; what has no bounds is no fault."""
    import gymnasium
    import numpy as np

    if not isinstance(space, gymnasium.spaces.Box):
        return f"a {type(space).__name__}"
    unbounded = int(np.sum(~(np.isfinite(space.low) & np.isfinite(space.high))))
    kind = f"a Box of {space.dtype}, shape {space.shape}"
    return kind + (f", {unbounded} of its {space.low.size} components without bounds" if unbounded else "")


def misfits(value, space, name="the observation"):
    """What of a value is not in its space: a key for its kind, the text and the mend."""
    import gymnasium
    import numpy as np

    spaces = gymnasium.spaces
    if isinstance(space, spaces.Dict):
        if not isinstance(value, dict) or set(value) != set(space.keys()):
            keys = f"keys {sorted(value)}" if isinstance(value, dict) else f"type {type(value).__name__}"
            yield name, f"{name} has {keys} where its space has keys {sorted(space.keys())}", "make them agree"
            return
        for key, part in space.items():
            yield from misfits(value[key], part, f"part {key}")
    elif isinstance(space, spaces.Tuple):
        if not isinstance(value, (tuple, list)) or len(value) != len(space):
            yield name, f"{name} is no tuple of {len(space)} parts as its space is", "make them agree"
            return
        for number, part in enumerate(space):
            yield from misfits(value[number], part, f"part {number}")
    elif not isinstance(space, spaces.Box):
        if not space.contains(value):
            yield name, f"{name} is {value!r}, which is not in {space}", "make them agree"
    elif not isinstance(value, (np.ndarray, np.generic)):
        text = f"{name} is a {type(value).__name__} where its space is a Box"
        yield f"{name} type", text, f"return numpy.array(…, dtype=numpy.{space.dtype})"
    else:
        yield from misfits_of_array(np.asarray(value), space, name)


def misfits_of_array(value, space, name):
    import numpy as np

    beyond = (value < space.low) | (value > space.high) if value.shape == space.shape else None
    if beyond is not None and value.dtype == space.dtype and not beyond.any():
        return
    if not np.can_cast(value.dtype, space.dtype):
        text = f"{name} is of {value.dtype} where its space has {space.dtype}"
        yield f"{name} dtype", text, f"return it .astype(numpy.{space.dtype}), or declare {value.dtype}"
    if beyond is None:
        text = f"{name} has the shape {value.shape} where its space has {space.shape}"
        yield f"{name} shape", text, "make them agree: numbers are taken row by row"
    elif beyond.any():
        place = np.flatnonzero(beyond)[0]
        low, high = space.low.flat[place], space.high.flat[place]
        text = f"component {place} of {name} is {value.flat[place]:.6g}, its space goes from {low:.6g} to {high:.6g}"
        yield f"{name} bounds", text, "clip it, or declare the bounds that it has"

"""Makes, resets and steps one Gymnasium environment for the process that started this one.

Arguments: ID HORIZON NAME=VALUE…, with an empty HORIZON for the environment's own.

Descriptor 3 is a socket for frames in both directions: kind and payload size as little-endian 32-bit
numbers, then the payload, little-endian doubles or UTF-8. Descriptor 4 is a socket that nobody writes
to; its end means that the other process is gone. Whatever an environment prints goes to stderr.
"""

import ast
import fcntl
import os
import select
import signal
import socket
import struct
import sys
import traceback

RESET, STEP, READY, STATE, RAISED, UNKNOWN, UNSUPPORTED, MISSING = range(1, 9)


class Refusal(Exception):
    """Why there will be no environment: a kind of frame and one line."""

    def __init__(self, kind, line):
        super().__init__(line)
        self.kind = kind


def main(name, horizon, *options):
    die_with_the_other_process(lifeline=4)
    os.set_inheritable(3, False)
    channel = socket.socket(fileno=3)
    try:
        env = make(name, horizon, dict(map(option, options)))
        take = action_of(env.action_space)
        numbers, versions = handshake(env)
        send(channel, READY, numbers, versions)
        serve(channel, env, take)
    except Refusal as refusal:
        send(channel, refusal.kind, text=str(refusal))
    except Exception as error:
        send(channel, RAISED, text=one_line(error))


def die_with_the_other_process(lifeline):
    """The kernel kills this process group at the lifeline's end, even in the midst of a step."""
    os.set_inheritable(lifeline, False)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        os._exit(1)


def make(name, horizon, options):
    try:
        import gymnasium
    except ModuleNotFoundError as error:
        if error.name not in ("gymnasium", "numpy"):
            raise
        raise Refusal(MISSING, installation("gymnasium")) from None
    if horizon:
        options["max_episode_steps"] = int(horizon)
    try:
        return gymnasium.make(name, disable_env_checker=True, **options)
    except (gymnasium.error.UnregisteredEnv, gymnasium.error.DeprecatedEnv) as error:
        raise Refusal(UNKNOWN, f"{type(error).__name__}: {error}") from None
    except ModuleNotFoundError as error:
        module, colon, _ = name.partition(":")
        absent = (error.__cause__ or error).name
        if not colon or not absent or not f"{module}.".startswith(f"{absent}."):
            raise
        raise Refusal(UNKNOWN, f"there is no Python module {absent} in {os.getcwd()} or PYTHONPATH") from None


def option(text):
    """A keyword argument; what is no Python literal is a string."""
    name, _, value = text.partition("=")
    words = {"true": True, "false": False, "inf": float("inf"), "-inf": float("-inf")}
    if value.lower() in words:
        return name, words[value.lower()]
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def origin(env):
    """The class that simulates and a digest of its source, which no version number need tell apart."""
    import hashlib
    import inspect

    kind = type(env.unwrapped)
    try:
        with open(inspect.getsourcefile(kind), "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()[:16]
    except (OSError, TypeError):
        digest = "unknown"
    return f"{kind.__module__}.{kind.__qualname__} source {digest}"


def handshake(env):
    """Observation size, kind of actions, their count, the horizon; bounds or first choice; versions.

    Kinds: 0 a box, 1 choices, 2 a box of whole numbers.
    """
    import gymnasium
    import numpy as np

    space = env.observation_space
    if not isinstance(space, gymnasium.spaces.Box):
        raise Refusal(
            UNSUPPORTED,
            f"its observations are a {type(space).__name__} space where a Box is needed: "
            "wrap it in gymnasium.wrappers.FlattenObservation",
        )
    horizon = env.spec.max_episode_steps if env.spec is not None else None
    size = int(np.prod(space.shape))
    actions = env.action_space
    versions = (
        f"Gymnasium {gymnasium.__version__}, NumPy {np.__version__}, "
        f"Python {sys.version.split()[0]}, {origin(env)}"
    )
    if isinstance(actions, gymnasium.spaces.Discrete):
        return [size, 1, int(actions.n), horizon or 0, int(actions.start)], versions
    low, high = (np.asarray(bound, dtype="<f8").ravel() for bound in (actions.low, actions.high))
    kind = 2 if actions.dtype.kind in "iu" else 0
    return [size, kind, low.size, horizon or 0, *low, *high], versions


def action_of(space):
    """The function from an action's numbers to what `step` is given, of the space's own type."""
    import gymnasium
    import numpy as np

    if isinstance(space, gymnasium.spaces.Discrete):
        return lambda numbers: space.dtype.type(space.start + int(numbers[0]))
    if not isinstance(space, gymnasium.spaces.Box):
        raise Refusal(
            UNSUPPORTED,
            f"its actions are a {type(space).__name__} space where a Box or Discrete one is needed: "
            "wrap it in a gymnasium.ActionWrapper",
        )
    if space.dtype.kind in "iu":
        return lambda numbers: np.rint(numbers).astype(space.dtype).reshape(space.shape)
    return lambda numbers: numbers.astype(space.dtype).reshape(space.shape)


def serve(channel, env, take):
    import numpy as np

    size = int(np.prod(env.observation_space.shape))
    frame = bytearray(struct.pack("<II", STATE, 8 * (3 + size))) + bytearray(8 * (3 + size))
    numbers = np.frombuffer(frame, dtype="<f8", offset=8)
    while True:
        header = channel.recv(8, socket.MSG_WAITALL)
        if len(header) < 8:
            return env.close()
        kind, length = struct.unpack("<II", header)
        request = np.frombuffer(channel.recv(length, socket.MSG_WAITALL), dtype="<f8")
        if kind == RESET:
            observation, _ = env.reset(seed=int(request[0]))
            numbers[:3] = 0
        else:
            observation, reward, terminated, truncated, _ = env.step(take(request))
            numbers[:3] = float(reward), bool(terminated), bool(truncated)
        flat = np.asarray(observation, dtype="<f8").ravel()
        if flat.size != size:
            raise ValueError(f"an observation of {flat.size} numbers where its space has {size}")
        numbers[3:] = flat
        channel.sendall(frame)


def send(channel, kind, numbers=(), text=""):
    payload = struct.pack(f"<{len(numbers)}d", *numbers) + text.encode(errors="replace")
    channel.sendall(struct.pack("<II", kind, len(payload)) + payload)


def one_line(error):
    """Type, text and place of an exception, the place unless it is this script."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f" ({os.path.basename(f.filename)}:{f.lineno})" for f in frames if f.filename != "<string>"]
    return f"{type(error).__name__}: {error}{places[-1] if places else ''}"


main(*sys.argv[1:])

"""Makes, resets and steps one Gymnasium environment for the process that started this one.

Arguments: ID HORIZON WRAPPERS NAME=VALUE…, with an empty HORIZON for the environment's own and WRAPPERS
such as "FlattenObservation | my_module.Smooth(weight=0.5)", innermost first, or empty.

Descriptor 3 is a socket for frames in both directions: kind and payload size as little-endian 32-bit
numbers, then the payload, little-endian doubles or UTF-8. Descriptor 4 is a socket that nobody writes
to; its end means that the other process is gone. Whatever an environment prints goes to stderr.
"""

import ast
import fcntl
import json
import os
import select
import signal
import socket
import struct
import sys
import traceback

RESET, STEP, READY, STATE, RAISED, UNKNOWN, UNSUPPORTED, MISSING, INSPECT, REPORT = range(1, 11)


class Refusal(Exception):
    """Why there will be no environment: a kind of frame and one line."""

    def __init__(self, kind, line):
        super().__init__(line)
        self.kind = kind


def main(name, horizon, wrappers, *options):
    die_with_the_other_process(lifeline=4)
    os.set_inheritable(3, False)
    channel = socket.socket(fileno=3)
    try:
        env = make(name, horizon, dict(map(option, options)))
        steps = env.spec.max_episode_steps if env.spec is not None else None
        env, origins = wrapped(env, wrappers)
        take = action_of(env.action_space)
        flat = flattener(env.observation_space)
        numbers, versions = handshake(env, flat, steps)
        send(channel, READY, numbers, versions + origins)
        serve(channel, env, take, flat)
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


def wrapped(env, text):
    """The environment under wrappers, the first innermost; their classes with digests of their sources."""
    origins = ""
    for call in wrapper_calls(text):
        function = call.func if isinstance(call, ast.Call) else call
        kind = wrapper_class(ast.unparse(function))
        try:
            arguments = [literal(a) for a in getattr(call, "args", ())]
            keywords = {k.arg: literal(k.value) for k in getattr(call, "keywords", ())}
        except ValueError:
            raise Refusal(UNSUPPORTED, f"--wrapper {ast.unparse(call)}: expected Python literals as options") from None
        try:
            env = kind(env, *arguments, **keywords)
        except Exception as error:
            raise Refusal(UNSUPPORTED, f"--wrapper {ast.unparse(call)}: {one_line(error)}") from None
        origins += f", under {origin(kind)}"
    return env, origins


def wrapper_calls(text):
    """The parts of a pipe of names and calls, from left to right."""
    if not text.strip():
        return []
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        node = None
    calls = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        calls.insert(0, node.right)
        node = node.left
    calls.insert(0, node)
    for call in calls:
        function = call.func if isinstance(call, ast.Call) else call
        if not isinstance(function, (ast.Name, ast.Attribute)):
            raise Refusal(
                UNSUPPORTED,
                f"--wrapper {text}: expected a name such as FlattenObservation or my_module.Smooth, "
                "with options as in FrameStackObservation(stack_size=4)",
            )
    return calls


def literal(node):
    """The value of a Python literal, or of numpy.array with one."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.array", "numpy.array"):
        import numpy as np

        return np.array(*map(literal, node.args))
    return ast.literal_eval(node)


def wrapper_class(path):
    import importlib
    import gymnasium

    module, _, name = path.rpartition(".")
    try:
        place = importlib.import_module(module or "gymnasium.wrappers")
    except ModuleNotFoundError as error:
        raise Refusal(UNKNOWN, f"--wrapper {path}: there is no Python module {error.name}") from None
    kind = getattr(place, name, None)
    if not (isinstance(kind, type) and issubclass(kind, gymnasium.Wrapper)):
        raise Refusal(UNKNOWN, f"--wrapper {path}: there is no wrapper {name} in {place.__name__}")
    return kind


def origin(kind):
    """The class that simulates and a digest of its source, which no version number need tell apart."""
    import hashlib
    import inspect

    try:
        with open(inspect.getsourcefile(kind), "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()[:16]
    except (OSError, TypeError):
        digest = "unknown"
    return f"{kind.__module__}.{kind.__qualname__} source {digest}"


def flattener(space):
    """The number of an observation's components, and the function that lays them out in a row.

    A box is laid out row by row, every other space as gymnasium.spaces.utils.flatten does it.
    """
    import gymnasium
    import numpy as np
    from gymnasium.spaces import utils

    if isinstance(space, gymnasium.spaces.Box):
        return int(np.prod(space.shape)), lambda value: np.asarray(value, dtype="<f8").ravel()
    if strange := unflattenable(space):
        raise Refusal(
            UNSUPPORTED,
            f"its observations are a {type(space).__name__} space, and {strange} has no fixed size: "
            "write a gymnasium.ObservationWrapper that makes a Box of it, and name it by --wrapper",
        )
    return utils.flatdim(space), lambda value: np.asarray(utils.flatten(space, value), dtype="<f8").ravel()


def unflattenable(space, name="it"):
    """The part of a space that cannot be laid out in numbers, in words; empty if all can."""
    import gymnasium

    if isinstance(space, (gymnasium.spaces.Dict, gymnasium.spaces.Tuple)):
        parts = space.items() if isinstance(space, gymnasium.spaces.Dict) else enumerate(space)
        found = (unflattenable(part, f"its part {key}") for key, part in parts)
        return next(filter(None, found), "")
    try:
        return "" if space.is_np_flattenable else f"{name}, a {type(space).__name__},"
    except NotImplementedError:
        return f"{name}, a {type(space).__name__},"


def handshake(env, flat, steps):
    """Observation size, kind of actions, their count, the horizon; bounds or first choice; versions.

    Kinds: 0 a box, 1 choices, 2 a box of whole numbers.
    """
    import gymnasium
    import numpy as np

    size, _ = flat
    horizon = steps
    actions = env.action_space
    versions = (
        f"Gymnasium {gymnasium.__version__}, NumPy {np.__version__}, "
        f"Python {sys.version.split()[0]}, {origin(type(env.unwrapped))}"
    )
    if isinstance(actions, gymnasium.spaces.Discrete):
        return [size, 1, int(actions.n), horizon or 0, int(actions.start)], versions
    low, high = (np.asarray(bound, dtype="<f8").ravel() for bound in bounds(actions))
    kind = 2 if actions.dtype.kind in "iu" else 0
    return [size, kind, low.size, horizon or 0, *low, *high], versions


def bounds(space):
    """The least and the greatest number of every component."""
    import gymnasium
    import numpy as np

    if isinstance(space, gymnasium.spaces.MultiDiscrete):
        return space.start, space.start + space.nvec - 1
    if isinstance(space, gymnasium.spaces.MultiBinary):
        return np.zeros(space.shape), np.ones(space.shape)
    return space.low, space.high


def action_of(space):
    """The function from an action's numbers to what `step` is given, of the space's own type."""
    import gymnasium
    import numpy as np

    if isinstance(space, gymnasium.spaces.Discrete):
        return lambda numbers: space.dtype.type(space.start + int(numbers[0]))
    spaces = gymnasium.spaces
    if not isinstance(space, (spaces.Box, spaces.MultiDiscrete, spaces.MultiBinary)):
        raise Refusal(
            UNSUPPORTED,
            f"its actions are a {type(space).__name__} space where a Box, Discrete, MultiDiscrete or "
            "MultiBinary one is needed: write a gymnasium.ActionWrapper, and name it by --wrapper",
        )
    if space.dtype.kind in "iu":
        return lambda numbers: np.rint(numbers).astype(space.dtype).reshape(space.shape)
    return lambda numbers: numbers.astype(space.dtype).reshape(space.shape)


def serve(channel, env, take, flat):
    import numpy as np

    size, lay_out = flat
    frame = bytearray(struct.pack("<II", STATE, 8 * (3 + size))) + bytearray(8 * (3 + size))
    numbers = np.frombuffer(frame, dtype="<f8", offset=8)
    inspection = None
    while True:
        header = channel.recv(8, socket.MSG_WAITALL)
        if len(header) < 8:
            return env.close()
        kind, length = struct.unpack("<II", header)
        request = np.frombuffer(channel.recv(length, socket.MSG_WAITALL), dtype="<f8")
        if kind == INSPECT:
            send(channel, REPORT, text=json.dumps(inspection.findings() if inspection else []))
            inspection = Inspection(env.observation_space)
            continue
        if kind == RESET:
            observation, info = returned(lambda: env.reset(seed=int(request[0])), "reset", ("observation", "info"))
            numbers[:3] = 0
        else:
            result = returned(
                lambda: env.step(take(request)), "step", ("observation", "reward", "terminated", "truncated", "info")
            )
            observation, reward, terminated, truncated, info = result
            if inspection:
                inspection.look_at_step(*result[1:])
            if np.size(reward) != 1:
                raise ValueError(
                    f"a reward of {np.size(reward)} numbers, one is needed: weigh them in a wrapper, see --wrapper"
                )
            numbers[:3] = float(np.asarray(reward).item()), bool(terminated), bool(truncated)
        if inspection:
            inspection.look_at_observation(observation)
        row = lay_out(observation)
        if row.size != size:
            raise ValueError(f"an observation of {row.size} numbers where its space has {size}")
        numbers[3:] = row
        channel.sendall(frame)


def returned(call, method, names):
    """What a method returned, which has as many values as there are names."""
    expected = f"expected {', '.join(names)}, as Gymnasium has it since 0.26"
    try:
        result = call()
    except ValueError as error:
        # A wrapper took them apart.
        if "values to unpack" not in str(error):
            raise
        raise TypeError(f"{method}: {error}; {expected}") from error
    if not isinstance(result, (tuple, list)) or len(result) != len(names):
        count = f"{len(result)} values" if isinstance(result, (tuple, list)) else f"{type(result).__name__} alone"
        raise TypeError(f"{method} returned {count}, {expected}")
    return result


def send(channel, kind, numbers=(), text=""):
    payload = struct.pack(f"<{len(numbers)}d", *numbers) + text.encode(errors="replace")
    channel.sendall(struct.pack("<II", kind, len(payload)) + payload)


def one_line(error):
    """Type, text and place of an exception, the place unless it is this script.

    An assertion without a text is told by its code.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f" ({os.path.basename(f.filename)}:{f.lineno})" for f in frames if f.filename != "<string>"]
    text = str(error) or (frames[-1].line or "" if frames else "")
    return f"{type(error).__name__}: {text}{places[-1] if places else ''}"


main(*sys.argv[1:])

"""Turns a policy file into an ONNX model for the process that started this one.

Descriptor 3 is a socket: the file's contents and how to act, a JSON array, come in up to their end, the
model's bytes go out. The exit code is
0 after a whole model; otherwise the last line on standard error says why, with 69 for a missing package.

The model keeps the weights shared: `shared_weights` of length M, a partition per matrix with one class
an edge, and Gather between them; a removed edge has the class M, which stands for zero.
"""

import json
import socket
import sys

PACKAGE = "onnx==1.23.2"
# Of 2020, so that older runtimes load the model, too.
OPSET, IR_VERSION = 13, 7
MISSING = 69


def main():
    with socket.socket(fileno=3) as channel:
        file = channel.makefile("rb").read()
        channel.sendall(model_bytes(*json.loads(file)))


def model_bytes(policy, action):
    try:
        import onnx
    except ModuleNotFoundError as error:
        print(f"its Python has no {error.name}: {installation(PACKAGE)}", file=sys.stderr)
        sys.exit(MISSING)
    nodes, initializers = network(policy)
    layers = policy["layers"]
    model = onnx.helper.make_model(
        onnx.helper.make_graph(
            nodes,
            "policy",
            [batch_of("observation", layers["observation"])],
            [batch_of("action", layers["action"])],
            initializers,
        ),
        producer_name="chromatic",
        ir_version=IR_VERSION,
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
    )
    onnx.helper.set_model_props(model, properties(policy, action))
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def network(policy):
    """Nodes and initializers of x ← (x − mean)/deviation, then x ← tanh(Wx + b) per layer."""
    from onnx.helper import make_node

    nodes = [
        make_node("Sub", ["observation", "observation_mean"], ["centred"]),
        make_node("Div", ["centred", "observation_deviation"], ["layer_0"]),
    ]
    initializers = [
        floats("observation_mean", policy["observationMean"]),
        floats("observation_deviation", policy["observationDeviation"]),
        floats("shared_weights", policy["sharedWeights"]),
    ]
    weights = "shared_weights"
    if any("-" in row for rows in policy["partition"] for row in rows):
        weights = "weights_and_zero"
        initializers.append(floats("zero", [0.0]))
        nodes.append(make_node("Concat", ["shared_weights", "zero"], [weights], axis=0))
    biases = policy["biases"]
    depth = len(policy["partition"])
    for layer, rows in enumerate(policy["partition"], start=1):
        inputs = [f"layer_{layer - 1}", f"matrix_{layer}"]
        initializers.append(classes(f"partition_{layer}", rows, policy["classes"]))
        if layer < depth:
            inputs.append(f"bias_{layer}")
            initializers.append(floats(f"bias_{layer}", biases[: len(rows)]))
            biases = biases[len(rows) :]
        nodes += [
            make_node("Cast", [f"partition_{layer}"], [f"classes_{layer}"], to=INT32),
            make_node("Gather", [weights, f"classes_{layer}"], [f"matrix_{layer}"]),
            make_node("Gemm", inputs, [f"sum_{layer}"], transB=1),
            make_node("Tanh", [f"sum_{layer}"], ["action" if layer == depth else f"layer_{layer}"]),
        ]
    return nodes, initializers


# TensorProto.INT32: what Gather takes for indices.
INT32 = 6


def classes(name, rows, count):
    """The class of every edge, `count` where it is removed, in the smallest type that holds them."""
    import numpy as np
    from onnx import numpy_helper

    kind = np.min_scalar_type(count)
    values = [[count if word == "-" else int(word) for word in row.split()] for row in rows]
    return numpy_helper.from_array(np.array(values, dtype=kind), name)


def floats(name, values):
    import numpy as np
    from onnx import numpy_helper

    return numpy_helper.from_array(np.array(values, dtype=np.float32), name)


def batch_of(name, size):
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", size])


def properties(policy, action):
    """What the file says of itself: text by name; how to act as `action_rule`, `action_low` and so on."""
    environment = policy["environment"]
    settings = environment if isinstance(environment, dict) else {"id": environment}
    texts = {"environment": settings.pop("id")}
    if settings:
        texts["environment_settings"] = json.dumps(settings, sort_keys=True)
    for name, value in action.items():
        texts[f"action_{name}"] = value if isinstance(value, str) else json.dumps(value)
    return texts | {"project": "chromatic", "shared_weights": str(policy["classes"])}


main()

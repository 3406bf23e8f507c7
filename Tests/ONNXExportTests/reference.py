"""Runs an ONNX model on observations: MODEL OBSERVATIONS ACTIONS, the last two of little-endian doubles.

Prints what the model holds, as JSON.
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime


def main(model_path, observations_path, actions_path):
    model = onnx.load(model_path)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model_path, providers=["CPUExecutionProvider"])
    size = session.get_inputs()[0].shape[1]
    observations = np.fromfile(observations_path, dtype="<f8").reshape(-1, size).astype(np.float32)
    (actions,) = session.run(["action"], {"observation": observations})
    (first,) = session.run(["action"], {"observation": observations[:1]})
    actions.astype("<f8").tofile(actions_path)
    contents = {
        "versions": [model.ir_version, model.opset_import[0].version],
        "input": session.get_inputs()[0].shape,
        "output": session.get_outputs()[0].shape,
        "operators": [node.op_type for node in model.graph.node],
        "properties": {property.key: property.value for property in model.metadata_props},
        "sharedWeights": weights(model),
        "one": np.abs(first - actions[:1]).max().item(),
    }
    json.dump(contents, sys.stdout)


def weights(model):
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    return onnx.numpy_helper.to_array(tensors["shared_weights"]).astype(float).tolist()


main(*sys.argv[1:])

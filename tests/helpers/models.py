"""Tiny detection models, written with onnx: a threshold on the difference of two dates, and red roofs on one."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper

Statements = dict[str, object]

CHANGE: Statements = {
    "task": "change",
    "name": "difference",
    "version": "1",
    "resolution_m": 0.5,
    "bands": ["red", "green", "blue"],
    "scaling": {"range": [0, 1], "mean": [0, 0, 0], "std": [1, 1, 1]},
    "classes": ["change"],
    "roles": {"change": "change"},
    "tile_px": 64,
    "overlap_px": 16,
    "activation": "sigmoid",
}
RED_ROOFS: Statements = CHANGE | {
    "task": "segmentation",
    "name": "red roofs",
    "classes": ["building"],
    "roles": {"building": "building"},
}


def change_model(path: Path, **others: object) -> Path:
    """Logit 40 x (mean absolute difference around a pixel - 0.15); beyond a tile the mean sees zeros."""
    tile = int(str((CHANGE | others)["tile_px"]))
    nodes = [
        helper.make_node("Sub", ["after", "before"], ["difference"]),
        helper.make_node("Abs", ["difference"], ["size"]),
        helper.make_node("ReduceMean", ["size"], ["grey"], axes=[1], keepdims=1),
        helper.make_node(
            "AveragePool", ["grey"], ["mean"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1
        ),
        helper.make_node("Sub", ["mean", "limit"], ["above"]),
        helper.make_node("Mul", ["above", "slope"], ["logit"]),
    ]
    return write(path, nodes, {"before": 3, "after": 3}, {"limit": 0.15, "slope": 40.0}, CHANGE | others, tile)


def red_model(path: Path, **others: object) -> Path:
    """Logit 40 x (red - green - 0.15) of one date."""
    tile = int(str((RED_ROOFS | others)["tile_px"]))
    pick = np.array([1.0, -1.0, 0.0], np.float32).reshape(1, 3, 1, 1)
    nodes = [
        helper.make_node("Conv", ["image", "pick"], ["redness"]),
        helper.make_node("Sub", ["redness", "limit"], ["above"]),
        helper.make_node("Mul", ["above", "slope"], ["logit"]),
    ]
    numbers = {"pick": pick, "limit": 0.15, "slope": 40.0}
    return write(path, nodes, {"image": 3}, numbers, RED_ROOFS | others, tile)


def write(
    path: Path,
    nodes: Sequence[NodeProto],
    inputs: dict[str, int],
    numbers: dict[str, object],
    statements: Statements,
    tile: int = 64,
    *,
    channels: int = 1,
    element: int = TensorProto.FLOAT,
) -> Path:
    """An ONNX file with metadata; a statement of None is left out."""
    model = made(nodes, inputs, numbers, tile, channels=channels, element=element)
    helper.set_model_props(model, {k: json.dumps(v) for k, v in statements.items() if v is not None})
    path.write_bytes(model.SerializeToString())
    return path


def made(
    nodes: Sequence[NodeProto],
    inputs: dict[str, int],
    numbers: dict[str, object],
    tile: int,
    *,
    channels: int = 1,
    element: int = TensorProto.FLOAT,
) -> onnx.ModelProto:
    """The model itself; the last node's first output is its output."""
    weights = [
        onnx.numpy_helper.from_array(np.asarray(value, None if isinstance(value, np.ndarray) else np.float32), name)
        for name, value in numbers.items()
    ]
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info(name, element, [1, bands, tile, tile]) for name, bands in inputs.items()],
        [helper.make_tensor_value_info(nodes[-1].output[0], TensorProto.FLOAT, [1, channels, tile, tile])],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)

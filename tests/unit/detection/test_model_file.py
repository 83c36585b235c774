"""Hostile and broken model files: each is refused in one sentence, before anything of it runs."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from helpers import models
from weijian.detection import model_file
from weijian.detection.model_card import Activation, ModelUnusable, Task
from weijian.detection.model_session import ModelRunner, read_card
from weijian.domain.errors import FileMissing

IDENTITY = helper.make_node("Identity", ["x"], ["y"])


def refused(path: Path, *told: str) -> None:
    """Whether reading or trying it out is refused with these words, in both languages."""
    with pytest.raises(ModelUnusable) as caught:
        ModelRunner(read_card(path), 1).try_out()
    for language in ("zh", "en"):
        sentence = caught.value.sentence(language)
        assert "\n" not in sentence
        assert path.name in sentence
    for words in told:
        assert words in caught.value.sentence("en")


def test_a_card_says_what_the_file_states(tmp_path: Path) -> None:
    card = read_card(models.change_model(tmp_path / "m.onnx", threshold=0.4))
    assert (card.name, card.version, card.task, card.activation) == ("difference", "1", Task.CHANGE, Activation.SIGMOID)
    assert (card.tile_px, card.overlap_px, card.resolution_m, card.threshold) == (64, 16, 0.5, 0.4)
    assert dict(card.roles) == {"change": 0}
    assert len(card.sha256) == 64
    assert not card.knows_presence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_card(tmp_path / "none.onnx")


@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"GIF89a" * 50, b"PK\x03\x04" + bytes(200), b"\xff" * 64, b'{"a": 1}']
)
def test_what_is_no_onnx(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(content)
    refused(path, "no whole ONNX file")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off(tmp_path: Path, share: float) -> None:
    path = models.change_model(tmp_path / "m.onnx")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    refused(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_bytes_changed_is_run_or_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    """Never anything but one sentence, and nothing on the terminal."""
    path = models.change_model(tmp_path / "m.onnx")
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(ModelUnusable):
        ModelRunner(read_card(path), 1).try_out()
    assert capfd.readouterr() == ("", "")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """The runtime would quote it, and fail over that."""
    path = models.change_model(tmp_path / "m.onnx")
    path.write_bytes(path.read_bytes().replace(b"Sub", b"S\xffb").replace(b"difference", b"diff\xffrence"))
    refused(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_and_nothing_else_happens(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.onnx"
    path.write_bytes(content)
    refused(path)


def test_a_file_larger_than_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = models.change_model(tmp_path / "m.onnx")
    monkeypatch.setattr(model_file, "LARGEST_FILE", path.stat().st_size - 1)
    refused(path, "larger than")


def test_more_parts_than_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file, "MOST_PARTS", 20)
    refused(models.change_model(tmp_path / "m.onnx"), "too many parts")


def changed(path: Path, change: Callable[[onnx.ModelProto], object]) -> Path:
    """A good model's file with something done to it."""
    model = onnx.load_from_string(models.change_model(path).read_bytes())
    change(model)
    path.write_bytes(model.SerializeToString())
    return path


def _outside(model: onnx.ModelProto) -> None:
    weight = model.graph.initializer[0]
    weight.data_location = TensorProto.EXTERNAL
    weight.external_data.add(key="location", value="../../../etc/passwd")


def _outside_in_an_attribute(model: onnx.ModelProto) -> None:
    weight = helper.make_tensor("w", TensorProto.FLOAT, [1], [1.0])
    weight.data_location = TensorProto.EXTERNAL
    node = model.graph.node.add(op_type="Constant", output=["c"])
    node.attribute.append(helper.make_attribute("value", weight))


def _subgraph(model: onnx.ModelProto) -> None:
    inner = helper.make_graph([helper.make_node("Evil", [], ["o"], domain="evil")], "inner", [], [])
    model.graph.node[0].attribute.append(helper.make_attribute("then_branch", inner))


def _function(model: onnx.ModelProto) -> None:
    node = helper.make_node("Identity", ["a"], ["b"])
    opset = [helper.make_opsetid("", 13)]
    model.functions.append(helper.make_function("mine", "F", ["a"], ["b"], [node], opset))


def _sparse(model: onnx.ModelProto) -> None:
    values = helper.make_tensor("v", TensorProto.FLOAT, [1], [1.0])
    indices = helper.make_tensor("i", TensorProto.INT64, [1], [0])
    model.graph.sparse_initializer.append(helper.make_sparse_tensor(values, indices, [4]))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_outside, "outside the file"),
        (_outside_in_an_attribute, "outside the file"),
        (_subgraph, "beyond the standard (evil)"),
        (_function, "functions"),
        (_sparse, "sparse"),
        (lambda m: m.opset_import.append(helper.make_opsetid("com.evil", 1)), "com.evil"),
        (lambda m: setattr(m.graph.node[0], "domain", "com.microsoft"), "com.microsoft"),
        (lambda m: setattr(m.graph.node[0], "op_type", "Loop"), "never end"),
        (lambda m: setattr(m.graph.node[0], "op_type", "RandomNormalLike"), "chance"),
        (lambda m: setattr(m.graph.node[0], "op_type", "NoSuchOperator"), "ONNX Runtime cannot run it"),
        (lambda m: m.graph.ClearField("output"), "no whole ONNX file"),
        (lambda m: m.graph.input.pop(), "must be float32 (1, 6, 64, 64)"),
        (lambda m: m.graph.input.add(name="third"), "number of its inputs"),
        (lambda m: m.metadata_props.add(key="notes", value="x" * 20_000), "too long"),
    ],
)
def test_what_must_not_be_run(tmp_path: Path, change: Callable[[onnx.ModelProto], object], told: str) -> None:
    refused(changed(tmp_path / "m.onnx", change), told)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"task": None}, "'task': it is missing"),
        ({"task": "guess"}, "change, segmentation"),
        ({"task": "segmentation"}, "'roles'"),
        ({"name": ""}, "'name'"),
        ({"name": "a\nb"}, "'name'"),
        ({"version": 3}, "'version'"),
        ({"resolution_m": 50}, "'resolution_m'"),
        ({"resolution_m": float("nan")}, "'resolution_m'"),
        ({"resolution_m": True}, "'resolution_m'"),
        ({"bands": ["red", "green"]}, "'bands'"),
        ({"bands": ["red", "green", "infrared"]}, "'bands'"),
        ({"scaling": {"range": [1, 0], "mean": [0, 0, 0], "std": [1, 1, 1]}}, "'scaling'"),
        ({"scaling": {"range": [0, 1], "mean": [0, 0, 0], "std": [1, 0, 1]}}, "'scaling'"),
        ({"scaling": {"range": [0, 1], "mean": [0, 0], "std": [1, 1, 1]}}, "'scaling'"),
        ({"scaling": 5}, "'scaling'"),
        ({"classes": []}, "'classes'"),
        ({"classes": ["change", "change"]}, "'classes'"),
        ({"classes": [f"c{n}" for n in range(99)]}, "'classes'"),
        ({"roles": {"change": "other"}}, "'roles'"),
        ({"roles": {"change": ["change"]}}, "'roles'"),
        ({"roles": {}}, "'roles'"),
        ({"classes": ["change", "b"], "roles": {"change": "change", "building_before": "b"}}, "'roles'"),
        ({"tile_px": 10_000_000}, "'tile_px'"),
        ({"tile_px": 64.5}, "'tile_px'"),
        ({"tile_px": 128}, "must be float32 (1, 3, 128, 128)"),
        ({"overlap_px": 60}, "'overlap_px'"),
        ({"overlap_px": -1}, "'overlap_px'"),
        ({"activation": "softmax"}, "'activation'"),
        ({"activation": "relu"}, "'activation'"),
        ({"activation": "none"}, "no probability"),
        ({"threshold": 0}, "'threshold'"),
        ({"classes": ["change", "other"]}, "one output"),
    ],
)
def test_statements_that_are_missing_or_wrong(tmp_path: Path, others: dict[str, object], told: str) -> None:
    path = models.change_model(tmp_path / "m.onnx")
    model = onnx.load_from_string(path.read_bytes())
    del model.metadata_props[:]
    stated = models.CHANGE | others
    helper.set_model_props(model, {k: json.dumps(v) for k, v in stated.items() if v is not None})
    path.write_bytes(model.SerializeToString())
    refused(path, told)


def test_a_statement_that_is_no_json(tmp_path: Path) -> None:
    deep = changed(tmp_path / "m.onnx", lambda m: setattr(m.metadata_props[0], "value", "[" * 15_000))
    refused(deep, "it is not JSON")


@pytest.mark.parametrize(
    ("node", "numbers", "told"),
    [
        (helper.make_node("Log", ["x"], ["y"]), {}, "numbers that are none"),
        (helper.make_node("ReduceMean", ["x"], ["y"], axes=[2, 3], keepdims=1), {}, "is not what it states"),
        (helper.make_node("Tile", ["x", "times"], ["y"]), {"times": np.array([1, 1, 900, 900])}, "cannot run it"),
    ],
)
def test_answers_that_are_none(tmp_path: Path, node: onnx.NodeProto, numbers: dict[str, object], told: str) -> None:
    """Lengths left open in the file hide what the answer will be; trying it out shows it."""
    stated = models.CHANGE | {"task": "segmentation", "classes": ["a", "b", "c"], "roles": {"building": "a"}}
    scaling = {"range": [-2, -1], "mean": [0, 0, 0], "std": [1, 1, 1]}
    model = models.made([node], {"x": 3}, numbers, 64, channels=3)
    for dimension in model.graph.output[0].type.tensor_type.shape.dim:
        dimension.Clear()
    helper.set_model_props(model, {k: json.dumps(v) for k, v in (stated | {"scaling": scaling}).items()})
    path = tmp_path / "m.onnx"
    path.write_bytes(model.SerializeToString())
    refused(path, told)


def test_memory_beyond_the_bound_is_refused_not_taken(tmp_path: Path) -> None:
    nodes = [
        helper.make_node("ConstantOfShape", ["many"], ["zeros"]),
        helper.make_node("ReduceMean", ["zeros"], ["zero"], keepdims=0),
        helper.make_node("Add", ["x", "zero"], ["y"]),
    ]
    stated = models.CHANGE | {"task": "segmentation", "classes": ["a", "b", "c"], "roles": {"building": "a"}}
    path = models.write(tmp_path / "m.onnx", nodes, {"x": 3}, {"many": np.array([10**9])}, stated, channels=3)
    refused(path, "cannot run it")


def test_doubles_are_refused(tmp_path: Path) -> None:
    stated = models.CHANGE | {"task": "segmentation", "classes": ["a", "b", "c"], "roles": {"building": "a"}}
    path = models.write(tmp_path / "m.onnx", [IDENTITY], {"x": 3}, {}, stated, channels=3, element=TensorProto.DOUBLE)
    refused(path, "must be float32")


def test_lengths_left_open_are_those_of_the_card(tmp_path: Path) -> None:
    def opened(model: onnx.ModelProto) -> None:
        for port in (*model.graph.input, *model.graph.output):
            for dimension in port.type.tensor_type.shape.dim:
                dimension.dim_param = "n"

    ModelRunner(read_card(changed(tmp_path / "m.onnx", opened)), 1).try_out()


def test_a_file_changed_after_it_was_read_is_not_run(tmp_path: Path) -> None:
    path = models.change_model(tmp_path / "m.onnx")
    card = read_card(path)
    models.change_model(path, version="2")
    with pytest.raises(ModelUnusable, match="changed while"):
        ModelRunner(card, 1).try_out()

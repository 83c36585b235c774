"""Reading an ONNX file as untrusted input: its own format is walked, nothing of it is run.

Only what is needed to trust it is looked at: statements, inputs, outputs, operators, and where the weights are. The
format is protocol buffers (https://protobuf.dev/programming-guides/encoding/); the numbers of the fields are those of
onnx.proto3 (https://github.com/onnx/onnx, Apache-2.0).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from weijian.detection.model_card import ModelUnusable
from weijian.domain.errors import FileMissing
from weijian.domain.language import Words

LARGEST_FILE = 256 * 2**20
LARGEST_STATEMENT = 16 * 2**10
MOST_PARTS = 2_000_000
"""Fields looked at; a network of a thousand layers has some ten thousand."""
DEEPEST = 16

STANDARD = ("", "ai.onnx")
"""Domains of operators that come with the runtime and do nothing but arithmetic."""

_ENDLESS = {"Loop", "Scan", "SequenceMap"}
_CHANCE = {"Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"}

FLOAT32 = 1
"""Number of the element type."""

_MODEL_OPSET, _MODEL_GRAPH, _MODEL_STATEMENT, _MODEL_TRAINING, _MODEL_FUNCTION = 8, 7, 14, 20, 25
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_SPARSE = 1, 5, 11, 12, 15
_NODE_OPERATOR, _NODE_ATTRIBUTE, _NODE_DOMAIN, _NODE_NAMES = 4, 5, 7, (1, 2, 3)
_ATTRIBUTE_TENSORS, _ATTRIBUTE_GRAPHS, _ATTRIBUTE_SPARSE = (5, 10), (6, 11), (22, 23)
_TENSOR_NAME, _TENSOR_EXTERNAL, _TENSOR_LOCATION = 8, 13, 14

Value = int | memoryview


@dataclass(frozen=True)
class Port:
    """An input or output: its name, element type, and its shape (None where the file leaves a length open)."""

    name: str
    element: int
    shape: tuple[int | None, ...]


@dataclass(frozen=True)
class ModelFile:
    """A model file that passed: its bytes, their digest, what it states, what goes in and comes out."""

    content: bytes
    sha256: str
    statements: dict[str, str]
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]


def read_model_file(path: Path) -> ModelFile:
    """Read a model file and refuse what must not be run.

    Raises
    ------
    FileMissing
    ModelUnusable
        No ONNX file, cut off, too large, weights outside the file, or operators that are not plain arithmetic.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            largest = LARGEST_FILE // 2**20
            raise ModelUnusable(path=path, why=Words(f"大于 {largest} MB", f"it is larger than {largest} MB"))
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(path=path) from None
    except OSError as error:
        raise ModelUnusable(path=path, why=error.strerror or str(error)) from None
    walk = _Walk(path)
    walk.model(memoryview(content))
    inputs = tuple(port for port in walk.inputs if port.name not in walk.weights)
    return ModelFile(content, hashlib.sha256(content).hexdigest(), walk.statements, inputs, tuple(walk.outputs))


@dataclass
class _Walk:
    """One walk through a file."""

    path: Path
    statements: dict[str, str] = field(default_factory=dict)
    inputs: list[Port] = field(default_factory=list)
    outputs: list[Port] = field(default_factory=list)
    weights: set[str] = field(default_factory=set)
    parts: int = 0

    def model(self, content: memoryview) -> None:
        graphs = 0
        for number, value in self.fields(content):
            if number == _MODEL_GRAPH:
                graphs += 1
                self.graph(self.message(value), 0)
            elif number == _MODEL_STATEMENT:
                self.statement(self.message(value))
            elif number == _MODEL_OPSET:
                self.domain(self.texts(self.message(value)).get(1, ""))
            elif number in (_MODEL_TRAINING, _MODEL_FUNCTION):
                raise self.refused("含有自定义函数或训练部分", "it carries functions or training parts of its own")
        if graphs != 1 or not self.inputs or not self.outputs:
            raise self.no_model()

    def graph(self, content: memoryview, depth: int) -> None:
        if depth > DEEPEST:
            raise self.no_model()
        for number, value in self.fields(content):
            if number == _GRAPH_NODE:
                self.node(self.message(value), depth)
            elif number == _GRAPH_INITIALIZER:
                self.tensor(self.message(value))
            elif number == _GRAPH_SPARSE:
                raise self.refused("含有稀疏权重", "it has sparse weights")
            elif number == _GRAPH_INPUT and depth == 0:
                self.inputs.append(self.port(self.message(value)))
            elif number == _GRAPH_OUTPUT and depth == 0:
                self.outputs.append(self.port(self.message(value)))

    def node(self, content: memoryview, depth: int) -> None:
        operator = domain = ""
        for number, value in self.fields(content):
            if number == _NODE_OPERATOR:
                operator = self.text(value)
            elif number == _NODE_DOMAIN:
                domain = self.text(value)
            elif number == _NODE_ATTRIBUTE:
                self.attribute(self.message(value), depth)
            elif number in _NODE_NAMES:
                self.text(value)
        self.domain(domain)
        if operator in _ENDLESS:
            raise self.refused(f"含有循环算子 {operator}", f"its operator {operator} may never end")
        if operator in _CHANCE:
            raise self.refused(
                f"含有随机算子 {operator}，结果不可重复", f"its operator {operator} gives chance results"
            )

    def attribute(self, content: memoryview, depth: int) -> None:
        for number, value in self.fields(content):
            if number in _ATTRIBUTE_TENSORS:
                self.tensor(self.message(value))
            elif number in _ATTRIBUTE_GRAPHS:
                self.graph(self.message(value), depth + 1)
            elif number in _ATTRIBUTE_SPARSE:
                raise self.refused("含有稀疏权重", "it has sparse weights")

    def tensor(self, content: memoryview) -> None:
        for number, value in self.fields(content):
            if number == _TENSOR_EXTERNAL or (number == _TENSOR_LOCATION and value != 0):
                raise self.refused("权重放在文件之外", "its weights lie outside the file")
            if number == _TENSOR_NAME:
                self.weights.add(self.text(value))

    def statement(self, content: memoryview) -> None:
        texts = self.texts(content)
        if len(texts.get(2, "")) > LARGEST_STATEMENT:
            raise self.refused("元数据过长", "its metadata are too long")
        self.statements[texts.get(1, "")] = texts.get(2, "")

    def port(self, content: memoryview) -> Port:
        name, element = "", 0
        shape: tuple[int | None, ...] = ()
        for number, value in self.fields(content):
            if number == 1:
                name = self.text(value)
            elif number == 2:
                element, shape = self.tensor_type(self.message(value))
        return Port(name, element, shape)

    def tensor_type(self, content: memoryview) -> tuple[int, tuple[int | None, ...]]:
        element = 0
        shape: tuple[int | None, ...] = ()
        for kind, tensor in self.fields(content):
            if kind != 1:
                raise self.refused("输入输出不是张量", "an input or output is no tensor")
            for number, value in self.fields(self.message(tensor)):
                if number == 1 and isinstance(value, int):
                    element = value
                elif number == 2:
                    shape = tuple(
                        self.length(self.message(one)) for n, one in self.fields(self.message(value)) if n == 1
                    )
        return element, shape

    def length(self, content: memoryview) -> int | None:
        for number, value in self.fields(content):
            if number == 1 and isinstance(value, int):
                return value
        return None

    def domain(self, name: str) -> None:
        if name not in STANDARD:
            raise self.refused(f"用到标准之外的算子（{name}）", f"it uses operators beyond the standard ({name})")

    def texts(self, content: memoryview) -> dict[int, str]:
        return {number: self.text(value) for number, value in self.fields(content) if not isinstance(value, int)}

    def text(self, value: Value) -> str:
        try:
            return str(self.message(value), "utf-8")
        except UnicodeDecodeError:
            raise self.no_model() from None

    def message(self, value: Value) -> memoryview:
        if isinstance(value, int):
            raise self.no_model()
        return value

    def fields(self, content: memoryview) -> Iterator[tuple[int, Value]]:
        """Number and value of each field of a message; numbers of fixed length are passed over."""
        at, end = 0, len(content)
        while at < end:
            self.parts += 1
            if self.parts > MOST_PARTS:
                raise self.refused("部件过多", "it has too many parts")
            key, at = self.varint(content, at)
            number, kind = key >> 3, key & 7
            if kind == 0:
                value, at = self.varint(content, at)
                yield number, value
            elif kind == 2:
                length, at = self.varint(content, at)
                if length > end - at:
                    raise self.no_model()
                yield number, content[at : at + length]
                at += length
            elif kind in (1, 5):
                at += 8 if kind == 1 else 4
            else:
                raise self.no_model()
        if at != end:
            raise self.no_model()

    def varint(self, content: memoryview, at: int) -> tuple[int, int]:
        value = 0
        for shift in range(0, 70, 7):
            if at >= len(content):
                break
            byte = content[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, at
        raise self.no_model()

    def no_model(self) -> ModelUnusable:
        return self.refused("不是完整的 ONNX 文件", "it is no whole ONNX file")

    def refused(self, zh: str, en: str) -> ModelUnusable:
        return ModelUnusable(path=self.path, why=Words(zh, en))

"""Running a checked model with ONNX Runtime, one tile at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from weijian.detection.model_card import (
    BANDS,
    BUILDING,
    BUILDING_AFTER,
    BUILDING_BEFORE,
    CHANGE,
    Activation,
    ModelCard,
    ModelUnusable,
    Task,
    card_of,
)
from weijian.detection.model_file import FLOAT32, ModelFile, Port, read_model_file
from weijian.domain.errors import InputError
from weijian.domain.language import Words

F32 = NDArray[np.float32]

MOST_MEMORY = 3 * 2**30
"""Bytes that the runtime may take for what it computes; a model that wants more is refused."""

_ROLE_ORDER = (CHANGE, BUILDING_BEFORE, BUILDING_AFTER, BUILDING)


class ModelRuntimeMissing(InputError):
    """The library that runs models is an extra and is not installed."""

    zh = "按模型检测需要 ONNX Runtime；请执行 pip install weijian[model] 后重试。"
    en = "Detection by model needs ONNX Runtime; install it with: pip install weijian[model]"


def read_card(path: Path) -> ModelCard:
    """Read and check a model file: its statements, and that what goes in and out agrees with them.

    Raises
    ------
    FileMissing, ModelUnusable
    """
    file = read_model_file(path)
    card = card_of(file.statements, path, file.sha256)
    _require_ports(file, card)
    return card


def _require_ports(file: ModelFile, card: ModelCard) -> None:
    def refused(zh: str, en: str) -> ModelUnusable:
        return ModelUnusable(path=card.path, why=Words(zh, en))

    bands = [len(BANDS)] * len(file.inputs)
    if card.task is Task.CHANGE and len(file.inputs) == 1:
        bands = [2 * len(BANDS)]
    if len(file.inputs) > (2 if card.task is Task.CHANGE else 1):
        raise refused("输入的个数与任务不符", "the number of its inputs does not suit its task")
    for port, count in zip(file.inputs, bands, strict=True):
        if port.element != FLOAT32 or not _fits(port, (1, count, card.tile_px, card.tile_px)):
            wanted = f"float32 (1, {count}, {card.tile_px}, {card.tile_px})"
            raise refused(f"输入 {port.name} 须为 {wanted}", f"its input '{port.name}' must be {wanted}")
    output = file.outputs[0]
    shape = (1, len(card.classes), card.tile_px, card.tile_px)
    if len(file.outputs) != 1 or output.element != FLOAT32 or not _fits(output, shape):
        raise refused(f"输出须为一个 float32 {shape}", f"it must have one output, float32 {shape}")


def _fits(port: Port, shape: tuple[int, ...]) -> bool:
    """Whether a port takes an array of a shape; lengths left open take any."""
    return len(port.shape) == len(shape) and all(
        open_ is None or open_ == length for open_, length in zip(port.shape, shape, strict=True)
    )


@dataclass(frozen=True)
class ModelRunner:
    """A model ready to run; its session is opened in the process that first needs it.

    ``threads`` is what one run may take; runs of several threads go side by side.
    """

    card: ModelCard
    threads: int

    @property
    def roles(self) -> tuple[str, ...]:
        """What the channels of :meth:`run` mean."""
        return tuple(role for role in _ROLE_ORDER if role in self.card.roles)

    def run(self, *images: NDArray[np.uint8] | None, valid: NDArray[np.bool_]) -> F32:
        """Probabilities (roles, tile, tile) for images (3, tile, tile) uint8: both dates, or one.

        Pixels that are not ``valid`` are shown to the model as the mean of its training.

        Raises
        ------
        ModelUnusable
            The model fails, or answers in another shape or with numbers that are none.
        """
        planes = [self._scaled(image, valid) for image in images]
        session = _session(self.card.path, self.card.sha256, self.threads)
        names = [port.name for port in session.get_inputs()]
        given = planes if len(names) == len(planes) else [np.concatenate(planes, axis=1)]
        answer = _computed(session, dict(zip(names, given, strict=True)), self.card.path)
        tile = self.card.tile_px
        if answer.shape != (1, len(self.card.classes), tile, tile) or answer.dtype != np.float32:
            shape = "x".join(str(length) for length in answer.shape)
            raise self._wrong(f"输出的形状 {shape} 与元数据不符", f"its output, {shape}, is not what it states")
        if not np.isfinite(answer).all():
            raise self._wrong("输出中有无效数值", "its output holds numbers that are none")
        return self._probabilities(answer[0])

    def try_out(self) -> None:
        """Run it once on nothing, so that a model that cannot run is refused before the work begins."""
        tile = self.card.tile_px
        blank = np.full((3, tile, tile), 127, np.uint8)
        self.run(*[blank] * (2 if self.card.task is Task.CHANGE else 1), valid=np.ones((tile, tile), bool))

    def _scaled(self, image: NDArray[np.uint8] | None, valid: NDArray[np.bool_]) -> F32:
        """The input (1, 3, tile, tile) for an image."""
        if image is None:
            raise TypeError("a model looks at images")
        scaling = self.card.scaling
        steps = np.arange(256, dtype=np.float64) / 255.0 * (scaling.high - scaling.low) + scaling.low
        planes = np.empty((1, *image.shape), np.float32)
        for plane, band in enumerate(self.card.bands):
            table = ((steps - scaling.mean[plane]) / scaling.std[plane]).astype(np.float32)
            planes[0, plane] = table[image[BANDS.index(band)]]
        planes[:, :, ~valid] = 0.0
        return planes

    def _probabilities(self, answer: F32) -> F32:
        chosen = [self.card.roles[role] for role in self.roles]
        if self.card.activation is Activation.SIGMOID:
            return np.asarray(1.0 / (1.0 + np.exp(-np.clip(answer[chosen], -60.0, 60.0))), np.float32)
        if self.card.activation is Activation.SOFTMAX:
            power = np.exp(answer - answer.max(axis=0))
            return np.asarray((power / power.sum(axis=0))[chosen], np.float32)
        if answer[chosen].min() < -1e-3 or answer[chosen].max() > 1.001:
            raise self._wrong(
                "输出不是概率，却声明 activation 为 none",
                "its output is no probability though it states activation 'none'",
            )
        return np.asarray(np.clip(answer[chosen], 0.0, 1.0), np.float32)

    def _wrong(self, zh: str, en: str) -> ModelUnusable:
        return ModelUnusable(path=self.card.path, why=Words(zh, en))


@lru_cache(maxsize=4)
def _session(path: Path, sha256: str, threads: int) -> Any:
    """The session of a model in this process, of exactly the content that was checked."""
    runtime = _runtime()
    file = read_model_file(path)
    if file.sha256 != sha256:
        raise ModelUnusable(path=path, why=Words("检测途中文件被改动", "it was changed while the detection ran"))
    options = runtime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.use_deterministic_compute = True
    options.log_severity_level = 4  # what goes wrong is told in one sentence of ours
    options.add_session_config_entry("session.use_env_allocators", "1")
    try:
        # Its "fallback" tries the same again and writes to the terminal.
        return runtime.InferenceSession(file.content, options, providers=["CPUExecutionProvider"], enable_fallback=0)
    except _faults() as fault:
        raise _failed(path, fault) from None


@lru_cache(maxsize=1)
def _runtime() -> Any:
    """ONNX Runtime, with a bound on the memory it may take in this process."""
    try:
        import onnxruntime as runtime
    except ImportError:
        raise ModelRuntimeMissing from None
    memory = runtime.OrtMemoryInfo("Cpu", runtime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, runtime.OrtMemType.DEFAULT)
    runtime.create_and_register_allocator(memory, runtime.OrtArenaCfg(MOST_MEMORY, 1, -1, -1))
    return runtime


def runtime_there() -> bool:
    """Whether the extra that runs models is installed."""
    from importlib.util import find_spec

    return find_spec("onnxruntime") is not None


def _faults() -> tuple[type[Exception], ...]:
    """Everything the runtime raises; its exceptions have no root of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    names = (
        "EPFail", "EngineError", "Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "ModelLoaded", "NoModel",
        "NoSuchFile", "NotImplemented", "RuntimeException",
    )  # fmt: skip
    # A message of the runtime that quotes a name which is no text ends as UnicodeDecodeError.
    return (*(getattr(state, name) for name in names), UnicodeDecodeError)


def _computed(session: Any, given: Mapping[str, F32], path: Path) -> F32:
    try:
        (answer,) = session.run(None, given)
    except _faults() as fault:
        raise _failed(path, fault) from None
    return np.asarray(answer)


def _failed(path: Path, fault: Exception) -> ModelUnusable:
    """The runtime's own words, cut to one line."""
    told = " ".join(str(fault).split())[:160]
    return ModelUnusable(
        path=path, why=Words(f"ONNX Runtime 无法运行它（{told}）", f"ONNX Runtime cannot run it ({told})")
    )

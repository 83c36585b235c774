"""What a detection model says of itself, read and checked before anything of it runs.

The statements are the ``metadata_props`` of an ONNX file, each value a piece of JSON; docs/models.md is the contract.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from weijian.domain.errors import InputError
from weijian.domain.language import Words

BANDS = ("red", "green", "blue")
"""What surveys are read as, in this order."""

RESOLUTION_M = (0.1, 1.0)
TILE_PX = (64, 1024)
MOST_CHANNELS = 16
_LONGEST_NAME = 80

T = TypeVar("T")

CHANGE, BUILDING = "change", "building"
BUILDING_BEFORE, BUILDING_AFTER = "building_before", "building_after"


class ModelUnusable(InputError):
    """A model file is not one that detection can run, or not one it dares to."""

    zh = "模型文件 {path} 不能使用：{why}；对模型文件的要求见 docs/models.md。"
    en = "Model file {path} cannot be used: {why}; docs/models.md tells what a model file must be."


class Task(StrEnum):
    """What a model is given and answers."""

    CHANGE = "change"
    """Both dates in, change (and perhaps the buildings of both dates) out."""
    SEGMENTATION = "segmentation"
    """One date in, buildings out."""


class Activation(StrEnum):
    """What turns the output's numbers into probabilities."""

    NONE = "none"
    SIGMOID = "sigmoid"
    SOFTMAX = "softmax"


@dataclass(frozen=True)
class Scaling:
    """From 8-bit pixels to the model's input: ``(low + value / 255 * (high - low) - mean) / std``, by band."""

    low: float
    high: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


@dataclass(frozen=True)
class ModelCard:
    """A model's statements about itself.

    Attributes
    ----------
    path, sha256 : Path, str
        The file and the digest of its content; only that content is ever run.
    name, version : str
        As the maker calls it.
    task : Task
    resolution_m : float
        Ground length of a pixel the model was trained for, metres.
    bands : tuple of str
        Order of red, green, blue in the input.
    scaling : Scaling
    classes : tuple of str
        Meaning of the output's channels, in order.
    roles : mapping
        ``change`` and optionally ``building_before`` and ``building_after`` (task change), or ``building`` (task
        segmentation), each the index of a channel.
    tile_px, overlap_px : int
        Side of the square input, and what neighbouring inputs share.
    activation : Activation
    threshold : float
        Probability from which a pixel counts.
    """

    path: Path
    sha256: str
    name: str
    version: str
    task: Task
    resolution_m: float
    bands: tuple[str, str, str]
    scaling: Scaling
    classes: tuple[str, ...]
    roles: Mapping[str, int]
    tile_px: int
    overlap_px: int
    activation: Activation
    threshold: float

    @property
    def reach_m(self) -> float:
        """Ground around a pixel that can sway its probability, metres."""
        return self.tile_px * self.resolution_m

    @property
    def knows_presence(self) -> bool:
        """Whether the model tells where buildings stand at each date."""
        return self.task is Task.SEGMENTATION or BUILDING_BEFORE in self.roles


def card_of(statements: Mapping[str, str], path: Path, sha256: str) -> ModelCard:
    """The card of a model file from its metadata.

    Raises
    ------
    ModelUnusable
        A statement is missing, is no JSON, is out of range, or contradicts another.
    """
    said = _Statements(statements, path)
    task = Task(said.one_of("task", Task))
    classes = said.names("classes")
    scaling = said.value("scaling", dict)
    bands = said.names("bands")
    if sorted(bands) != sorted(BANDS):
        raise said.wrong(
            "bands", Words("须为 red、green、blue 的一种排列", "must be red, green and blue in some order")
        )
    tile = said.whole("tile_px", *TILE_PX)
    overlap = said.whole("overlap_px", 0, tile // 2)
    activation = Activation(said.one_of("activation", Activation))
    if activation is Activation.SOFTMAX and len(classes) < 2:
        raise said.wrong("activation", Words("softmax 至少要有两个类别", "softmax needs two classes or more"))
    return ModelCard(
        path, sha256, said.text("name"), said.text("version"), task, said.number("resolution_m", *RESOLUTION_M),
        (bands[0], bands[1], bands[2]), _scaling(scaling, said), classes, _roles(task, classes, said), tile, overlap,
        activation, said.number("threshold", 0.01, 0.99) if "threshold" in statements else 0.5,
    )  # fmt: skip


def _scaling(value: Mapping[str, object], said: "_Statements") -> Scaling:
    low, high = said.numbers("scaling", value.get("range"), 2)
    mean, std = (said.numbers("scaling", value.get(part), 3) for part in ("mean", "std"))
    if not low < high or min(std) <= 1e-6:
        why = Words("range 须由低到高，std 须大于 0", "range must go up and std be greater than 0")
        raise said.wrong("scaling", why)
    return Scaling(low, high, (mean[0], mean[1], mean[2]), (std[0], std[1], std[2]))


def _roles(task: Task, classes: tuple[str, ...], said: "_Statements") -> dict[str, int]:
    needed = CHANGE if task is Task.CHANGE else BUILDING
    pair = {BUILDING_BEFORE, BUILDING_AFTER} if task is Task.CHANGE else set()
    roles = said.value("roles", dict)
    named = set(roles)
    if needed not in named or not named <= {needed} | pair or named & pair not in (set(), pair):
        known = ", ".join((needed, *sorted(pair)))
        raise said.wrong("roles", Words(f"任务 {task} 只认 {known}", f"task {task} knows {known}"))
    if not all(isinstance(name, str) and name in classes for name in roles.values()):
        raise said.wrong("roles", Words("指向了 classes 中没有的类别", "it names a class that classes does not have"))
    if len(set(roles.values())) < len(roles):
        raise said.wrong("roles", Words("两个角色指向同一类别", "two roles are the same class"))
    return {role: classes.index(str(name)) for role, name in roles.items()}


@dataclass(frozen=True)
class _Statements:
    """The metadata with its checks; every fault names the key."""

    texts: Mapping[str, str]
    path: Path

    def wrong(self, key: str, why: Words) -> ModelUnusable:
        """The error about a statement."""
        return ModelUnusable(path=self.path, why=Words(f"元数据 {key}：{why.zh}", f"metadata '{key}': {why.en}"))

    def any_value(self, key: str) -> object:
        """The value of a key."""
        if key not in self.texts:
            raise self.wrong(key, Words("缺少这一项", "it is missing"))
        try:
            return json.loads(self.texts[key])
        except (ValueError, RecursionError):
            raise self.wrong(key, Words("不是 JSON", "it is not JSON")) from None

    def value(self, key: str, kind: type[T]) -> T:
        """The value of a key that must be of a kind."""
        found = self.any_value(key)
        if not isinstance(found, kind):
            raise self.wrong(key, Words("类型不对", "it is of the wrong type"))
        return found

    def text(self, key: str) -> str:
        """A short line of text."""
        found = self.value(key, str).strip()
        if not 0 < len(found) <= _LONGEST_NAME or not found.isprintable():
            raise self.wrong(key, Words("须为一行短文字", "it must be a short line of text"))
        return found

    def one_of(self, key: str, choices: type[StrEnum]) -> str:
        """One of a few words."""
        found = self.value(key, str)
        if found not in list(choices):
            allowed = ", ".join(choices)
            raise self.wrong(key, Words(f"须为 {allowed} 之一", f"it must be one of {allowed}"))
        return found

    def names(self, key: str) -> tuple[str, ...]:
        """A list of different names."""
        found = self.value(key, list)
        fine = all(isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME for name in found)
        if not fine or not 0 < len(found) <= MOST_CHANNELS or len(set(found)) < len(found):
            raise self.wrong(key, Words("须为互不相同的名称列表", "it must be a list of different names"))
        return tuple(found)

    def number(self, key: str, low: float, high: float) -> float:
        """A number in a range."""
        (found,) = self.numbers(key, [self.any_value(key)], 1)
        if not low <= found <= high:
            raise self.wrong(key, Words(f"须在 {low} 到 {high} 之间", f"it must be between {low} and {high}"))
        return found

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number in a range."""
        found = self.number(key, low, high)
        if not found.is_integer():
            raise self.wrong(key, Words("须为整数", "it must be a whole number"))
        return int(found)

    def numbers(self, key: str, value: object, count: int) -> tuple[float, ...]:
        """So many finite numbers."""
        fine = isinstance(value, Sequence) and not isinstance(value, str) and len(value) == count
        found = value if fine and isinstance(value, Sequence) else ()
        if not found or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in found):
            raise self.wrong(key, Words(f"须为 {count} 个数", f"it must be {count} numbers"))
        floats = tuple(float(n) for n in found)
        if not all(math.isfinite(n) and abs(n) < 1e6 for n in floats):
            raise self.wrong(key, Words("数值不合理", "a number is out of all reason"))
        return floats

"""What the map shows, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from weijian.domain.grid import Bounds, PixelGrid


class Group(StrEnum):
    """The groups of the layer tree."""

    FINDINGS = "findings"
    ARCHIVE = "archive"
    SURVEYS = "surveys"


class Side(StrEnum):
    """The date that a layer belongs to while two dates are compared."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"


class TileSource(Protocol):
    """Something that can be drawn piece by piece.

    Sources are values: equal ones draw the same, so tiles are cached under them; whatever looks different is another
    source.
    """

    @property
    def bounds(self) -> Bounds | None:
        """Where there is something, in the map's CRS; None when there is nothing."""

    @property
    def finest_m(self) -> float | None:
        """Ground length of the pixels of the finest drawing worth making; None when there is no limit."""

    def tile(self, grid: PixelGrid) -> QImage:
        """Draw one piece: premultiplied ARGB with the grid's number of pixels, clear where there is nothing.

        Called in a worker thread.

        Raises
        ------
        InputError
            A file is gone or damaged.
        """

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class MapLayer:
    """One layer.

    ``key`` names it for as long as it is on the map (``survey/2/ortho``, ``buildings``, ``findings``); ``source`` is
    None while its content is read or when it cannot be shown, ``problem`` then says why. ``style`` chooses among the
    ways in which its source can be drawn.
    """

    key: str
    title: str
    group: Group
    source: TileSource | None
    visible: bool = True
    opacity: float = 1.0
    side: Side = Side.BOTH
    style: str = ""
    problem: str | None = None


class LayerStack(QObject):
    """The layers of a map, the topmost first. ``changed`` is emitted after every change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[MapLayer, ...] = ()

    @property
    def layers(self) -> tuple[MapLayer, ...]:
        """All layers, the topmost first."""
        return self._layers

    @property
    def bounds(self) -> Bounds | None:
        """Box around everything that is visible; None when nothing is."""
        boxes = [
            layer.source.bounds
            for layer in self._layers
            if layer.visible and layer.source is not None and layer.source.bounds is not None
        ]
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def get(self, key: str) -> MapLayer | None:
        """The layer of that key."""
        return next((layer for layer in self._layers if layer.key == key), None)

    def show(self, layers: Sequence[MapLayer]) -> None:
        """Show these layers and no others."""
        if tuple(layers) != self._layers:
            self._layers = tuple(layers)
            self.changed.emit()

    def put(self, layer: MapLayer) -> None:
        """Replace the layer of the same key, or add it on top."""
        if self.get(layer.key) is None:
            self.show((layer, *self._layers))
        else:
            self.show([layer if each.key == layer.key else each for each in self._layers])

    def alter(self, key: str, **changes: object) -> None:
        """Change fields of a layer: ``alter("buildings", visible=False)``."""
        self.show([replace(each, **changes) if each.key == key else each for each in self._layers])  # type: ignore[arg-type]

    def move(self, key: str, to: int) -> None:
        """Give a layer another place, counted from the top."""
        moved = [each for each in self._layers if each.key == key]
        others = [each for each in self._layers if each.key != key]
        self.show([*others[:to], *moved, *others[to:]])

    def remove(self, key: str) -> None:
        """Take a layer off the map."""
        self.show([each for each in self._layers if each.key != key])

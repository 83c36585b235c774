"""A layer on the map, drawn from the tiles that are there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from weijian.qt.map.layers import MapLayer, TileSource
from weijian.qt.map.map_view import Frame
from weijian.qt.map.tile_loader import TileLoader, Wanted
from weijian.qt.map.tiles import COARSEST, TILE, Cell, ring_cells, visible_cells, wanted_level

_WHOLE = QRectF(0, 0, TILE, TILE)
_COARSER = 8  # levels up that are looked at for something to show meanwhile

Piece = tuple[Cell, QImage, QRectF]


class TileItem(QGraphicsItem):
    """Draws one layer in pixels of the window, whatever its tiles: wanted ones, else coarser, else finer ones.

    While a changed layer has not got its new tiles yet, its old ones stay.
    """

    def __init__(self, layer: MapLayer, loader: TileLoader) -> None:
        super().__init__()
        self._loader = loader
        self._layer = layer
        self._previous: TileSource | None = None
        self._frame: Frame | None = None
        self._level = 0
        self._cells: tuple[Cell, ...] = ()
        self._clip: QRectF | None = None

    @property
    def layer(self) -> MapLayer:
        """The layer it draws."""
        return self._layer

    @property
    def sources(self) -> tuple[TileSource, ...]:
        """What it draws from: the layer's source, and the one before for as long as it is needed."""
        return tuple(source for source in (self._layer.source, self._previous) if source is not None)

    def show_layer(self, layer: MapLayer) -> None:
        """Take the layer's present state."""
        if layer.source != self._layer.source and self._layer.source is not None:
            self._previous = self._layer.source if layer.source is not None else None
        self._layer = layer
        self._choose()

    def show_frame(self, frame: Frame, clip: QRectF | None) -> None:
        """Draw this piece of ground, inside ``clip`` of the window (None: everywhere)."""
        if (frame.width, frame.height) != (self._frame and (self._frame.width, self._frame.height)):
            self.prepareGeometryChange()
        self._frame = frame
        self._clip = clip
        self._choose()

    def wanted(self) -> Iterator[Wanted]:
        """The tiles that show the layer as it should be, those in the middle first."""
        source = self._layer.source
        if source is not None:
            for cell in self._cells:
                yield Wanted(source, cell)

    def around(self) -> Iterator[Wanted]:
        """The tiles that are likely to be wanted next: those beside the window, then coarser ones of its ground."""
        source, frame = self._layer.source, self._frame
        if source is None or frame is None:
            return
        level = wanted_level(frame.device_pixel_m, source.finest_m)
        for cell in ring_cells(frame.bounds, source.bounds, level):
            yield Wanted(source, cell)
        if level < COARSEST:
            for cell in visible_cells(frame.bounds, source.bounds, level + 1):
                yield Wanted(source, cell)

    def settle(self) -> bool:
        """Whether every wanted tile is there or will not come; then the former source is let go."""
        settled = all(self._loader.is_settled(each) for each in self.wanted())
        if settled and self._cells:
            self._previous = None
        return settled

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All of the window."""
        return QRectF() if self._frame is None else QRectF(0, 0, self._frame.width, self._frame.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Draw what is there."""
        if self._frame is None or self._layer.source is None:
            return
        painter.save()
        painter.setOpacity(self._layer.opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._clip is not None:
            painter.setClipRect(self._clip, Qt.ClipOperation.IntersectClip)
        for cell, image, part in self._pieces(self._layer.source):
            painter.drawImage(self._frame.rect(cell.bounds), image, part)
        painter.restore()

    def _choose(self) -> None:
        source = self._layer.source
        if source is None or self._frame is None:
            self._cells = ()
        else:
            level = wanted_level(self._frame.device_pixel_m, source.finest_m)
            self._cells = visible_cells(self._frame.bounds, source.bounds, level)
        self.update()

    def _pieces(self, source: TileSource) -> Iterator[Piece]:
        images, failures = self._loader.cache.of(source), self._loader.failures(source)
        former = {} if self._previous is None else self._loader.cache.of(self._previous)
        for cell in self._cells:
            found = _exact(images, cell)
            if not found and former and cell not in failures:
                found = _exact(former, cell) or _instead(former, cell)
            yield from found or _instead(images, cell)


def _exact(images: dict[Cell, QImage], cell: Cell) -> list[Piece]:
    image = images.get(cell)
    return [] if image is None else [(cell, image, _WHOLE)]


def _instead(images: dict[Cell, QImage], cell: Cell) -> list[Piece]:
    """The best that is there for a tile's ground: four finer ones, the next coarser one, or some finer ones."""
    finer = [(child, images[child], _WHOLE) for child in cell.children if child in images]
    if len(finer) == 4:
        return finer
    for up in range(1, _COARSER + 1):
        coarser = cell.ancestor(up)
        image = images.get(coarser)
        if image is not None:
            left, top, side = cell.within(coarser)
            return [(cell, image, QRectF(left, top, side, side))]
    for child in cell.children:
        if child not in images:
            finer += [(each, images[each], _WHOLE) for each in child.children if each in images]
    return finer

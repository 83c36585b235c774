"""The map: layers drawn from tiles, looked at anywhere and in any size."""

from __future__ import annotations

import pyqtgraph as pg
from pyproj import CRS
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QVBoxLayout, QWidget

from weijian.domain.grid import Bounds
from weijian.qt.map.canvas_input import CanvasInput
from weijian.qt.map.decorations import Captions, Decorations
from weijian.qt.map.layers import LayerStack, MapLayer, Side, TileSource
from weijian.qt.map.map_view import Frame, MapView
from weijian.qt.map.tile_item import TileItem
from weijian.qt.map.tile_loader import CACHE_BYTES, TileLoader
from weijian.qt.map.tool import MapTool

_BELOW, _ABOVE = -1e6, 1e6  # z of the layers and of what lies on the glass; what overlays get is between
_NOWHERE = MapView(0.0, 0.0, 1.0)


class MapCanvas(QWidget):
    """Shows a stack of layers.

    The drawing ground is a view of pyqtgraph with one view box, which holds the overlays in map coordinates; the
    layers are drawn below it in pixels of the window (`weijian.qt.map.map_view.Frame`). Mouse and keys belong to
    `weijian.qt.map.canvas_input.CanvasInput` and the tool in hand, not to pyqtgraph.

    Parameters
    ----------
    stack : LayerStack
    crs : pyproj.CRS
        Projected, in metres; of everything that is said in map coordinates.
    cache_bytes : int
        How much memory drawn tiles may take.

    Attributes
    ----------
    view_changed : Signal(MapView)
    pointed : Signal(float, float)
        Where the pointer is, in map coordinates.
    hint : Signal(str)
        What the tool in hand says.
    files_dropped : Signal(tuple of Path)
    trouble : Signal(str, object)
        Key of a layer and the error that kept a tile from being drawn; once for each layer and kind of error until
        its source changes.
    loaded : Signal()
        Everything visible is drawn at its wanted detail (or failed).
    swipe_moved : Signal(float)
        Where the user drags the swipe's handle to, as a share of the width.
    """

    view_changed = Signal(object)
    pointed = Signal(float, float)
    hint = Signal(str)
    files_dropped = Signal(object)
    trouble = Signal(str, object)
    loaded = Signal()
    swipe_moved = Signal(float)

    def __init__(
        self, stack: LayerStack, crs: CRS, parent: QWidget | None = None, *, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._input = CanvasInput(self)
        self.crs = crs
        self._stack = stack
        self._view = _NOWHERE
        self._placed = False
        self._tool: MapTool | None = None
        self._side: Side | None = None
        self._swipe: float | None = None
        self._captions = ("", "")
        self._items: dict[str, TileItem] = {}
        self._overlays: list[QGraphicsItem] = []
        self._told: set[tuple[str, TileSource, type[BaseException]]] = set()
        self._announced = True
        self._build()
        self._loader = TileLoader(crs, self, cache_bytes=cache_bytes)
        self._loader.arrived.connect(self._tiles_arrived)
        self._loader.failed.connect(self._tile_failed)
        self._plan_timer = QTimer(self, singleShot=True, interval=0)
        self._plan_timer.timeout.connect(self._plan)
        stack.changed.connect(self._show_stack)
        self._show_stack()

    def _build(self) -> None:
        self._ground = pg.GraphicsView(self, background=None)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, lockAspect=True, defaultPadding=0)
        self._box.disableAutoRange()
        self._ground.setCentralItem(self._box)
        self._ground.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._ground.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self._ground.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for widget in (self._ground, self._ground.viewport()):
            widget.setAcceptDrops(False)
        self._glass = Decorations()
        self._glass.setZValue(_ABOVE)
        self._ground.scene().addItem(self._glass)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._ground)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._take_palette()

    # Where the map looks

    @property
    def view(self) -> MapView:
        """What the map shows."""
        return self._view

    @property
    def frame(self) -> Frame:
        """The view in the window as it is: conversions between map and window."""
        return Frame(self._view, self.width(), self.height(), self.devicePixelRatioF())

    def set_view(self, view: MapView) -> None:
        """Show another piece of ground."""
        self._placed = True
        if view != self._view:
            self._view = view
            self._refresh()
            self.view_changed.emit(view)

    def zoom_to(self, bounds: Bounds, margin: float = 0.15) -> None:
        """Show all of a box, with a share of ``margin`` around it."""
        self.set_view(self.frame.fitting(bounds, margin))

    def zoom_full(self) -> None:
        """Show everything that is visible."""
        bounds = self._stack.bounds
        if bounds is not None:
            self.zoom_to(bounds, 0.03)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in (``factor`` above 1) or out, around a point of the window or its middle."""
        self.set_view(self.frame.zoomed(factor, QPointF(self.width() / 2, self.height() / 2) if at is None else at))

    # Tools and overlays

    @property
    def tool(self) -> MapTool | None:
        """The tool in hand."""
        return self._tool

    def set_tool(self, tool: MapTool | None) -> None:
        """Take a tool in hand, and put the one away that was."""
        if tool is self._tool:
            return
        if self._tool is not None:
            self._tool.hint.disconnect(self.hint)
            self._tool.leave()
        self._tool = tool
        self._input.take_up(tool)
        if tool is not None:
            tool.hint.connect(self.hint)
            tool.enter(self)
        else:
            self.hint.emit("")

    def add_overlay(self, item: QGraphicsItem) -> None:
        """Put an item in map coordinates (easting, northing) above the layers."""
        self._overlays.append(item)
        self._box.addItem(item, ignoreBounds=True)

    def remove_overlay(self, item: QGraphicsItem) -> None:
        """Take an item off again."""
        if item in self._overlays:
            self._overlays.remove(item)
            self._box.removeItem(item)

    # Comparing

    def set_swipe(self, fraction: float | None) -> None:
        """Show the earlier date left of a line at this share of the width and the later one right of it; None: off."""
        self._swipe = None if fraction is None else min(max(fraction, 0.0), 1.0)
        self._glass.show_swipe(self._swipe)
        self._show_captions()
        self._show_stack()

    def is_handle(self, at: QPointF) -> bool:
        """Whether the swipe's handle is under a point of the window."""
        return self._glass.takes(at)

    def set_side(self, side: Side | None) -> None:
        """Show only one date's layers and those of both; None: all."""
        self._side = side
        self._show_captions()
        self._show_stack()

    def set_captions(self, before: str, after: str) -> None:
        """The two dates, as they are to be said on the map."""
        self._captions = before, after
        self._show_captions()

    # Loading

    @property
    def is_loading(self) -> bool:
        """Whether something visible is not drawn at its wanted detail yet."""
        return self._plan_timer.isActive() or not self._announced

    def picture(self) -> QImage:
        """The map as it is on the screen."""
        return self.grab().toImage()

    def close_workers(self) -> None:
        """Stop loading, for good."""
        self._plan_timer.stop()
        self._loader.close()

    # Drawing

    def _show_captions(self) -> None:
        before, after = self._captions
        if self._swipe is None and self._side is not None:
            captions = Captions(after if self._side is Side.AFTER else before)
        else:
            captions = Captions(before, after)
        self._glass.show_captions(captions)

    def _show_stack(self) -> None:
        layers = {layer.key: layer for layer in self._stack.layers}
        scene = self._ground.scene()
        for key in self._items.keys() - layers.keys():
            scene.removeItem(self._items.pop(key))
        for place, layer in enumerate(layers.values()):
            item = self._items.get(layer.key)
            if item is None:
                item = self._items[layer.key] = TileItem(layer, self._loader)
                scene.addItem(item)
            else:
                item.show_layer(layer)
            item.setZValue(_BELOW - place)
        if not self._placed and self.isVisible():
            self._look_at_everything()
        self._refresh()

    def _look_at_everything(self) -> None:
        """The first look, unless a view was set."""
        self.zoom_full()

    def _refresh(self) -> None:
        frame = self.frame
        if frame.width < 1 or frame.height < 1:
            return
        left, bottom, right, top = frame.bounds
        self._box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self._glass.show_size(frame.width, frame.height, self._view.pixel_m)
        for item in self._items.values():
            item.setVisible(self._is_shown(item.layer))
            item.show_frame(frame, self._clip(item.layer))
        self._announced = False
        self._plan_timer.start()

    def _is_shown(self, layer: MapLayer) -> bool:
        if not layer.visible or layer.source is None:
            return False
        return self._swipe is not None or self._side is None or layer.side in (self._side, Side.BOTH)

    def _clip(self, layer: MapLayer) -> QRectF | None:
        if self._swipe is None or layer.side is Side.BOTH:
            return None
        rect = QRectF(self.rect())
        line = self._swipe * rect.width()
        if layer.side is Side.BEFORE:
            rect.setRight(line)
        else:
            rect.setLeft(line)
        return rect

    def _plan(self) -> None:
        """Ask for the tiles that are missing, those nearest to the middle first, then for what may be wanted next.

        A map that is not on the screen asks for nothing until it is.
        """
        if not self.isVisible():
            self._loader.want(())
            return
        self._loader.keep_only({source for item in self._items.values() for source in item.sources})
        shown = [item for item in self._items.values() if item.isVisible()]
        other_date = [item for item in self._items.values() if item.layer.visible and not item.isVisible()]
        spare = [tile for item in other_date for tile in item.wanted()]
        spare += [tile for item in shown for tile in item.around()]
        self._loader.want([tile for item in shown for tile in item.wanted()], spare)
        self._announce()

    def _tiles_arrived(self) -> None:
        self._ground.viewport().update()
        self._announce()

    def _announce(self) -> None:
        settled = [item.settle() for item in self._items.values() if item.isVisible()]
        if all(settled) and not self._announced and not self._plan_timer.isActive():
            self._announced = True
            self.loaded.emit()

    def _tile_failed(self, source: TileSource, error: BaseException) -> None:
        for key, item in list(self._items.items()):
            if item.layer.source == source and (key, source, type(error)) not in self._told:
                self._told.add((key, source, type(error)))
                self.trouble.emit(key, error)

    def _take_palette(self) -> None:
        self._ground.setBackgroundBrush(self.palette().brush(QPalette.ColorRole.Base))
        self._glass.show_palette(self.palette())

    # Other events of the widget

    def event(self, event: QEvent) -> bool:
        """Give mouse and keys to who understands them; on a screen of another fineness other tiles are wanted."""
        if self._input.takes(event):
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refresh()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the middle where it is."""
        super().resizeEvent(event)
        self._ground.resize(self.size())
        if not self._placed and self._stack.bounds is not None:
            self._look_at_everything()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Load what there is to see."""
        super().showEvent(event)
        self._plan_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Load no more."""
        super().hideEvent(event)
        self._plan_timer.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_palette()

"""Two dates over the same ground: one over the other, side by side, or by turns."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QImage, QKeyEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsLineItem,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weijian.domain.grid import Bounds
from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import Group, LayerStack, Side
from weijian.qt.map.map_view import MapView
from weijian.qt.map.tool import MapTool
from weijian.qt.map.workspace_layers import WorkspaceLayers

_HALF = 0.5
_CROSS_PX = 9
_ARCHIVE = -1


class CompareMode(StrEnum):
    """How two dates are looked at."""

    SINGLE = "single"
    SWIPE = "swipe"
    BLINK = "blink"
    LINKED = "linked"


class CompareView(QWidget):
    """The map in the middle of the window, with the bar that chooses what is compared and how.

    Parameters
    ----------
    desk : Desk
    layers : WorkspaceLayers

    Attributes
    ----------
    canvas : MapCanvas
        The one tools and overlays work on; in linked maps the later date.
    view_changed, pointed, hint, trouble, files_dropped : Signal
        As of a `MapCanvas`, of either map.
    mode_changed : Signal(CompareMode)
    """

    view_changed = Signal(object)
    pointed = Signal(float, float)
    hint = Signal(str)
    trouble = Signal(str, object)
    files_dropped = Signal(object)
    mode_changed = Signal(object)

    def __init__(self, desk: Desk, layers: WorkspaceLayers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawings: dict[CompareMode, str] = {}
        self._layers = layers
        self._mode = CompareMode.SINGLE
        self._fraction = _HALF
        self._showing = Side.AFTER
        self._twin_stack = LayerStack(self)
        self.canvas = MapCanvas(layers.stack, desk.crs)
        self.other = MapCanvas(self._twin_stack, desk.crs)
        self.canvas.setObjectName("map")
        self.other.setObjectName("other-map")
        self._crosses = {canvas: _Cross(canvas) for canvas in self.canvases}
        self._build()
        for canvas in self.canvases:
            self._follow(canvas)
        layers.surveys_changed.connect(self._show_surveys)
        layers.stack.changed.connect(self._stack_changed)
        self._show_surveys()
        self.set_mode(CompareMode.SINGLE)

    @property
    def canvases(self) -> tuple[MapCanvas, MapCanvas]:
        """Both maps; the second is to be seen only when maps are linked."""
        return self.canvas, self.other

    @property
    def mode(self) -> CompareMode:
        """How the dates are looked at."""
        return self._mode

    @property
    def is_loading(self) -> bool:
        """Whether a map that is to be seen is not all drawn yet."""
        return any(canvas.is_loading for canvas in self.canvases if canvas.isVisible())

    def set_mode(self, mode: CompareMode) -> None:
        """Look at the dates in another way."""
        self._mode = mode
        self.modes[mode].setChecked(True)
        linked = mode is CompareMode.LINKED
        if linked:
            self.other.set_side(Side.BEFORE)
            self.other.set_view(self.canvas.view)
        self.other.setVisible(linked)
        self._stack_changed()
        self.canvas.set_swipe(self._fraction if mode is CompareMode.SWIPE else None)
        if mode is CompareMode.BLINK:
            self.canvas.set_side(self._showing)
        else:
            self.canvas.set_side(Side.AFTER if linked else None)
        self._hide_crosses()
        self.hint.emit(self.tr("Space turns the dates") if mode is CompareMode.BLINK else "")
        self.mode_changed.emit(mode)

    def blink(self) -> None:
        """Show the other date, in the place of the one that is shown."""
        if self._mode is not CompareMode.BLINK:
            self._showing = Side.AFTER
            self.set_mode(CompareMode.BLINK)
        self._showing = Side.BEFORE if self._showing is Side.AFTER else Side.AFTER
        self.canvas.set_side(self._showing)

    def set_pair(self, before: int | None, after: int) -> None:
        """Compare two surveys by their ids; None stands for the archive."""
        self._layers.set_pair(before, after)

    def zoom_to(self, bounds: Bounds) -> None:
        """Show all of a box."""
        self.canvas.zoom_to(bounds)

    def set_tool(self, tool: MapTool | None) -> None:
        """Take a tool in hand on the main map."""
        self.canvas.set_tool(tool)

    def picture(self) -> QImage:
        """The main map as it is."""
        return self.canvas.picture()

    def close_workers(self) -> None:
        """Stop loading, for good."""
        for canvas in self.canvases:
            canvas.set_tool(None)
            canvas.close_workers()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The space bar turns the dates, wherever on the maps the focus is."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and not event.isAutoRepeat()
        ):
            self.blink()
            return True
        if event.type() is QEvent.Type.Leave:
            self._hide_crosses()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for mode, drawing in self._drawings.items():
                self.modes[mode].setIcon(icon(drawing))

    # Building

    def _build(self) -> None:
        self.before_box, self.after_box = QComboBox(), QComboBox()
        self.before_box.setObjectName("before-box")
        self.after_box.setObjectName("after-box")
        for box in (self.before_box, self.after_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumContentsLength(8)
            box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.before_box.activated.connect(self._before_chosen)
        self.after_box.activated.connect(self._after_chosen)
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        for text, box in ((self.tr("Before"), self.before_box), (self.tr("After"), self.after_box)):
            label = QLabel(text)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        row.addSpacing(12)
        group = QActionGroup(self)
        self.modes = {}
        for mode, text, drawing, key in (
            (CompareMode.SINGLE, self.tr("Single map"), "map", "1"),
            (CompareMode.SWIPE, self.tr("Swipe"), "square-split-horizontal", "2"),
            (CompareMode.LINKED, self.tr("Linked maps"), "columns-2", "3"),
            (CompareMode.BLINK, self.tr("Blink"), "eye", "4"),
        ):
            self._drawings[mode] = drawing
            action = QAction(icon(drawing), text, self)
            action.setObjectName(f"mode-{mode}")
            action.setCheckable(True)
            action.setShortcut(key)
            action.setToolTip(self.tr("{mode} ({key})").format(mode=text, key=key))
            action.triggered.connect(lambda _checked=False, mode=mode: self.set_mode(mode))
            group.addAction(action)
            self.modes[mode] = action
            button = QToolButton()
            button.setObjectName(f"mode-{mode}-button")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            row.addWidget(button)
        self.modes[CompareMode.BLINK].setToolTip(self.tr("Blink (4); the space bar turns the dates"))
        row.addStretch()
        maps = QSplitter(Qt.Orientation.Horizontal)
        maps.addWidget(self.other)
        maps.addWidget(self.canvas)
        maps.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(maps, 1)

    def _follow(self, canvas: MapCanvas) -> None:
        canvas.installEventFilter(self)
        canvas.view_changed.connect(lambda view: self._view_moved(canvas, view))
        canvas.pointed.connect(lambda x, y: self._pointer_moved(canvas, x, y))
        canvas.hint.connect(self.hint)
        canvas.trouble.connect(self.trouble)
        canvas.files_dropped.connect(self.files_dropped)
        canvas.swipe_moved.connect(self._swipe_dragged)

    # Following

    def _swipe_dragged(self, fraction: float) -> None:
        self._fraction = fraction

    def _view_moved(self, canvas: MapCanvas, view: MapView) -> None:
        if self._mode is CompareMode.LINKED:
            (self.other if canvas is self.canvas else self.canvas).set_view(view)
        if canvas is self.canvas:
            self.view_changed.emit(view)

    def _pointer_moved(self, canvas: MapCanvas, x: float, y: float) -> None:
        self.pointed.emit(x, y)
        if self._mode is CompareMode.LINKED:
            twin = self.other if canvas is self.canvas else self.canvas
            self._crosses[canvas].hide()
            self._crosses[twin].show_at(x, y)

    def _hide_crosses(self) -> None:
        for cross in self._crosses.values():
            cross.hide()

    def _show_surveys(self) -> None:
        pair = self._layers.pair
        newest_first = tuple(reversed(self._layers.surveys))
        for box in (self.before_box, self.after_box):
            box.clear()
        self.before_box.addItem(self.tr("Archive"), _ARCHIVE)
        for survey in newest_first:
            for box in (self.before_box, self.after_box):
                box.addItem(_said(survey.name, survey.flown_on.isoformat()), survey.survey_id)
        if pair is not None:
            self._select(*pair)
        for box in (self.before_box, self.after_box):
            box.setEnabled(len(newest_first) > 1)
        for mode, action in self.modes.items():
            action.setEnabled(mode is CompareMode.SINGLE or bool(newest_first))
        self._show_captions()

    def _stack_changed(self) -> None:
        """The second map has layers only while it is to be seen: nothing is drawn for nobody."""
        self._twin_stack.show(self._layers.stack.layers if self._mode is CompareMode.LINKED else ())
        self._show_captions()

    def _show_captions(self) -> None:
        if self._mode is CompareMode.SINGLE:
            self.canvas.set_captions(self._topmost_date(), "")
            return
        pair = self._layers.pair
        before = None if pair is None else self._layers.survey(pair[0])
        after = None if pair is None else self._layers.survey(pair[1])
        earlier = self.tr("Archive") if before is None else before.flown_on.isoformat()
        for canvas in self.canvases:
            canvas.set_captions(earlier if after is not None else "", after.flown_on.isoformat() if after else "")

    def _topmost_date(self) -> str:
        """Of the survey that lies above the others."""
        for layer in self._layers.stack.layers:
            product = self._layers.product(layer.key)
            if layer.group is Group.SURVEYS and layer.visible and layer.source is not None and product is not None:
                return product.survey.flown_on.isoformat()
        return ""

    def _before_chosen(self) -> None:
        pair, before = self._layers.wanted_pair, self._chosen_in(self.before_box)
        if pair is None:
            return
        after = pair[1]
        if before == after:  # the same date twice shows nothing: they change places
            others = [survey.survey_id for survey in reversed(self._layers.surveys) if survey.survey_id != before]
            after = others[0] if pair[0] is None else pair[0]
        self._choose(before, after)

    def _after_chosen(self) -> None:
        pair, after = self._layers.wanted_pair, self._chosen_in(self.after_box)
        if pair is not None and after is not None:
            self._choose(pair[1] if pair[0] == after else pair[0], after)

    def _choose(self, before: int | None, after: int) -> None:
        self._select(before, after)
        self.set_pair(before, after)

    def _select(self, before: int | None, after: int) -> None:
        self.before_box.setCurrentIndex(self.before_box.findData(_ARCHIVE if before is None else before))
        self.after_box.setCurrentIndex(self.after_box.findData(after))

    def _chosen_in(self, box: QComboBox) -> int | None:
        chosen: int = box.currentData()
        return None if chosen == _ARCHIVE else chosen


class _Cross:
    """The other map's pointer."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._lines = [QGraphicsLineItem(), QGraphicsLineItem()]
        pen = QPen(QColor("#ff3b30"), 1.5)
        pen.setCosmetic(True)
        for line in self._lines:
            line.setPen(pen)
            line.setVisible(False)
            canvas.add_overlay(line)

    def show_at(self, x: float, y: float) -> None:
        """Show it at a point of the map."""
        arm = _CROSS_PX * self._canvas.view.pixel_m
        at = QPointF(x, y)
        self._lines[0].setLine(-arm, 0, arm, 0)
        self._lines[1].setLine(0, -arm, 0, arm)
        for line in self._lines:
            line.setPos(at)
            line.setVisible(True)

    def hide(self) -> None:
        """Show nothing."""
        for line in self._lines:
            line.setVisible(False)


def _said(name: str, day: str) -> str:
    return name if day in name else f"{name} ({day})"

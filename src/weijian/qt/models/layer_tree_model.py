"""The layers of the map as a tree: groups, their layers from top to bottom, and the classes of each layer's style."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon, QPalette, QStandardItem, QStandardItemModel

from weijian.qt.icons import icon
from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.map.legend import LegendLine, legend_of
from weijian.qt.map.styles import styles_for

KEY = Qt.ItemDataRole.UserRole + 1
"""Role of a layer's key; groups and classes have none."""
_STYLE = Qt.ItemDataRole.UserRole + 2
_MIME = "application/x-weijian-layer"
_Index = QModelIndex | QPersistentModelIndex
_Role = QPalette.ColorRole


class LayerTreeModel(QStandardItemModel):
    """Follows a stack: check boxes show and hide layers, a layer can be dragged to another place in its group.

    Attributes
    ----------
    rebuilding, rebuilt : Signal()
        All rows are going to be replaced; have been.
    """

    rebuilding = Signal()
    rebuilt = Signal()

    def __init__(self, stack: LayerStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._rows: dict[str, QStandardItem] = {}
        self._groups: dict[Group, QStandardItem] = {}
        self._samples: dict[str, QIcon] = {}
        self._legends: dict[tuple[str, str], tuple[LegendLine, ...]] = {}
        self._following = False
        self.itemChanged.connect(self._checked)
        stack.changed.connect(self.follow)
        self.follow()

    def index_of(self, key: str) -> QModelIndex:
        """Where a layer stands; not valid when it is not there."""
        row = self._rows.get(key)
        return QModelIndex() if row is None else row.index()

    def follow(self) -> None:
        """Take the stack's present state."""
        self._following = True
        try:
            layers = self._stack.layers
            others = [layer.key for layer in layers] != list(self._rows)
            if others:
                self._rebuild(layers)
            for layer in layers:
                self._show(self._rows[layer.key], layer)
        finally:
            self._following = False
        if others:
            self.rebuilt.emit()

    def removeRows(  # noqa: N802 - Qt's name
        self,
        row: int,  # noqa: ARG002
        count: int,  # noqa: ARG002
        parent: _Index = QModelIndex(),  # noqa: ARG002, B008 - Qt's default, a value
    ) -> bool:
        """Rows go when their layers do; a view must not take a dragged one away."""
        return False

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """What a dragged layer travels as."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The key of the dragged layer."""
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].data(KEY)).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Layers are moved, not copied."""
        return Qt.DropAction.MoveAction

    def canDropMimeData(  # noqa: N802 - Qt's name
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,  # noqa: ARG002
        column: int,  # noqa: ARG002
        parent: _Index,
    ) -> bool:
        """Within its own group only."""
        if not data.hasFormat(_MIME):
            return False
        layer = self._stack.get(_key_in(data))
        return layer is not None and parent == self._groups[layer.group].index()

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Give the dragged layer its new place; the view need not move anything itself, so the answer is false."""
        if self.canDropMimeData(data, action, row, column, parent):
            self._move(_key_in(data), row)
        return False

    def _move(self, key: str, row: int) -> None:
        moved = self._stack.get(key)
        if moved is None:
            return
        siblings = [layer.key for layer in self._stack.layers if layer.group is moved.group]
        before = next((each for each in siblings[row:] if each != key), None) if row >= 0 else None
        others = [layer.key for layer in self._stack.layers if layer.key != key]
        if before is not None:
            self._stack.move(key, others.index(before))
        else:
            last = [each for each in siblings if each != key][-1:]
            self._stack.move(key, others.index(last[0]) + 1 if last else 0)

    def _rebuild(self, layers: Sequence[MapLayer]) -> None:
        self.rebuilding.emit()
        self.clear()
        self._rows.clear()
        self._groups.clear()
        for layer in layers:
            if layer.group not in self._groups:
                self._groups[layer.group] = self._group(layer.group)
            row = QStandardItem()
            row.setData(layer.key, KEY)
            row.setCheckable(True)
            row.setDropEnabled(False)
            row.setEditable(False)
            self._rows[layer.key] = row
            self._groups[layer.group].appendRow(row)

    def _group(self, group: Group) -> QStandardItem:
        titles = {
            Group.FINDINGS: self.tr("Findings and cases"),
            Group.ARCHIVE: self.tr("Archive"),
            Group.SURVEYS: self.tr("Surveys"),
        }
        item = QStandardItem(titles[group])
        item.setEditable(False)
        item.setSelectable(False)
        item.setDragEnabled(False)
        self.appendRow(item)
        return item

    def _show(self, row: QStandardItem, layer: MapLayer) -> None:
        row.setText(layer.title)
        row.setCheckState(Qt.CheckState.Checked if layer.visible else Qt.CheckState.Unchecked)
        row.setToolTip(layer.problem or layer.title)
        row.setIcon(icon("triangle-alert") if layer.problem else icon(_DRAWINGS[layer.group]))
        row.setForeground(_ink(layer.problem is None))
        if row.data(_STYLE) != layer.style:
            row.setData(layer.style, _STYLE)
            self._show_classes(row, layer)
        drawing = _sign("triangle-alert") if layer.problem else self._samples.get(layer.key)
        drawing = drawing or _sign(_DRAWINGS[layer.group])
        if row.icon().cacheKey() != drawing.cacheKey():
            row.setIcon(drawing)

    def _show_classes(self, row: QStandardItem, layer: MapLayer) -> None:
        row.removeRows(0, row.rowCount())
        self._samples.pop(layer.key, None)
        lines = self._legend(layer)
        if len(lines) == 1:
            self._samples[layer.key] = lines[0].icon
            return
        for line in lines:
            item = QStandardItem(line.icon, line.title)
            item.setEditable(False)
            item.setSelectable(False)
            item.setDragEnabled(False)
            item.setDropEnabled(False)
            row.appendRow(item)

    def _legend(self, layer: MapLayer) -> tuple[LegendLine, ...]:
        """Drawn once for each style: rows are made anew whenever layers come or change places."""
        known = self._legends.get((layer.key, layer.style))
        if known is None:
            known = legend_of(layer.key, layer.style) if styles_for(layer.key) else ()
            self._legends[layer.key, layer.style] = known
        return known

    def _checked(self, item: QStandardItem) -> None:
        key = item.data(KEY)
        if not self._following and key:
            self._stack.alter(key, visible=item.checkState() is Qt.CheckState.Checked)


_DRAWINGS = {Group.FINDINGS: "map-pin", Group.ARCHIVE: "house", Group.SURVEYS: "image"}


def _sign(name: str) -> QIcon:
    """An icon that can also be seen on a chosen row."""
    palette = QGuiApplication.palette()
    return _drawn(name, palette.color(_Role.ButtonText).name(), palette.color(_Role.HighlightedText).name())


@lru_cache(maxsize=32)
def _drawn(name: str, usual: str, chosen_colour: str) -> QIcon:
    sign = QIcon(icon(name, QColor(usual)))
    chosen = icon(name, QColor(chosen_colour))
    for side in (16, 32):
        sign.addPixmap(chosen.pixmap(side, side), QIcon.Mode.Selected)
    return sign


def _ink(whole: bool) -> QBrush:
    palette = QGuiApplication.palette()
    return palette.text() if whole else palette.placeholderText()


def _key_in(data: QMimeData) -> str:
    return bytes(data.data(_MIME).data()).decode()

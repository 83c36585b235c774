"""What the status bar says of the map: where the pointer is, and at which scale the map is shown."""

from __future__ import annotations

import math
import re

from pyproj import Transformer
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.map_view import MapView

SCALES = (200, 500, 1000, 2000, 5000, 10_000, 25_000, 50_000)
_SCALE = re.compile(r"^\s*(?:1\s*[:：/]\s*)?(\d[\d\s,，]*(?:\.\d+)?)\s*$")


def scale_of(text: str) -> float | None:
    """The n of "1:n", "1：n" or "n"; None when it is no scale."""
    found = _SCALE.match(text)
    number = float(re.sub(r"[\s,，]", "", found.group(1))) if found else 0.0
    return number if number > 0 else None


class ScaleBox(QComboBox):
    """The map's scale, to read and to choose or type. ``chosen`` gives the n of 1:n."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scale")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setToolTip(self.tr("Scale of the map; type one or choose"))
        self.setAccessibleName(self.tr("Map scale"))
        self._shown = ""
        for scale in SCALES:
            self.addItem(f"1:{scale}", float(scale))
        self.setCurrentIndex(-1)
        self._editor = QLineEdit(self)
        self._editor.setMaxLength(16)
        self.setLineEdit(self._editor)
        self._editor.returnPressed.connect(self._typed)
        self._editor.editingFinished.connect(self._put_back)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_scale(self, scale: float) -> None:
        """Show a scale, unless one is being typed."""
        self._shown = f"1:{scale:.0f}" if scale >= 10 else f"1:{scale:.1f}"
        if not (self._editor.hasFocus() and self._editor.isModified()):
            self.setEditText(self._shown)

    def _typed(self) -> None:
        scale = scale_of(self.currentText())
        # A combo box hands Return to its editor a second time; by then the text is what was shown.
        if scale is not None and self.currentText() != self._shown:
            self.chosen.emit(scale)
        self._put_back()

    def _put_back(self) -> None:
        self._editor.setModified(False)
        self.setEditText(self._shown)


class MapReadout(QWidget):
    """Pointer in the map's CRS and in degrees, and the scale of a canvas; for the status bar."""

    def __init__(self, canvas: MapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        geodetic = canvas.crs.geodetic_crs
        self._degrees = None if geodetic is None else Transformer.from_crs(canvas.crs, geodetic, always_xy=True)
        self.setToolTip(canvas.crs.name)
        self._metres_label = self._label("pointer_metres", self.metres_text(48_888_888.88, 8_888_888.88))
        self._degrees_label = self._label("pointer_degrees", _degrees(188.888888, 88.888888))
        self._scale = ScaleBox(self)
        self._scale.setMinimumContentsLength(9)
        self._scale.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self._metres_label, self._degrees_label, self._scale):
            layout.addWidget(widget)
        canvas.pointed.connect(self.show_point)
        canvas.view_changed.connect(self._show_view)
        self._scale.chosen.connect(self._zoom)
        self._show_view(canvas.view)

    def show_point(self, x: float, y: float) -> None:
        """Say where a map point (easting, northing) is."""
        self._metres_label.setText(self.metres_text(x, y))
        self._degrees_label.setText(self.degrees_text(x, y))

    def metres_text(self, x: float, y: float) -> str:
        """A map point in the words of surveyors, for whom X is north and Y is east."""
        return self.tr("N {north}  E {east}").format(north=f"{y:.2f}", east=f"{x:.2f}")

    def degrees_text(self, x: float, y: float) -> str:
        """Longitude and latitude of a map point; empty where there are none."""
        if self._degrees is None:
            return ""
        longitude, latitude = self._degrees.transform(x, y)
        return _degrees(longitude, latitude) if math.isfinite(longitude) and math.isfinite(latitude) else ""

    def _label(self, name: str, widest: str) -> QLabel:
        """A label of fixed width, so that the bar does not jump under the moving pointer."""
        label = QLabel(self)
        label.setObjectName(name)
        label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
        label.setMinimumWidth(QFontMetrics(label.font()).horizontalAdvance(widest))
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _show_view(self, view: MapView) -> None:
        self._scale.show_scale(view.scale)

    def _zoom(self, scale: float) -> None:
        self._canvas.set_view(self._canvas.view.at_scale(scale))
        self._canvas.setFocus()


def _degrees(longitude: float, latitude: float) -> str:
    east, north = "E" if longitude >= 0 else "W", "N" if latitude >= 0 else "S"
    return f"{abs(longitude):.6f}°{east}  {abs(latitude):.6f}°{north}"

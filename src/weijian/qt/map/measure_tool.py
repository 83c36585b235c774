"""Measuring lengths and areas on the map."""

from __future__ import annotations

from enum import StrEnum

from pyproj import CRS
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from weijian.domain.measuring import M2_PER_MU, Measured, Surveyor
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.sketch import XY, Dot, Line, Sketch, Words
from weijian.qt.map.tool import MapPoint, MapTool

_COLOUR, _FILL = "#d6006c", "#30d6006c"


class Quantity(StrEnum):
    """What is measured."""

    LENGTH = "length"
    AREA = "area"


class MeasureTool(MapTool):
    """Click points, double-click to end; Backspace takes the last point back, Esc clears.

    Says the value on the ellipsoid, and that in the plane of the CRS as well where the two differ noticeably.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, quantity: Quantity, crs: CRS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quantity = quantity
        self._surveyor = Surveyor(crs)
        self._canvas: MapCanvas | None = None
        self._sketch: Sketch | None = None
        self._points: tuple[XY, ...] = ()
        self._ended = False

    @property
    def points(self) -> tuple[XY, ...]:
        """The points that were set."""
        return self._points

    @property
    def value(self) -> Measured:
        """The length or area of what was set."""
        return self._measure(self._points)

    def enter(self, canvas: MapCanvas) -> None:
        """Begin."""
        self._canvas = canvas
        self._sketch = Sketch()
        canvas.add_overlay(self._sketch)
        self._tell()

    def leave(self) -> None:
        """Take the line off the map."""
        if self._canvas is not None and self._sketch is not None:
            self._canvas.remove_overlay(self._sketch)
        self._canvas = self._sketch = None
        self._points, self._ended = (), False

    def click(self, at: MapPoint) -> None:
        """Set a point; after an end a new line begins."""
        if self._ended:
            self._points, self._ended = (), False
        self._points = (*self._points, (at.x, at.y))
        self._draw(None)
        self._tell()

    def move(self, at: MapPoint) -> None:
        """Draw the rubber line."""
        if self._points and not self._ended:
            self._draw((at.x, at.y))

    def double_click(self, at: MapPoint) -> bool:  # noqa: ARG002
        """End."""
        self._end()
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Esc clears, Backspace takes a point back, Enter ends."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self._points:
            self._points, self._ended = (), False
        elif key == Qt.Key.Key_Backspace and self._points:
            self._points, self._ended = self._points[:-1], False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._points:
            self._ended = True
        else:
            return False
        self._draw(None)
        self._tell()
        return True

    def said(self, points: tuple[XY, ...]) -> str:
        """The value of a line or ring in words."""
        value = self._measure(points)
        if self._quantity is Quantity.LENGTH:
            if not value.differ:
                return _metres(value.ellipsoidal)
            pattern = self.tr("Ellipsoidal length {ellipsoidal}\nPlane length {plane}")
            return pattern.format(ellipsoidal=_metres(value.ellipsoidal), plane=_metres(value.plane))
        if not value.differ:
            return self._square(value.ellipsoidal)
        pattern = self.tr("Ellipsoidal area {ellipsoidal}\nPlane area {plane}")
        return pattern.format(ellipsoidal=self._square(value.ellipsoidal), plane=self._square(value.plane))

    def _end(self) -> None:
        self._ended = bool(self._points)
        self._draw(None)
        self._tell()

    def _measure(self, points: tuple[XY, ...]) -> Measured:
        surveyor = self._surveyor
        return surveyor.length(points) if self._quantity is Quantity.LENGTH else surveyor.area(points)

    def _square(self, area_m2: float) -> str:
        return self.tr("{m2} m² ({mu} mu)").format(m2=f"{area_m2:,.1f}", mu=f"{area_m2 / M2_PER_MU:,.3f}")

    def _draw(self, pointer: XY | None) -> None:
        if self._sketch is None:
            return
        points = self._points if pointer is None else (*self._points, pointer)
        lines: list[Line] = []
        if len(points) > 1:
            is_area = self._quantity is Quantity.AREA and len(points) > 2
            drawn = (*points, points[0]) if is_area else points
            lines = [Line(drawn, _COLOUR, dashed=not self._ended, fill=_FILL if is_area else "")]
        words = [Words(points[-1], self.said(points), strong=self._ended)] if len(points) > 1 else []
        if self._quantity is Quantity.LENGTH:
            words = [*self._running(points), *words]
        self._sketch.show(lines, [Dot(point, _COLOUR) for point in self._points], words)

    def _running(self, points: tuple[XY, ...]) -> list[Words]:
        """The way so far, at each corner between the first and the last."""
        return [
            Words(points[n], _metres(self._surveyor.length(points[: n + 1]).ellipsoidal))
            for n in range(1, len(points) - 1)
        ]

    def _tell(self) -> None:
        if not self._points:
            self.hint.emit(self.tr("Click the first point"))
        elif self._ended:
            self.hint.emit(self.said(self._points).replace("\n", " / "))
        else:
            self.hint.emit(
                self.tr("Click the next point; double-click to end, Backspace takes the last one back, Esc clears")
            )


def _metres(length_m: float) -> str:
    return f"{length_m:,.2f} m"

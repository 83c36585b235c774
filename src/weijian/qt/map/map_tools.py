"""The tools of a map: which one is in hand, and what they leave on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from shapely import LineString, MultiPolygon, Polygon

from weijian.qt.desk import Desk
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.edit_tool import EditOutlineTool
from weijian.qt.map.highlight import Highlight
from weijian.qt.map.identify import IdentifySheet
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.line_tool import LineTool
from weijian.qt.map.measure_tool import MeasureTool, Quantity
from weijian.qt.map.point_tool import PointTool
from weijian.qt.map.select_tool import Identified, SelectTool
from weijian.qt.map.tool import MapPoint, MapTool

Outline = Polygon | MultiPolygon


class MapTools(QObject):
    """Takes tools in hand as the commands ask.

    Parameters
    ----------
    desk : Desk
    canvas : MapCanvas
    stack : LayerStack
    commands : mapping of str to QAction
        ``select``, ``measure-length`` and ``measure-area`` are followed.

    Attributes
    ----------
    opened : Signal(Subject)
        The user wants to see a thing's own panel.
    """

    opened = Signal(object)

    def __init__(
        self, desk: Desk, canvas: MapCanvas, stack: LayerStack, commands: Mapping[str, QAction], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._select = SelectTool(stack, desk.selection, self)
        self._tools: dict[str, MapTool] = {
            "select": self._select,
            "measure-length": MeasureTool(Quantity.LENGTH, desk.crs, self),
            "measure-area": MeasureTool(Quantity.AREA, desk.crs, self),
        }
        self._commands = {name: commands[name] for name in self._tools}
        self._highlight = Highlight()
        canvas.add_overlay(self._highlight)
        self._sheet = IdentifySheet(desk, canvas)
        self._sheet.opened.connect(self.opened)
        self._select.identified.connect(self._identified)
        for command in self._commands.values():
            command.toggled.connect(self._take_checked)
        self._take_checked()

    def highlight(self, geometry: Outline | None) -> None:
        """Point out an outline, in place of the one before."""
        self._highlight.show_outline(geometry)

    def edit_outline(self, outline: Outline, then: Callable[[Outline], None]) -> None:
        """Let the user draw an outline anew; ``then`` is given what he accepts."""
        self._lend(EditOutlineTool(outline, self), then)

    def pick_point(self, words: str, then: Callable[[float, float], None]) -> None:
        """Let the user point at a place; ``words`` say what for, ``then`` is given easting and northing."""
        self._lend(PointTool(words, self), then)

    def draw_line(self, then: Callable[[LineString], None]) -> None:
        """Let the user draw a line; ``then`` is given what he accepts."""
        self._lend(LineTool(self), then)

    def _lend(self, tool: EditOutlineTool | PointTool | LineTool, then: Callable[..., None]) -> None:
        """Put a tool into the user's hand until he accepts, which ``then`` is told, or gives up."""

        def end(*made: object) -> None:
            self._take_checked()
            tool.deleteLater()
            if made:
                then(*made)

        tool.accepted.connect(end)
        tool.cancelled.connect(end)
        self._sheet.hide()
        self._canvas.set_tool(tool)
        self._canvas.setFocus()

    def close(self) -> None:
        """Let go of the commands."""
        for command in self._commands.values():
            command.toggled.disconnect(self._take_checked)

    def _take_checked(self) -> None:
        name = next((name for name, command in self._commands.items() if command.isChecked()), "select")
        self._sheet.hide()
        self._canvas.set_tool(self._tools[name])

    def _identified(self, found: tuple[Identified, ...], at: MapPoint) -> None:
        self._sheet.show_for(found, self._canvas.frame.to_screen(at.x, at.y).toPoint())

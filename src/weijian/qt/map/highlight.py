"""The glow around what is selected."""

from __future__ import annotations

import shapely
from shapely import MultiPolygon, Polygon

from weijian.qt.map.sketch import XY, Line, Sketch

_GLOW = (("#4000b4d8", 12.0), ("#7000b4d8", 8.0))
_CORE = "#00b4d8"


class Highlight(Sketch):
    """Overlay for one canvas: ``canvas.add_overlay(highlight)`` once, then :meth:`show_outline`."""

    def show_outline(self, geometry: Polygon | MultiPolygon | None) -> None:
        """Show an outline in map coordinates; None: nothing."""
        if geometry is None:
            self.show()
            return
        rings: list[tuple[XY, ...]] = [
            tuple((x, y) for x, y in shapely.get_coordinates(ring).tolist())
            for ring in shapely.get_rings(shapely.get_parts(geometry))
        ]
        glow = [Line(ring, colour, width, rim=0.0) for colour, width in _GLOW for ring in rings]
        self.show([*glow, *(Line(ring, _CORE, 2.5) for ring in rings)])

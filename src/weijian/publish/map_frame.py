"""One map frame: imagery under outlines, corner numbers, coordinate grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import MultiPolygon

from weijian.domain.grid import Bounds
from weijian.publish.corners import Corner
from weijian.publish.drafting import Across, Drafter, Point, Stroke, Type
from weijian.publish.map_scale import Outline, grid_interval
from weijian.publish.order_sheet import MapImage, OrderMapSheet
from weijian.publish.paper import Box

STRUCTURE = Stroke("#d40000", 0.5)
STRUCTURE_BEFORE = Stroke("#d40000", 0.4, (4, 3))
HATCH = Stroke("#d40000", 0.15)
HATCH_SPACING = 2.0
PARCEL = Stroke("#0040c0", 0.35, (14, 4, 2, 4))
ARCHIVE = Stroke("#006b45", 0.35, (5, 3))
FRAME = Stroke("#000000", 0.35)
TICK = Stroke("#000000", 0.15)
_CASING = "#c0ffffff"
_BLANK = "#f4f4f4"
_CROSS_MM = 1.5


@dataclass(frozen=True)
class FrameView:
    """From ground to paper for one frame."""

    box: Box
    extent: Bounds

    def paper(self, x: float, y: float) -> Point:
        """Millimetres on the page of a ground point."""
        x0, y0, x1, y1 = self.extent
        return (
            self.box.x + (x - x0) / (x1 - x0) * self.box.width,
            self.box.bottom - (y - y0) / (y1 - y0) * self.box.height,
        )

    def rings(self, outline: Outline) -> list[list[Point]]:
        """All rings of an outline on the page."""
        parts = outline.geoms if isinstance(outline, MultiPolygon) else (outline,)
        return [
            [self.paper(x, y) for x, y, *_ in ring.coords]
            for part in parts
            for ring in (part.exterior, *part.interiors)
        ]

    def area(self, bounds: Bounds) -> Box:
        """A ground rectangle on the page."""
        left, top = self.paper(bounds[0], bounds[3])
        right, bottom = self.paper(bounds[2], bounds[1])
        return Box(left, top, right - left, bottom - top)


def paint_before(drafter: Drafter, view: FrameView, sheet: OrderMapSheet) -> None:
    """The earlier state: where the structure stands today is dashed."""
    with drafter.clipped(view.box):
        _paint_ground(drafter, view, sheet.before)
        _paint_records(drafter, view, sheet)
        for structure in sheet.structures:
            rings = view.rings(structure)
            drafter.rings(rings, Stroke(_CASING, STRUCTURE_BEFORE.width + 0.3))
            drafter.rings(rings, STRUCTURE_BEFORE)
        _paint_crosses(drafter, view, grid_interval(sheet.scale))
    drafter.box(view.box, FRAME)


def paint_after(
    drafter: Drafter, view: FrameView, sheet: OrderMapSheet, corners: Sequence[Corner], label: Type
) -> None:
    """The later state: the structure hatched, its corners numbered."""
    with drafter.clipped(view.box):
        _paint_ground(drafter, view, sheet.after)
        _paint_records(drafter, view, sheet)
        _paint_crosses(drafter, view, grid_interval(sheet.scale))
        for structure in sheet.structures:
            rings = view.rings(structure)
            drafter.hatch(rings, HATCH_SPACING, HATCH)
            drafter.rings(rings, Stroke(_CASING, STRUCTURE.width + 0.3))
            drafter.rings(rings, STRUCTURE)
        _paint_corners(drafter, view, corners, label)
        if len(sheet.structures) == 1:
            _paint_area(drafter, view, sheet, label)
    drafter.box(view.box, FRAME)


def paint_grid_labels(drafter: Drafter, view: FrameView, scale: int, kind: Type) -> None:
    """Ticks at the frame's edges, eastings under it and northings upwards at its left."""
    interval, box = grid_interval(scale), view.box
    height = drafter.size("0", kind)[1]
    for easting in _multiples(view.extent[0], view.extent[2], interval):
        x, _ = view.paper(easting, view.extent[1])
        drafter.line((x, box.bottom), (x, box.bottom + 1), TICK)
        text = f"{easting:.0f}"
        width = drafter.size(text, kind)[0] + 1
        left = min(max(x - width / 2, box.x), box.right - width)
        drafter.text(Box(left, box.bottom + 0.9, width, height), text, kind, Across.CENTRE)
    for northing in _multiples(view.extent[1], view.extent[3], interval):
        _, y = view.paper(view.extent[0], northing)
        drafter.line((box.x - 1, y), (box.x, y), TICK)
        text = f"{northing:.0f}"
        half = drafter.size(text, kind)[0] / 2
        middle = min(max(y, box.y + half), box.bottom - half)
        drafter.turned_text((box.x - 1 - height / 2, middle), text, kind)


def _paint_ground(drafter: Drafter, view: FrameView, image: MapImage | None) -> None:
    drafter.box(view.box, fill=_BLANK if image else "#ffffff")
    if image:
        drafter.image(image.rgb, view.area(image.bounds))


def _paint_records(drafter: Drafter, view: FrameView, sheet: OrderMapSheet) -> None:
    for outlines, stroke in ((sheet.parcels, PARCEL), (sheet.archive, ARCHIVE)):
        for outline in outlines:
            rings = view.rings(outline)
            drafter.rings(rings, Stroke(_CASING, stroke.width + 0.35))
            drafter.rings(rings, stroke)


def _paint_crosses(drafter: Drafter, view: FrameView, interval: float) -> None:
    x0, y0, x1, y1 = view.extent
    for easting in _multiples(x0, x1, interval):
        for northing in _multiples(y0, y1, interval):
            x, y = view.paper(easting, northing)
            for stroke in (Stroke(_CASING, 0.45), TICK):
                drafter.line((x - _CROSS_MM, y), (x + _CROSS_MM, y), stroke)
                drafter.line((x, y - _CROSS_MM), (x, y + _CROSS_MM), stroke)


def _multiples(low: float, high: float, interval: float) -> list[float]:
    first, last = math.ceil(low / interval), math.floor(high / interval)
    return [i * interval for i in range(first, last + 1)]


def _paint_corners(drafter: Drafter, view: FrameView, corners: Sequence[Corner], kind: Type) -> None:
    for corner in corners:
        drafter.dot(view.paper(corner.easting, corner.northing), 0.55, Stroke("#d40000", 0.2), "#ffffff")
    taken: list[Box] = []
    for corner in corners:
        width, height = drafter.size(corner.label, kind)
        place = _free_place(view, corner, (width, height), taken)
        if place:
            taken.append(place)
            drafter.haloed_text(place, corner.label, kind)


def _paint_area(drafter: Drafter, view: FrameView, sheet: OrderMapSheet, kind: Type) -> None:
    """The area, written inside the structure where it is wide enough for it."""
    text = f"{sheet.area_m2:.1f} m²"
    width, height = drafter.size(text, kind)
    inside = sheet.structures[0].representative_point()
    x, y = view.paper(inside.x, inside.y)
    if view.area(sheet.structures[0].bounds).width > 2 * width:
        drafter.haloed_text(Box(x - width / 2, y - height / 2, width, height), text, kind)


def _free_place(view: FrameView, corner: Corner, size: tuple[float, float], taken: Sequence[Box]) -> Box | None:
    """A box for a corner's number, off the structure and off other numbers; None where it is too crowded."""
    x, y = view.paper(corner.easting, corner.northing)
    width, height = size
    outwards = math.atan2(-corner.outward[1], corner.outward[0])
    for distance in (1.0, 2.2, 3.6):
        for turn in (0.0, 0.7, -0.7, 1.3, -1.3):
            east, south = math.cos(outwards + turn), math.sin(outwards + turn)
            centre_x = x + east * (distance + width / 2)
            centre_y = y + south * (distance + height / 2)
            box = Box(centre_x - width / 2, centre_y - height / 2, width, height)
            inside = (
                box.x >= view.box.x
                and box.right <= view.box.right
                and box.y >= view.box.y
                and box.bottom <= view.box.bottom
            )
            if inside and not any(box.overlaps(other) for other in taken):
                return box
    return None

"""Scales of the order map: which fits, and which ground a frame then shows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shapely import MultiPolygon, Polygon, total_bounds

from weijian.domain.errors import StructureTooLarge
from weijian.domain.grid import Bounds
from weijian.publish.paper import Page
from weijian.publish.sheet_layout import sheet_layout

SCALES = (200, 500, 1000, 2000, 5000, 10000)
"""Denominators that a sheet is drawn at when none is asked for: larger ones show more than a survey has."""

_CONTEXT = 0.5
"""When the scale is chosen, the structures take at most this share of the frame, so that the neighbours show."""

_EDGE_MM = 6.0
"""When the scale is given, the structures keep at least this far from the frame: room for corner numbers."""

_LONGEST_BAR_MM = 50.0

Outline = Polygon | MultiPolygon


def choose_scale(structures: Sequence[Outline], page: Page, wanted: int | None = None) -> int:
    """Scale denominator for structures on a page.

    Parameters
    ----------
    structures : sequence of Polygon or MultiPolygon
        Outlines in a projected CRS in metres; at least one.
    page : Page
    wanted : int, optional
        The denominator asked for; without it, the largest scale of :data:`SCALES` that leaves room around.

    Returns
    -------
    int
        For example 500 for 1:500.

    Raises
    ------
    StructureTooLarge
        The structures do not fit into the frame at that scale; the error names the first that would do.
    """
    width, height = _size(structures)
    frame = sheet_layout(page).before
    with_context = 1000 * max(width / (frame.width * _CONTEXT), height / (frame.height * _CONTEXT))
    least = 1000 * max(width / (frame.width - 2 * _EDGE_MM), height / (frame.height - 2 * _EDGE_MM))
    fitting = _first_of_scales(with_context) or _first_of_scales(least)
    if wanted is None and fitting:
        return fitting
    if wanted is None or least > wanted:
        raise StructureTooLarge(
            width_m=round(width, 1),
            height_m=round(height, 1),
            page=page.name,
            scale=wanted or SCALES[-1],
            fitting=_first_of_scales(least) or math.ceil(least / 1000) * 1000,
        )
    return wanted


def _first_of_scales(denominator: float) -> int | None:
    return next((scale for scale in SCALES if scale >= denominator), None)


def extent_at_scale(
    structures: Sequence[Outline], page: Page, scale: int, offset: tuple[float, float] = (0.0, 0.0)
) -> Bounds:
    """Ground that each map frame shows: exactly the frame's size times the scale.

    Its middle is the structures' middle, or lies ``offset`` metres to the east and north of it. Imagery that is read
    for these bounds fills the frame without a margin.
    """
    x0, y0, x1, y1 = total_bounds(list(structures)).tolist()
    frame = sheet_layout(page).before
    half_width, half_height = frame.width * scale / 2000, frame.height * scale / 2000
    x, y = (x0 + x1) / 2 + offset[0], (y0 + y1) / 2 + offset[1]
    return x - half_width, y - half_height, x + half_width, y + half_height


def offset_within(
    structures: Sequence[Outline], page: Page, scale: int, wanted: tuple[float, float]
) -> tuple[float, float]:
    """The offset nearest to ``wanted`` (metres east and north) with which every structure stays in the frame."""
    width, height = _size(structures)
    frame = sheet_layout(page).before
    room_x = max(0.0, ((frame.width - 2 * _EDGE_MM) * scale / 1000 - width) / 2)
    room_y = max(0.0, ((frame.height - 2 * _EDGE_MM) * scale / 1000 - height) / 2)
    return min(max(wanted[0], -room_x), room_x), min(max(wanted[1], -room_y), room_y)


def grid_interval(scale: int) -> float:
    """Ground metres between coordinate grid lines: a round number, at least 3 cm apart on paper."""
    return _round_up(scale * 0.03)


def scale_bar(scale: int, room_mm: float) -> tuple[float, int]:
    """Length in ground metres, and number of divisions, of the longest round scale bar that fits into a room."""
    length = _round_down(scale * min(room_mm, _LONGEST_BAR_MM) / 1000)
    leading = round(length / 10 ** math.floor(math.log10(length)))
    return length, 4 if leading == 2 else 5


def _round_up(metres: float) -> float:
    power = 10 ** math.floor(math.log10(metres))
    return next(float(power * step) for step in (1, 2, 5, 10) if power * step >= metres * (1 - 1e-9))


def _round_down(metres: float) -> float:
    power = 10 ** math.floor(math.log10(metres))
    return next(float(power * step) for step in (5, 2, 1) if power * step <= metres * (1 + 1e-9))


def _size(structures: Sequence[Outline]) -> tuple[float, float]:
    x0, y0, x1, y1 = total_bounds(list(structures)).tolist()
    return x1 - x0, y1 - y0

"""Regular outlines: from a ragged mask to the right-angled polygon a surveyor would draw."""

import math
from statistics import median

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from weijian.domain.grid import PixelGrid

_RAGGED_M = 0.5
"""Depth of bumps and dents that are the data's, not the building's."""

_STEP_M = 1.2
"""Shortest wall that makes a corner of its own."""

_VERTEX_M2 = 0.25
"""What a further vertex must win in agreement with the mask, in square metres per ten metres of perimeter."""

Points = NDArray[np.float64]


def regularise(mask: NDArray[np.bool_], grid: PixelGrid) -> Polygon | None:
    """Right-angled outline of the largest piece of a mask.

    Three shapes are fitted along the mask's main direction: a rectangle, a polygon of right angles, and a polygon of
    free angles. The one that agrees best with the mask wins after each vertex has paid its price, so a shape is only
    as complicated as the evidence demands.

    Parameters
    ----------
    mask : (rows, columns) bool
        The changed pixels; holes are filled.
    grid : PixelGrid
        Where the mask lies; units of the CRS are metres.

    Returns
    -------
    shapely.Polygon or None
        Valid, without holes, in the grid's CRS; None when the mask is empty.
    """
    traced = _largest_piece(mask)
    if traced is None:
        return None
    cell = grid.resolution
    contour = np.asarray(shapely.get_coordinates(traced.exterior.segmentize(1.0))[:-1], np.float64)
    angle = main_direction(contour, cell)
    candidates = [
        candidate
        for points in (_rectangle(contour, angle), _right_angled(contour, angle, cell), _free(contour, cell))
        if points is not None and len(points) > 2 and (candidate := Polygon(points)).is_valid and candidate.area > 0
    ]
    price = _VERTEX_M2 * traced.length * cell / 10.0 / cell**2
    best = min(
        candidates, key=lambda c: c.symmetric_difference(traced).area + price * (shapely.get_num_coordinates(c) - 1)
    )
    t = grid.transform
    matrix = np.array([[t.a, t.b], [t.d, t.e]])
    return shapely.transform(best, lambda xy: xy @ matrix.T + np.array([t.c, t.f]))


def main_direction(contour: Points, cell: float) -> float:
    """Direction most walls of a contour run along, modulo a right angle.

    Parameters
    ----------
    contour : (n, 2) float
        Closed ring of (column, row) points.
    cell : float
        Ground length of a pixel in metres.

    Returns
    -------
    float
        Radians in [-pi/4, pi/4), turned from columns towards rows.
    """
    coarse = cv2.approxPolyDP(contour.astype(np.float32), _RAGGED_M / cell, True).reshape(-1, 2).astype(np.float64)
    edges = np.diff(coarse, axis=0, append=coarse[:1])
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    turns = np.arctan2(edges[:, 1], edges[:, 0])
    # Squared lengths: long walls are drawn truly, short ones are mostly ragged. Angles times four: modulo 90 degrees.
    total = np.sum(lengths**2 * np.exp(4j * turns))
    return float(np.angle(total)) / 4.0


def _largest_piece(mask: NDArray[np.bool_]) -> Polygon | None:
    """The largest piece along pixel edges, its holes filled, in (column, row) with corners at whole numbers."""
    # Doubling puts pixel edges on whole numbers of the doubled image; findContours itself goes through centres.
    padded = cv2.copyMakeBorder(mask.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    doubled = cv2.resize(padded, None, fx=2.0, fy=2.0, interpolation=cv2.INTER_NEAREST)
    contours, _ = cv2.findContours(doubled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    ring = max(contours, key=cv2.contourArea).reshape(-1, 2).astype(np.float64)
    # A doubled pixel p covers [p/2, p/2 + 1/2); its centre is half a doubled pixel inside the true edge.
    inner = Polygon((ring + 0.5) / 2.0 - 1.0) if len(ring) > 2 else Polygon()
    if inner.is_empty or not inner.is_valid:
        inner = inner.buffer(0)
    outer = inner.buffer(0.25, join_style="mitre")
    if outer.is_empty:
        return None
    if outer.geom_type != "Polygon":
        outer = max(outer.geoms, key=lambda part: part.area)
    return Polygon(outer.exterior)


def _turned(points: Points, angle: float) -> Points:
    """Points rotated by ``angle`` about the origin."""
    c, s = math.cos(angle), math.sin(angle)
    return np.asarray(points @ np.array([[c, s], [-s, c]]), np.float64)


def _rectangle(contour: Points, angle: float) -> Points:
    """Rectangle whose sides balance what it leaves out and takes in."""
    ring = _turned(contour, -angle)
    sides = []
    for axis in (0, 1):
        low, high = ring[:, axis].min(), ring[:, axis].max()
        positions = np.linspace(low, high, max(8, min(200, round(high - low) * 2)))
        widths = _widths(ring, axis, positions)
        # A side belongs where a cut through the shape first reaches half of its usual width.
        quartile = 3 * len(widths) // 4
        full = np.flatnonzero(widths >= 0.5 * np.partition(widths, quartile)[quartile])
        sides.append((positions[full[0]], positions[full[-1]]))
    (x0, x1), (y0, y1) = sides
    return _turned(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]), angle)


def _widths(ring: Points, axis: int, positions: Points) -> Points:
    """Length within a simple ring along lines across ``axis`` at each position.

    Where a line crosses the ring it enters or leaves: the length is the sum of the crossings, leaving less entering.
    """
    along, across = ring[:, axis], ring[:, 1 - axis]
    ahead, beside = np.append(along[1:], along[:1]), np.append(across[1:], across[:1])
    low, high = np.minimum(along, ahead), np.maximum(along, ahead)
    crossed, at = np.nonzero((low <= positions[:, None]) & (positions[:, None] < high))
    share = (positions[crossed] - along[at]) / (ahead[at] - along[at])
    where = across[at] + share * (beside[at] - across[at])
    return np.abs(np.bincount(crossed, where * np.sign(ahead[at] - along[at]), len(positions)))


def _right_angled(contour: Points, angle: float, cell: float) -> Points | None:
    """Polygon of right angles: each wall at the median of the contour points it stands for."""
    ring = _turned(contour, -angle)
    corners = _corners(ring, _RAGGED_M / cell)
    if len(corners) < 4:
        return None
    walls = _walls(ring, corners)
    walls = _merged(walls, _STEP_M / cell)
    if len(walls) < 4:
        return None
    points = []
    for (horizontal, position, _), (_, following, _) in zip(walls, [*walls[1:], walls[0]], strict=True):
        points.append((following, position) if horizontal else (position, following))
    return _turned(np.array(points), angle)


def _corners(ring: Points, tolerance: float) -> list[int]:
    """Indices of the ring's points that a simplification keeps."""
    kept = cv2.approxPolyDP(ring.astype(np.float32), tolerance, True).reshape(-1, 2)
    order = [int(np.argmin(np.abs(ring - p).sum(axis=1))) for p in kept.astype(np.float64)]
    return sorted(set(order))


Wall = tuple[bool, float, float]
"""Whether it runs along columns, its position across, its length."""


def _walls(ring: Points, corners: list[int]) -> list[Wall]:
    """Walls between corners, each axis-parallel."""
    walls = []
    count = len(ring)
    for start, stop in zip(corners, [*corners[1:], corners[0] + count], strict=True):
        run = ring[np.arange(start, stop + 1) % count]
        dx, dy = np.abs(run[-1] - run[0])
        horizontal = bool(dx >= dy)
        walls.append((horizontal, median(run[:, 1 if horizontal else 0].tolist()), float(max(dx, dy))))
    return walls


def _merged(walls: list[Wall], shortest: float) -> list[Wall]:
    """Alternating walls: neighbours of one direction become one, and steps shorter than ``shortest`` disappear."""
    walls = list(walls)
    while len(walls) >= 4:
        joined = _joined(walls)
        if len(joined) < 4:
            return joined
        lengths = [abs(joined[i - 1][1] - joined[(i + 1) % len(joined)][1]) for i in range(len(joined))]
        least = int(np.argmin(lengths))
        if lengths[least] >= shortest or len(joined) == 4:
            return joined
        walls = joined[:least] + joined[least + 1 :]
    return walls


def _joined(walls: list[Wall]) -> list[Wall]:
    """Neighbouring walls of one direction made one, at the mean position weighted by length."""
    first = next((i for i in range(len(walls)) if walls[i][0] != walls[i - 1][0]), 0)
    joined: list[Wall] = []
    for wall in [*walls[first:], *walls[:first]]:
        if joined and joined[-1][0] == wall[0]:
            _, position, length = joined[-1]
            total = length + wall[2]
            mean = (position * length + wall[1] * wall[2]) / total if total else position
            joined[-1] = (wall[0], mean, total)
        else:
            joined.append(wall)
    return joined


def _free(contour: Points, cell: float) -> Points:
    """Polygon of free angles through the simplified contour."""
    return cv2.approxPolyDP(contour.astype(np.float32), _RAGGED_M / cell, True).reshape(-1, 2).astype(np.float64)

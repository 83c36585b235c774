"""What draws an outline in a DXF drawing: polylines with or without arcs, circles, ellipses, splines.

A bulge is what the "DXF Reference" (Autodesk) says of LWPOLYLINE, planes by its arbitrary axis algorithm, which is
left to ezdxf.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre.dxf_stream import UPRIGHT, Groups
from weijian.cadastre.rings import LEAST_CORNERS, Ring

POLYLINES = frozenset({b"LWPOLYLINE", b"POLYLINE"})
CURVES = frozenset({b"CIRCLE", b"ELLIPSE", b"SPLINE"})

_FLAGS, _BULGE = 70, 42
_CLOSED, _MESH, _OF_FRAME = 1, 16 | 64, 16
_SAGITTA_M = 0.005
_SAME_POINT_M = 0.001
_TURN_ERROR = 1e-6
_STEPS_A_KNOT = 32
_FEWEST = 12
_STRAIGHT = 1e-9
_FINEST = 1e-5
"""Sagitta of a circle by its radius: 1400 chords are enough for any, however large a damaged number makes it."""


Corner = tuple[float, float, float]
"""Where it is, in the plane of its polyline, and the bulge of what follows it."""


@dataclass(frozen=True, slots=True)
class Polyline:
    """A polyline: its groups, and its corners as they are in its plane."""

    groups: Groups
    corners: Sequence[Corner]

    @property
    def is_closed(self) -> bool:
        """Whether it says so of itself."""
        return has_flag(self.groups, _CLOSED)

    def ring(self, scale: float = 1.0) -> Ring:
        """Corners, easting first, arcs as chords that are fine enough when enlarged by ``scale``."""
        return _faced(_bent(self.corners, self.is_closed, _SAGITTA_M / scale), self.groups)


@dataclass(frozen=True, slots=True)
class Curve:
    """A circle, or an ellipse or spline that comes back to where it began."""

    groups: Groups
    is_closed = True

    def ring(self, scale: float = 1.0) -> Ring:
        """As that of a polyline; ValueError where the curve cannot be drawn."""
        sagitta = _SAGITTA_M / scale
        if self.groups.kind == b"SPLINE":
            return _spline(self.groups, sagitta)
        return _circle(self.groups, sagitta) if self.groups.kind == b"CIRCLE" else _ellipse(self.groups, sagitta)


Outline = Polyline | Curve


def has_flag(groups: Groups, flag: int) -> bool:
    """Whether one of the bits is set in the flags of a polyline, spline or block."""
    return bool(int(groups.number(_FLAGS)) & flag)


def is_mesh(groups: Groups) -> bool:
    """Whether a POLYLINE is a surface."""
    return has_flag(groups, _MESH)


def is_closed_curve(groups: Groups) -> bool:
    """Whether a curve comes back to where it began."""
    if groups.kind == b"CIRCLE":
        return True
    if groups.kind == b"ELLIPSE":
        turn = groups.number(42, 2 * math.pi) - groups.number(41)
        return abs(abs(turn) - 2 * math.pi) < _TURN_ERROR
    if 40 not in groups.codes or has_flag(groups, _CLOSED):
        return 40 in groups.codes  # a spline by the points it goes through alone is left
    east, north = groups.all(10), groups.all(20)
    if len(east) <= LEAST_CORNERS or len(north) != len(east):
        return False
    return math.hypot(float(east[0]) - float(east[-1]), float(north[0]) - float(north[-1])) <= _SAME_POINT_M


def vertex_of(groups: Groups) -> Corner | None:
    """The corner that a VERTEX of an old polyline is; None for a point that only guides the curve."""
    if has_flag(groups, _OF_FRAME):
        return None
    return groups.number(10), groups.number(20), groups.number(_BULGE)


def corners_of(groups: Groups) -> Sequence[Corner]:
    """Corners of a light polyline; its bulges follow the corner that they are of."""
    codes, values = groups.codes, groups.values
    count = codes.count(10)
    start = codes.index(10) if count else 0
    end = start + 2 * count
    if _BULGE not in codes and codes.count(20) == count and codes[start:end] == (10, 20) * count:  # nearly all are so
        return list(zip(map(float, values[start:end:2]), map(float, values[start + 1 : end : 2]), repeat(0.0)))
    corners: list[list[float]] = []
    for code, value in zip(codes, values, strict=True):
        if code == 10:
            corners.append([float(value), 0.0, 0.0])
        elif code == 20 and corners:
            corners[-1][1] = float(value)
        elif code == _BULGE and corners:
            corners[-1][2] = float(value)
    return [(east, north, bulge) for east, north, bulge in corners]


def gap_m(outline: Outline, ring: Ring) -> float:
    """How far apart the ends of an open polyline are; 0 for a closed one."""
    gap = 0.0 if outline.is_closed or len(ring) < LEAST_CORNERS else math.dist(ring[0], ring[-1])
    return gap if gap > _SAME_POINT_M else 0.0


def _bent(corners: Sequence[Corner], is_closed: bool, sagitta: float) -> Ring:
    """Corners with those that stand for arcs between them."""
    ring: list[tuple[float, float]] = []
    for place, (east, north, bulge) in enumerate(corners):
        ring.append((east, north))
        is_last = place == len(corners) - 1
        if abs(bulge) > _STRAIGHT and (is_closed or not is_last):
            ring += _arc((east, north), corners[0 if is_last else place + 1][:2], bulge, sagitta)
    return ring


def _arc(start: tuple[float, float], end: tuple[float, float], bulge: float, sagitta: float) -> Ring:
    """What lies on an arc between its ends; the bulge is the tangent of a quarter of its angle."""
    aside = (1.0 - bulge * bulge) / (4.0 * bulge)
    wide, high = end[0] - start[0], end[1] - start[1]
    east, north = (start[0] + end[0]) / 2 - high * aside, (start[1] + end[1]) / 2 + wide * aside
    radius, angle = math.hypot(start[0] - east, start[1] - north), 4.0 * math.atan(bulge)
    if not math.isfinite(radius):
        raise ValueError(bulge)
    count = max(1, math.ceil(_corners_of_circle(radius, sagitta) * abs(angle) / (2 * math.pi)))
    along, up = start[0] - east, start[1] - north
    steps = [angle * step / count for step in range(1, count)]
    return [
        (east + along * math.cos(turn) - up * math.sin(turn), north + along * math.sin(turn) + up * math.cos(turn))
        for turn in steps
    ]


def _faced(ring: Ring, groups: Groups) -> Ring:
    """Out of the plane that an entity is drawn in."""
    if groups.extrusion == UPRIGHT:
        return ring
    from ezdxf.math import OCS

    plane, height = OCS(groups.extrusion), groups.number(38 if groups.kind == b"LWPOLYLINE" else 30)
    return [(p.x, p.y) for p in plane.points_to_wcs((east, north, height) for east, north in ring)]


def _circle(groups: Groups, sagitta: float) -> Ring:
    east, north, radius = groups.number(10), groups.number(20), groups.number(40)
    turn = _turn(abs(radius), sagitta)
    ring = np.column_stack([east + radius * np.cos(turn), north + radius * np.sin(turn)])
    return _faced([(east, north) for east, north in ring.tolist()], groups)


def _ellipse(groups: Groups, sagitta: float) -> Ring:
    """By its middle and longer axis, which are in the world's coordinates, the shorter by its share of that."""
    axis = np.array([groups.number(11), groups.number(21), groups.number(31)])
    facing = np.array(groups.extrusion)
    shorter = np.cross(facing / (np.linalg.norm(facing) or 1.0), axis) * groups.number(40, 1.0)
    turn = _turn(float(np.linalg.norm(axis)), sagitta)[:, None]
    ring = np.array([groups.number(10), groups.number(20)]) + np.cos(turn) * axis[:2] + np.sin(turn) * shorter[:2]
    return [(east, north) for east, north in ring.tolist()]


def _turn(radius: float, sagitta: float) -> NDArray[np.float64]:
    """Angles of the corners that stand for a circle."""
    return np.linspace(0, 2 * math.pi, _corners_of_circle(radius, sagitta), endpoint=False)


def _corners_of_circle(radius: float, sagitta: float) -> int:
    """How many chords have that sagitta at most, r (1 - cos(pi / n))."""
    share = min(max(sagitta / radius if radius > 0 else 1.0, _FINEST), 1.0)
    return max(_FEWEST, math.ceil(math.pi / math.acos(1.0 - share)))


def _spline(groups: Groups, sagitta: float) -> Ring:
    """A spline by its knots and control points, drawn where all of them count; ezdxf 1.4 goes beyond that."""
    from scipy.interpolate import BSpline

    degree = int(groups.number(71, 3.0))
    knots = np.array(groups.all(40), dtype=np.float64)
    points = np.array([groups.all(10), groups.all(20)], dtype=np.float64).T
    weights = np.array(groups.all(41) or np.ones(len(points)), dtype=np.float64)
    counted = knots[degree : len(points) + 1]
    if len(counted) <= 1 or degree < 1:
        raise ValueError(groups.kind)
    steps = np.linspace(0, 1, _STEPS_A_KNOT, endpoint=False)
    times = np.append((counted[:-1, None] + np.diff(counted)[:, None] * steps).ravel(), counted[-1:])
    drawn = BSpline(knots, np.column_stack([points * weights[:, None], weights]), degree)(times)
    if not np.isfinite(drawn).all() or not drawn[:, 2].all():
        raise ValueError(groups.kind)
    corners = shapely.LineString(drawn[:, :2] / drawn[:, 2:]).simplify(sagitta)
    return [(east, north) for east, north in shapely.get_coordinates(corners).tolist()]

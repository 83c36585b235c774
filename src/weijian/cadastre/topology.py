"""What is wrong with outlines among themselves: slivers, duplicates, overlaps, gaps, buildings across parcels.

Pure functions over arrays of valid polygons in metres (easting, northing). Pairs come from an STR tree, geometry is
computed for whole arrays; `coverage_invalid_edges` of GEOS names the few polygons whose shared edges do not fit, so
that a sound cadastre of 200 000 parcels costs one pass over its edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre.check_rules import CheckRules

Shapes = NDArray[np.object_]
Places = NDArray[np.intp]

BLOCK = 20_000
"""Pairs that are looked at between two steps of progress."""

_GRID_M = 0.001
"""Gaps are computed on a grid of millimetres: mitres of nearly parallel edges are not to be trusted further."""


@dataclass(frozen=True)
class Meeting:
    """Two outlines and the ground in question.

    ``first`` and ``second`` are places in the arrays, ``area_m2`` is that of ``ground``.
    """

    first: int
    second: int
    area_m2: float
    ground: shapely.Geometry


@dataclass(frozen=True)
class Loose:
    """Edges that do not fit their neighbours': which outlines have some, and an STR tree of all outlines."""

    tree: shapely.STRtree
    loose: NDArray[np.bool_]


def widths(shapes: Shapes) -> NDArray[np.float64]:
    """Mean width of each polygon in metres: twice the area by the perimeter (that of a long strip)."""
    lengths = shapely.length(shapes)
    return np.divide(2 * shapely.area(shapes), lengths, out=np.zeros(len(shapes)), where=lengths > 0)


def slivers(shapes: Shapes, rules: CheckRules) -> Places:
    """Places of the polygons that are too small or too narrow to be a parcel or a building."""
    thin = (shapely.area(shapes) < rules.sliver_area_m2) | (widths(shapes) < rules.sliver_width_m)
    return np.flatnonzero(thin)


def loose_edges(shapes: Shapes, gap_m: float) -> Loose:
    """Find the outlines whose edges overlap a neighbour or leave less than ``gap_m`` to it."""
    edges = shapely.coverage_invalid_edges(shapes, gap_width=gap_m)
    return Loose(shapely.STRtree(shapes), ~shapely.is_empty(edges))


def overlaps(shapes: Shapes, fit: Loose, rules: CheckRules) -> Iterator[list[Meeting]]:
    """Pairs that have ground in common, block by block; duplicates are among them (`is_duplicate`)."""
    loose = np.flatnonzero(fit.loose)
    mine, others = fit.tree.query(shapes[loose], predicate="intersects")
    pairs = _each_once(loose[mine], others)
    for first, second in _blocks(pairs):
        ground = _areal(shapely.intersection(shapes[first], shapes[second]))
        areas = shapely.area(ground)
        wide = widths(ground) > rules.overlap_width_m
        same = areas > rules.duplicate_share * _joint(shapes[first], shapes[second], areas)
        counts = ((areas > rules.overlap_area_m2) & wide) | (same & (areas > 0))
        yield _meetings(first, second, areas, ground, counts)


def _is_gap(parts: Shapes, rules: CheckRules) -> NDArray[np.bool_]:
    long = shapely.length(parts) / 2 > rules.gap_length_m
    gap: NDArray[np.bool_] = (shapely.area(parts) > rules.gap_area_m2) & (widths(parts) > rules.gap_least_width_m)
    return gap & long


def is_duplicate(shapes: Shapes, meeting: Meeting, rules: CheckRules) -> bool:
    """Whether two that overlap are the same thing twice."""
    pair = shapes[[meeting.first]], shapes[[meeting.second]]
    return bool(meeting.area_m2 > rules.duplicate_share * _joint(*pair, np.array([meeting.area_m2]))[0])


def gaps(shapes: Shapes, fit: Loose, rules: CheckRules) -> Iterator[list[Meeting]]:
    """Narrow ground between two neighbours that belongs to neither nor to anyone else, block by block."""
    loose = np.flatnonzero(fit.loose)
    mine, others = fit.tree.query(shapes[loose], predicate="dwithin", distance=rules.gap_width_m)
    both = fit.loose[others]
    for first, second in _blocks(_each_once(loose[mine][both], others[both])):
        ground = _between(shapes[first], shapes[second], rules.gap_width_m)
        parts, of = shapely.get_parts(ground, return_index=True)
        parts, of = parts[_is_gap(parts, rules)], of[_is_gap(parts, rules)]
        between = np.stack([first[of], second[of]], axis=1)
        parts, of = shapely.get_parts(_without_others(parts, between, shapes, fit.tree), return_index=True)
        yield _meetings(between[of, 0], between[of, 1], shapely.area(parts), parts, _is_gap(parts, rules))


def across(buildings: Shapes, parcels: Shapes, rules: CheckRules) -> Iterator[tuple[list[Meeting], list[Meeting]]]:
    """Buildings that stand on several parcels, and ground of buildings that is on none, block by block.

    Yields
    ------
    pairs of lists
        ``first`` is the building; ``second`` the other parcel it reaches into, or the one it stands on mostly
        (-1 for none) where it reaches out of all.
    """
    tree = shapely.STRtree(parcels)
    housed = np.zeros(len(buildings), dtype=bool)
    housed[tree.query(buildings, predicate="covered_by")[0]] = True
    open_ = np.flatnonzero(~housed)
    for start in range(0, len(open_), BLOCK // 4):
        yield _across(buildings, parcels, tree, open_[start : start + BLOCK // 4], rules)


def _across(
    buildings: Shapes, parcels: Shapes, tree: shapely.STRtree, chosen: Places, rules: CheckRules
) -> tuple[list[Meeting], list[Meeting]]:
    mine, theirs = tree.query(buildings[chosen], predicate="intersects")
    ground = _areal(shapely.intersection(buildings[chosen[mine]], parcels[theirs]))
    areas = shapely.area(ground)
    order = np.lexsort((-areas, mine))
    mine, theirs, ground, areas = mine[order], theirs[order], ground[order], areas[order]
    sizes = shapely.area(buildings[chosen])
    least = np.maximum(rules.outside_area_m2, rules.outside_share * sizes)
    main = np.full(len(chosen), -1)
    firsts = np.flatnonzero(np.r_[True, mine[1:] != mine[:-1]]) if len(mine) else np.empty(0, np.intp)
    main[mine[firsts]] = np.where(areas[firsts] > 0, theirs[firsts], -1)
    other = np.ones(len(mine), dtype=bool)
    other[firsts] = False
    shared = _meetings(chosen[mine], theirs, areas, ground, other & (areas > least[mine]))
    grounds: list[list[shapely.Geometry]] = [[] for _ in chosen]
    for place, parcel in zip(mine.tolist(), theirs.tolist(), strict=True):
        grounds[place].append(parcels[parcel])
    covers = np.array([shapely.union_all(each) for each in grounds], dtype=object)
    left = _areal(shapely.difference(buildings[chosen], covers))
    bare = shapely.area(left)
    return shared, _meetings(chosen, main, bare, left, bare > least)


def _each_once(first: Places, second: Places) -> tuple[Places, Places]:
    """Every pair of two different ones once, the lower place first."""
    low, high = np.minimum(first, second), np.maximum(first, second)
    pairs = np.unique(np.stack([low, high], axis=1)[low != high], axis=0)
    return pairs[:, 0], pairs[:, 1]


def _blocks(pairs: tuple[Places, Places]) -> Iterator[tuple[Places, Places]]:
    first, second = pairs
    for start in range(0, len(first), BLOCK):
        yield first[start : start + BLOCK], second[start : start + BLOCK]


def _meetings(
    first: Places, second: Places, areas: NDArray[np.float64], ground: Shapes, counts: NDArray[np.bool_]
) -> list[Meeting]:
    return [Meeting(int(first[i]), int(second[i]), float(areas[i]), ground[i]) for i in np.flatnonzero(counts)]


def _joint(first: Shapes, second: Shapes, common: NDArray[np.float64]) -> NDArray[np.float64]:
    joint: NDArray[np.float64] = shapely.area(first) + shapely.area(second) - common
    return joint


def _between(first: Shapes, second: Shapes, width_m: float) -> Shapes:
    """Ground that lies between two outlines and is narrower than ``width_m``: their union closed, less itself."""
    both = shapely.union(first, second)
    grown = shapely.buffer(both, width_m / 2, join_style="mitre")
    closed = shapely.buffer(grown, -width_m / 2, join_style="mitre")
    twisted = ~shapely.is_valid(closed)
    closed[twisted] = _areal(shapely.make_valid(closed[twisted]))
    return _areal(_difference(closed, both))


def _difference(shapes: Shapes, taken: Shapes) -> Shapes:
    """``shapes`` less ``taken``; on a coarse grid where nearly parallel edges defeat exact arithmetic."""
    try:
        left: Shapes = shapely.difference(shapes, taken)
    except shapely.GEOSException:
        left = shapely.difference(shapes, taken, grid_size=_GRID_M)
    return left


def _without_others(ground: Shapes, pairs: NDArray[np.intp], shapes: Shapes, tree: shapely.STRtree) -> Shapes:
    """Take away from ground between two outlines what others cover; ``pairs`` are the two of each."""
    places, others = tree.query(ground, predicate="intersects")
    foreign = (others != pairs[places, 0]) & (others != pairs[places, 1])
    places, others = places[foreign], others[foreign]
    order = np.argsort(places, kind="stable")
    places, starts = np.unique(places[order], return_index=True)
    covering = [shapely.union_all(shapes[each]) for each in np.split(others[order], starts[1:])]
    cut = ground.copy()
    cut[places] = _difference(ground[places], np.array(covering[: len(places)], dtype=object))
    return _areal(cut)


def _areal(shapes: Shapes) -> Shapes:
    """The polygons of each geometry: lines and points where outlines only touch are dropped."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    parts, deeper = shapely.get_parts(parts, return_index=True)
    of = of[deeper]
    flat = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    areal = np.full(len(shapes), shapely.MultiPolygon(), dtype=object)
    owners, within = np.unique(of[flat], return_inverse=True)
    if len(owners):
        areal[owners] = shapely.multipolygons(parts[flat], indices=within)
    return areal

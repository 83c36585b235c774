"""The trees at both dates: along the road, in the courts, on the banks, in the woods."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from shapely import LineString, Polygon, STRtree, union_all
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry.base import BaseGeometry

from village.canvas import rng_of
from village.plan_land import RIVER_HALF
from village.scene import Building, Lot, Tree, Way

TALL = {"evergreen": 1.75, "deciduous": 1.9, "bamboo": 2.6, "shrub": 1.2}
"""Height of a tree in radii of its crown."""

FATES = {"stays": (1.0, 1.04), "felled": (1.0, 0.0), "planted": (0.0, 1.0), "grown": (0.55, 1.05)}
"""Size at each date."""


@dataclass(frozen=True)
class Spot:
    """A place where a tree may stand: habits to choose from, range of the radius, share of it that keeps off houses."""

    x: float
    y: float
    habits: tuple[str, ...]
    low: float
    high: float
    overhang: float = 0.7


def roadside(way: Way, rng: np.random.Generator) -> Iterator[Spot]:
    """A row of young camphors on both sides of the main road, with gaps."""
    line = LineString(way.line)
    for at in np.arange(4, line.length, 8.5):
        p, q = line.interpolate(at), line.interpolate(at + 1)
        for off in (way.width / 2 + 1.6, -way.width / 2 - 1.6):
            if rng.random() < 0.7:
                yield Spot(p.x - (q.y - p.y) * off, p.y + (q.x - p.x) * off, ("evergreen",), 1.3, 2.0, 0.3)


def courts(lots: tuple[Lot, ...], rng: np.random.Generator) -> Iterator[Spot]:
    """Up to two trees in a court."""
    for lot in lots:
        for _ in range(int(rng.integers(0, 3))):
            x, y = lot.place(float(rng.uniform(-0.5, 0.5)) * lot.width, float(rng.uniform(-0.52, 0.1)) * lot.depth)
            yield Spot(x, y, ("evergreen", "deciduous", "shrub", "shrub"), 0.7, 2.4)


def banks(river: tuple[tuple[float, float], ...], pond: Polygon, rng: np.random.Generator) -> Iterator[Spot]:
    """Along the river and around the pond, with the old camphor beside it."""
    bed = LineString(river)
    for at in np.arange(0, bed.length, 5.0):
        p, side = bed.interpolate(at), float(rng.choice([-1, 1]))
        x, y = p.x + float(rng.normal(0, 1)), p.y + side * float(rng.uniform(6.5, 9.5))
        yield Spot(x, y, ("deciduous", "evergreen", "shrub", "bamboo"), 1.0, 3.0)
    edge = pond.buffer(2.6).exterior
    for at in np.arange(0, edge.length, 8.0):
        p = edge.interpolate(at + float(rng.uniform(-2, 2)))
        yield Spot(p.x, p.y, ("deciduous", "evergreen", "shrub"), 1.0, 2.8)
    yield Spot(123.0, 161.0, ("evergreen",), 5.4, 5.6)


def woods(rng: np.random.Generator) -> Iterator[Spot]:
    """Two woods on the hill, west and east of the terraces."""
    for _ in range(1100):
        x, y = float(rng.uniform(-3, 253)), float(rng.uniform(206, 256))
        if x < 44 + 6 * np.sin(y / 7) or x > 186 + 7 * np.sin(y / 6):
            yield Spot(x, y, ("bamboo", "evergreen", "evergreen", "deciduous"), 1.6, 3.6)


def scattered(lots: tuple[Lot, ...], rng: np.random.Generator) -> Iterator[Spot]:
    """Single trees and shrubs between the parcels."""
    ground = union_all([lot.outline.buffer(0.3) for lot in lots])
    for _ in range(230):
        x, y = float(rng.uniform(0, 250)), float(rng.uniform(96, 214))
        if not ground.contains(ShapelyPoint(x, y)):
            yield Spot(x, y, ("shrub", "evergreen", "deciduous"), 0.6, 2.3)


def tree_on(spot: Spot, seed: int) -> Tree:
    """The tree that grows on a spot; a few are felled, planted, or grow a lot between the dates."""
    rng = rng_of(seed, 55)
    habit, radius = str(rng.choice(spot.habits)), float(rng.uniform(spot.low, spot.high))
    before, after = FATES[str(rng.choice(list(FATES), p=[0.88, 0.04, 0.04, 0.04]))]
    tall = TALL[habit] * radius * float(rng.uniform(0.85, 1.15))
    bare = (False, False)
    if habit == "deciduous":
        chance = float(rng.random())
        bare = (chance < 0.1, chance > 0.75)
    size = (radius * before, radius * after)
    return Tree((spot.x, spot.y), habit, size, (tall * before, tall * after), bare, seed)


def trees(
    seed: int,
    ways: tuple[Way, ...],
    water: tuple[tuple[tuple[float, float], ...], Polygon],
    lots: tuple[Lot, ...],
    buildings: tuple[Building, ...],
) -> tuple[Tree, ...]:
    """All trees; crowns keep off the houses of both dates, trunks off roads and water (river line and pond)."""
    river, pond = water
    rng = rng_of(seed, 51)
    wet: list[BaseGeometry] = [LineString(river).buffer(RIVER_HALF), pond]
    ground = STRtree([*wet, *(LineString(w.line).buffer(w.width / 2 + 0.4) for w in ways)])
    houses = STRtree([b.outline(d) for b in buildings for d in (0, 1) if b.blocks(d)])
    spots = [
        *roadside(ways[-1], rng),
        *courts(lots, rng),
        *banks(river, pond, rng),
        *woods(rng),
        *scattered(lots, rng),
    ]
    found: list[Tree] = []
    for i, spot in enumerate(spots):
        tree, at = tree_on(spot, seed * 400 + i), ShapelyPoint(spot.x, spot.y)
        crown = at.buffer(max(tree.radius) * spot.overhang)
        if not houses.query(crown, predicate="intersects").size and not ground.query(at, predicate="intersects").size:
            found.append(tree)
    return tuple(found)

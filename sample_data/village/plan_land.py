"""The plan of the land: relief, roads, river, pond and the parcels along the lanes."""

import numpy as np
from shapely import LineString, Polygon, STRtree

from village.canvas import F32, rng_of
from village.scene import Lot, Point, Way

SIZE = 250.0
"""Side of the village, metres."""

RIVER_HALF = 5.2
TERRACE_FOOT = 213.0
TERRACE_STEP = 8.5

ROAD: tuple[Point, ...] = ((-12, 87), (38, 79), (80, 82), (125, 93), (170, 89), (215, 94), (264, 105))
RIVER: tuple[Point, ...] = ((-15, 42), (25, 33), (70, 29), (118, 38), (165, 30), (210, 27), (265, 38))
WEST_LANE: tuple[Point, ...] = ((57, 81), (54, 110), (59, 140), (56, 165), (62, 188), (59, 212))
EAST_LANE: tuple[Point, ...] = ((153, 91), (156, 118), (150, 142), (157, 165), (152, 190), (156, 213))
LOW_LANE: tuple[Point, ...] = (
    (5, 137),
    (30, 141),
    (58, 138),
    (90, 144),
    (120, 140),
    (153, 143),
    (190, 148),
    (233, 144),
)
HIGH_LANE: tuple[Point, ...] = (
    (4, 187),
    (34, 184),
    (62, 187),
    (100, 184),
    (130, 190),
    (154, 188),
    (195, 192),
    (229, 188),
)
BRIDGE_TRACK: tuple[Point, ...] = ((109, 90), (107, 66), (112, 44), (111, 22), (117, -8))
HILL_TRACK: tuple[Point, ...] = ((156, 212), (166, 224), (160, 236), (168, 258))
GAP_LANE: tuple[Point, ...] = ((214, 94), (217, 118), (213, 146), (216, 170), (214, 190))
POND_CENTRE: Point = (106.0, 163.0)


def smooth(points: tuple[Point, ...], rounds: int = 3) -> tuple[Point, ...]:
    """Round a line's corners (Chaikin)."""
    p = np.asarray(points, float)
    for _ in range(rounds):
        a, b = p[:-1], p[1:]
        p = np.vstack([p[:1], np.column_stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b]).reshape(-1, 2), p[-1:]])
    return tuple((float(x), float(y)) for x, y in p)


def elevation(x: F32, y: F32) -> F32:
    """Bare ground without river and pads, metres: a slope up to the north that ends in terraces."""
    hill = 21 + 0.016 * (y - 60) + 0.35 * np.sin(x / 37 + 0.6) * np.cos(y / 29) + 0.25 * np.sin((x + 2 * y) / 61)
    hill += 0.00009 * np.maximum(y - 110, 0) ** 2 + 0.004 * np.maximum(60 - x, 0) * (y > 150) * (y - 150) / 60
    climb = (y - terrace_foot(x)) / TERRACE_STEP
    step = np.floor(np.maximum(climb, 0))
    part = np.maximum(climb, 0) - step
    edge = np.clip(part / 0.09, 0, 1)
    return (hill + np.where(climb > 0, 1.25 * (step + edge), 0)).astype(np.float32)


def terrace_foot(x: F32) -> F32:
    """Northing where the terraces begin."""
    return TERRACE_FOOT + 3.5 * np.sin(x / 31) + 2.0 * np.sin(x / 12 + 1)


def level_at(point: Point) -> float:
    """Bare ground at one point, metres."""
    return float(elevation(np.float32([point[0]]), np.float32([point[1]]))[0])


def ways(seed: int) -> tuple[Way, ...]:
    """The roads, main road last so that it lies on top."""
    lanes = [
        (BRIDGE_TRACK, 3.0, ("gravel", "concrete")),
        (HILL_TRACK, 2.3, ("gravel", "gravel")),
        (GAP_LANE, 2.8, ("concrete", "concrete")),
        (WEST_LANE, 3.6, ("concrete", "concrete")),
        (EAST_LANE, 3.8, ("concrete", "asphalt")),
        (LOW_LANE, 3.2, ("concrete", "concrete")),
        (HIGH_LANE, 3.4, ("concrete", "concrete")),
        (ROAD, 6.8, ("asphalt", "asphalt")),
    ]
    return tuple(Way(smooth(p), w, s, seed * 100 + i) for i, (p, w, s) in enumerate(lanes))


def pond() -> Polygon:
    """The village pond."""
    t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    r = 10.5 + 1.8 * np.sin(2 * t + 0.7) + 0.9 * np.sin(5 * t)
    return Polygon(np.column_stack([POND_CENTRE[0] + 1.25 * r * np.cos(t), POND_CENTRE[1] + 0.85 * r * np.sin(t)]))


def lots(seed: int, roads: tuple[Way, ...], water: tuple[Polygon, ...]) -> tuple[Lot, ...]:
    """Parcels along the lanes; one that would touch a road, water or a neighbour is left out."""
    rng = rng_of(seed, 11)
    taken = [LineString(w.line).buffer(w.width / 2 + 0.5) for w in roads] + [w.buffer(2.5) for w in water]
    found: list[Lot] = []
    rows = [
        (ROAD, 1, 19.0, 2.6, (16.0, 246.0)),
        (LOW_LANE, 1, 18.3, 1.2, (6.0, 231.0)),
        (LOW_LANE, -1, 17.6, 1.0, (6.0, 231.0)),
        (HIGH_LANE, -1, 18.0, 1.0, (8.0, 226.0)),
        (HIGH_LANE, 1, 18.5, 1.6, (8.0, 226.0)),
        (ROAD, -1, 19.0, 3.5, (163.0, 206.0)),
        (ROAD, -1, 16.0, 3.5, (20.0, 48.0)),
    ]
    for line, side, deep, setback, (start, end) in rows:
        track = LineString(smooth(line))
        half = next(w.width for w in roads if w.line == smooth(line)) / 2
        at = float(track.project(LineString([(start, -50), (start, 300)]).intersection(track)))
        stop = float(track.project(LineString([(end, -50), (end, 300)]).intersection(track)))
        while at < stop:
            width = float(rng.uniform(10.0, 14.2))
            depth = deep + float(rng.uniform(-2.5, 0.8))
            mid = at + width / 2
            here, ahead = track.interpolate(mid - 2), track.interpolate(mid + 2)
            heading = float(np.arctan2(ahead.y - here.y, ahead.x - here.x))
            away = half + setback + float(rng.uniform(0, 0.7)) + depth / 2
            centre = (
                (here.x + ahead.x) / 2 - side * away * float(np.sin(heading)),
                (here.y + ahead.y) / 2 + side * away * float(np.cos(heading)),
            )
            near_pond = float(np.hypot(centre[0] - POND_CENTRE[0], centre[1] - POND_CENTRE[1])) < 48
            old = bool(rng.random() < (0.62 if near_pond else 0.2))
            jitter = float(rng.normal(0, 0.055 if old else 0.018))
            lot = Lot(
                number=len(found) + 1,
                centre=centre,
                width=width,
                depth=depth,
                angle=heading + jitter,
                pad=level_at(centre) + 0.15,
                paving=str(rng.choice(["concrete", "concrete", "concrete", "tile", "earth", "earth", "brick"])),
                old=old,
                vacant=bool(rng.random() < 0.13),
                seed=seed * 1000 + len(found),
            )
            outline = lot.outline
            clash = STRtree(taken).query(outline, predicate="intersects").size > 0
            inside = Polygon([(4, 4), (246, 4), (246, 246), (4, 246)]).contains(outline)
            if inside and not clash:
                found.append(lot)
                taken.append(outline.buffer(0.25))
                at += width + float(rng.choice([0.4, 0.5, 0.8, 1.8, 4.5], p=[0.3, 0.25, 0.2, 0.17, 0.08]))
            else:
                at += 0.8
    return tuple(found)


def river() -> tuple[Point, ...]:
    """Centre line of the river."""
    return smooth(RIVER)

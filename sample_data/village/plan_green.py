"""Fields and gardens with their crops at both dates."""

import numpy as np
from shapely import LineString, Polygon, union_all

from village.canvas import rng_of
from village.plan_land import RIVER_HALF, TERRACE_STEP, pond, river, terrace_foot
from village.scene import Field, Lot, Way, box

SPRING = ("rape", "rape", "wheat", "vetch", "mulch", "tilled", "vegetable", "flooded")
AUTUMN = ("rice", "rice", "stubble", "rice", "mulch", "tilled", "vegetable", "seedling")


def fields(seed: int, ways: tuple[Way, ...], lots: tuple[Lot, ...]) -> tuple[Field, ...]:
    """Fields south and north of the river, a strip in the east, and terraces in the north."""
    rng = rng_of(seed, 41)
    bed = LineString(river())
    kept = union_all(
        [LineString(w.line).buffer(w.width / 2 + 0.9) for w in ways]
        + [lot.outline.buffer(1.2) for lot in lots]
        + [bed.buffer(RIVER_HALF + 4.5), pond().buffer(4)]
    )
    shapes: list[tuple[Polygon, float, bool]] = []
    for low, high in ((-6.0, 40.0), (30.0, 95.0)):
        x = -8.0
        while x < 258:
            step, lean = float(rng.uniform(13, 27)), float(rng.uniform(-3, 3))
            shapes.append(
                (
                    Polygon([(x, low), (x + step, low), (x + step + lean, high), (x + lean, high)]),
                    lean / 60 + np.pi / 2,
                    False,
                )
            )
            x += step + 0.5
    y = 100.0
    while y < 210:
        step = float(rng.uniform(9, 17))
        shapes.append((Polygon([(226, y), (258, y + 3), (258, y + step + 3), (226, y + step)]), 0.1, False))
        y += step + 0.4
    xs = np.linspace(40, 188, 75)
    for k in range(5):
        low = terrace_foot(xs) + k * TERRACE_STEP + 1.3
        high = terrace_foot(xs) + (k + 1) * TERRACE_STEP - 0.3
        cut = float(rng.uniform(80, 130))
        for part in (xs < cut, xs >= cut):
            if part.sum() < 3:
                continue
            ring = np.vstack([np.column_stack([xs[part], low[part]]), np.column_stack([xs[part], high[part]])[::-1]])
            shapes.append((Polygon(ring), 0.0, True))
    found: list[Field] = []
    shapes += garden_plots(seed)
    for shape, angle, terrace in shapes:
        rest = shape.difference(kept).buffer(-0.45)
        for part in getattr(rest, "geoms", [rest]):
            if part.area < (18 if terrace else 45):
                continue
            terraced = part.centroid.y > 210
            crops = terrace_crops(rng) if terraced else garden_crops(rng) if terrace else valley_crops(rng)
            found.append(
                Field(
                    Polygon(part.exterior),
                    crops,
                    angle + float(rng.choice([0, np.pi / 2], p=[0.8, 0.2])) * (not terrace),
                    seed * 300 + len(found),
                )
            )
    return tuple(found)


def garden_plots(seed: int) -> list[tuple[Polygon, float, bool]]:
    """Small plots of vegetables between the houses, none on another."""
    rng = rng_of(seed, 42)
    found: list[Polygon] = []
    for _ in range(260):
        at = (float(rng.uniform(5, 222)), float(rng.uniform(98, 210)))
        plot = box(at, float(rng.uniform(5, 12)), float(rng.uniform(5, 9)), float(rng.normal(0, 0.12)))
        if all(plot.distance(other) > 0.8 for other in found):
            found.append(plot)
    return [(plot, float(rng.choice([0.0, np.pi / 2])), True) for plot in found]


def terrace_crops(rng: np.random.Generator) -> tuple[str, str]:
    """Tea, orchard grass, or vegetables."""
    kind = str(rng.choice(["tea", "tea", "orchard", "vegetable"]))
    return kind, kind


def garden_crops(rng: np.random.Generator) -> tuple[str, str]:
    """What a household grows for itself."""
    kinds = ("vegetable", "tilled", "seedling", "vetch")
    return str(rng.choice(kinds, p=[0.5, 0.2, 0.15, 0.15])), str(rng.choice(kinds, p=[0.5, 0.2, 0.25, 0.05]))


def valley_crops(rng: np.random.Generator) -> tuple[str, str]:
    """A spring crop and an autumn one."""
    return str(rng.choice(SPRING)), str(rng.choice(AUTUMN))

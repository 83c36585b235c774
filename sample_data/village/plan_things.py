"""Vehicles, greenhouses, piles, tarpaulins, mats: what comes and goes and is no building."""

import numpy as np
from shapely import LineString, STRtree

from village.canvas import Colour, rng_of
from village.scene import Building, Lot, Thing, Way

CAR_COLOURS: tuple[Colour, ...] = (
    (232, 232, 230),
    (28, 30, 34),
    (120, 124, 128),
    (165, 30, 34),
    (42, 60, 100),
    (196, 190, 176),
)
ONLY_BEFORE, ONLY_AFTER, BOTH = (True, False), (False, True), (True, True)


def things(
    seed: int, ways: tuple[Way, ...], lots: tuple[Lot, ...], buildings: tuple[Building, ...]
) -> tuple[Thing, ...]:
    """All of them; each keeps off the buildings of both dates."""
    blocks = [b.outline(d) for b in buildings for d in (0, 1) if b.blocks(d)]
    houses = STRtree(blocks)
    wanted = [*poles(seed, ways), *traffic(seed, ways), *court_things(seed, lots), *field_things(seed)]
    return tuple(t for t in wanted if houses.query(t.outline.buffer(0.25), predicate="intersects").size == 0)


def poles(seed: int, ways: tuple[Way, ...]) -> list[Thing]:
    """Poles of the power line along the lanes: thin, tall, there at both dates."""
    found: list[Thing] = []
    for way in ways[3:]:
        line = LineString(way.line)
        for at in np.arange(9, line.length - 5, 27.0):
            p, q = line.interpolate(at), line.interpolate(at + 1)
            off = way.width / 2 + 0.7
            centre = (p.x - off * (q.y - p.y), p.y + off * (q.x - p.x))
            found.append(
                Thing("pole", centre, 0.32, 0.32, 0.0, 8.2, (176.0, 174.0, 168.0), BOTH, seed * 700 + len(found))
            )
    return found


def traffic(seed: int, ways: tuple[Way, ...]) -> list[Thing]:
    """Cars and trucks on the roads; none stays for eighteen months."""
    rng = rng_of(seed, 61)
    found: list[Thing] = []
    for way in ways[3:]:
        line, main = LineString(way.line), way.width > 5
        for _ in range(14 if main else 3):
            at = float(rng.uniform(5, line.length - 5))
            p, q = line.interpolate(at), line.interpolate(at + 1)
            heading = float(np.arctan2(q.y - p.y, q.x - p.x))
            off = float(rng.choice([-1, 1])) * (1.7 if main else 0.75)
            truck = main and rng.random() < 0.3
            size = (float(rng.uniform(6.0, 9.5)), 2.4, float(rng.uniform(2.5, 3.1))) if truck else (4.5, 1.8, 1.5)
            colour = ((46.0, 84.0, 150.0) if rng.random() < 0.5 else (150.0, 48.0, 40.0)) if truck else paint(rng)
            centre = (p.x - off * np.sin(heading), p.y + off * np.cos(heading))
            when = ONLY_BEFORE if rng.random() < 0.5 else ONLY_AFTER
            kind = "truck" if truck else "car"
            found.append(Thing(kind, centre, size[0], size[1], heading, size[2], colour, when, seed * 500 + len(found)))
    return found


def paint(rng: np.random.Generator) -> Colour:
    """A car's colour."""
    return CAR_COLOURS[int(rng.integers(len(CAR_COLOURS)))]


def court_things(seed: int, lots: tuple[Lot, ...]) -> list[Thing]:
    """Cars, mats of grain, tarpaulins, piles, new paving and washing in the courts."""
    rng = rng_of(seed, 62)
    found: list[Thing] = []
    choices = {
        "car": ((4.4, 1.8), 1.5, (200.0, 200.0, 200.0)),
        "grain": ((3.6, 2.6), 0.08, (196.0, 160.0, 88.0)),
        "tarpaulin": ((3.6, 2.8), 0.5, (52.0, 96.0, 150.0)),
        "sand": ((3.2, 2.8), 1.3, (186.0, 162.0, 118.0)),
        "bricks": ((2.2, 1.2), 1.1, (148.0, 78.0, 58.0)),
        "firewood": ((2.8, 1.1), 1.3, (104.0, 82.0, 60.0)),
        "repaving": ((6.0, 4.5), 0.03, (186.0, 184.0, 178.0)),
        "garden": ((4.5, 3.2), 0.15, (70.0, 92.0, 44.0)),
    }
    names = list(choices)
    for lot in lots:
        for slot in (-1, 1):
            if rng.random() > 0.62:
                continue
            kind = names[int(rng.choice(len(names), p=[0.26, 0.1, 0.09, 0.08, 0.1, 0.14, 0.07, 0.16]))]
            (width, depth), height, colour = choices[kind]
            colour = paint(rng) if kind == "car" else colour
            scale = float(rng.uniform(0.8, 1.15)) if kind != "car" else 1.0
            u, v = slot * float(rng.uniform(0.1, 0.3)) * lot.width, -lot.depth * float(rng.uniform(0.2, 0.4))
            turn = float(rng.choice([0, np.pi / 2])) + float(rng.normal(0, 0.12))
            stays = kind in ("firewood", "garden", "bricks") and rng.random() < 0.6
            when = BOTH if stays else ONLY_BEFORE if rng.random() < 0.5 else ONLY_AFTER
            found.append(
                Thing(
                    kind,
                    lot.place(u, v),
                    width * scale,
                    depth * scale,
                    lot.angle + turn,
                    height,
                    colour,
                    when,
                    lot.seed + slot + 30,
                )
            )
    return found


def field_things(seed: int) -> list[Thing]:
    """Greenhouses and stacks out in the fields."""
    white: Colour = (206.0, 212.0, 210.0)
    straw: Colour = (178.0, 150.0, 92.0)
    rows = [
        ("greenhouse", (188.0, 13.0), 26.0, 7.2, 0.06, 2.7, white, ONLY_AFTER),
        ("greenhouse", (188.0, 4.8), 26.0, 7.2, 0.06, 2.7, white, ONLY_AFTER),
        ("greenhouse", (30.0, 13.0), 22.0, 6.4, -0.05, 2.5, white, ONLY_BEFORE),
        ("greenhouse", (226.0, 66.0), 7.0, 20.0, 0.03, 2.6, white, BOTH),
        ("greenhouse", (235.0, 66.0), 7.0, 20.0, 0.03, 2.6, white, BOTH),
        ("straw", (52.0, 20.0), 3.4, 3.0, 0.4, 2.3, straw, ONLY_AFTER),
        ("straw", (98.0, 14.0), 3.0, 3.0, 0.1, 2.1, straw, ONLY_AFTER),
        ("straw", (60.0, 66.0), 4.2, 2.8, 0.9, 2.0, straw, ONLY_BEFORE),
        ("straw", (133.0, 62.0), 3.6, 3.2, 0.2, 2.4, straw, ONLY_AFTER),
        ("sand", (147.0, 76.0), 5.2, 4.4, 0.3, 1.9, (184.0, 160.0, 116.0), ONLY_AFTER),
        ("sand", (222.0, 84.0), 4.6, 4.0, 0.0, 1.6, (172.0, 150.0, 112.0), ONLY_BEFORE),
        ("tarpaulin", (84.0, 70.0), 5.5, 3.6, 0.5, 0.7, (60.0, 108.0, 160.0), ONLY_AFTER),
        ("tarpaulin", (240.0, 132.0), 4.8, 3.4, 0.2, 0.8, (150.0, 62.0, 54.0), ONLY_BEFORE),
        ("truck", (154.0, 74.0), 7.6, 2.4, 1.1, 2.9, (58.0, 92.0, 150.0), ONLY_AFTER),
        ("bricks", (232.0, 118.0), 3.6, 2.4, 0.3, 1.4, (150.0, 80.0, 60.0), ONLY_AFTER),
        ("repaving", (140.0, 158.0), 9.0, 8.0, 0.1, 0.03, (184.0, 182.0, 176.0), ONLY_AFTER),
    ]  # fmt: skip
    return [Thing(*row[:7], row[7], seed * 600 + i) for i, row in enumerate(rows)]  # type: ignore[arg-type]

"""A made-up place: layout, buildings, trees, loose things and ground at both dates, all from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from shapely import Point, STRtree
from village.canvas import Colour
from village.scene import Block, Building, Thing, Tree

from train.ground import GREEN
from train.houses import CLEARING, GROWTH, QUIET, STYLES, USUAL, Regime, apart, build
from train.layout import Layout, draw_layout


@dataclass(frozen=True)
class Place:
    """Everything at both dates; ``ground`` is one material a plot and date, ``wild`` what lies between."""

    seed: int
    layout: Layout
    ground: tuple[tuple[str, ...], tuple[str, ...]]
    wild: tuple[str, str]
    buildings: tuple[Building, ...]
    trees: tuple[Tree, ...]
    things: tuple[Thing, ...]


def draw_place(seed: int, size: float) -> Place:
    """The place of a seed, ``size`` metres a side."""
    rng = np.random.default_rng([seed, 1])
    layout = draw_layout(size, rng)
    main = str(rng.choice(list(STYLES), p=[0.22, 0.27, 0.14, 0.1, 0.15, 0.12]))
    regimes = [QUIET, USUAL, USUAL, GROWTH, GROWTH, CLEARING]
    usual = regimes[int(rng.choice(6, p=[0.15, 0.25, 0.15, 0.3, 0.1, 0.05]))]
    before, after, built = [], [], []
    for plot in layout.plots:
        regime = usual if rng.random() < 0.65 else USUAL
        style = main if rng.random() < 0.75 else str(rng.choice(list(STYLES)))
        if rng.random() < 0.85:
            built.append(build(layout, plot, STYLES[style], regime, rng))
        first, second = _grounds(style, regime, rng)
        before.append(first)
        after.append(second)
    wild = str(rng.choice(GREEN))
    buildings = apart(b for plot in built for b in plot)
    return Place(
        seed, layout, (tuple(before), tuple(after)), (wild, _turned(wild, rng)), buildings,
        tuple(_trees(size, buildings, rng)), tuple(_things(size, layout, buildings, rng)),
    )  # fmt: skip


def _grounds(style: str, regime: Regime, rng: np.random.Generator) -> tuple[str, str]:
    """What a block's open ground is at both dates."""
    yard = str(rng.choice(("lawn", "dry", "paving", "soil", "weeds", "gravel"), p=[0.3, 0.15, 0.2, 0.13, 0.15, 0.07]))
    if style in ("works", "slabs", "dense") and rng.random() < 0.6:
        yard = str(rng.choice(("paving", "asphalt", "concrete")))
    if style == "sheds" or rng.random() < 0.04:
        yard = str(rng.choice((*GREEN, "water"), p=[0.15, 0.12, 0.15, 0.22, 0.16, 0.12, 0.08]))
    if regime is GROWTH:
        return str(rng.choice(("soil", "site", "weeds", "lawn", "dry", "crop", "tilled"))), yard
    if regime is CLEARING:
        return yard, str(rng.choice(("soil", "site", "weeds")))
    return yard, _turned(yard, rng)


def _turned(material: str, rng: np.random.Generator) -> str:
    """The material at the later date: the same, what the season makes of it, or newly laid."""
    if material in GREEN and rng.random() < 0.4:
        return str(rng.choice(GREEN))
    return str(rng.choice(("paving", "site", "weeds", "soil"))) if rng.random() < 0.05 else material


def _trees(size: float, buildings: tuple[Building, ...], rng: np.random.Generator) -> Iterator[Tree]:
    """Single trees, rows and groves; some felled, planted, grown, or bare at one date."""
    houses = STRtree([b.outline(d) for b in buildings for d in (0, 1) if b.blocks(d)])
    density = float(rng.choice([0.0005, 0.002, 0.005, 0.012, 0.025]))
    grove = rng.random((3, 2)) * size
    for number in range(int(rng.poisson(density * size * size))):
        near = rng.random() < 0.4
        spot = grove[int(rng.integers(3))] + rng.normal(0, 12, 2) if near else rng.random(2) * size
        radius = float(rng.uniform(0.8, 4.5))
        overhang = float(rng.uniform(0.3, 1.0))
        if houses.query(Point(*spot).buffer(radius * overhang), predicate="intersects").size:
            continue
        habit = str(rng.choice(("evergreen", "deciduous", "bamboo", "shrub")))
        sizes = ((1.0, 1.05), (1.0, 0.0), (0.0, 1.0), (0.5, 1.1))[int(rng.choice(4, p=[0.76, 0.08, 0.08, 0.08]))]
        tall = {"evergreen": 1.75, "deciduous": 1.9, "bamboo": 2.6, "shrub": 1.2}[habit] * radius
        bare = (bool(rng.random() < 0.2), bool(rng.random() < 0.2)) if habit == "deciduous" else (False, False)
        radii, heights = ((radius * sizes[0], radius * sizes[1]), (tall * sizes[0], tall * sizes[1]))
        yield Tree((float(spot[0]), float(spot[1])), habit, radii, heights, bare, number + 7)


KINDS: dict[str, tuple[tuple[float, float, float, float], tuple[float, float], tuple[Colour, ...], float]] = {
    # kind: sizes (m), heights (m), colours, share of all things
    "car": ((4.0, 4.9, 1.7, 2.0), (1.4, 1.7), ((232, 232, 230), (28, 30, 34), (120, 124, 128), (165, 30, 34),
                                               (42, 60, 100)), 0.38),
    "truck": ((6, 15, 2.3, 2.7), (2.5, 3.6), ((46, 84, 150), (150, 48, 40), (220, 220, 216)), 0.08),
    "repaving": ((3, 32, 2.5, 24), (0.02, 0.05), ((186, 184, 178), (104, 104, 104), (206, 202, 192), (150, 100, 84)),
                 0.2),
    "garden": ((3, 12, 3, 9), (0.1, 0.3), ((70, 92, 44), (96, 104, 56)), 0.08),
    "tarpaulin": ((2.5, 9, 2, 6), (0.3, 1.0), ((52, 96, 150), (150, 62, 54), (80, 120, 80), (40, 60, 40)), 0.06),
    "sand": ((2.5, 10, 2.5, 8), (0.8, 3.0), ((186, 162, 118), (150, 146, 140), (172, 150, 112)), 0.08),
    "bricks": ((1.5, 4, 1, 3), (0.8, 1.6), ((148, 78, 58), (170, 166, 160)), 0.04),
    "greenhouse": ((16, 60, 6, 9.5), (2.3, 3.2), ((206, 212, 210), (180, 190, 184)), 0.05),
    "cleared": ((4, 40, 4, 30), (0.02, 0.1), ((150, 128, 98), (180, 164, 136), (168, 112, 82)), 0.03),
}  # fmt: skip


def _things(size: float, layout: Layout, buildings: tuple[Building, ...], rng: np.random.Generator) -> Iterator[Thing]:
    """What comes and goes and is no building, and the rubble or cleared ground where one stood."""
    houses = STRtree([b.outline(d).buffer(0.2) for b in buildings for d in (0, 1) if b.blocks(d)])
    names = list(KINDS)
    for _ in range(int(rng.poisson(float(rng.choice([20, 50, 90])) * (size / 160.0) ** 2))):
        kind = names[int(rng.choice(len(names), p=[row[3] for row in KINDS.values()]))]
        (w0, w1, d0, d1), heights, colours, _ = KINDS[kind]
        along = float(rng.uniform(-0.5, 0.5)) * size
        u = float(rng.uniform(-0.5, 0.5)) * size
        if kind in ("car", "truck") and layout.streets and rng.random() < 0.5:
            u = layout.streets[int(rng.integers(len(layout.streets)))].at + float(rng.choice([-1.6, 1.6]))
        turn = layout.bend.heading(along) + float(rng.choice([0, np.pi / 2])) + float(rng.normal(0, 0.08))
        times = ((True, False), (False, True), (True, True))[int(rng.choice(3, p=[0.35, 0.35, 0.3]))]
        thing = Thing(
            kind, layout.bend.point(u, along), float(rng.uniform(w0, w1)), float(rng.uniform(d0, d1)), turn,
            float(rng.uniform(*heights)), colours[int(rng.integers(len(colours)))], times, int(rng.integers(1 << 30)),
        )  # fmt: skip
        if houses.query(thing.outline, predicate="intersects").size == 0:
            yield thing
    for building in buildings:
        yield from _around(building, rng)


def _around(building: Building, rng: np.random.Generator) -> Iterator[Thing]:
    """Rubble where a building went, a building site or drive where one came."""
    gone, came = not building.after, not building.before
    if gone and rng.random() < 0.7:
        for block in building.before:
            kind, height = ("rubble", 0.7) if rng.random() < 0.5 else ("cleared", 0.08)
            yield _under(block, kind, 1.0, height, (158.0, 138.0, 112.0), (False, True))
    if came and rng.random() < 0.35:
        colour: Colour = ((186.0, 172.0, 144.0), (204.0, 200.0, 192.0), (150.0, 128.0, 98.0))[int(rng.integers(3))]
        yield _under(building.after[0], "cleared", 4.0, 0.05, colour, (True, False))
    if building.after and rng.random() < 0.4:
        block = building.after[0]
        c, s = float(np.cos(block.angle)), float(np.sin(block.angle))
        off = block.depth / 2 + 3.5
        centre = block.centre[0] + s * off, block.centre[1] - c * off
        tone, width = float(rng.uniform(150, 205)), float(rng.uniform(3, 7))
        colour, times = (tone, tone, tone - 6), (not came, True)
        yield Thing("repaving", centre, width, 7.0, block.angle, 0.02, colour, times, block.seed + 62)


def _under(block: Block, kind: str, wider: float, height: float, colour: Colour, times: tuple[bool, bool]) -> Thing:
    """Something on the ground of a block and around it."""
    sides = block.width + wider, block.depth + wider
    return Thing(kind, block.centre, *sides, block.angle, height, colour, times, block.seed + 60)

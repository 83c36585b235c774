"""The buildings of a made-up place: what stands on each block before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from shapely import STRtree
from village.canvas import Colour
from village.plan_houses import beside
from village.plan_land import level_at
from village.scene import Block, Building, Roof

from train.layout import Layout, Plot

TILED: tuple[Colour, ...] = (
    (74, 73, 72), (92, 84, 76), (112, 98, 84), (126, 72, 56), (150, 92, 66), (172, 104, 72), (62, 72, 98),
    (136, 124, 110), (58, 56, 56), (84, 92, 88), (160, 140, 118), (190, 120, 84),
)  # fmt: skip
SLABS: tuple[Colour, ...] = (
    (158, 156, 150), (184, 180, 170), (120, 118, 114), (206, 202, 194), (126, 78, 64), (150, 96, 78), (98, 100, 102),
    (108, 130, 118), (86, 84, 82), (176, 166, 146), (222, 220, 216),
)  # fmt: skip
SHEETS: tuple[Colour, ...] = (
    (58, 104, 168), (82, 130, 184), (62, 92, 136), (150, 62, 52), (140, 84, 70), (176, 180, 182), (214, 218, 220),
    (122, 136, 144), (90, 128, 108), (196, 190, 176),
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How a block is built up: lot and house sizes (m), storeys, chances of each roof, share of lots built on."""

    lot: tuple[float, float, float, float]
    house: tuple[float, float, float, float]
    storeys: tuple[int, int]
    roofs: dict[Roof, float]
    filled: float
    wings: float
    turn: float


FLAT, GABLE, HIP, STEEL, STEEL_GABLE = Roof.FLAT, Roof.GABLE, Roof.HIP, Roof.STEEL, Roof.STEEL_GABLE

STYLES: dict[str, Style] = {
    "village": Style(
        (11, 16, 14, 21),
        (7.5, 13, 7.5, 11),
        (1, 4),
        {FLAT: 0.45, GABLE: 0.25, HIP: 0.2, STEEL_GABLE: 0.1},
        0.8,
        0.4,
        0.05,
    ),
    "suburb": Style((15, 25, 22, 36), (10, 18, 9, 15), (1, 2), {HIP: 0.65, GABLE: 0.3, FLAT: 0.05}, 0.85, 0.85, 0.12),
    "dense": Style(
        (9, 13, 10, 15),
        (8, 12.5, 8.5, 14),
        (2, 6),
        {FLAT: 0.75, GABLE: 0.1, HIP: 0.05, STEEL_GABLE: 0.1},
        0.93,
        0.2,
        0.01,
    ),
    "slabs": Style((30, 80, 24, 45), (22, 66, 10, 18), (4, 14), {FLAT: 0.85, HIP: 0.1, GABLE: 0.05}, 0.85, 0.35, 0.0),
    "works": Style(
        (35, 100, 28, 80), (22, 88, 16, 60), (1, 3), {STEEL_GABLE: 0.5, STEEL: 0.2, FLAT: 0.3}, 0.8, 0.4, 0.02
    ),
    "sheds": Style(
        (18, 45, 18, 45),
        (3.5, 14, 3.5, 9),
        (1, 1),
        {STEEL: 0.4, FLAT: 0.3, GABLE: 0.15, STEEL_GABLE: 0.15},
        0.25,
        0.1,
        0.6,
    ),
}

FATES = ("stays", "new", "gone", "rebuilt", "grown", "repainted")


@dataclass(frozen=True)
class Regime:
    """What happened in the years between: chance of each fate (in the order of ``FATES``)."""

    chances: tuple[float, ...]


QUIET = Regime((0.965, 0.005, 0.005, 0.0, 0.005, 0.02))
USUAL = Regime((0.72, 0.1, 0.06, 0.04, 0.04, 0.04))
GROWTH = Regime((0.1, 0.86, 0.01, 0.01, 0.01, 0.01))
CLEARING = Regime((0.15, 0.05, 0.7, 0.07, 0.01, 0.02))


def build(layout: Layout, plot: Plot, style: Style, regime: Regime, rng: np.random.Generator) -> Iterator[Building]:
    """The buildings of one block; numbers are left at 0."""
    wide, deep = float(rng.uniform(*style.lot[:2])), float(rng.uniform(*style.lot[2:]))
    colours = {roof: _palette(roof, rng) for roof in Roof}
    roof_one = _roof(style, rng)
    setback = float(rng.uniform(3, 8))
    v = plot.low + setback
    while v + 0.6 * deep < plot.high:
        u = plot.left + setback
        while u + 0.6 * wide < plot.right:
            if rng.random() < style.filled:
                roof = roof_one if rng.random() < 0.6 else _roof(style, rng)
                centre = layout.bend.point(u + wide / 2 + float(rng.normal(0, 0.8)), v + deep / 2)
                house = _house(centre, layout.bend.heading(v + deep / 2), (wide, deep), style, roof, colours, rng)
                parts = (house, *_wings(house, style, colours, rng))
                yield _fate(parts, str(rng.choice(FATES, p=regime.chances)), style, colours, rng)
            u += wide * float(rng.uniform(0.95, 1.15))
        v += deep * float(rng.uniform(0.95, 1.2))


def apart(buildings: Iterator[Building]) -> tuple[Building, ...]:
    """Numbered buildings, without those that would stand in an earlier one at either date."""
    kept: list[Building] = []
    outlines: list[object] = []
    for building in buildings:
        whole = building.outline(0).union(building.outline(1))
        if not outlines or STRtree(outlines).query(whole, predicate="intersects").size == 0:
            kept.append(replace(building, number=len(kept) + 1))
            outlines.append(whole.buffer(0.5))
    return tuple(kept)


def _palette(roof: Roof, rng: np.random.Generator) -> tuple[Colour, ...]:
    """A few colours that this block's roofs share."""
    whole = SLABS if roof is Roof.FLAT else TILED if roof in (Roof.GABLE, Roof.HIP) else SHEETS
    return tuple(whole[int(i)] for i in rng.integers(0, len(whole), int(rng.integers(1, 5))))


def _roof(style: Style, rng: np.random.Generator) -> Roof:
    names = list(style.roofs)
    return names[int(rng.choice(len(names), p=list(style.roofs.values())))]


def _tone(colours: tuple[Colour, ...], rng: np.random.Generator) -> Colour:
    colour = np.asarray(colours[int(rng.integers(len(colours)))]) * rng.uniform(0.8, 1.15) + rng.normal(0, 5, 3)
    red, green, blue = (float(value) for value in np.clip(colour, 18, 242))
    return red, green, blue


def _house(
    centre: tuple[float, float],
    heading: float,
    lot: tuple[float, float],
    style: Style,
    roof: Roof,
    colours: dict[Roof, tuple[Colour, ...]],
    rng: np.random.Generator,
) -> Block:
    width = min(float(rng.uniform(*style.house[:2])), lot[0] - 0.5)
    depth = min(float(rng.uniform(*style.house[2:])), lot[1] - 0.5)
    storeys = int(rng.integers(style.storeys[0], style.storeys[1] + 1))
    height = 3.1 * storeys + float(rng.uniform(0, 1.5))
    pitch = {Roof.FLAT: 0.0, Roof.STEEL: 0.04, Roof.LEAN: 0.1, Roof.STEEL_GABLE: 0.12}.get(
        roof, float(rng.uniform(0.25, 0.45))
    )
    turned = heading + float(rng.normal(0, style.turn)) + (np.pi / 2 if rng.random() < 0.06 else 0.0)
    return Block(
        centre, width, depth, turned, height, roof, _tone(colours[roof], rng), int(rng.integers(1 << 30)),
        pitch * min(width, depth) / 2, fittings=bool(rng.random() < 0.75), solar=bool(rng.random() < 0.1),
    )  # fmt: skip


def _wings(
    house: Block, style: Style, colours: dict[Roof, tuple[Colour, ...]], rng: np.random.Generator
) -> Iterator[Block]:
    """Parts that make an L, a T or a Z of a house."""
    for side in rng.permutation(4)[: int(rng.integers(0, 3)) if rng.random() < style.wings else 0]:
        width, depth = house.width * float(rng.uniform(0.3, 0.65)), house.depth * float(rng.uniform(0.35, 0.8))
        along = float(rng.choice([-1, 1])) * (house.width - width) / 2
        across = float(rng.choice([-1, 1])) * (house.depth - depth) / 2
        u, v = {
            0: (along, (house.depth + depth) / 2),
            1: (along, -(house.depth + depth) / 2),
            2: ((house.width + width) / 2, across),
            3: (-(house.width + width) / 2, across),
        }[int(side)]
        # Into the house a little, so that pitched roofs of both run into each other.
        pull = 0.8
        lower = house.height - (3.0 if house.height > 6 and rng.random() < 0.5 else 0.0)
        same = house.roof if rng.random() < 0.8 else Roof.FLAT
        colour = house.colour if same is house.roof else _tone(colours[same], rng)
        rise = house.rise * min(width, depth) / min(house.width, house.depth)
        yield Block(
            beside(house, u * pull, v * pull), width, depth, house.angle, lower, same, colour,
            house.seed + 1 + int(side), rise if same is house.roof else 0.0, fittings=False,
        )  # fmt: skip


def _fate(
    parts: tuple[Block, ...], fate: str, style: Style, colours: dict[Roof, tuple[Colour, ...]], rng: np.random.Generator
) -> Building:
    """The building at both dates."""
    house, rest = parts[0], parts[1:]
    before, after = parts, parts
    if fate == "new":
        before = ()
    elif fate == "gone":
        after = ()
    elif fate == "rebuilt":
        roof = _roof(style, rng)
        colour = _tone(_palette(roof, rng), rng)
        taller = house.height + float(rng.uniform(0, 7))
        stretch = float(rng.uniform(0.85, 1.2))
        new = replace(
            house, width=house.width * stretch, depth=house.depth * float(rng.uniform(0.9, 1.2)), roof=roof,
            colour=colour, height=taller, rise=0.0 if roof is Roof.FLAT else 1.8, seed=house.seed + 40,
        )  # fmt: skip
        after = (new,)
    elif fate == "grown":
        after = (*parts, *_wings(house, replace(style, wings=1.0), colours, rng))
    elif fate == "repainted":
        after = (replace(house, colour=_tone(_palette(house.roof, rng), rng), solar=bool(rng.random() < 0.5)), *rest)
    return Building(0, 0, level_at(house.centre) + 0.1, before, after, 1, "", 2000)

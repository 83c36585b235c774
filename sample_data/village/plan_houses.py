"""The houses: what stands on each parcel at the before date."""

import numpy as np

from village.canvas import Colour, rng_of
from village.scene import Block, Building, Lot, Roof

STOREY = 3.2
FLAT_COLOURS: tuple[Colour, ...] = (
    (158, 156, 150), (170, 167, 160), (142, 141, 137), (184, 180, 170), (126, 78, 64), (144, 94, 76), (108, 130, 118),
)  # fmt: skip
TILE_COLOURS: tuple[Colour, ...] = (
    (126, 72, 56),
    (142, 88, 66),
    (106, 64, 52),
    (62, 72, 98),
    (84, 64, 54),
    (118, 74, 60),
)
OLD_TILE: tuple[Colour, ...] = ((74, 73, 72), (86, 83, 79), (66, 66, 68), (94, 86, 78))
STEEL_COLOURS: tuple[Colour, ...] = (
    (66, 102, 150), (82, 118, 164), (62, 92, 136), (140, 66, 56), (134, 78, 66), (168, 172, 174), (122, 136, 144),
)  # fmt: skip


def pick(colours: tuple[Colour, ...], rng: np.random.Generator) -> Colour:
    """One of the colours, a little faded or darkened."""
    c = np.asarray(colours[int(rng.integers(len(colours)))], float) * rng.uniform(0.9, 1.08) + rng.normal(0, 2.5, 3)
    return tuple(float(v) for v in np.clip(c, 20, 235))  # type: ignore[return-value]


def house_block(lot: Lot, rng: np.random.Generator) -> tuple[Block, int, str]:
    """The main house of a parcel, its storeys and its structure."""
    wide = rng.random() < 0.25
    left, right = (float(v) for v in rng.uniform(0.3, 1.0, 2))
    if wide:
        right = float(rng.uniform(3.0, 3.6))
    width = lot.width - left - right
    depth = float(rng.uniform(8.0, 10.8)) - (1.4 if lot.old else 0)
    back = float(rng.uniform(3.0, 4.2)) if rng.random() < 0.3 else float(rng.uniform(0.5, 1.2))
    centre = lot.place((left - right) / 2, lot.depth / 2 - back - depth / 2)
    angle = lot.angle + float(rng.normal(0, 0.006))
    if lot.old:
        storeys = int(rng.choice([1, 2], p=[0.55, 0.45]))
        block = Block(centre, width, depth, angle, 3.1 * storeys + 0.2, Roof.GABLE, pick(OLD_TILE, rng), lot.seed, 1.7)
        return block, storeys, "砖木"
    storeys = int(rng.choice([1, 2, 3, 4], p=[0.12, 0.45, 0.36, 0.07]))
    kind = rng.choice([Roof.FLAT, Roof.GABLE, Roof.HIP, Roof.STEEL_GABLE], p=[0.56, 0.2, 0.18, 0.06])
    solar = bool(rng.random() < 0.1) and kind == Roof.FLAT
    colours = {Roof.FLAT: FLAT_COLOURS, Roof.STEEL_GABLE: STEEL_COLOURS}.get(kind, TILE_COLOURS)
    rise = {Roof.FLAT: 0.0, Roof.STEEL_GABLE: 1.1}.get(kind, float(rng.uniform(1.8, 2.6)))
    height = STOREY * storeys + float(rng.uniform(0, 0.5))
    block = Block(centre, width, depth, angle, height, Roof(kind), pick(colours, rng), lot.seed, rise, solar=solar)
    return block, storeys, "混" if storeys > 2 else "砖混"


def wing(lot: Lot, house: Block, rng: np.random.Generator) -> Block | None:
    """A lower wing in front of the house, at its western end; None where the court is too short."""
    court = front_room(lot, house)
    depth = float(min(rng.uniform(3.2, 5.2), court - 3.5))
    if depth < 2.8:
        return None
    width = float(rng.uniform(3.2, 4.4))
    centre = beside(house, -house.width / 2 + width / 2, -house.depth / 2 - depth / 2)
    flat = rng.random() < 0.6
    colour = pick(FLAT_COLOURS if flat else STEEL_COLOURS, rng)
    roof = Roof.FLAT if flat else Roof.LEAN
    height = float(rng.uniform(2.9, 3.4))
    return Block(
        centre, width, depth, house.angle, height, roof, colour, house.seed + 3, 0 if flat else 0.4, fittings=False
    )


def beside(block: Block, u: float, v: float) -> tuple[float, float]:
    """A point in a block's own axes as a point of the village."""
    c, s = float(np.cos(block.angle)), float(np.sin(block.angle))
    return block.centre[0] + u * c - v * s, block.centre[1] + u * s + v * c


def front_room(lot: Lot, house: Block) -> float:
    """Depth of the court in front of the house, metres."""
    dx, dy = house.centre[0] - lot.centre[0], house.centre[1] - lot.centre[1]
    v = -dx * float(np.sin(lot.angle)) + dy * float(np.cos(lot.angle))
    return v - house.depth / 2 + lot.depth / 2


def back_room(lot: Lot, house: Block) -> float:
    """Depth of the yard behind the house, metres."""
    return lot.depth - house.depth - front_room(lot, house)


def yard_shed(lot: Lot, rng: np.random.Generator) -> Block | None:
    """A shed in the eastern corner of the court's front, away from the house."""
    width, depth = float(rng.uniform(3.0, 4.2)), float(rng.uniform(3.6, 5.2))
    centre = lot.place(lot.width / 2 - width / 2 - 0.35, -lot.depth / 2 + depth / 2 + 0.4)
    steel = rng.random() < 0.55
    colour = pick(STEEL_COLOURS if steel else OLD_TILE if lot.old else FLAT_COLOURS, rng)
    roof = Roof.STEEL if steel else Roof.GABLE if lot.old else Roof.FLAT
    height = float(rng.uniform(2.4, 2.9))
    rise = {Roof.STEEL: 0.35, Roof.GABLE: 0.9}.get(roof, 0.0)
    return Block(centre, width, depth, lot.angle, height, roof, colour, lot.seed + 7, rise, fittings=False)


def buildings(seed: int, lots: tuple[Lot, ...]) -> tuple[Building, ...]:
    """All buildings of the before date, house first on each parcel; numbers run from 1."""
    found: list[Building] = []
    for lot in lots:
        rng = rng_of(seed, 21, lot.number)
        if lot.vacant:
            continue
        house, storeys, structure = house_block(lot, rng)
        parts: tuple[Block, ...] = (house,)
        extra = wing(lot, house, rng) if rng.random() < 0.3 else None
        if extra:
            parts = (house, extra)
        built = int(rng.integers(1975, 1996) if lot.old else rng.integers(1996, 2022))
        found.append(Building(len(found) + 1, lot.number, lot.pad, parts, parts, storeys, structure, built))
        if front_room(lot, house) > 7.5 and rng.random() < 0.4:
            shed = yard_shed(lot, rng)
            if shed:
                kind = "钢" if shed.roof == Roof.STEEL else "砖"
                found.append(Building(len(found) + 1, lot.number, lot.pad, (shed,), (shed,), 1, kind, built + 3))
    return tuple(found)

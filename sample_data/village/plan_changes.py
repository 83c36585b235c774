"""What is built, raised, pulled down and rebuilt between the two flights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from village.canvas import rng_of
from village.plan_houses import (
    FLAT_COLOURS,
    STEEL_COLOURS,
    STOREY,
    TILE_COLOURS,
    back_room,
    beside,
    front_room,
    pick,
    yard_shed,
)
from village.plan_land import level_at
from village.scene import Block, Building, Change, Lot, Point, Roof, Thing

EXACT, AREA, STOREYS, LAPSED, TEMPORARY, NONE = "exact", "area", "storeys", "lapsed", "temporary", "none"
STATUS = {
    EXACT: "permitted",
    TEMPORARY: "permitted",
    AREA: "exceeds_permit",
    STOREYS: "exceeds_permit",
    LAPSED: "unpermitted",
    NONE: "unpermitted",
}


@dataclass
class Works:
    """The works of the eighteen months between the flights, gathered one by one."""

    seed: int
    lots: dict[int, Lot]
    buildings: dict[int, Building]
    changes: list[Change] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def free(self, order: int, wanted: Callable[[Building], bool]) -> Iterable[Building]:
        """Buildings that fit, on parcels nothing has happened on yet, in a shuffled order."""
        rng = rng_of(self.seed, 31, order)
        pool = list(self.buildings.values())
        for i in rng.permutation(len(pool)):
            building = pool[int(i)]
            if building.lot not in self.touched and building.before == building.after and wanted(building):
                yield building

    def record(
        self, kind: str, parts: tuple[Block, ...], rise: float, building: Building, storeys: int, permit: str
    ) -> None:
        """Note a change whose outline is the union of ``parts``."""
        self.buildings[building.number] = building
        outline = replace(building, after=parts).outline(1)
        status = None if kind == "demolished" else STATUS[permit]
        top = max((b.top for b in building.after), default=0.0)
        self.touched.add(building.lot)
        self.changes.append(
            Change(kind, outline, round(rise, 2), status, building.number, building.lot, storeys, round(top, 2), permit)
        )


def mean_top(block: Block) -> float:
    """Mean height of a roof over the pad."""
    return block.height + block.rise / 2


def raise_whole(works: Works, permits: tuple[str, ...]) -> None:
    """One storey more on a flat roof."""
    flat = works.free(1, lambda b: b.before[0].roof == Roof.FLAT and len(b.before) == 1 and 1 < b.storeys < 4)
    for building, permit in zip(flat, permits, strict=False):
        old = building.before[0]
        rng = rng_of(works.seed, 32, building.number)
        new = replace(old, height=old.height + STOREY, colour=pick(FLAT_COLOURS, rng), seed=old.seed + 500)
        after = replace(building, after=(new,))
        works.record("raised", (new,), STOREY, after, building.storeys + 1, permit)


def raise_part(works: Works, permits: tuple[str, ...]) -> None:
    """A room, or a colour-steel one, on part of a flat roof."""
    flat = works.free(2, lambda b: b.before[0].roof == Roof.FLAT and b.storeys < 4 and b.before[0].width > 8.5)
    for i, (building, permit) in enumerate(zip(flat, permits, strict=False)):
        old = building.before[0]
        rng = rng_of(works.seed, 33, building.number)
        width = old.width * float(rng.uniform(0.45, 0.55))
        centre = beside(old, (width - old.width) / 2, 0)
        roof, rise = (Roof.STEEL, 0.4) if i % 2 == 0 else (Roof.FLAT, 0.0)
        colour = pick(STEEL_COLOURS if roof == Roof.STEEL else FLAT_COLOURS, rng)
        top = Block(centre, width, old.depth, old.angle, old.height + 2.8, roof, colour, old.seed + 501, rise, False)
        bare = replace(old, fittings=False, solar=False)
        after = replace(building, before=(bare, *building.before[1:]), after=(bare, *building.before[1:], top))
        works.record("raised", (top,), 2.8 + rise / 2, after, building.storeys + 1, permit)


def extend(works: Works, permits: tuple[str, ...]) -> None:
    """A lean-to or a room against the back, side or front of a house."""
    houses = works.free(3, lambda b: b.storeys <= 3 and b.before[0].width > 7 and room_for(works.lots[b.lot], b) != "")
    sides: dict[str, int] = {}
    done = 0
    for building in houses:
        house, lot = building.before[0], works.lots[building.lot]
        where = room_for(lot, building)
        if done == len(permits):
            return
        if sides.get(where, 0) >= 3:
            continue
        sides[where] = sides.get(where, 0) + 1
        rng = rng_of(works.seed, 34, building.number)
        width, depth = float(rng.uniform(5.5, min(9.0, house.width))), float(rng.uniform(2.7, 3.3))
        if where == "back":
            depth = min(depth, back_room(lot, house) - 0.2)
            centre = beside(house, (house.width - width) / 2, house.depth / 2 + depth / 2)
        elif where == "side":
            width, depth = float(rng.uniform(2.6, 2.9)), float(rng.uniform(6.0, house.depth))
            centre = beside(house, house.width / 2 + width / 2, (depth - house.depth) / 2)
        else:
            width, depth = float(rng.uniform(4.5, 6.0)), float(rng.uniform(3.0, 4.0))
            centre = beside(house, (house.width - width) / 2, -house.depth / 2 - depth / 2)
        steel = rng.random() < 0.6
        colour = pick(STEEL_COLOURS if steel else FLAT_COLOURS, rng)
        roof, rise = (Roof.LEAN, 0.35) if steel else (Roof.FLAT, 0.0)
        height = float(rng.uniform(2.7, 3.2))
        part = Block(centre, width, depth, house.angle, height, roof, colour, house.seed + 502, rise, fittings=False)
        after = replace(building, after=(*building.before, part))
        works.record("extended", (part,), mean_top(part), after, 1, permits[done])
        done += 1


def room_for(lot: Lot, building: Building) -> str:
    """Where an extension fits: back, side, front or nowhere ("")."""
    house = building.before[0]
    if back_room(lot, house) > 3.0:
        return "back"
    if lot.width - house.width > 3.5:
        return "side"
    return "front" if front_room(lot, house) > 8 and len(building.before) == 1 else ""


def demolish(works: Works, leave_rubble: tuple[bool, ...]) -> None:
    """A house or shed pulled down, to rubble or to cleared ground."""
    pool = works.free(4, lambda b: b.storeys <= 2 and b.before[0].width < 13 and b.before[0].top < 8.5)
    for building, rubble in zip(pool, leave_rubble, strict=False):
        for i, b in enumerate(building.before):
            kind, height = ("rubble", 0.7) if rubble else ("cleared", 0.08)
            colour = (140.0, 118.0, 100.0) if rubble else (150.0, 128.0, 98.0)
            works.things.append(
                Thing(
                    kind,
                    b.centre,
                    b.width + 0.8,
                    b.depth + 0.8,
                    b.angle,
                    height,
                    colour,
                    (False, True),
                    b.seed + 60 + i,
                )
            )
        mean = -float(
            np.average([mean_top(b) for b in building.before], weights=[b.outline.area for b in building.before])
        )
        works.record("demolished", building.before, mean, replace(building, after=()), 0, NONE)


def rebuild(works: Works, permits: tuple[str, ...]) -> None:
    """An old house replaced by a bigger, higher one that covers most of the old ground."""
    old_ones = works.free(
        5, lambda b: works.lots[b.lot].old and b.before[0].roof == Roof.GABLE and b.before[0].width > 7
    )
    for i, (building, permit) in enumerate(zip(old_ones, permits, strict=False)):
        old, lot = building.before[0], works.lots[building.lot]
        rng = rng_of(works.seed, 35, building.number)
        storeys = building.storeys + 2 if building.storeys == 1 else 3
        depth = min(old.depth + float(rng.uniform(1.6, 2.8)), old.depth + front_room(lot, old) - 2)
        width = min(old.width, lot.width - 0.6)
        centre = beside(old, 0, (old.depth - depth) / 2)
        roof, rise = ((Roof.FLAT, 0.0), (Roof.HIP, 2.2))[i % 2]
        colour = pick(TILE_COLOURS if roof == Roof.HIP else FLAT_COLOURS, rng)
        new = Block(centre, width, depth, old.angle, STOREY * storeys + 0.3, roof, colour, old.seed + 503, rise)
        after = replace(building, after=(new,), storeys=building.storeys)
        works.record("rebuilt", (*building.before, new), mean_top(new) - mean_top(old), after, storeys, permit)


def new_houses(works: Works, permits: tuple[str, ...]) -> None:
    """Houses on parcels that were empty."""
    vacant = [lot for lot in works.lots.values() if lot.vacant and lot.width > 11]
    order = rng_of(works.seed, 36).permutation(len(vacant))
    for i, permit in zip(order, permits, strict=False):
        lot = vacant[int(i)]
        rng = rng_of(works.seed, 37, lot.number)
        storeys = int(rng.integers(2 if permit == STOREYS else 1, 4))
        width, depth = lot.width - float(rng.uniform(1.2, 2.2)), float(rng.uniform(8.5, 10.5))
        roof, rise = ((Roof.FLAT, 0.0), (Roof.GABLE, 2.2), (Roof.HIP, 2.3))[int(rng.integers(3))]
        colour = pick(FLAT_COLOURS if roof == Roof.FLAT else TILE_COLOURS, rng)
        centre = lot.place(0, lot.depth / 2 - 1 - depth / 2)
        block = Block(centre, width, depth, lot.angle, STOREY * storeys + 0.3, roof, colour, lot.seed + 504, rise)
        add_new(works, block, lot.number, lot.pad, storeys, "混", permit)
        court = Thing(
            "repaving", lot.place(0, -depth / 2), lot.width - 0.4, lot.depth - depth - 1.4, lot.angle, 0.02,
            (178.0, 175.0, 168.0), (False, True), lot.seed + 9,
        )  # fmt: skip
        works.things.append(court)


def new_sheds(works: Works, permits: tuple[str, ...]) -> None:
    """Sheds in courts that had none."""
    with_shed = {b.lot for b in works.buildings.values() if b.before and b.before[0].fittings is False}
    houses = works.free(
        6, lambda b: b.lot not in with_shed and front_room(works.lots[b.lot], b.before[0]) > 7.5 and len(b.before) == 1
    )
    for building, permit in zip(list(houses), permits, strict=False):
        lot = works.lots[building.lot]
        shed = yard_shed(lot, rng_of(works.seed, 38, lot.number))
        if shed:
            add_new(works, replace(shed, seed=lot.seed + 505), lot.number, lot.pad, 1, "钢", permit)


def new_field_sheds(works: Works, sites: tuple[tuple[Point, float, float, float, Roof, str], ...]) -> None:
    """Sheds out in the fields, on no household's parcel: (centre, width, depth, angle, roof, permit)."""
    for i, (centre, width, depth, angle, roof, permit) in enumerate(sites):
        rng = rng_of(works.seed, 39, i)
        colour = pick(STEEL_COLOURS if roof != Roof.FLAT else FLAT_COLOURS, rng)
        height, rise = (4.2, 1.0) if roof == Roof.STEEL_GABLE else (2.7, 0.35 if roof == Roof.STEEL else 0.0)
        block = Block(centre, width, depth, angle, height, roof, colour, works.seed * 10 + i, rise, fittings=False)
        add_new(works, block, 0, level_at(centre) + 0.1, 1, "钢", permit)
        works.touched.discard(0)


def freshen(works: Works, repainted: int, panelled: int) -> None:
    """Roofs painted anew or covered with panels: they look changed and are not."""
    flat = works.free(7, lambda b: b.before[0].roof == Roof.FLAT and b.before[0].fittings and not b.before[0].solar)
    for i, building in zip(range(repainted + panelled), flat, strict=False):
        old, rest = building.before[0], building.before[1:]
        rng = rng_of(works.seed, 40, building.number)
        new = replace(old, solar=True) if i < panelled else replace(old, colour=pick(FLAT_COLOURS[-3:], rng))
        works.buildings[building.number] = replace(building, after=(new, *rest))
        works.touched.add(building.lot)


def add_new(works: Works, block: Block, lot: int, pad: float, storeys: int, structure: str, permit: str) -> None:
    """A building that was not there before."""
    number = max(works.buildings) + 1
    building = Building(number, lot, pad, (), (block,), storeys, structure, 2025)
    works.record("new", (block,), mean_top(block), building, storeys, permit)


def carry_out(seed: int, lots: tuple[Lot, ...], buildings: tuple[Building, ...]) -> Works:
    """All works of the period."""
    works = Works(seed, {lot.number: lot for lot in lots}, {b.number: b for b in buildings})
    new_houses(works, (EXACT, AREA, NONE, EXACT, STOREYS))
    rebuild(works, (EXACT, AREA, STOREYS, NONE))
    raise_part(works, (NONE, NONE))
    raise_whole(works, (NONE, STOREYS, EXACT, NONE))
    extend(works, (NONE, NONE, EXACT, NONE, LAPSED, NONE))
    demolish(works, (True, False, True, False, True))
    new_sheds(works, (NONE, LAPSED, NONE, TEMPORARY))
    new_field_sheds(
        works,
        (
            ((71.0, 60.0), 14.0, 9.0, 0.12, Roof.STEEL_GABLE, NONE),
            ((142.0, 13.0), 4.1, 3.6, -0.2, Roof.FLAT, NONE),
            ((237.0, 168.0), 6.2, 4.4, 0.3, Roof.STEEL, NONE),
        ),
    )
    freshen(works, 4, 2)
    return works

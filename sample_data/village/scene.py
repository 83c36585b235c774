"""What the village is made of: plain values, in local metres. A thing's ``seed`` fixes its texture at both dates."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from shapely import Polygon, union_all
from shapely.geometry import MultiPolygon

from village.canvas import Colour

Point = tuple[float, float]


def box(centre: Point, width: float, depth: float, angle: float) -> Polygon:
    """A rotated rectangle."""
    c, s = np.cos(angle), np.sin(angle)
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    half = [(a * width / 2, b * depth / 2) for a, b in corners]
    return Polygon([(centre[0] + u * c - v * s, centre[1] + u * s + v * c) for u, v in half])


class Roof(StrEnum):
    """Kinds of roof."""

    FLAT = "flat"
    GABLE = "gable"
    HIP = "hip"
    STEEL = "steel"
    STEEL_GABLE = "steel_gable"
    LEAN = "lean"


@dataclass(frozen=True)
class Block:
    """One box with a roof. ``height`` is that of its eaves over the pad, ``rise`` what the roof adds."""

    centre: Point
    width: float
    depth: float
    angle: float
    height: float
    roof: Roof
    colour: Colour
    seed: int
    rise: float = 0.0
    fittings: bool = True
    solar: bool = False

    @property
    def outline(self) -> Polygon:
        """Outline of the roof."""
        return box(self.centre, self.width, self.depth, self.angle)

    @property
    def top(self) -> float:
        """Highest point of the roof over the pad, without fittings."""
        return self.height + self.rise


@dataclass(frozen=True)
class Building:
    """One building of the archive: its blocks at each date (empty where it does not stand)."""

    number: int
    lot: int
    pad: float
    before: tuple[Block, ...]
    after: tuple[Block, ...]
    storeys: int
    structure: str
    built: int

    def blocks(self, date: int) -> tuple[Block, ...]:
        """Blocks at date 0 (before) or 1 (after)."""
        return self.after if date else self.before

    def outline(self, date: int) -> Polygon | MultiPolygon:
        """Union of the blocks' outlines at a date."""
        return union_all([b.outline.buffer(0.01, join_style="mitre") for b in self.blocks(date)]).buffer(
            -0.01, join_style="mitre"
        )


@dataclass(frozen=True)
class Lot:
    """One household's parcel: ``angle`` is that of its front, which faces south; ``pad`` its level."""

    number: int
    centre: Point
    width: float
    depth: float
    angle: float
    pad: float
    paving: str
    old: bool
    vacant: bool
    seed: int

    @property
    def outline(self) -> Polygon:
        """Outline of the parcel."""
        return box(self.centre, self.width, self.depth, self.angle)

    def place(self, u: float, v: float) -> Point:
        """Local (u to the east, v to the north of the lot's centre) as a point of the village."""
        c, s = float(np.cos(self.angle)), float(np.sin(self.angle))
        return self.centre[0] + u * c - v * s, self.centre[1] + u * s + v * c


@dataclass(frozen=True)
class Tree:
    """One tree; ``habit`` is evergreen, deciduous, bamboo or shrub; radius and height at each date, 0 for none."""

    centre: Point
    habit: str
    radius: tuple[float, float]
    height: tuple[float, float]
    bare: tuple[bool, bool]
    seed: int


@dataclass(frozen=True)
class Thing:
    """Anything that is not a building: kind as in the confounders' table; present at each date."""

    kind: str
    centre: Point
    width: float
    depth: float
    angle: float
    height: float
    colour: Colour
    present: tuple[bool, bool]
    seed: int

    @property
    def outline(self) -> Polygon:
        """Outline from above."""
        return box(self.centre, self.width, self.depth, self.angle)


@dataclass(frozen=True)
class Field:
    """A field with its crop at each date and the direction of its rows."""

    outline: Polygon
    crops: tuple[str, str]
    angle: float
    seed: int


@dataclass(frozen=True)
class Way:
    """A road: centre line, width and surface (asphalt, concrete, gravel) at each date."""

    line: tuple[Point, ...]
    width: float
    surface: tuple[str, str]
    seed: int


@dataclass(frozen=True)
class Change:
    """One true change of a building; ``before``/``after`` storeys where it matters to the permit."""

    change_type: str
    outline: Polygon | MultiPolygon
    height_change_m: float
    permit_status: str | None
    building: int
    lot: int
    storeys: int
    height_m: float
    permit: str


@dataclass(frozen=True)
class Village:
    """Everything at both dates."""

    seed: int
    size: float
    lots: tuple[Lot, ...]
    buildings: tuple[Building, ...]
    trees: tuple[Tree, ...]
    things: tuple[Thing, ...]
    fields: tuple[Field, ...]
    ways: tuple[Way, ...]
    river: tuple[Point, ...]
    pond: Polygon
    changes: tuple[Change, ...]

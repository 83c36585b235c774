"""Blocks of a DXF drawing: what is drawn once and inserted at many places, turned, scaled, one in another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from weijian.cadastre.dxf_outlines import has_flag
from weijian.cadastre.dxf_stream import UPRIGHT, Groups
from weijian.cadastre.dxf_texts import Place

FLOATING = b"0"
"""What lies on this layer in a block lies on that of the insertion."""

_EXTERNAL = 4 | 8
_SHEETS = (b"*model_space", b"*paper_space", b"$model_space", b"$paper_space")

Record = tuple[bytes, bytes]
"""Kind of an entity, and all of it as bytes."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a block is drawn: easting = a x + b y + c, northing = d x + e y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def of(self, points: Sequence[Place]) -> list[Place]:
        """Points of the block, on the ground."""
        return [(self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f) for x, y in points]

    @property
    def scale(self) -> float:
        """How much longer than in the block something is drawn at most."""
        return max(math.hypot(self.a, self.d), math.hypot(self.b, self.e), 1e-9)

    def around(self, inner: Placing) -> Placing:
        """That of what is drawn in this block by another insertion."""
        (c, f), (right_x, right_y), (up_x, up_y) = self.of(
            [(inner.c, inner.f), (inner.c + inner.a, inner.f + inner.d), (inner.c + inner.b, inner.f + inner.e)]
        )
        return Placing(right_x - c, up_x - c, c, right_y - f, up_y - f, f)


@dataclass(slots=True)
class Block:
    """What a block is made of; ``is_external`` where that is in a drawing elsewhere."""

    base: Place
    is_external: bool
    records: list[Record] = field(default_factory=list)


def key_of(groups: Groups) -> bytes:
    """The name of a block or of what is inserted; letters of either case are the same."""
    return groups.first(2).lower()


def block_of(groups: Groups) -> Block | None:
    """The block that a BLOCK begins; None for the drawing's own spaces."""
    if key_of(groups).startswith(_SHEETS):
        return None
    return Block((groups.number(10), groups.number(20)), has_flag(groups, _EXTERNAL))


def copies_of(insert: Groups) -> int:
    """How often an INSERT draws its block, in columns and rows."""
    return _columns(insert) * max(1, int(insert.number(71, 1.0)))


def _columns(insert: Groups) -> int:
    return max(1, int(insert.number(70, 1.0)))


def placings(insert: Groups, block: Block) -> Iterator[Placing]:
    """Where an INSERT puts its block: once, or in columns and rows."""
    turn = math.radians(insert.number(50))
    cos, sin = math.cos(turn), math.sin(turn)
    wide, high = insert.number(41, 1.0), insert.number(42, 1.0)
    own = Placing(cos * wide, -sin * high, 0.0, sin * wide, cos * high, 0.0)
    ((left, down),) = own.of([block.base])
    for place in range(copies_of(insert)):
        row, column = divmod(place, _columns(insert))
        along, up = column * insert.number(44), row * insert.number(45)
        east = insert.number(10) - left + along * cos - up * sin
        north = insert.number(20) - down + along * sin + up * cos
        yield _faced(Placing(own.a, own.b, east, own.d, own.e, north), insert)


def _faced(placing: Placing, insert: Groups) -> Placing:
    """Out of the plane that the insertion lies in; seen from below it is mirrored."""
    if insert.extrusion == UPRIGHT:
        return placing
    from ezdxf.math import OCS

    plane, height = OCS(insert.extrusion), insert.number(30)
    origin, right, up = (plane.to_wcs((x, y, height)) for x, y in ((0, 0), (1, 0), (0, 1)))
    facing = Placing(right.x - origin.x, up.x - origin.x, origin.x, right.y - origin.y, up.y - origin.y, origin.y)
    return facing.around(placing)

"""What a drawing shows, block by block: outlines of one layer, texts of all, and what is left out, each told once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from weijian.cadastre.dxf_blocks import FLOATING, Block, Placing, Record, block_of, copies_of, key_of, placings
from weijian.cadastre.dxf_outlines import (
    CURVES,
    POLYLINES,
    Corner,
    Curve,
    Outline,
    Polyline,
    corners_of,
    is_closed_curve,
    is_mesh,
    vertex_of,
)
from weijian.cadastre.dxf_stream import Groups, groups_of, header_variable, records_of
from weijian.cadastre.dxf_texts import TEXTS, is_shown
from weijian.cadastre.errors import BlocksTooMany

SOUTH = b"SOUTH"
"""Application of the extended data in which CASS keeps what an entity is."""

STROKES = frozenset({b"LINE", b"ARC"})
MOST_INSERTED = 1_000_000
MOST_COPIES = 10_000
DEEPEST = 32

_INSERT, _VERTEX = b"INSERT", b"VERTEX"
_KEPT = POLYLINES | CURVES | TEXTS | STROKES | {_INSERT, _VERTEX}
_HOUSES, _WALLS = (b"141", b"142"), b"144"
"""How the codes of houses and caves begin in CASS, and those of walls, fences and hedges, which lie on their layer."""

_LAYER = re.compile(rb"[^\n]*\n(?:(?![ \t]*8[ \t]*\r?\n)[^\n]*\n[^\n]*\n)*?[ \t]*8[ \t]*\r?\n([^\n]*)")
"""The value of the first group of code 8, group by group from the kind on: quicker than to take all groups apart."""

_PAPER = b"67"
_PARSED_AT_MOST = 2000

_MODEL = b"*model"
_NO_BLOCK = b""

Drawn = Outline | Groups


@dataclass
class Left:
    """What was not taken: lines of the layer, signs that CASS says are no houses; drawings elsewhere by their names."""

    strokes: int = 0
    signs: int = 0
    elsewhere: Counter[bytes] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Found:
    """An outline of the layer, or a text of any; ``placing`` and ``south`` are those of the insertion that draws it."""

    entity: Drawn
    of_layer: bool
    placing: Placing | None
    south: tuple[bytes, ...]


@dataclass
class Summary:
    """What a first look tells of a drawing: header values, lines beyond ASCII, and layers that hold polylines."""

    version: str = ""
    code_page: str = ""
    telling: set[bytes] = field(default_factory=set)
    layers: dict[bytes, None] = field(default_factory=dict)


def summary_of(path: Path) -> Summary:
    """Look through a drawing.

    Raises
    ------
    ContentUnexpected, EndMissing
    """
    found = Summary()
    content: dict[bytes, dict[tuple[bytes, bytes], None]] = {_MODEL: {}}
    block = _NO_BLOCK
    for section, kind, record in records_of(path):
        if not record.isascii():
            found.telling.update(line.strip() for line in record.split(b"\n") if not line.isascii())
        if section == b"HEADER" and kind == b"SECTION":
            found.version, found.code_page = (header_variable(record, name) for name in (b"ACADVER", b"DWGCODEPAGE"))
        elif section == b"BLOCKS" and kind == b"BLOCK":
            block = key_of(groups_of(path, kind, record))
        elif section in (b"BLOCKS", b"ENTITIES") and (kind in POLYLINES or kind == _INSERT):
            drawn = _drawn_by(path, kind, record)
            if drawn is not None:
                content.setdefault(_MODEL if section == b"ENTITIES" else block, {})[drawn] = None
    found.layers = _layers(content)
    return found


def _drawn_by(path: Path, kind: bytes, record: bytes) -> tuple[bytes, bytes] | None:
    """The block that is drawn (no name where it is a polyline) and its layer; None for what is on a sheet or a sign."""
    layer = _LAYER.match(record) if kind in POLYLINES and _PAPER not in record else None
    if layer is not None:
        return _NO_BLOCK, layer[1].strip()
    groups = groups_of(path, kind, record)
    if groups.is_on_paper or (kind == _INSERT and _is_sign(south_of(groups))):
        return None
    return key_of(groups) if kind == _INSERT else _NO_BLOCK, groups.layer


def _layers(content: dict[bytes, dict[tuple[bytes, bytes], None]]) -> dict[bytes, None]:
    """Layers with polylines, those of blocks that are inserted too, in the order of the drawing."""
    found: dict[bytes, None] = {}
    left, seen = [(_MODEL, FLOATING)], {(_MODEL, FLOATING)}
    for block, on in left:  # grows as blocks are found
        for inner, layer in content.get(block, {}):
            lies_on = on if layer == FLOATING else layer
            if inner == _NO_BLOCK:
                found[lies_on] = None
            elif (inner, lies_on) not in seen:
                seen.add((inner, lies_on))
                left.append((inner, lies_on))
    return found


def entities(path: Path, layer: bytes, left: Left) -> Iterator[Found]:
    """Of the model, in order: outlines of a layer and the texts of every layer; ``left`` counts what is passed over.

    Raises
    ------
    ContentUnexpected, EndMissing, BlocksTooMany
    ValueError, ArithmeticError
        Where a number should be is none.
    """
    blocks: dict[bytes, Block] = {}
    walk = _Walk(path, layer, blocks, left)
    yield from walk.shown(_drawn(path, _model(path, blocks), frozenset({layer})), None, None, (), ())


def south_of(groups: Groups) -> tuple[bytes, ...]:
    """What CASS keeps of an entity, its code first; empty where it is not by CASS."""
    return tuple(groups.extended().get(SOUTH, ()))


def is_wall(south: tuple[bytes, ...]) -> bool:
    """Whether CASS says that an outline is a wall, a fence or a hedge."""
    return bool(south) and south[0].startswith(_WALLS)


def _is_sign(south: tuple[bytes, ...]) -> bool:
    """Whether CASS says that an insertion is the sign of something that is no house: a pillar, a boundary point."""
    return bool(south) and not south[0].startswith(_HOUSES)


def _model(path: Path, blocks: dict[bytes, Block]) -> Iterator[Record]:
    """Records of the model; those of blocks, which come before it, are kept in ``blocks``."""
    block: Block | None = None
    for section, kind, record in records_of(path):
        if section == b"ENTITIES":
            yield kind, record
        elif section != b"BLOCKS":
            continue
        elif kind == b"BLOCK":
            groups = groups_of(path, kind, record)
            block = block_of(groups)
            if block is not None:
                blocks[key_of(groups)] = block
        elif block is not None and kind in _KEPT:
            block.records.append((kind, record))


def _drawn(path: Path, records: Iterable[Record], layers: frozenset[bytes]) -> Iterator[tuple[Drawn, bytes]]:
    """What records draw, and the layer it lies on: outlines and strokes of some layers, texts and insertions of all."""
    old: Groups | None = None
    vertices: list[Corner] = []
    inserted_on = FLOATING
    for kind, record in records:
        if kind == _VERTEX and old is not None:
            corner = vertex_of(groups_of(path, kind, record))
            if corner is not None:
                vertices.append(corner)
            continue
        if old is not None:
            if not is_mesh(old):
                yield Polyline(old, vertices), old.layer
            old, vertices = None, []
        if kind not in _KEPT or kind == _VERTEX:
            continue
        groups = groups_of(path, kind, record)
        if groups.is_on_paper or not is_shown(groups):
            continue
        layer = inserted_on if kind == b"ATTRIB" and groups.layer == FLOATING else groups.layer
        inserted_on = layer if kind == _INSERT else inserted_on
        if kind in TEXTS or kind == _INSERT:
            yield groups, layer
        elif layer in layers and kind == b"POLYLINE":
            old = groups
        elif layer in layers:
            yield _outline(groups) or groups, layer


def _outline(groups: Groups) -> Outline | None:
    """The outline that an entity of its own draws; None for a stroke."""
    if groups.kind in POLYLINES:
        return Polyline(groups, corners_of(groups))
    return Curve(groups) if groups.kind in CURVES and is_closed_curve(groups) else None


class _Walk:
    """A way through a drawing and the blocks that are inserted in it, one within another."""

    def __init__(self, path: Path, layer: bytes, blocks: dict[bytes, Block], left: Left) -> None:
        self._path, self._layer, self._blocks, self._left = path, layer, blocks, left
        self._parsed: dict[tuple[bytes, bool], list[tuple[Drawn, bytes]]] = {}
        self._drawn = 0

    def shown(
        self,
        drawn: Iterable[tuple[Drawn, bytes]],
        on: bytes | None,
        placing: Placing | None,
        south: tuple[bytes, ...],
        within: tuple[bytes, ...],
    ) -> Iterator[Found]:
        """What is drawn on layer ``on`` (None for the model itself) by the blocks ``within`` each other."""
        for entity, own in drawn:
            lies_on = on if on is not None and own == FLOATING else own
            if not isinstance(entity, Groups):
                if lies_on == self._layer:
                    yield Found(entity, True, placing, south)
            elif entity.kind == _INSERT:
                yield from self._inserted(entity, lies_on, placing, south, within)
            elif entity.kind in TEXTS:
                yield Found(entity, lies_on == self._layer, placing, south)
            elif lies_on == self._layer:
                self._left.strokes += 1
            if on is not None:
                self._count()

    def _inserted(
        self,
        insert: Groups,
        on: bytes,
        placing: Placing | None,
        south: tuple[bytes, ...],
        within: tuple[bytes, ...],
    ) -> Iterator[Found]:
        own = south_of(insert) or south
        if _is_sign(own):
            self._left.signs += on == self._layer
            return
        key = key_of(insert)
        block = self._blocks.get(key)
        if block is None or block.is_external:
            self._left.elsewhere[insert.first(2)] += 1
            return
        if len(within) >= DEEPEST or copies_of(insert) > MOST_COPIES:
            raise BlocksTooMany(path=self._path, limit=MOST_INSERTED)
        if key in within:  # no drawing program draws a block in itself
            return
        for place in placings(insert, block):
            self._count()
            whole = place if placing is None else placing.around(place)
            yield from self.shown(self._content(key, block, on == self._layer), on, whole, own, (*within, key))

    def _content(self, key: bytes, block: Block, floats: bool) -> Iterable[tuple[Drawn, bytes]]:
        """What a block draws; of small blocks, which are inserted often, it is remembered."""
        layers = frozenset({self._layer, FLOATING} if floats else {self._layer})
        if len(block.records) > _PARSED_AT_MOST:
            return _drawn(self._path, block.records, layers)
        if (key, floats) not in self._parsed:
            self._parsed[key, floats] = list(_drawn(self._path, block.records, layers))
        return self._parsed[key, floats]

    def _count(self) -> None:
        self._drawn += 1
        if self._drawn > MOST_INSERTED:
            raise BlocksTooMany(path=self._path, limit=MOST_INSERTED)

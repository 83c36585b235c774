"""The entities of a DXF drawing one after the other: memory does not grow with what is not asked for.

Layout: "DXF Reference" (Autodesk), groups of a code line and a value line. Special texts and curved or turned outlines
are left to ezdxf, entity by entity.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from weijian.cadastre.errors import ContentUnexpected, EndMissing
from weijian.domain.errors import InputError

SPACE_IS_PAPER, VERTEX_OF_FRAME = 67, 16
_BULGE = 42
CLOSED, IS_3D, IS_MESH = 1, 8, 16 | 64
STROKES = frozenset({b"LINE", b"ARC", b"SPLINE", b"ELLIPSE"})
POLYLINES = frozenset({b"LWPOLYLINE", b"POLYLINE"})
TEXTS = frozenset({b"TEXT", b"MTEXT"})

_BLOCK = 8 * 1024**2
_LONGEST_KIND = 64
_BOUNDARY = re.compile(rb"\n[ \t]*0[ \t]*\r?\n[ \t]*(?=[A-Z]|3D)")
"""A group of code 0 begins an entity; where "0" is a value the line after it is a code, not a name."""

_LAYER = re.compile(rb"[^\n]*\n(?:(?![ \t]*8[ \t]*\r?\n)[^\n]*\n[^\n]*\n)*?[ \t]*8[ \t]*\r?\n([^\n]*)")
"""The value of the first group of code 8, group by group from the kind on: quicker than to take all groups apart."""
_PAPER = str(SPACE_IS_PAPER).encode("ascii")

_UPRIGHT = (0.0, 0.0, 1.0)
_SAGITTA_M = 0.005
_SPECIAL = re.compile(r"%%|\^|\\[UM]\+")
_FIRST_OF_XDATA = 1000


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one entity: its kind, and codes and values (lines as they are in the file) in order."""

    kind: bytes
    codes: tuple[int, ...]
    values: tuple[bytes, ...]

    def all(self, code: int) -> list[bytes]:
        """Every value of a code."""
        return [value.strip() for own, value in zip(self.codes, self.values, strict=True) if own == code]

    def first(self, code: int, default: bytes = b"") -> bytes:
        """The first value of a code."""
        return self.values[self.codes.index(code)].strip() if code in self.codes else default

    def number(self, code: int, default: float = 0.0) -> float:
        """The first value of a code as a number; ValueError where it is none."""
        return float(self.values[self.codes.index(code)]) if code in self.codes else default

    @property
    def layer(self) -> bytes:
        """Name of its layer."""
        return self.first(8, b"0")

    @property
    def is_on_paper(self) -> bool:
        """Whether it belongs to a sheet and not to the model."""
        return self.first(SPACE_IS_PAPER) == b"1"

    @property
    def extrusion(self) -> tuple[float, float, float]:
        """Direction that its plane faces."""
        if 230 not in self.codes and 210 not in self.codes and 220 not in self.codes:
            return _UPRIGHT
        return self.number(210, 0.0), self.number(220, 0.0), self.number(230, 1.0)

    def extended(self) -> dict[bytes, list[bytes]]:
        """Texts of its extended data by application."""
        found: dict[bytes, list[bytes]] = {}
        if _FIRST_OF_XDATA + 1 not in self.codes:
            return found
        texts, start = [], self.codes.index(_FIRST_OF_XDATA + 1)
        for code, value in zip(self.codes[start:], self.values[start:], strict=True):
            if code == _FIRST_OF_XDATA + 1:
                texts = found.setdefault(value.strip(), [])
            elif code == _FIRST_OF_XDATA:
                texts.append(value.strip())
        return found


@dataclass
class Summary:
    """What a first look tells of a drawing: header values, lines beyond ASCII, and layers that hold polylines."""

    version: str = ""
    code_page: str = ""
    telling: set[bytes] = field(default_factory=set)
    layers: dict[bytes, None] = field(default_factory=dict)


Corner = tuple[float, float, float]
"""Where it is, in the plane of its polyline, and the bulge of what follows it."""


@dataclass(frozen=True, slots=True)
class Polyline:
    """A polyline: its groups, and its corners as they are in its plane."""

    groups: Groups
    corners: Sequence[Corner]

    @property
    def is_closed(self) -> bool:
        """Whether it says so of itself."""
        return bool(int(self.groups.number(70)) & CLOSED)

    def ring(self) -> list[tuple[float, float]]:
        """Corners on the ground, easting first, arcs as chords."""
        extrusion = self.groups.extrusion
        if extrusion == _UPRIGHT and not any(bulge for _, _, bulge in self.corners):
            return [(east, north) for east, north, _ in self.corners]
        from ezdxf.entities.lwpolyline import LWPolyline
        from ezdxf.path import make_path

        bent = LWPolyline.new(dxfattribs={"extrusion": extrusion})
        bent.set_points(self.corners, format="xyb")
        bent.closed = self.is_closed
        return [(p.x, p.y) for p in make_path(bent).flattening(_SAGITTA_M)]


def summary_of(path: Path) -> Summary:
    """Look through a drawing.

    Raises
    ------
    ContentUnexpected, EndMissing
    """
    found = Summary()
    for section, kind, record in _records(path):
        if not record.isascii():
            found.telling.update(line.strip() for line in record.split(b"\n") if not line.isascii())
        if section == b"HEADER" and kind == b"SECTION":
            found.version, found.code_page = _variable(record, b"ACADVER"), _variable(record, b"DWGCODEPAGE")
        elif section == b"ENTITIES" and kind in POLYLINES:
            layer = _LAYER.match(record)
            if layer is None or _PAPER in record:
                groups = _groups(path, kind, record)
                if not groups.is_on_paper:
                    found.layers[groups.layer] = None
            else:
                found.layers[layer[1].strip()] = None
    return found


def entities(path: Path, layer: bytes) -> Iterator[Polyline | Groups]:
    """Of the model, in order: polylines of a layer, and as groups the layer's strokes and the texts of every layer.

    Meshes are passed over.

    Raises
    ------
    ContentUnexpected, EndMissing
    """
    old: Groups | None = None
    vertices: list[Corner] = []
    try:
        for section, kind, record in _records(path):
            if section != b"ENTITIES":
                continue
            if kind == b"VERTEX" and old is not None:
                groups = _groups(path, kind, record)
                if not int(groups.number(70)) & VERTEX_OF_FRAME:
                    vertices.append((groups.number(10), groups.number(20), groups.number(_BULGE)))
                continue
            if old is not None:
                if not int(old.number(70)) & IS_MESH:
                    yield Polyline(old, vertices)
                old, vertices = None, []
            if kind == b"POLYLINE":
                groups = _groups(path, kind, record)
                old = groups if _is_wanted(groups, layer) else None
            elif kind in POLYLINES or kind in TEXTS or kind in STROKES:
                groups = _groups(path, kind, record)
                if _is_wanted(groups, layer):
                    yield Polyline(groups, _corners(groups)) if kind in POLYLINES else groups
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise ContentUnexpected(path=path, expected="DXF") from error


@lru_cache(maxsize=4096)
def plain_text(raw: bytes, codec: str) -> str:
    """A text without the drawing program's signs; bytes that are not of the codec become surrogates."""
    text = raw.decode(codec, errors="surrogateescape")
    if not _SPECIAL.search(text):
        return text
    from ezdxf.lldxf import encoding
    from ezdxf.tools.text import plain_text as without_signs

    return str(without_signs(encoding.decode_mif_to_unicode(encoding.decode_dxf_unicode(text))))


def paragraph(groups: Groups, codec: str) -> str:
    """The words of a MTEXT."""
    from ezdxf.lldxf import encoding
    from ezdxf.tools.text import plain_mtext

    raw = b"".join([*groups.all(3), *groups.all(1)])
    text = encoding.decode_mif_to_unicode(encoding.decode_dxf_unicode(raw.decode(codec, errors="surrogateescape")))
    return str(plain_mtext(text))


def _is_wanted(groups: Groups, layer: bytes) -> bool:
    return not groups.is_on_paper and (groups.layer == layer or groups.kind in TEXTS)


def _corners(groups: Groups) -> Sequence[Corner]:
    """Corners of a light polyline; its bulges follow the corner that they are of."""
    codes, values = groups.codes, groups.values
    count = codes.count(10)
    start = codes.index(10) if count else 0
    end = start + 2 * count
    if _BULGE not in codes and codes.count(20) == count and codes[start:end] == (10, 20) * count:  # nearly all are so
        return list(zip(map(float, values[start:end:2]), map(float, values[start + 1 : end : 2]), repeat(0.0)))
    corners: list[list[float]] = []
    for code, value in zip(codes, values, strict=True):
        if code == 10:
            corners.append([float(value), 0.0, 0.0])
        elif code == 20 and corners:
            corners[-1][1] = float(value)
        elif code == _BULGE and corners:
            corners[-1][2] = float(value)
    return [(east, north, bulge) for east, north, bulge in corners]


def _records(path: Path) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Every entity: the section it is in, its kind, and all of it as bytes.

    Raises
    ------
    EndMissing
        The drawing does not end as it should.
    """
    section, ended = b"", False
    for record in _pieces(path):
        kind = _kind(record)
        if kind == b"SECTION":
            section = _groups(path, kind, record).first(2)
        yield section, kind, record
        if kind == b"ENDSEC":
            section = b""
        ended = ended or kind == b"EOF"
    if not ended:
        raise EndMissing(path=path)


def _pieces(path: Path) -> Iterator[bytes]:
    rest = b"\n"
    begun = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            *whole, rest = _BOUNDARY.split(rest + block)
            yield from whole if begun else whole[1:]  # before the first entity there may be comments
            begun = begun or bool(whole)
    if not begun:
        raise ContentUnexpected(path=path, expected="DXF")
    yield rest


def _kind(record: bytes) -> bytes:
    return record[:_LONGEST_KIND].partition(b"\n")[0].rstrip()


def _groups(path: Path, kind: bytes, record: bytes) -> Groups:
    lines = record.split(b"\n")
    try:
        codes = tuple(map(_code, lines[1 : len(lines) - 1 : 2]))
    except ValueError as error:
        raise ContentUnexpected(path=path, expected="DXF") from error
    return Groups(kind, codes, tuple(lines[2::2]))


@lru_cache(maxsize=1024)
def _code(line: bytes) -> int:
    return int(line)


def _variable(header: bytes, name: bytes) -> str:
    found = re.search(rb"\$" + name + rb"\s+\d+\s+([^\r\n]+)", header)
    return found[1].decode("ascii", errors="ignore").strip() if found else ""


def places_of(groups: Groups, text: str) -> list[tuple[float, float]]:
    """Where a text stands on the ground, the likelier first: the point it is aligned to, its middle, its beginning."""
    east, north = groups.number(10), groups.number(20)
    height, turn = groups.number(40, 1.0), math.radians(groups.number(50))
    along, up = 0.5 * height * len(text), 0.5 * height
    across, high = along * math.cos(turn) - up * math.sin(turn), along * math.sin(turn) + up * math.cos(turn)
    places = [(east + across, north + high), (east, north)]
    if groups.kind == b"TEXT" and 11 in groups.codes and (groups.number(72) or groups.number(73)):
        places.insert(0, (groups.number(11), groups.number(21)))
    if groups.kind == b"MTEXT" or groups.extrusion == _UPRIGHT:
        return places
    from ezdxf.math import OCS

    plane = OCS(groups.extrusion)
    return [(point.x, point.y) for point in map(plane.to_wcs, places)]

"""Boundary-point files (勘测定界界址点坐标, TXT), read in every form that offices write them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from weijian.cadastre.axes import first_is_easting
from weijian.cadastre.crs import Datum, crs_label, epsg_of_datum
from weijian.cadastre.document import Document, read_document
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.rings import polygon_of
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import object_array
from weijian.cadastre.values import HECTARE_M2
from weijian.domain import cgcs2000
from weijian.domain.errors import CrsContradicted

FIELDS = ("界址点数", "地块面积", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码")
"""Fields of a parcel's own line, in order; the area is in hectares."""

PARCEL_AREA = "宗地面积"
"""Heading of the area in square metres, as parcels are imported with."""

MOST_FIELDS = 13

_LEAST_FIELDS = 3
_POINT_FIELDS = 4
_HEAD = re.compile(r"\[(.+)\]")
_END = "@"
_INTEGER = re.compile(r"\d+")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass
class _Parcel:
    """A parcel as it is read: the line it begins on, its fields, and its rings by number."""

    line: int
    cells: list[str]
    rings: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)

    @property
    def points(self) -> int:
        """Number of points as they are listed."""
        return sum(len(ring) for ring in self.rings.values())

    @property
    def closings(self) -> int:
        """Number of points that only close a ring."""
        return sum(len(ring) > 1 and ring[0] == ring[-1] for ring in self.rings.values())


def read_boundary_txt(path: Path, encoding: str = "auto") -> VectorTable:
    """Read the parcels of a boundary-point file; rows are numbered by the line that each begins on.

    Raises
    ------
    FileUnreadable, EncodingUndecided
    CrsContradicted
        The zone that the file states is not the one its eastings carry.
    """
    document = _document(path, encoding)
    heads, parcels = _parsed(path, document.text)
    if not parcels:
        raise ContentUnexpected(path=path, expected="勘测定界界址点 TXT")
    geometry, faults = [], []
    for parcel in parcels:
        shape = _shape(path, parcel)
        geometry.append(shape)
        faults += parcel.faults
    shapes = object_array(geometry)
    rows = np.array([p.line for p in parcels], dtype=np.int64)
    crs = _crs(path, heads, shapes)
    return VectorTable(path, None, crs, document.encoding, _columns(parcels), shapes, rows, tuple(faults))


def is_boundary_txt(path: Path) -> bool:
    """Whether a text file looks like one, by its beginning."""
    data = path.read_bytes()[:20_000]
    return any("[地块坐标]".encode(codec) in data for codec in ("utf-8", "gbk", "utf-16-le", "utf-16-be"))


def _document(path: Path, encoding: str) -> Document:
    data = path.read_bytes()
    if b"\0" in data and data[:2] not in _UTF16:
        raise ContentUnexpected(path=path, expected="勘测定界界址点 TXT")
    return read_document(path, data, encoding)


def _parsed(path: Path, text: str) -> tuple[dict[str, str], list[_Parcel]]:
    """Statements of all sections, and the parcels."""
    heads: dict[str, str] = {}
    parcels: list[_Parcel] = []
    section = ""
    for number, line in _lines(text):
        head = _HEAD.fullmatch(line)
        if head:
            section = head[1].strip()
        elif section != "地块坐标":
            name, equals, value = line.partition("=")
            if equals:
                heads[name.strip()] = value.strip()
        elif _END in line:
            parcels.append(_begun(path, number, line))
        elif parcels:
            _take_point(path, parcels[-1], number, line)
        else:
            raise ContentUnexpected(path=path, expected="勘测定界界址点 TXT")
    return heads, parcels


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their number; full-width signs are made plain."""
    for number, line in enumerate(text.splitlines(), start=1):
        # Only signs: the characters of a name stay as they are.
        plain = line.translate({ord("，"): ",", ord("＝"): "=", ord("＠"): "@", ord("［"): "[", ord("］"): "]"}).strip()
        if plain:
            yield number, plain


def _begun(path: Path, number: int, line: str) -> _Parcel:
    head, _, _ = line.partition(_END)
    cells = [cell.strip() for cell in head.split(",")]
    while cells and not cells[-1] and len(cells) > len(FIELDS):
        cells.pop()
    if head.endswith(",") and cells and not cells[-1]:
        cells.pop()
    parcel = _Parcel(number, cells)
    if len(cells) > MOST_FIELDS:
        parcel.faults.append(RowFault(path, number, None, Why.TOO_MANY_FIELDS, other=str(len(cells))))
    elif len(cells) < _LEAST_FIELDS:
        parcel.faults.append(RowFault(path, number, None, Why.LINE_UNKNOWN))
    return parcel


def _take_point(path: Path, parcel: _Parcel, number: int, line: str) -> None:
    """``J1,1,X,Y``; more cells after these are let be."""
    cells = [unicodedata.normalize("NFKC", cell).strip() for cell in re.split(r"[,\t]", line)]
    if len(cells) < _POINT_FIELDS or not all(_NUMBER.fullmatch(cell) for cell in cells[2:_POINT_FIELDS]):
        parcel.faults.append(RowFault(path, number, None, Why.LINE_UNKNOWN))
        return
    parcel.rings.setdefault(cells[1], []).append((float(cells[2]), float(cells[3])))


def _shape(path: Path, parcel: _Parcel) -> shapely.Geometry | None:
    stated = parcel.cells[0] if parcel.cells else ""
    counts = {parcel.points, parcel.points - parcel.closings}
    if _INTEGER.fullmatch(stated) and int(stated) not in counts:
        parcel.faults.append(RowFault(path, parcel.line, FIELDS[0], Why.POINTS_MISCOUNTED, other=stated))
    if not parcel.rings:
        return None
    shape = polygon_of(_eastings_first(list(parcel.rings.values())))
    if shape is None:
        parcel.faults.append(RowFault(path, parcel.line, None, Why.GEOMETRY_UNREADABLE))
        return None
    return shape


def _eastings_first(rings: Sequence[Sequence[tuple[float, float]]]) -> list[NDArray[np.float64]]:
    """The rings of a parcel; by the rule the northing comes first, where it does not the numbers tell."""
    points = np.array([point for ring in rings for point in ring])
    swapped = first_is_easting(points[:, 0], points[:, 1]) is True
    return [np.array(ring) if swapped else np.array(ring)[:, ::-1] for ring in rings]


def _area_m2(parcel: _Parcel) -> float | None:
    text = parcel.cells[1] if len(parcel.cells) > 1 else ""
    return float(text) * HECTARE_M2 if _NUMBER.fullmatch(text) else None


def _columns(parcels: Sequence[_Parcel]) -> dict[str, Objects]:
    columns: dict[str, Objects] = {}
    for place, heading in enumerate(FIELDS):
        if place != 1:
            columns[heading] = object_array([_cell(p, place) for p in parcels])
    areas = [_area_m2(p) for p in parcels]
    columns[PARCEL_AREA] = object_array([None if a is None else round(a, 4) for a in areas])
    for place in range(len(FIELDS), max(len(p.cells) for p in parcels)):
        columns[f"字段{place + 1}"] = object_array([_cell(p, place) for p in parcels])
    return columns


def _cell(parcel: _Parcel, place: int) -> str | None:
    return (parcel.cells[place] or None) if place < len(parcel.cells) else None


def _crs(path: Path, heads: Mapping[str, str], shapes: Objects) -> CRS | None:
    """What the file states, with or without the zone number in the easting as its coordinates have it."""
    east = float(np.nanmedian(shapely.bounds(shapes)[:, 0])) if any(s is not None for s in shapes) else np.nan
    datum = _datum(heads.get("坐标系", ""))
    if datum is None or not np.isfinite(east):
        return None
    width = 6 if _figure(heads.get("几度分带", "")) == 6 else 3
    carried, stated = cgcs2000.zone_of_easting(east), _figure(heads.get("带号", ""))
    if abs(east) <= 180:
        return CRS.from_epsg(4490) if datum == "cgcs2000" else None
    zone = carried if stated is None else stated
    code = None if zone is None else epsg_of_datum(datum, width, zone, carried is not None)
    if carried is not None and stated is not None and carried != stated:
        seen = epsg_of_datum(datum, width, carried, with_prefix=True)
        found = f"E={east:.3f}" if seen is None else f"{crs_label(CRS.from_epsg(seen))} (E={east:.3f})"
        raise CrsContradicted(path=path, declared=f"带号={stated}", found=found)
    return None if code is None else CRS.from_epsg(code)


def _datum(words: str) -> Datum | None:
    told = unicodedata.normalize("NFKC", words).upper()
    known: dict[str, Datum] = {
        "2000": "cgcs2000",
        "80": "xian80",
        "西安": "xian80",
        "54": "beijing54",
        "北京": "beijing54",
    }
    return next((datum for word, datum in known.items() if word in told), None)


def _figure(words: str) -> int | None:
    found = _INTEGER.search(unicodedata.normalize("NFKC", words))
    return int(found[0]) if found else {"三": 3, "六": 6}.get(words[:1])

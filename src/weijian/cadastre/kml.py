"""KML and KMZ: placemarks with polygons, in degrees of WGS 84 whatever else is said.

Read here rather than by GDAL, whose driver turns Chinese names of fields into underscores.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from weijian.cadastre.encodings import TextEncoding
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.ogr_layer import chosen_layer
from weijian.cadastre.packed import unpacked
from weijian.cadastre.table import VectorTable
from weijian.cadastre.text import object_array
from weijian.cadastre.xml_text import parse_xml, xml_text

_DEGREES = CRS.from_epsg(4326)
_SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon"})
_FIELDS = frozenset({"Data", "SimpleData"})
_TAKEN = _SHAPES | {"value", "coordinates", "name", "description", "Folder", "Placemark"}
"""Elements at whose end something is taken."""
_LEAST_CORNERS = 3
_AT_ONCE = 10_000
_BLANK_AT_COMMA = re.compile(r"\s,|,\s")
_AROUND_COMMA = re.compile(r"\s*,\s*")


@dataclass(slots=True)
class _Placemark:
    """One placemark as it is written: its parts, each a word and the texts of its rings; ``rings`` await their part."""

    folder: str
    cells: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    rings: list[str] = field(default_factory=list)


def read_kml(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read the placemarks of one folder; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUndecided
    """
    decided, found = _placemarks(path, encoding)
    name = chosen_layer(path, _folders(found), layer, wanted, "KML")
    rows = [p for p in found if p.folder == name]
    headings = list(dict.fromkeys(heading for p in rows for heading in p.cells))
    columns = {heading: object_array([p.cells.get(heading) or None for p in rows]) for heading in headings}
    shapes, broken = _shapes(rows)
    faults = tuple(RowFault(path, place + 1, None, Why.GEOMETRY_UNREADABLE) for place in broken)
    numbers = np.arange(1, len(rows) + 1)
    return VectorTable(path, name, _DEGREES, decided, columns, object_array(shapes), numbers, faults)


def kml_layers(path: Path) -> list[str]:
    """Folders that hold placemarks; raises FileUnreadable, EncodingUndecided."""
    return _folders(_placemarks(path, "auto")[1])


def _folders(placemarks: Sequence[_Placemark]) -> list[str]:
    return list(dict.fromkeys(p.folder for p in placemarks))


def _placemarks(path: Path, encoding: str) -> tuple[TextEncoding, list[_Placemark]]:
    text = xml_text(path, _document(path), encoding)
    reader = _Reader(path.stem)
    parse_xml(path, text.data, reader, "KML")
    if not reader.is_kml or not reader.placemarks:
        raise ContentUnexpected(path=path, expected="KML")
    return text.encoding, reader.placemarks


def _document(path: Path) -> bytes:
    if path.suffix.lower() != ".kmz":
        return path.read_bytes()
    with unpacked(path) as folder:
        documents = sorted(folder.rglob("*.[kK][mM][lL]"), key=lambda p: (len(p.parts), p.name != "doc.kml", p.name))
        if not documents:
            raise ContentUnexpected(path=path, expected="KMZ")
        return documents[0].read_bytes()


class _Reader:
    """Gathers placemarks; names of elements are compared without their prefix."""

    def __init__(self, name: str) -> None:
        self.placemarks: list[_Placemark] = []
        self.is_kml = False
        self._open: list[str] = []
        self._folders = [name]
        self._text: list[str] = []
        self.characters = self._text.append
        self._current: _Placemark | None = None
        self._field = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        word = name.rpartition(":")[2] if ":" in name else name
        self._text.clear()
        if word in _FIELDS:
            self._field = sys.intern(attributes.get("name", "").strip())
        elif word == "Placemark":
            self._current = _Placemark(self._folders[-1])
        elif word == "Folder":
            self._folders.append("")
        elif not self._open:
            self.is_kml = word == "kml"
        self._open.append(word)

    def end(self, _: str) -> None:
        """Leave an element."""
        word = self._open.pop()
        if word == "SimpleData" and self._current is not None:  # most of a document
            self._current.cells[self._field or word] = "".join(self._text).strip()
        elif word in _TAKEN:
            self._leave(word, self._open[-1] if self._open else "", "".join(self._text).strip())
        self._text.clear()

    def _leave(self, word: str, parent: str, text: str) -> None:
        if word == "Folder":
            self._folders.pop()
        elif word == "name" and parent == "Folder":
            self._folders[-1] = text or self._folders[-1]
        elif self._current is not None:
            self._take(self._current, word, parent, text)
            if word == "Placemark":
                self.placemarks.append(self._current)
                self._current = None

    def _take(self, placemark: _Placemark, word: str, parent: str, text: str) -> None:
        if word == "value" and parent == "Data":
            placemark.cells[self._field or word] = text
        elif word == "coordinates":
            placemark.rings.append(text)
        elif word in _SHAPES:
            if word != "LinearRing" or parent not in {"outerBoundaryIs", "innerBoundaryIs"}:
                placemark.parts.append((word, placemark.rings))
                placemark.rings = []
        elif word in {"name", "description"} and parent == "Placemark":
            placemark.cells |= _told(word, text)


def _shapes(placemarks: Sequence[_Placemark]) -> tuple[list[shapely.Geometry | None], list[int]]:
    """The shape of each placemark, None where there is none, and the places of those that cannot be read."""
    shapes: list[shapely.Geometry | None] = []
    broken = []
    for start in range(0, len(placemarks), _AT_ONCE):
        some = placemarks[start : start + _AT_ONCE]
        outlines = _plain_outlines(some)
        if outlines is not None:
            shapes += outlines
            continue
        for place, placemark in enumerate(some, start=start):
            try:
                shapes.append(_whole(placemark))
            except (ValueError, shapely.errors.GEOSException):
                shapes.append(None)
                broken.append(place)
    return shapes, broken


def _plain_outlines(placemarks: Sequence[_Placemark]) -> list[shapely.Geometry] | None:
    """Polygons of one ring each, made at once; None where any placemark is another, or one to look at alone."""
    if not all(len(p.parts) == 1 and p.parts[0][0] == "Polygon" and len(p.parts[0][1]) == 1 for p in placemarks):
        return None
    rings = [p.parts[0][1][0].split() for p in placemarks]
    lengths = [len(ring) for ring in rings]
    corners = [corner for ring in rings for corner in ring]
    commas = {corner.count(",") for corner in corners}
    if min(lengths) < _LEAST_CORNERS or commas not in ({1}, {2}) or any(p.rings for p in placemarks):
        return None
    try:
        numbers = np.fromiter(map(float, ",".join(corners).split(",")), dtype=np.float64)
        points = numbers.reshape(len(corners), -1)[:, :2]
        owners = np.repeat(np.arange(len(rings)), lengths)
        return list(np.asarray(shapely.polygons(shapely.linearrings(points, indices=owners))))
    except (ValueError, shapely.errors.GEOSException):
        return None


def _whole(placemark: _Placemark) -> shapely.Geometry | None:
    """The shape of one placemark; raises ValueError, GEOSException."""
    for text in placemark.rings:  # corners of no shape are looked at as well
        _corners(text)
    parts = [part for part in (_part(word, rings) for word, rings in placemark.parts) if part is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    areal = [part for part in parts if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(areal) if areal else shapely.GeometryCollection(parts)


def _part(word: str, texts: Sequence[str]) -> shapely.Geometry | None:
    rings = [_corners(text) for text in texts]
    if word == "Polygon" and rings:
        if min(map(len, rings)) < _LEAST_CORNERS:
            raise ValueError(word)
        return shapely.Polygon(rings[0], rings[1:])
    if not rings or not len(rings[0]):
        return None
    return shapely.Point(rings[0][0]) if word == "Point" else shapely.LineString(rings[0])


def _corners(text: str) -> NDArray[np.float64]:
    """Longitudes and latitudes in degrees, shape (corners, 2); raises ValueError."""
    joined = _AROUND_COMMA.sub(",", text) if _BLANK_AT_COMMA.search(text) else text
    corners = [[float(v) for v in corner.split(",")[:2]] for corner in joined.split()]
    return np.array(corners, dtype=np.float64).reshape(len(corners), 2)


def _told(word: str, text: str) -> dict[str, str]:
    """Name or description; a description that is a table of two columns, as ArcGIS writes it, is taken apart."""
    if word == "description" and "<t" in text.lower():
        rows = _TableRows()
        rows.feed(text)
        if rows.pairs:
            return rows.pairs
    return {word: text} if text else {}


class _TableRows(HTMLParser):
    """Rows with two cells."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: dict[str, str] = {}
        self._cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a row or a cell."""
        if tag == "tr":
            self._cells = []
        elif tag in {"td", "th"}:
            self._cells.append("")

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cells:
            self._cells[-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        """End a row."""
        if tag == "tr" and len(self._cells) == 2 and self._cells[0]:
            self.pairs[self._cells[0]] = self._cells[1]
            self._cells = []

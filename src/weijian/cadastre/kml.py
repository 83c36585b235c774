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
_LEAST_CORNERS = 3
_BLANK_AT_COMMA = re.compile(r"\s,|,\s")
_AROUND_COMMA = re.compile(r"\s*,\s*")


@dataclass
class _Placemark:
    """One placemark as it is read; ``rings`` are those of the polygon at hand."""

    folder: str
    cells: dict[str, str] = field(default_factory=dict)
    parts: list[shapely.Geometry] = field(default_factory=list)
    rings: list[np.ndarray] = field(default_factory=list)
    broken: bool = False


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
    faults = [
        RowFault(path, number, None, Why.GEOMETRY_UNREADABLE) for number, p in enumerate(rows, start=1) if p.broken
    ]
    geometry = object_array([_whole(p) for p in rows])
    numbers = np.arange(1, len(rows) + 1)
    return VectorTable(path, name, _DEGREES, decided, columns, geometry, numbers, tuple(faults))


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
        self._current: _Placemark | None = None
        self._field = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        word = name.rpartition(":")[2]
        self.is_kml = self.is_kml or (not self._open and word == "kml")
        self._open.append(word)
        self._text = []
        if word == "Folder":
            self._folders.append("")
        elif word == "Placemark":
            self._current = _Placemark(self._folders[-1])
        elif word in {"Data", "SimpleData"}:
            self._field = sys.intern(attributes.get("name", "").strip())

    def characters(self, text: str) -> None:
        """Text within an element."""
        self._text.append(text)

    def end(self, _: str) -> None:
        """Leave an element."""
        word = self._open.pop()
        text = "".join(self._text).strip()
        self._text = []
        parent = self._open[-1] if self._open else ""
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
        if word in {"name", "description"} and parent == "Placemark":
            placemark.cells |= _told(word, text)
        elif word == "SimpleData" or (word == "value" and parent == "Data"):
            placemark.cells[self._field or word] = text
        elif word == "coordinates":
            self._take_corners(placemark, text)
        elif word in _SHAPES:
            self._take_shape(placemark, word, parent)

    def _take_corners(self, placemark: _Placemark, text: str) -> None:
        try:
            joined = _AROUND_COMMA.sub(",", text) if _BLANK_AT_COMMA.search(text) else text
            corners = [[float(v) for v in corner.split(",")[:2]] for corner in joined.split()]
            placemark.rings.append(np.array(corners, dtype=np.float64).reshape(len(corners), 2))
        except ValueError:
            placemark.broken = True

    def _take_shape(self, placemark: _Placemark, word: str, parent: str) -> None:
        if word == "LinearRing" and parent in {"outerBoundaryIs", "innerBoundaryIs"}:
            return
        rings, placemark.rings = placemark.rings, []
        try:
            if word == "Polygon" and rings:
                if min(map(len, rings)) < _LEAST_CORNERS:
                    raise ValueError(word)
                placemark.parts.append(shapely.Polygon(rings[0], rings[1:]))
            elif rings and len(rings[0]):
                single = shapely.Point if word == "Point" else shapely.LineString
                placemark.parts.append(single(rings[0][0] if word == "Point" else rings[0]))
        except (ValueError, shapely.errors.GEOSException):
            placemark.broken = True


def _whole(placemark: _Placemark) -> shapely.Geometry | None:
    parts = placemark.parts
    if placemark.broken or not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    areal = [part for part in parts if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon(areal) if areal else shapely.GeometryCollection(parts)


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

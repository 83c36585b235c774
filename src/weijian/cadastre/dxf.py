"""DXF drawings as CASS makes them: closed polylines, notes inside of them, attributes in extended data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre.encodings import TextEncoding, decide
from weijian.cadastre.errors import ContentUnexpected, EncodingUndecided, FileEmpty
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.ogr_layer import UTF8, chosen_layer
from weijian.cadastre.rings import LEAST_CORNERS, polygon_of
from weijian.cadastre.storey_text import HouseNote, house_note
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import object_array

if TYPE_CHECKING:
    from ezdxf.document import Drawing
    from ezdxf.entities.dxfentity import DXFEntity

OWN_DATA, RING_OF = "WEIJIAN", "_row"
"""Application of the extended data that our own drawings carry, and its entry that tells the rings of one outline."""

NUMBER, STRUCTURE, STOREYS, NOTE, CODE = "图元编号", "结构", "层数", "注记", "编码"

_SOUTH = "SOUTH"
_PARCEL_CODE = "3000"
_PARCEL_FIELDS = ("宗地号", "权利人", "地类")
_POLYLINES = ("LWPOLYLINE", "POLYLINE")
_STROKES = ("LINE", "ARC", "SPLINE", "ELLIPSE")
_TEXTS = ("TEXT", "MTEXT")
_SAGITTA_M = 0.005
_SAME_POINT_M = 0.001
_BINARY = b"AutoCAD Binary DXF"
_UTF8_SINCE = "AC1021"
_VARIABLE = r"\${}\s+\d+\s+([^\r\n]+)"


@dataclass
class _Outline:
    """One row: its rings, and what is told of it; ``is_told`` where our own data say all of it."""

    is_told: bool
    cells: dict[str, str]
    rings: list[NDArray[np.float64]] = field(default_factory=list)
    gap_m: float = 0.0


def read_dxf(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read the polylines of one layer of a drawing; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    A note of structure and storeys inside a polyline becomes two columns, every other text a third. Drawings have no
    CRS. Polylines that are not closed are faults.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUndecided
    """
    drawing, decided = _drawing(path, encoding)
    name = chosen_layer(path, _layers(drawing), layer, wanted, "DXF")
    outlines = _outlines(drawing, name, path.stem)
    faults: list[RowFault] = []
    shapes = object_array([_shape(path, row, outline, faults) for row, outline in enumerate(outlines, start=1)])
    _take_texts(outlines, shapes, _texts(drawing, name))
    strokes = sum(e.dxf.layer == name for kind in _STROKES for e in drawing.modelspace().query(kind))
    if strokes:
        faults.append(RowFault(path, None, None, Why.STROKES_LEFT, other=str(strokes)))
    columns, undecoded = _columns(path, outlines, decided)
    rows = np.arange(1, len(outlines) + 1)
    return VectorTable(path, name, None, decided, columns, shapes, rows, (*faults, *undecoded))


def dxf_layers(path: Path) -> list[str]:
    """Layers that hold polylines; raises FileUnreadable, EncodingUndecided."""
    return _layers(_drawing(path, "auto")[0])


def _drawing(path: Path, encoding: str) -> tuple[Drawing, TextEncoding]:
    from ezdxf.filemanagement import readfile
    from ezdxf.lldxf.const import DXFError

    data = path.read_bytes()
    if not data.strip():
        raise FileEmpty(path=path)
    decided = _encoding(data, encoding)
    if decided is None:
        raise EncodingUndecided(path=path)
    try:
        return readfile(path, encoding=decided.name, errors="surrogateescape"), decided
    except (DXFError, StopIteration, OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        # ezdxf lets through whatever a damaged tag leads to.
        raise ContentUnexpected(path=path, expected="DXF") from error


def _encoding(data: bytes, given: str) -> TextEncoding | None:
    """UTF-8 since 2007; before, the code page that the drawing states, where it reads all texts."""
    version = _variable(data, "ACADVER")
    if data.startswith(_BINARY) or (version >= _UTF8_SINCE and given.lower() == "auto"):
        return UTF8
    return decide(set(data.splitlines()), cpg=_variable(data, "DWGCODEPAGE"), given=given)


def _variable(data: bytes, name: str) -> str:
    found = re.search(_VARIABLE.format(name).encode(), data[:200_000])
    return found[1].decode("ascii", errors="ignore").strip() if found else ""


def _layers(drawing: Drawing) -> list[str]:
    entities = drawing.modelspace()
    return list(dict.fromkeys(e.dxf.layer for kind in _POLYLINES for e in entities.query(kind)))


def _outlines(drawing: Drawing, layer: str, stem: str) -> list[_Outline]:
    """Outlines of a layer; polylines that our own data say are rings of one are put together."""
    found: dict[str, _Outline] = {}
    for entity in _polylines(drawing, layer):
        own = _own_data(entity)
        handle = str(entity.dxf.handle)
        is_told = RING_OF in own
        key = own.pop(RING_OF, handle)
        outline = found.get(key)
        if outline is None:
            cells = {NUMBER: f"{stem}-{handle}", **_south(entity), **own}
            outline = found[key] = _Outline(is_told, cells)
        ring, gap = _ring(entity)
        outline.rings.append(ring)
        outline.gap_m = max(outline.gap_m, gap)
    return list(found.values())


def _polylines(drawing: Drawing, layer: str) -> Iterator[DXFEntity]:
    for entity in drawing.modelspace():
        kind = entity.dxftype()
        flat = kind == "LWPOLYLINE" or (kind == "POLYLINE" and (entity.is_2d_polyline or entity.is_3d_polyline))  # type: ignore[attr-defined]
        if flat and entity.dxf.layer == layer:
            yield entity


def _ring(entity: Any) -> tuple[NDArray[np.float64], float]:
    """Corners, easting first, arcs as chords; and how far apart the ends of an open polyline are."""
    light = entity.dxftype() == "LWPOLYLINE"
    bent = any(b for *_, b in entity.get_points("xyb")) if light else any(v.dxf.bulge for v in entity.vertices)
    if bent or tuple(entity.dxf.extrusion) != (0.0, 0.0, 1.0):
        from ezdxf.path import make_path

        corners = [(p.x, p.y) for p in make_path(entity).flattening(_SAGITTA_M)]
    elif light:
        corners = list(entity.get_points("xy"))
    else:
        corners = [(v.dxf.location.x, v.dxf.location.y) for v in entity.vertices]
    ring = np.array(corners, dtype=np.float64).reshape(-1, 2)
    closed = entity.closed if light else entity.is_closed
    gap = 0.0 if closed or len(ring) < LEAST_CORNERS else float(np.hypot(*(ring[0] - ring[-1])))
    return ring, gap if gap > _SAME_POINT_M else 0.0


def _shape(path: Path, row: int, outline: _Outline, faults: list[RowFault]) -> shapely.Geometry | None:
    if outline.gap_m:
        faults.append(RowFault(path, row, None, Why.UNCLOSED, other=f"{outline.gap_m:.3f}"))
        return None
    shape = polygon_of(outline.rings)
    if shape is None:
        faults.append(RowFault(path, row, None, Why.GEOMETRY_UNREADABLE))
    return shape


def _own_data(entity: DXFEntity) -> dict[str, str]:
    """Attributes of our own drawings; a long value comes in pieces."""
    cells: dict[str, str] = defaultdict(str)
    for text in _strings(entity, OWN_DATA):
        name, equals, value = text.partition("=")
        if equals:
            cells[name] += value
    return dict(cells)


def _south(entity: DXFEntity) -> dict[str, str]:
    """What CASS keeps of an entity: its code, and of a parcel number, holder and land class."""
    texts = list(_strings(entity, _SOUTH))
    if not texts:
        return {}
    if texts[0].startswith(_PARCEL_CODE):
        return {CODE: texts[0], **dict(zip(_PARCEL_FIELDS, texts[1:], strict=False))}
    return {CODE: texts[0]}


def _strings(entity: DXFEntity, application: str) -> Iterator[str]:
    if entity.has_xdata(application):
        yield from (str(tag.value) for tag in entity.get_xdata(application) if tag.code == 1000)


def _texts(drawing: Drawing, layer: str) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    """Texts of a layer (of all layers, where it has none): what is written, where it begins, where its middle is."""
    entities = [e for kind in _TEXTS for e in drawing.modelspace().query(kind)]
    own = [e for e in entities if e.dxf.layer == layer] or entities
    return [_placed(entity) for entity in own]


def _placed(entity: Any) -> tuple[str, tuple[float, float], tuple[float, float]]:
    text = entity.plain_text()
    insert = entity.dxf.insert
    height = float(entity.dxf.height if entity.dxftype() == "TEXT" else entity.dxf.char_height)
    wide = 0.5 * height * len(text)
    return text, (insert.x, insert.y), (insert.x + wide, insert.y + 0.5 * height)


def _take_texts(
    outlines: Sequence[_Outline],
    shapes: Objects,
    texts: Sequence[tuple[str, tuple[float, float], tuple[float, float]]],
) -> None:
    """Give each text to the smallest outline that holds its middle, or else its beginning."""
    if not texts:
        return
    tree = shapely.STRtree(shapes)
    sizes = shapely.area(shapes)
    told: dict[int, list[str]] = defaultdict(list)
    for text, begin, middle in texts:
        for point in (middle, begin):
            around = tree.query(shapely.Point(point), predicate="intersects")
            if len(around):
                told[int(around[np.argmin(sizes[around])])].append(text)
                break
    for place, written in told.items():
        if outlines[place].is_told:
            continue
        outlines[place].cells |= {k: v for k, v in _noted(written).items() if k not in outlines[place].cells}


def _noted(texts: Sequence[str]) -> dict[str, str]:
    """Structure and storeys that the texts in an outline tell, and the other texts."""
    notes = [(text, house_note(text)) for text in texts]
    known = next((note for _, note in notes if note is not None and note.storeys is not None), None)
    known = known or next((note for _, note in notes if note is not None), HouseNote(None, None))
    others = " ".join(text.strip() for text, note in notes if note is None and text.strip())
    told = {STRUCTURE: known.structure, STOREYS: None if known.storeys is None else str(known.storeys), NOTE: others}
    return {heading: value for heading, value in told.items() if value}


def _columns(
    path: Path, outlines: Sequence[_Outline], encoding: TextEncoding
) -> tuple[Mapping[str, Objects], list[RowFault]]:
    """Cells by heading; a text with bytes of another encoding is a fault of its row."""
    faults: list[RowFault] = []
    columns: dict[str, Objects] = {}
    for heading in dict.fromkeys(h for outline in outlines for h in outline.cells):
        values: list[str | None] = []
        for row, outline in enumerate(outlines, start=1):
            value = outline.cells.get(heading) or None
            if value is not None and any("\udc80" <= c <= "\udcff" for c in value):
                faults.append(RowFault(path, row, heading, Why.UNDECODABLE, other=str(encoding)))
                value = None
            values.append(value)
        columns[heading] = object_array(values)
    return columns, faults

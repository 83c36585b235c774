"""DXF drawings as CASS makes them: closed polylines, notes inside of them, attributes in extended data."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import numpy as np
import shapely

from weijian.cadastre.dxf_entities import Found, Left, Summary, entities, is_wall, south_of, summary_of
from weijian.cadastre.dxf_outlines import Outline, gap_m
from weijian.cadastre.dxf_stream import Groups
from weijian.cadastre.dxf_texts import Place, places_of, plain_text, text_of
from weijian.cadastre.encodings import TextEncoding, decide, decode
from weijian.cadastre.errors import ContentUnexpected, EncodingUndecided, FileEmpty
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.ogr_layer import UTF8, chosen_layer
from weijian.cadastre.rings import Ring, polygons_of
from weijian.cadastre.storey_text import HouseNote, house_note
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import UNDECODABLE, object_array
from weijian.domain.errors import FileUnreadable, InputError

OWN_DATA, RING_OF = "WEIJIAN", "_row"
"""Application of the extended data that our own drawings carry, and its entry that tells the rings of one outline."""

NUMBER, STRUCTURE, STOREYS, NOTE, CODE = "图元编号", "结构", "层数", "注记", "编码"

_OURS = OWN_DATA.encode("ascii")
_PARCEL_CODE = "3000"
_PARCEL_FIELDS = ("宗地号", "权利人", "地类")
_BINARY = b"AutoCAD Binary DXF"
_UTF8_SINCE = "AC1021"
_NAMED_AT_MOST = 3

_Text = tuple[str, list[Place]]
"""What is written, and where it may stand."""


@dataclass(slots=True)
class _Drawn:
    """One row: its rings, and what is told of it; ``is_told`` where our own data say all of it."""

    is_told: bool
    cells: dict[str, str]
    rings: list[Ring] = field(default_factory=list)
    gap_m: float = 0.0


def read_dxf(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read the outlines of one layer of a drawing; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Closed polylines, circles, ellipses and splines are outlines, also those that blocks draw. A note of structure and
    storeys inside becomes two columns, every other text a third. Drawings have no CRS. Polylines that are not closed
    are faults; of what is left out a note says how much.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUndecided, BlocksTooMany
    """
    with _as_text(path) as drawing, _told_of(path, drawing):
        decided, layers = _looked_through(path, drawing, encoding)
        name = chosen_layer(path, list(layers), layer, wanted, "DXF")
        outlines, texts, left = _taken(drawing, layers[name], path.stem, decided.name)
    faults: list[RowFault] = []
    shapes = _shapes(path, outlines, faults)
    _take_texts(outlines, shapes, texts)
    faults += _left_out(path, left, decided.name)
    columns, undecoded = _columns(path, outlines, decided)
    rows = np.arange(1, len(outlines) + 1)
    return VectorTable(path, name, None, decided, columns, shapes, rows, (*faults, *undecoded))


def dxf_layers(path: Path) -> list[str]:
    """Layers that hold polylines; raises FileUnreadable, EncodingUndecided."""
    with _as_text(path) as drawing, _told_of(path, drawing):
        return list(_looked_through(path, drawing, "auto")[1])


@contextmanager
def _as_text(path: Path) -> Iterator[Path]:
    """The drawing as text; a binary one is written anew in a temporary folder."""
    with path.open("rb") as file:
        beginning = file.read(len(_BINARY))
    if not beginning.strip():
        raise FileEmpty(path=path)
    if beginning != _BINARY:
        yield path
        return
    from ezdxf.filemanagement import readfile
    from ezdxf.lldxf.const import DXFError

    with TemporaryDirectory(prefix="weijian-") as folder:
        try:
            readfile(path, errors="surrogateescape").saveas(Path(folder) / path.name)
        except (DXFError, ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
            # ezdxf lets through whatever a damaged tag leads to.
            raise ContentUnexpected(path=path, expected="DXF") from error
        yield Path(folder) / path.name


@contextmanager
def _told_of(path: Path, drawing: Path) -> Iterator[None]:
    """Refusals of the drawing that is read, and numbers in it that are none, told of the file that was named."""
    try:
        yield
    except FileUnreadable as error:
        if error.data.get("path") != drawing or drawing == path:
            raise
        raise type(error)(**{**error.data, "path": path}) from error
    except (ValueError, ArithmeticError) as error:
        if isinstance(error, InputError):
            raise
        raise ContentUnexpected(path=path, expected="DXF") from error


def _looked_through(path: Path, drawing: Path, encoding: str) -> tuple[TextEncoding, dict[str, bytes]]:
    """How text is decoded, and the layers with polylines as they are written in the file."""
    summary = summary_of(drawing)
    decided = _encoding(summary, encoding)
    if decided is None:
        raise EncodingUndecided(path=path)
    names = {plain_text(layer, decided.name): layer for layer in summary.layers}
    return decided, {_shown_name(name): layer for name, layer in names.items()}


def _encoding(summary: Summary, given: str) -> TextEncoding | None:
    """UTF-8 since 2007, where it reads all texts; else the code page that the drawing states, where that does."""
    is_new = summary.version >= _UTF8_SINCE and all(decode(text, UTF8.name) is not None for text in summary.telling)
    if is_new and given.lower() == "auto":
        return UTF8
    return decide(summary.telling, cpg=summary.code_page, given=given)


def _shown_name(name: str) -> str:
    """A name that can be shown and typed, whatever bytes it has."""
    return name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")


def _taken(drawing: Path, layer: bytes, stem: str, codec: str) -> tuple[list[_Drawn], list[_Text], Left]:
    """Outlines of a layer, its texts (those of all layers, where it has none), and what was left out.

    Polylines that our own data say are rings of one outline are put together.
    """
    drawn: dict[str, _Drawn] = {}
    texts: dict[bool, list[_Text]] = {True: [], False: []}
    left = Left()
    for number, found in enumerate(entities(drawing, layer, left), start=1):
        if isinstance(found.entity, Groups):
            text = text_of(found.entity, codec)
            places = places_of(found.entity, text)
            texts[found.of_layer].append((text, places if found.placing is None else found.placing.of(places)))
        else:
            _take_outline(drawn, found.entity, found, f"{stem}-", number, codec, left)
    return list(drawn.values()), texts[True] or texts[False], left


def _take_outline(
    drawn: dict[str, _Drawn], outline: Outline, found: Found, stem: str, number: int, codec: str, left: Left
) -> None:
    south = south_of(outline.groups) or found.south
    if is_wall(south):
        left.signs += 1
        return
    own = _own_data(outline.groups.extended().get(_OURS, ()), codec)
    handle = outline.groups.first(5).decode("ascii", errors="replace")
    if found.placing is not None or not handle:  # what a block draws has the same handle everywhere
        handle = f"{handle}#{number}"
    is_told = RING_OF in own
    row = drawn.setdefault(
        own.pop(RING_OF, f"{stem}{handle}"),
        _Drawn(is_told, {NUMBER: f"{stem}{handle}", **_south(south, codec), **own}),
    )
    ring = outline.ring(1.0 if found.placing is None else found.placing.scale)
    placed = ring if found.placing is None else found.placing.of(ring)
    row.rings.append(placed)
    row.gap_m = max(row.gap_m, gap_m(outline, placed))


def _left_out(path: Path, left: Left, codec: str) -> list[RowFault]:
    """Notes of what the drawing has besides."""
    names = [_shown_name(plain_text(name, codec)) for name in left.elsewhere]
    told = ", ".join(names[:_NAMED_AT_MOST]) + (" …" if len(names) > _NAMED_AT_MOST else "")
    notes = {Why.STROKES_LEFT: left.strokes, Why.SIGNS_LEFT: left.signs, Why.DRAWN_ELSEWHERE: told}
    return [RowFault(path, None, None, why, other=str(other)) for why, other in notes.items() if other]


def _shapes(path: Path, outlines: Sequence[_Drawn], faults: list[RowFault]) -> Objects:
    """A polygon for each outline; None, and a fault, for one that is open or no ring."""
    shapes = polygons_of([() if outline.gap_m else outline.rings for outline in outlines])
    for place in np.flatnonzero(shapely.is_missing(shapes)).tolist():
        gap = outlines[place].gap_m
        why = Why.UNCLOSED if gap else Why.GEOMETRY_UNREADABLE
        faults.append(RowFault(path, place + 1, None, why, other=f"{gap:.3f}" if gap else None))
    return shapes


def _own_data(texts: Sequence[bytes], codec: str) -> dict[str, str]:
    """Attributes of our own drawings; a long value comes in pieces."""
    cells: dict[str, str] = defaultdict(str)
    for raw in texts:
        name, equals, value = plain_text(raw, codec).partition("=")
        if equals:
            cells[name] += value
    return dict(cells)


def _south(raw: Sequence[bytes], codec: str) -> dict[str, str]:
    """What CASS keeps of an entity: its code, and of a parcel number, holder and land class."""
    texts = [plain_text(each, codec) for each in raw]
    if not texts:
        return {}
    if texts[0].startswith(_PARCEL_CODE):
        return {CODE: texts[0], **dict(zip(_PARCEL_FIELDS, texts[1:], strict=False))}
    return {CODE: texts[0]}


def _take_texts(
    outlines: Sequence[_Drawn],
    shapes: Objects,
    texts: Sequence[_Text],
) -> None:
    """Give each text to the smallest outline that holds one of its places, the likelier ones first."""
    told: dict[int, list[str]] = defaultdict(list)
    for text, place in zip(texts, _homes(shapes, [places for _, places in texts]), strict=True):
        if place is not None:
            told[place].append(text[0])
    for place, written in told.items():
        if outlines[place].is_told:
            continue
        cells = outlines[place].cells
        outlines[place].cells = {**cells, **_noted(tuple(written)), **cells}  # its own data come first, and win


def _homes(shapes: Objects, places: Sequence[Sequence[tuple[float, float]]]) -> list[int | None]:
    """For each text the smallest outline around the first of its places that any outline holds."""
    homes: list[int | None] = [None] * len(places)
    with np.errstate(over="ignore", invalid="ignore"):  # a damaged number may be beyond measure
        tree, sizes = shapely.STRtree(shapes), shapely.area(shapes)
    for rank in range(max(map(len, places), default=0)):
        left = [i for i, own in enumerate(places) if homes[i] is None and rank < len(own)]
        points = shapely.points(np.array([places[i][rank] for i in left]).reshape(-1, 2))
        asked, around = tree.query(points, predicate="intersects")
        for i in np.argsort(-sizes[around], kind="stable").tolist():  # the smallest is written last
            homes[left[int(asked[i])]] = int(around[i])
    return homes


@lru_cache(maxsize=4096)
def _noted(texts: tuple[str, ...]) -> Mapping[str, str]:
    """Structure and storeys that the texts in an outline tell, and the other texts."""
    notes = [(text, house_note(text)) for text in texts]
    known = next((note for _, note in notes if note is not None and note.storeys is not None), None)
    known = known or next((note for _, note in notes if note is not None), HouseNote(None, None))
    others = " ".join(text.strip() for text, note in notes if note is None and text.strip())
    told = {STRUCTURE: known.structure, STOREYS: None if known.storeys is None else str(known.storeys), NOTE: others}
    return MappingProxyType({heading: value for heading, value in told.items() if value})


def _columns(
    path: Path, outlines: Sequence[_Drawn], encoding: TextEncoding
) -> tuple[Mapping[str, Objects], list[RowFault]]:
    """Cells by heading; a text with bytes of another encoding is a fault of its row."""
    faults: list[RowFault] = []
    columns: dict[str, Objects] = {}
    for heading in dict.fromkeys(h for outline in outlines for h in outline.cells):
        values: list[str | None] = []
        for row, outline in enumerate(outlines, start=1):
            value = outline.cells.get(heading) or None
            if value is not None and UNDECODABLE.search(value):
                faults.append(RowFault(path, row, heading, Why.UNDECODABLE, other=str(encoding)))
                value = None
            values.append(value)
        columns[heading] = object_array(values)
    return columns, faults

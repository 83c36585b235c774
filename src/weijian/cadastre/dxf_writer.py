"""Layers as DXF of R2000, as CASS opens it: closed polylines, the note of a house inside, extended data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely import MultiPolygon, Polygon

from weijian.cadastre.dxf import OWN_DATA, RING_OF
from weijian.cadastre.layer_content import LayerContent, Notes
from weijian.cadastre.rings import rings_of
from weijian.whole_results import replaced

if TYPE_CHECKING:
    from ezdxf.layouts.layout import Modelspace

LAYERS = {"buildings": "JMD", "parcels": "JZD"}
_CODES = {"buildings": "141101", "parcels": "300000"}
_SOUTH = "SOUTH"
_PIECE = 80
"""Characters of a value in one entry of extended data, which holds 255 bytes."""

_TEXT_HEIGHT_M = 1.0


def write_dxf(content: LayerContent, path: Path) -> Notes:
    """Write a drawing; raises TargetUnwritable. Buildings lie on layer JMD, parcels on JZD, others by their title."""
    from ezdxf.filemanagement import new

    drawing = new("R2000")
    drawing.encoding = "gbk"
    drawing.header["$DWGCODEPAGE"] = "ANSI_936"
    drawing.header["$INSUNITS"] = 6  # metres
    layer = LAYERS.get(content.name, content.title)
    drawing.layers.add(layer)
    for application in (OWN_DATA, _SOUTH):
        drawing.appids.add(application)
    space = drawing.modelspace()
    geometry = () if content.geometry is None else content.geometry
    for row, shape in enumerate(geometry):
        _draw(space, content, row, shape, layer)
    with replaced(path) as temporary:
        drawing.saveas(temporary)
    return ()


def _draw(space: Modelspace, content: LayerContent, row: int, shape: Polygon | MultiPolygon, layer: str) -> None:
    cells = {c.heading: c.shown[row] for c in content.columns}
    own = [f"{RING_OF}={row}", *(entry for name, value in cells.items() for entry in _entries(name, value))]
    for ring in rings_of(shape):
        line = space.add_lwpolyline(ring[:-1].tolist(), close=True, dxfattribs={"layer": layer})
        line.set_xdata(OWN_DATA, [(1000, entry) for entry in own])
        if content.name in _CODES:
            line.set_xdata(_SOUTH, [(1000, text) for text in _south(content.name, cells)])
    note = _note(content.name, cells, content.columns[0].values[row])
    if note:
        middle = shapely.point_on_surface(shape)
        place = (middle.x - 0.5 * _TEXT_HEIGHT_M * len(note), middle.y - 0.5 * _TEXT_HEIGHT_M)
        space.add_text(_plain(note), dxfattribs={"layer": layer, "height": _TEXT_HEIGHT_M, "insert": place})


def _entries(name: str, value: object) -> list[str]:
    """A value in pieces that an entry holds."""
    if value is None:
        return []
    text = _plain(str(value))
    return [f"{name}={text[start : start + _PIECE]}" for start in range(0, len(text), _PIECE)]


def _south(name: str, cells: dict[str, object]) -> list[str]:
    """What CASS keeps with an entity of that kind."""
    if name != "parcels":
        return [_CODES[name]]
    told = [str(cells.get(heading) or "") for heading in ("宗地代码", "权利人")]
    return [_CODES[name], *(_plain(text)[:_PIECE] for text in told)]


def _note(name: str, cells: dict[str, object], number: str) -> str:
    if name != "buildings":
        return number
    return f"{cells.get('结构') or ''}{cells.get('层数') or ''}"


def _plain(text: str) -> str:
    """A text in one line, as a tag of a drawing needs it."""
    return " ".join(text.split())

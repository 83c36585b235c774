"""Layers as KML: a placemark a row, in degrees of WGS 84, attributes by their Chinese headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from weijian.cadastre.layer_content import LayerContent, Notes
from weijian.cadastre.ogr_writer import in_degrees
from weijian.cadastre.text import object_array
from weijian.whole_results import replaced

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document><name>{title}</name>
<Style id="outline"><LineStyle><color>ff0000ff</color><width>2</width></LineStyle>
<PolyStyle><color>330000ff</color></PolyStyle></Style>
<Folder><name>{title}</name>
"""
_FOOT = "</Folder></Document></kml>\n"
_DECIMALS = 9
_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML cannot hold."""


def write_kml(content: LayerContent, path: Path) -> Notes:
    """Write a KML document; raises TargetUnwritable."""
    shapes = in_degrees(content)
    geometry = object_array([None] * len(content)) if shapes is None else shapes
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD.format(title=_text(content.title)))
        for row in range(len(content)):
            file.writelines(_placemark(content, row, geometry[row]))
        file.write(_FOOT)
    return ()


def _placemark(content: LayerContent, row: int, shape: Polygon | MultiPolygon | None) -> Iterator[str]:
    yield f"<Placemark><name>{_text(content.columns[0].values[row])}</name><styleUrl>#outline</styleUrl><ExtendedData>"
    for column in content.columns:
        value = column.shown[row]
        if value is not None:
            name = quoteattr(column.heading.translate(_FORBIDDEN))
            yield f"<Data name={name}><value>{_text(value)}</value></Data>"
    yield "</ExtendedData>"
    if shape is not None:
        parts = shape.geoms if isinstance(shape, MultiPolygon) else (shape,)
        yield "<MultiGeometry>" if len(parts) > 1 else ""
        for part in parts:
            yield from _polygon(part)
        yield "</MultiGeometry>" if len(parts) > 1 else ""
    yield "</Placemark>\n"


def _polygon(part: Polygon) -> Iterator[str]:
    yield f"<Polygon><outerBoundaryIs>{_ring(shapely.get_coordinates(part.exterior))}</outerBoundaryIs>"
    for hole in part.interiors:
        yield f"<innerBoundaryIs>{_ring(shapely.get_coordinates(hole))}</innerBoundaryIs>"
    yield "</Polygon>"


def _ring(points: np.ndarray) -> str:
    told = " ".join(f"{x:.{_DECIMALS}f},{y:.{_DECIMALS}f}" for x, y in points.tolist())
    return f"<LinearRing><coordinates>{told}</coordinates></LinearRing>"


def _text(value: object) -> str:
    return escape(str(value).translate(_FORBIDDEN))

"""Boundary-point files (勘测定界界址点坐标, TXT) as the ministry's filing takes them: strictly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pyproj import CRS
from shapely import MultiPolygon, Polygon

from weijian.cadastre.crs import Datum, epsg_of_datum
from weijian.cadastre.rings import rings_of

_PRECISION = 3
_HEAD = """[属性描述]
格式版本号=1.01
数据产生单位={bureau}
数据产生日期={day}
坐标系={datum}
几度分带={width}
投影类型=高斯克吕格
计量单位=米
带号={zone}
精度=0.001
转换参数=,,,,,,
[地块坐标]
"""
_DATUMS: dict[Datum, str] = {
    "cgcs2000": "2000国家大地坐标系",
    "xian80": "1980西安坐标系",
    "beijing54": "1954北京坐标系",
}
_SEPARATORS = str.maketrans({",": "，", "@": "＠", "[": "［", "]": "］", "\r": " ", "\n": " ", "\t": " "})


@dataclass(frozen=True)
class BoundaryParcel:
    """One parcel of the file; geometry easting first, in the CRS of the file."""

    number: str
    geometry: Polygon | MultiPolygon
    name: str = ""
    use: str = ""
    land_class: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class GaussKruger:
    """The zone a file is in: datum, 3 or 6 degrees, zone number, and whether eastings carry it."""

    datum: Datum
    width: int
    zone: int
    prefixed: bool


def gauss_kruger(crs: CRS) -> GaussKruger | None:
    """The zone that a CRS is; None for any other CRS."""
    code = crs.to_epsg()
    for datum in _DATUMS:
        for width, zones in ((3, range(25, 46)), (6, range(13, 24))):
            for zone in zones:
                for prefixed in (True, False):
                    if code is not None and epsg_of_datum(datum, width, zone, prefixed) == code:
                        return GaussKruger(datum, width, zone, prefixed)
    return None


def boundary_text(parcels: Sequence[BoundaryParcel], zone: GaussKruger, *, bureau: str, on: date) -> str:
    """The file's text; coordinates to the millimetre, rings closed, points numbered through each parcel."""
    head = _HEAD.format(
        bureau=_plain(bureau), day=on.isoformat(), datum=_DATUMS[zone.datum], width=zone.width, zone=zone.zone
    )
    return head + "".join(_parcel_text(parcel) for parcel in parcels)


def _parcel_text(parcel: BoundaryParcel) -> str:
    lines: list[str] = []
    first = 1
    for ring_number, ring in enumerate(rings_of(parcel.geometry), start=1):
        corners = ring[:-1].tolist()
        numbers = [*range(first, first + len(corners)), first]
        for number, (east, north) in zip(numbers, [*corners, corners[0]], strict=True):
            lines.append(f"J{number},{ring_number},{north:.{_PRECISION}f},{east:.{_PRECISION}f}")
        first += len(corners)
    hectares = f"{parcel.geometry.area / 10_000:.4f}"
    words = (parcel.number, parcel.name, "面", parcel.sheet, parcel.use, parcel.land_class)
    head = ",".join([str(len(lines)), hectares, *map(_plain, words), "@"])
    return "\n".join([head, *lines]) + "\n"


def _plain(text: str) -> str:
    """A text without the signs that part fields and lines."""
    return re.sub(r"\s+", " ", text.translate(_SEPARATORS)).strip()

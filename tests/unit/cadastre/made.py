"""Vector files as offices hand them in, made byte for byte."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyproj import CRS

EAST, NORTH = 500_000.0, 3_340_000.0
"""A corner in EPSG:4549 that lies in China."""


def square(east: float = 0.0, north: float = 0.0, side: float = 10.0) -> shapely.Polygon:
    return shapely.box(EAST + east, NORTH + north, EAST + east + side, NORTH + north + side)


def row_of_squares(count: int) -> list[shapely.Polygon]:
    return [square(20.0 * i) for i in range(count)]


def write_dbf(
    path: Path,
    columns: Mapping[bytes, Sequence[bytes]],
    *,
    kinds: Mapping[bytes, bytes] | None = None,
    ldid: int = 0,
    width: int | None = None,
    deleted: Sequence[int] = (),
) -> Path:
    """A DBF with these raw headings and values; columns are text unless ``kinds`` says otherwise."""
    kinds = kinds or {}
    widths = {name: width or max([1, *map(len, values)]) for name, values in columns.items()}
    count = len(next(iter(columns.values())))
    header = 32 + 32 * len(columns) + 1
    data = bytes([3, 124, 5, 1]) + struct.pack("<IHH", count, header, 1 + sum(widths.values())) + bytes(17)
    data += bytes([ldid, 0, 0])
    for name in columns:
        data += name[:11].ljust(11, b"\0") + kinds.get(name, b"C") + bytes(4) + bytes([widths[name]]) + bytes(15)
    lines: list[bytes] = []
    for row in range(count):
        lines.append(b"*" if row in deleted else b" ")
        lines += [values[row].ljust(widths[name]) for name, values in columns.items()]
    path.write_bytes(data + b"\r" + b"".join(lines) + b"\x1a")
    return path


def write_shapefile(
    path: Path,
    shapes: Sequence[shapely.Geometry | None],
    columns: Mapping[bytes, Sequence[bytes]],
    *,
    crs: str | None = "EPSG:4549",
    cpg: str | None = None,
    **dbf: object,
) -> Path:
    """A shapefile whose DBF is written byte for byte, without a .cpg unless one is named."""
    wkb = shapely.to_wkb(np.array(shapes, dtype=object))
    pyogrio.raw.write(path, wkb, field_data=[], fields=[], geometry_type="Polygon", crs="EPSG:4549")
    for suffix in (".cpg", ".prj"):
        path.with_suffix(suffix).unlink(missing_ok=True)
    if crs is not None:
        path.with_suffix(".prj").write_text(CRS.from_user_input(crs).to_wkt("WKT1_ESRI"), encoding="utf-8")
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg, encoding="ascii")
    write_dbf(path.with_suffix(".dbf"), columns, **dbf)  # type: ignore[arg-type]
    return path


def gbk(*texts: str) -> list[bytes]:
    return [t.encode("gbk") for t in texts]

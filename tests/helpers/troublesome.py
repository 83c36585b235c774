"""Troublesome files of the archive, of our own making: refused whole, told row by row, or taken as they are meant.

Each maker writes into an empty folder and answers the file to import as buildings, whose CRS is EPSG:4549.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import shapely
import xlsxwriter

from unit.cadastre.made import EAST, NORTH, gbk, square, write_dbf, write_shapefile
from weijian.cadastre.faults import Why

Maker = Callable[[Path], Path]
NO = "房屋编号".encode("gbk")
BOWTIE = shapely.Polygon([(EAST, NORTH), (EAST + 10, NORTH + 10), (EAST + 10, NORTH), (EAST, NORTH + 10)])
LONG = "东" * 10_000

ENTITIES = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><kml><Placemark>&b;</Placemark></kml>'
ELSEWHERE = (
    "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/http://example.com/a.shp</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)
POINTS = "".join(f"J{n},1,{y:.3f},{x:.3f}\n" for n, (x, y) in enumerate(square().exterior.coords[:4], start=1))
LINE = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=40\n[地块坐标]\n4,0.01,F1,甲,面,,,{},@\n" + POINTS


def shapefile(folder: Path, shapes: list[shapely.Geometry] | None = None, **others: object) -> Path:
    drawn = shapes or [square(), square(20)]
    columns = {NO: [f"F{i}".encode() for i in range(1, len(drawn) + 1)], b"JG": gbk(*["砖混"] * len(drawn))}
    return write_shapefile(folder / "房屋.shp", drawn, columns, **others)  # type: ignore[arg-type]


def text(name: str, content: str, encoding: str = "utf-8") -> Maker:
    def write(folder: Path) -> Path:
        (folder / name).write_text(content, encoding=encoding)
        return folder / name

    return write


def packed(name: str, **entries: bytes) -> Maker:
    def write(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in entries.items():
                archive.writestr(entry.replace("__", "."), content)
        return folder / name

    return write


def cut_shapes(folder: Path) -> Path:
    path = shapefile(folder)
    path.write_bytes(path.read_bytes()[:-20])
    return path


def longer_table(folder: Path) -> Path:
    path = shapefile(folder)
    write_dbf(path.with_suffix(".dbf"), {NO: [b"F1", b"F2", b"F3"]})
    return path


def no_index(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".shx").unlink()
    return path


def no_shapes(folder: Path) -> Path:
    path = shapefile(folder)
    for part in (path, path.with_suffix(".shx")):
        head = bytearray(part.read_bytes()[:100])
        head[24:28] = (50).to_bytes(4, "big")
        part.write_bytes(head)
    return path


def mixed_zones(folder: Path) -> Path:
    prefixed = shapely.transform(square(20), lambda points: np.add(points, (39_000_000, 0)))
    return shapefile(folder, [square(), prefixed, square(40)])


def swapped_axes(folder: Path) -> Path:
    return shapefile(folder, [shapely.transform(square(), lambda points: points[:, ::-1])])


def formulas(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["房屋编号", "层数", "WKT"])
    book.active.append(["F1", "=1+1", square().wkt])
    book.save(folder / "房屋.xlsx")
    return folder / "房屋.xlsx"


def reckoned(folder: Path) -> Path:
    """Formulas whose values a spreadsheet program has stored."""
    with xlsxwriter.Workbook(folder / "房屋.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["房屋编号", "结构", "层数", "WKT"])
        sheet.write_row(1, 0, ["F1", "砖混"])
        sheet.write_formula(1, 2, "=1+1", None, 2)
        sheet.write(1, 3, square().wkt)
    return folder / "房屋.xlsx"


def merged(folder: Path) -> Path:
    """A title, headings of two storeys, numbers as text, a total."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["石桥村房屋调查表", None, None, None],
        ["房屋", None, None, "图形"],
        ["房屋编号", "结构", "层数", None],
        ["F1", "砖混", "２层", square().wkt],
        ["合计", None, 2, None],
    ):
        page.append(row)
    for area in ("A1:D1", "A2:C2", "D2:D3"):
        page.merge_cells(area)
    book.save(folder / "房屋.xlsx")
    return folder / "房屋.xlsx"


def measured(folder: Path) -> Path:
    """A shapefile of polygons with measures (type 25), written byte for byte."""
    path = shapefile(folder, [square()])
    corners = np.array(square().exterior.coords)[::-1]
    body = struct.pack("<i4d3i", 25, *square().bounds, 1, 5, 0) + corners.astype("<f8").tobytes()
    body += struct.pack("<2d5d", 0, 4, 0, 1, 2, 3, 4)
    head = bytearray(path.read_bytes()[:100])
    head[32:36] = struct.pack("<i", 25)
    words = len(body) // 2
    head[24:28] = struct.pack(">i", 50 + 4 + words)
    path.write_bytes(bytes(head) + struct.pack(">2i", 1, words) + body)
    head[24:28] = struct.pack(">i", 54)
    path.with_suffix(".shx").write_bytes(bytes(head) + struct.pack(">2i", 50, words))
    return path


def solid_and_long(folder: Path) -> Path:
    """Heights, and a text of ten thousand characters."""
    shapes = shapely.to_wkb(shapely.force_3d(np.array([square()], dtype=object), 12.5))
    data = [np.array([word], dtype=object) for word in ("F1", "砖混", LONG)]
    file = folder / "房屋.gpkg"
    names = ["FWBH", "JG", "YT"]
    pyogrio.raw.write(file, shapes, data, names, geometry_type="Polygon Z", crs="EPSG:4549", driver="GPKG")
    return file


def beside_another_encoding(own: str, other: str) -> Maker:
    def write(folder: Path) -> Path:
        for name, codec in (("别处.shp", other), ("房屋.shp", own)):
            columns = {"房屋编号".encode(codec)[:10]: [b"F1"], "结构".encode(codec): ["砖混".encode(codec)]}
            path = write_shapefile(folder / name, [square()], columns)
        return path

    return write


REFUSED: Mapping[str, Maker] = {
    "truncated shp": cut_shapes,
    "dbf longer than shp": longer_table,
    "missing shx": no_index,
    "swapped axes": swapped_axes,
    "no crs": lambda folder: shapefile(folder, crs=None),
    "zip bomb": packed("房屋.zip", 房屋__csv=bytes(70 * 1024**2)),
    "kmz bomb": packed("房屋.kmz", doc__kml=bytes(70 * 1024**2)),
    "xlsx bomb": packed("房屋.xlsx", workbook__xml=bytes(70 * 1024**2)),
    "entities in kml": text("a.kml", ENTITIES),
    "entities in gml": text("a.gml", ENTITIES),
    "entities in kmz": packed("a.kmz", doc__kml=ENTITIES.encode()),
    "entities in a zip": packed("a.zip", a__gml=ENTITIES.encode()),
    "entities in xlsx": packed("a.xlsx", workbook__xml=ENTITIES.encode()),
    "pointer as vrt": text("a.vrt", ELSEWHERE),
    "pointer as gml": text("a.gml", ELSEWHERE),
    "pointer as gpkg": text("a.gpkg", ELSEWHERE),
    "pointer in a zip": packed("a.zip", a__kml=ELSEWHERE.encode()),
    "pointer as json": text("a.json", '{"type":"gdal_streamed_alg","command_line":"gdal vector read /vsicurl/x"}'),
    "a name on the network": lambda _: Path("/vsicurl/http://example.com/a.shp"),
    "an address": lambda _: Path("https://example.com/a.shp"),
    "no geometry and no archive": text("a.csv", "层数\n1\n"),
}
"""Whole files that end in one sentence."""

BAD_ROWS: Mapping[str, tuple[Maker, Why, int]] = {
    "self-crossing ring": (lambda folder: shapefile(folder, [square(), BOWTIE]), Why.GEOMETRY_INVALID, 2),
    "empty ring": (lambda folder: shapefile(folder, [shapely.Polygon(), square()]), Why.GEOMETRY_EMPTY, 1),
    "mixed zones": (mixed_zones, Why.MISPLACED, 2),
    "formula without value": (formulas, Why.NO_STORED_VALUE, 2),
    "fourteen fields": (text("房屋.txt", LINE.format("a,b,c,d,e,f,g")), Why.TOO_MANY_FIELDS, 6),
}
"""What is wrong with a row, and which."""


@dataclass(frozen=True)
class Meant:
    """What a file that looks troublesome says: fields of the building F1."""

    make: Maker
    fields: Mapping[str, object]


def claimed(cpg: str) -> Meant:
    return Meant(lambda folder: shapefile(folder, [square()], cpg=cpg), {"structure": "砖混"})


TAKEN: Mapping[str, Meant] = {
    **{f"cpg {cpg}": claimed(cpg) for cpg in ("BIG5", "UTF-8", "1252", "nonsense")},
    "GBK beside UTF-8": Meant(beside_another_encoding("gbk", "utf-8"), {"structure": "砖混"}),
    "UTF-8 beside GBK": Meant(beside_another_encoding("utf-8", "gbk"), {"structure": "砖混"}),
    "thirteen fields": Meant(text("房屋.txt", LINE.format("a,b,c,d,e,f"), "gbk"), {}),
    "merged headings, numbers as text": Meant(merged, {"structure": "砖混", "storeys": 2}),
    "formulas with their values": Meant(reckoned, {"structure": "砖混", "storeys": 2}),
    "measures": Meant(measured, {"structure": "砖混"}),
    "heights and 10 000 characters": Meant(solid_and_long, {"structure": "砖混", "use": LONG}),
}
"""What looks troublesome and is read whole."""

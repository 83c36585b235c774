"""How long the import of a large archive takes, and how much memory.

    python benchmarks/archive_import.py [--count 200000] [--format shp] [--again]

Makes a file of L-shaped and rectangular buildings with eleven attributes in Chinese (a shapefile in GBK without .cpg,
as offices hand them in, a GeoPackage, a file geodatabase, GeoJSON, GML, KML, a CSV or a workbook with WKT, or a CASS
drawing with a note of structure and storeys in each), then runs ``weijian import buildings`` on it into a new
workspace, as a process of its own. Prints seconds by the clock and of the processor (on a busy machine the clock says
little) and the peak of its resident memory; with ``--again`` also those of importing the same file once more
(everything unchanged) and of a file in which every building has one storey more (everything updated).
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyogrio
import shapely
import xlsxwriter
from pyproj import Transformer

CRS_OF_TOWN = "EPSG:4549"
WEST, SOUTH = 500_000.0, 3_340_000.0
PLOT_M = 22.0
L_SHAPE = np.array([(0, 0), (1, 0), (1, 0.5), (0.6, 0.5), (0.6, 1), (0, 1), (0, 0)])
STRUCTURES = np.array(["砖木", "砖混", "钢筋混凝土", "简易"], dtype=object)
ENDINGS = {
    "shp": ("ESRI Shapefile", "GBK"),
    "gpkg": ("GPKG", "UTF-8"),
    "gdb": ("OpenFileGDB", "UTF-8"),
    "geojson": ("GeoJSON", "UTF-8"),
    "gml": ("GML", "UTF-8"),
    "kml": ("LIBKML", "UTF-8"),
}
TABLES = ("csv", "xlsx")
DEGREES = ("geojson", "kml")
BEGINNING = """
0=SECTION 2=HEADER 9=$ACADVER 1=AC1015 9=$DWGCODEPAGE 3=ANSI_936 0=ENDSEC
0=SECTION 2=TABLES
0=TABLE 2=APPID 70=1 0=APPID 2=SOUTH 70=0 0=ENDTAB
0=TABLE 2=LAYER 70=1 0=LAYER 2=JMD 70=0 62=6 6=CONTINUOUS 0=ENDTAB
0=ENDSEC
0=SECTION 2=ENTITIES
"""
ENDING = "0=ENDSEC 0=EOF"
POLYLINE = (
    "  0\nLWPOLYLINE\n  5\n{handle:X}\n100\nAcDbEntity\n  8\nJMD\n100\nAcDbPolyline\n 90\n{corners}\n 70\n1\n"
    "{points}1001\nSOUTH\n1000\n141161\n"
)
TEXT = (
    "  0\nTEXT\n  5\n{handle:X}\n100\nAcDbEntity\n  8\nJMD\n100\nAcDbText\n 10\n{east:.4f}\n 20\n{north:.4f}\n"
    " 30\n0.0\n 40\n1.0\n  1\n{note}\n100\nAcDbText\n"
)
NOTES = ("砖3", "混2", "砼5", "钢1", "简", "棚", "破", "建", "砖混3-1")


def town(count: int) -> np.ndarray:
    """Buildings of 6 to 16 m, one a plot, each turned its own way; a third of them L-shaped."""
    chance = np.random.default_rng(5)
    across = int(np.ceil(np.sqrt(count)))
    rows, columns = np.divmod(np.arange(count), across)
    middles = np.stack([WEST + (columns + 0.5) * PLOT_M, SOUTH + (rows + 0.5) * PLOT_M], axis=1)
    corners = np.repeat(L_SHAPE[None], count, axis=0)
    plain = chance.random(count) < 0.67
    corners[plain, 2:5] = (1, 1)
    corners = (corners - 0.5) * chance.uniform(6, 16, (count, 1, 2))
    turn = chance.uniform(0, np.pi, count)
    turned = np.stack([np.cos(turn), -np.sin(turn), np.sin(turn), np.cos(turn)], axis=1).reshape(-1, 1, 2, 2)
    outlines = shapely.polygons(np.einsum("nijk,nck->ncj", turned, corners) + middles[:, None])
    return shapely.remove_repeated_points(outlines)


def write(path: Path, count: int, more_storeys: int = 0) -> Path:
    """The file of a town."""
    chance = np.random.default_rng(6)
    number = np.arange(count)
    storeys = chance.integers(1, 7, count)
    columns = {
        "房屋编号": np.array([f"330127104003JC{i:08d}F0001" for i in number], dtype=object),
        "户号": np.array([f"H{i // 2:07d}" for i in number], dtype=object),
        "宗地代码": np.array([f"330127104003JC{i // 2:05d}" for i in number], dtype=object),
        "权利人": np.array([f"户主{i // 2}" for i in number], dtype=object),
        "层数": (storeys + more_storeys).astype(np.int32),
        "高度": np.round(storeys * 3.0 + chance.uniform(0, 1, count), 2),
        "建筑面积": np.round(chance.uniform(40, 900, count), 2),
        "结构": STRUCTURES[chance.integers(0, 4, count)],
        "建成年份": np.array([str(year) for year in chance.integers(1975, 2024, count)], dtype=object),
        "用途": np.array(["住宅"] * count, dtype=object),
        "备注": np.array([None if i % 7 else "与邻户共墙" for i in number], dtype=object),
    }
    shapes = town(count)
    if path.suffix[1:] in TABLES:
        return tabulate(path, {**columns, "WKT": shapely.to_wkt(shapes, rounding_precision=4)})
    if path.suffix[1:] in DEGREES:
        to_degrees = Transformer.from_crs(CRS_OF_TOWN, "EPSG:4326", always_xy=True).transform
        shapes = shapely.transform(shapes, lambda points: np.column_stack(to_degrees(*points.T)))
    driver, encoding = ENDINGS[path.suffix[1:]]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        list(columns.values()),
        list(columns),
        geometry_type="Polygon",
        crs="EPSG:4326" if path.suffix[1:] in DEGREES else CRS_OF_TOWN,
        driver=driver,
        encoding=encoding,
    )
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return path


def tabulate(path: Path, columns: dict[str, np.ndarray]) -> Path:
    """A table with its outlines as text."""
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="gbk", newline="") as file:
            csv.writer(file).writerows([list(columns), *rows])
        return path
    with xlsxwriter.Workbook(path, {}) as book:
        sheet = book.add_worksheet("房屋")
        for number, row in enumerate([tuple(columns), *rows]):
            sheet.write_row(number, 0, row)
    return path


def draw(path: Path, count: int) -> Path:
    """The town as CASS draws it, written line by line: a drawing library takes minutes for so many entities."""
    shapes = town(count)
    corners, owners = shapely.get_coordinates(shapes, return_index=True)
    rings = np.split(corners, np.flatnonzero(np.diff(owners)) + 1)
    middles = shapely.get_coordinates(shapely.point_on_surface(shapes))
    with path.open("w", encoding="gbk", newline="\r\n") as file:
        file.write(_lines(BEGINNING))
        for number, (ring, (east, north)) in enumerate(zip(rings, middles.tolist(), strict=True)):
            points = "".join(f" 10\n{x:.4f}\n 20\n{y:.4f}\n" for x, y in ring[:-1].tolist())
            file.write(POLYLINE.format(handle=0x100 + 2 * number, corners=len(ring) - 1, points=points))
            note = NOTES[number % len(NOTES)]
            file.write(TEXT.format(handle=0x101 + 2 * number, east=east - 1, north=north - 0.5, note=note))
        file.write(_lines(ENDING))
    return path


def _lines(groups: str) -> str:
    """Groups of a drawing, each a code and a value, as its file has them."""
    return "".join(f"{code:>3}\n{value}\n" for code, value in (group.split("=") for group in groups.split()))


def aside(make: Callable[..., Path], path: Path, *others: int) -> Path:
    """A file made by a process of its own: what a process holds as it starts another counts to that one's peak."""
    process = get_context("spawn").Process(target=make, args=(path, *others))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)
    return path


def measured(*words: str) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor time, and peak resident memory (MB) of a command."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "weijian", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"}) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said)
    print(said.strip().splitlines()[-1])
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Make, import, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--format", choices=[*ENDINGS, *TABLES, "dxf"], default="shp")
    parser.add_argument("--again", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make = draw if chosen.format == "dxf" else write
        file = aside(make, place / f"房屋.{chosen.format}", chosen.count)
        stated = ("--crs", CRS_OF_TOWN) if chosen.format in ("dxf", *TABLES) else ()
        workspace = ("--workspace", str(place / "workspace"))
        measured("new", workspace[1], "--crs", "EPSG:4549", "--name", "town")
        runs = [("first", file)]
        if chosen.again and chosen.format != "dxf":
            runs += [("again", file), ("changed", aside(write, place / f"房屋2.{chosen.format}", chosen.count, 1))]
        for name, source in runs:
            clock, processor, memory = measured("import", "buildings", str(source), *workspace, *stated)
            print(
                f"{chosen.count} polygons, {chosen.format}, {name}: "
                f"{clock:.1f} s (processor {processor:.1f} s), {memory:.0f} MB"
            )


if __name__ == "__main__":
    main()

"""The papers kept about the village: archive, permits, control zones; and the truth to measure with."""

from datetime import date, timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from shapely import LineString, Polygon, affinity, set_precision
from shapely import box as rectangle
from shapely.geometry import MultiPolygon, Point

from village.canvas import rng_of
from village.plan_changes import AREA, LAPSED, NONE, STOREYS, TEMPORARY, mean_top
from village.plan_things import BOTH
from village.scene import Building, Change, Village
from village.survey import EPSG, ORIGIN

DISTRICT = "339901001001"
STEMS, DIGITS = "甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十"
SURVEYED = date(2024, 4, 16)
FLOWN_AGAIN = date(2025, 10, 28)
Shape = Polygon | MultiPolygon


def parcel_no(lot: int) -> str:
    """Nineteen-character parcel code."""
    return f"{DISTRICT}JC{lot:05d}"


def household_no(lot: int) -> str:
    """Household number."""
    return f"{DISTRICT}{lot:04d}"


def holder(lot: int) -> str:
    """A name nobody bears."""
    kind = ("样例", "测试", "示范")[lot % 3]
    return f"{kind}{STEMS[lot // 10 % 10]}{DIGITS[lot % 10]}"


def building_no(village: Village, building: Building) -> str:
    """Number of a building: its parcel's code and a running number on the parcel."""
    same = [b.number for b in village.buildings if b.lot == building.lot]
    return f"{parcel_no(building.lot)}F{same.index(building.number) + 1:04d}"


def placed(shape: Shape) -> Shape:
    """A local shape in the survey's coordinates, to the millimetre."""
    return set_precision(affinity.translate(shape, *ORIGIN), 0.001)


def digitised(shape: Shape, rng: np.random.Generator) -> Shape:
    """An outline as a person digitises it: shifted as a whole and at every corner."""
    part = max(getattr(shape, "geoms", [shape]), key=lambda g: g.area).simplify(0.05)
    points = np.asarray(part.exterior.coords)[:-1]
    return Polygon(points + rng.normal(0, 0.08, 2) + rng.normal(0, 0.09, points.shape))


def buildings_table(village: Village) -> gpd.GeoDataFrame:
    """The archived buildings of the before date, a few missing."""
    standing = [b for b in village.buildings if b.before]
    changed = {c.building for c in village.changes}
    rng = rng_of(village.seed, 201)
    quiet = [b.number for b in standing if b.number not in changed]
    missing = {int(n) for n in rng.choice(quiet, round(0.03 * len(standing)), replace=False)}
    rows = []
    for b in standing:
        if b.number in missing:
            continue
        outline = digitised(b.outline(0), rng_of(village.seed, 202, b.number))
        rows.append(
            {
                "FWBH": building_no(village, b),
                "ZDDM": parcel_no(b.lot),
                "HH": household_no(b.lot),
                "HZXM": holder(b.lot),
                "CS": b.storeys,
                "FWGD": round(mean_top(b.before[0]) + float(rng.normal(0, 0.15)), 2),
                "JZMJ": round(outline.area * b.storeys, 2),
                "JG": b.structure,
                "JCNF": b.built,
                "geometry": placed(outline),
            }
        )
    return gpd.GeoDataFrame(rows, crs=EPSG)


def parcels_table(village: Village) -> gpd.GeoDataFrame:
    """The parcels."""
    rows = [
        {
            "ZDDM": parcel_no(lot.number),
            "HH": household_no(lot.number),
            "QLR": holder(lot.number),
            "ZDMJ": round(lot.outline.area, 2),
            "geometry": placed(lot.outline),
        }
        for lot in village.lots
    ]
    return gpd.GeoDataFrame(rows, crs=EPSG)


def households_table(village: Village) -> pd.DataFrame:
    """The households."""
    rng = rng_of(village.seed, 203)
    return pd.DataFrame(
        {
            "户号": household_no(lot.number),
            "户主姓名": holder(lot.number),
            "人口": int(rng.integers(1, 7)),
            "地址": f"样例村{lot.number}号",
            "村": "样例村",
            "乡镇": "测试镇",
        }
        for lot in village.lots
    )


def permit_row(village: Village, change: Change, serial: int) -> dict[str, object]:
    """The permit that goes with a change: kept to, exceeded or lapsed."""
    rng = rng_of(village.seed, 204, change.building)
    building = next(b for b in village.buildings if b.number == change.building)
    whole = change.change_type in ("extended", "raised")
    shape: Shape = (building.outline(1) if whole or change.change_type == "rebuilt" else change.outline).buffer(
        0.15, join_style="mitre"
    )
    temporary = change.permit in (LAPSED, TEMPORARY)
    storeys = building.storeys if change.change_type == "extended" else change.storeys
    if change.permit == STOREYS:
        storeys -= 1
    if change.permit == AREA:
        block = building.after[0]
        turn = float(np.degrees(block.angle))
        shape = affinity.rotate(
            affinity.scale(affinity.rotate(shape, -turn, Point(block.centre)), 1, 0.68), turn, Point(block.centre)
        )
    issued = SURVEYED + timedelta(days=int(rng.integers(20, 200)))
    until = FLOWN_AGAIN - timedelta(days=int(rng.integers(40, 120))) if change.permit == LAPSED else date(2026, 12, 31)
    return {
        "许可证号": f"{'临' if temporary else '乡'}字第339901{issued.year}{serial:05d}号",
        "许可类型": "临时建设工程规划许可证" if temporary else "乡村建设规划许可证",
        "户号": household_no(change.lot),
        "发证日期": issued,
        "有效期至": until,
        "批准层数": storeys,
        "批准高度": round(storeys * 3.3 + (2.6 if not temporary and change.storeys > 0 else 0.6), 1),
        "批准面积": round(shape.area, 1),
        "geometry": placed(shape),
    }


def permits_table(village: Village) -> gpd.GeoDataFrame:
    """Permits for some of the changes, older ones for houses that stand, and some not used yet."""
    rows = [permit_row(village, c, i + 1) for i, c in enumerate(village.changes) if c.permit != NONE]
    rng = rng_of(village.seed, 205)
    quiet = [b for b in village.buildings if b.before == b.after and b.storeys > 1]
    for b in [quiet[int(i)] for i in rng.choice(len(quiet), 8, replace=False)]:
        issued = date(int(rng.integers(2014, 2023)), int(rng.integers(1, 13)), int(rng.integers(1, 28)))
        rows.append(
            {
                "许可证号": f"乡字第339901{issued.year}{len(rows) + 1:05d}号",
                "许可类型": "乡村建设规划许可证",
                "户号": household_no(b.lot),
                "发证日期": issued,
                "有效期至": issued + timedelta(days=730),
                "批准层数": b.storeys,
                "批准高度": round(b.storeys * 3.3 + 2.6, 1),
                "批准面积": round(b.outline(0).area + 2, 1),
                "geometry": placed(b.outline(0).buffer(0.2, join_style="mitre")),
            }
        )
    table = gpd.GeoDataFrame(rows, crs=EPSG)
    for name in ("发证日期", "有效期至"):
        table[name] = pd.to_datetime(table[name]).dt.date
    return table


def zones_table(village: Village) -> gpd.GeoDataFrame:
    """Control zones."""
    extent = rectangle(0, 0, village.size, village.size)
    rows = [
        ("冻结区", "样例村东片征迁冻结区", Polygon([(160, 112), (222, 108), (236, 150), (232, 214), (164, 212)])),
        ("永久基本农田", "样例畈南片基本农田", rectangle(0, 0, 250, 21)),
        ("永久基本农田", "样例畈东片基本农田", rectangle(227, 100, 250, 208)),
        ("河道蓝线", "样例溪河道蓝线", LineString(village.river).buffer(13)),
        ("紫线", "古樟与池塘保护范围", village.pond.buffer(9)),
    ]
    return gpd.GeoDataFrame(
        [{"类型": kind, "名称": name, "geometry": placed(shape.intersection(extent))} for kind, name, shape in rows],
        crs=EPSG,
    )


def truth_table(village: Village) -> gpd.GeoDataFrame:
    """The true changes. A building that was not there before has no number."""
    numbered = {b.number: b for b in village.buildings}
    rows = [
        {
            "truth_id": i + 1,
            "change_type": c.change_type,
            "height_change_m": c.height_change_m,
            "permit_status": c.permit_status,
            "building_no": building_no(village, numbered[c.building]) if numbered[c.building].before else None,
            "geometry": placed(c.outline),
        }
        for i, c in enumerate(village.changes)
    ]
    return gpd.GeoDataFrame(rows, crs=EPSG)


def confounders_table(village: Village) -> gpd.GeoDataFrame:
    """What differs between the dates and is no change of a building."""
    rows: list[tuple[str, Shape]] = [
        (t.kind, t.outline) for t in village.things if t.present != BOTH and t.kind not in ("rubble", "cleared")
    ]
    for tree in village.trees:
        before, after = tree.radius
        kind = (
            "tree_planted"
            if before == 0
            else "tree_felled"
            if after == 0
            else "tree_grown"
            if after > 1.3 * before
            else ""
        )
        if kind or tree.bare[0] != tree.bare[1]:
            rows.append((kind or "tree_bare", Point(tree.centre).buffer(max(tree.radius), 8)))
    extent = rectangle(0, 0, village.size, village.size)
    rows += [
        ("repaving", LineString(w.line).buffer(w.width / 2).intersection(extent))
        for w in village.ways
        if w.surface[0] != w.surface[1]
    ]
    changed = {c.building for c in village.changes}
    rows += [
        ("solar" if b.after[0].solar else "roof_repaint", b.outline(1))
        for b in village.buildings
        if b.number not in changed and b.before != b.after
    ]
    return gpd.GeoDataFrame([{"kind": kind, "geometry": placed(shape)} for kind, shape in rows], crs=EPSG)


def write_shapefile(table: gpd.GeoDataFrame, path: Path) -> None:
    """A shapefile as it really arrives: GBK, no .cpg, language byte 0 and nothing that says so."""
    pyogrio.write_dataframe(table, path, driver="ESRI Shapefile", encoding="GBK")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    dbf = path.with_suffix(".dbf")
    head = bytearray(dbf.read_bytes())
    head[1:4] = bytes([SURVEYED.year - 1900, SURVEYED.month, SURVEYED.day])
    head[29] = 0
    dbf.write_bytes(head)


def write_layer(table: gpd.GeoDataFrame, path: Path, layer: str) -> None:
    """A GeoPackage layer, replacing the file."""
    path.unlink(missing_ok=True)
    pyogrio.write_dataframe(table, path, layer=layer, driver="GPKG")


def write_papers(village: Village, folder: Path) -> None:
    """Archive, permits, zones and truth, each in its own folder."""
    for name in ("archive", "permits", "zones", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2025-10-30T00:00:00.000Z"})
    write_shapefile(buildings_table(village), folder / "archive" / "房屋.shp")
    write_shapefile(parcels_table(village), folder / "archive" / "宗地.shp")
    households_table(village).to_csv(folder / "archive" / "户.csv", index=False, encoding="gbk", lineterminator="\r\n")
    write_layer(permits_table(village), folder / "permits" / "许可.gpkg", "许可")
    write_layer(zones_table(village), folder / "zones" / "管控区.gpkg", "管控区")
    write_layer(truth_table(village), folder / "truth" / "truth.gpkg", "truth")
    write_layer(confounders_table(village), folder / "truth" / "confounders.gpkg", "confounders")

import json
import sqlite3
import time
from datetime import date

import fiona
import pyogrio
import pytest
from pyproj import CRS
from shapely.geometry import shape

from unit.cadastre.made import square
from weijian.cadastre.reader import read_table
from weijian.cadastre.writer import write_findings, write_findings_geojson
from weijian.domain.errors import TargetUnwritable
from weijian.domain.finding import ChangeType, Finding, Method, PermitStatus
from weijian.domain.zone import ZoneKind

HERE = CRS.from_epsg(4549)

SCHEMA = {
    "finding_no": "str",
    "change_type": "str",
    "area_m2": "float",
    "area_sigma_m2": "float",
    "height_change_m": "float",
    "height_sigma_m": "float",
    "confidence": "float",
    "method": "str",
    "building_no": "str",
    "household_no": "str",
    "parcel_no": "str",
    "permit_no": "str",
    "permit_status": "str",
    "excess_area_m2": "float",
    "excess_height_m": "float",
    "excess_storeys": "int32",
    "zones": "str",
    "before_date": "date",
    "after_date": "date",
    "reason": "str",
}

BARE = Finding(
    "T0001", ChangeType.NEW, square(), 100.0, 2.5, None, None, 0.9, Method.SPECTRAL, None, None, None, None, None,
    None, None, None, (), None, None, "影像新增",
)  # fmt: skip
FULL = Finding(
    "T0002", ChangeType.RAISED, square(30), 100.0, 2.5, 3.1, 0.2, 0.8, Method.HEIGHT, "F1", "H1", "P1", "乡字第1号",
    PermitStatus.EXCEEDS_PERMIT, 1.5, 3.0, 1, (ZoneKind.FREEZE, ZoneKind.KEY), date(2024, 5, 1), date(2025, 5, 1),
    "加层一层",
)  # fmt: skip


def rows(path):
    with fiona.open(path, layer="findings") as layer:
        return [(dict(f["properties"]), shape(f["geometry"])) for f in layer]


def test_the_layer_is_what_other_programs_rely_on(tmp_path):
    path = write_findings([BARE, FULL], HERE, tmp_path / "FINDINGS.gpkg")
    assert fiona.listlayers(path) == ["findings"]
    with fiona.open(path, layer="findings") as layer:
        assert dict(layer.schema["properties"]) == SCHEMA
        assert layer.schema["geometry"] == "MultiPolygon"
        assert layer.crs.to_epsg() == 4549
    (bare, outline), (full, _) = rows(path)
    assert outline.equals(square())
    known = {"finding_no", "change_type", "area_m2", "area_sigma_m2", "confidence", "method", "reason"}
    assert {name for name, value in bare.items() if value is not None} == known
    assert list(full.values()) == [
        *("T0002", "raised", 100.0, 2.5, 3.1, 0.2, 0.8, "height", "F1", "H1", "P1", "乡字第1号", "exceeds_permit"),
        *(1.5, 3.0, 1, "freeze,key", "2024-05-01", "2025-05-01", "加层一层"),
    ]


def test_it_is_a_sound_geopackage(tmp_path):
    path = write_findings([FULL], HERE, tmp_path / "f.gpkg")
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        contents = base.execute("SELECT table_name, data_type, srs_id FROM gpkg_contents").fetchall()
        assert contents == [("findings", "features", 4549)]
        assert base.execute("SELECT geometry_type_name FROM gpkg_geometry_columns").fetchall() == [("MULTIPOLYGON",)]
        assert base.execute("SELECT typeof(before_date) FROM findings").fetchone() == ("text",)
    base.close()


def test_no_findings_is_an_empty_layer(tmp_path):
    path = write_findings([], HERE, tmp_path / "f.gpkg")
    assert rows(path) == []
    assert len(read_table(path)) == 0


def test_an_older_result_is_replaced_whole(tmp_path):
    path = tmp_path / "f.gpkg"
    write_findings([BARE, FULL], HERE, path)
    write_findings([BARE], HERE, path)
    assert len(rows(path)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["f.gpkg"]


def test_a_failure_leaves_the_older_result_and_nothing_else(tmp_path, monkeypatch):
    path = write_findings([BARE], HERE, tmp_path / "f.gpkg")
    before = path.read_bytes()

    def full(target, *_, **__):
        target.write_bytes(b"half")
        raise pyogrio.errors.DataSourceError("database or disk is full")

    monkeypatch.setattr(pyogrio.raw, "write", full)
    with pytest.raises(TargetUnwritable, match="disk is full"):
        write_findings([FULL], HERE, path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["f.gpkg"]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(TargetUnwritable, match="none"):
        write_findings([BARE], HERE, tmp_path / "none" / "f.gpkg")


def test_a_crs_without_a_code(tmp_path):
    local = CRS.from_proj4("+proj=tmerc +lon_0=118.5 +x_0=500000 +ellps=GRS80 +units=m")
    path = write_findings([BARE], local, tmp_path / "f.gpkg")
    with fiona.open(path) as layer:
        assert CRS.from_wkt(layer.crs_wkt).coordinate_operation.params[1].value == 118.5


def test_geojson_is_in_degrees_with_iso_dates(tmp_path):
    path = write_findings_geojson([BARE, FULL], HERE, tmp_path / "f.geojson")
    first, second = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert first["properties"]["reason"] == "影像新增"
    assert first["properties"]["permit_no"] is None
    assert second["properties"]["before_date"] == "2024-05-01"
    assert second["properties"]["excess_storeys"] == 1
    assert shape(first["geometry"]).centroid.coords[0] == pytest.approx((120.0, 30.18), abs=0.01)


def test_it_reads_back_through_our_own_door(tmp_path):
    path = write_findings([FULL], HERE, tmp_path / "f.gpkg")
    table = read_table(path)
    assert table.crs.to_epsg() == 4549
    assert table.columns["reason"].tolist() == ["加层一层"]


def test_equal_findings_make_equal_files(tmp_path):
    first = write_findings([BARE, FULL], HERE, tmp_path / "a.gpkg").read_bytes()
    time.sleep(0.05)  # the clock shows in no file
    assert write_findings([BARE, FULL], HERE, tmp_path / "b.gpkg").read_bytes() == first

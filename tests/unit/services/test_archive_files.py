from pathlib import Path

import geopandas as gpd
import pytest
from pyproj import CRS
from shapely import Point

from unit.services.made import EPSG, OLD_HOUSES, place
from weijian.detection.matching import Register
from weijian.domain.errors import CrsMissing, FileMissing
from weijian.domain.zone import ZoneKind
from weijian.services.archive_files import RegisterFiles, read_register

HERE = CRS(EPSG)


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(path, encoding="utf-8")
    return path


def houses(path: Path) -> Path:
    rows = [{"FWBH": f"F{n}", "HH": f"H{n}", "geometry": place(*house)} for n, house in enumerate(OLD_HOUSES)]
    return write(path, rows)


def test_nothing_given_nothing_read() -> None:
    assert read_register(RegisterFiles(), HERE) == (Register(permits=None), ())


def test_every_kind_in_the_crs_that_is_asked_for(tmp_path: Path) -> None:
    files = RegisterFiles(
        archive=houses(tmp_path / "房屋.gpkg"),
        parcels=write(tmp_path / "宗地.gpkg", [{"宗地代码": "330127104003JC00086", "geometry": place(0, 0, 30, 30)}]),
        permits=write(tmp_path / "许可.gpkg", [{"许可证号": "乡字第1号", "geometry": place(5, 5, 20, 20)}]),
        zones=write(tmp_path / "管控区.gpkg", [{"类型": "河道蓝线", "geometry": place(0, 0, 9, 70)}]),
    )
    register, unused = read_register(files, CRS.from_epsg(4528))
    assert unused == ()
    assert [b.building_no for b in register.buildings] == ["F0", "F1", "F2"]
    assert register.buildings[0].geometry.bounds[0] == pytest.approx(40_500_108, abs=0.01)
    assert register.parcels[0].parcel_no == "330127104003JC00086"
    assert register.permits[0].permit_no == "乡字第1号"
    assert register.zones[0].kind is ZoneKind.RIVER


def test_an_empty_permit_register_is_still_a_register(tmp_path: Path) -> None:
    path = write(tmp_path / "许可.gpkg", [{"许可证号": "", "geometry": place(5, 5, 20, 20)}])
    register, unused = read_register(RegisterFiles(permits=path), HERE)
    assert list(register.permits) == []
    assert len(unused) == 1


def test_rows_that_cannot_be_used_are_told_and_the_others_serve(tmp_path: Path) -> None:
    rows = [
        {"FWBH": "F1", "geometry": place(0, 0, 9, 9)},
        {"FWBH": None, "geometry": place(20, 0, 29, 9)},
        {"FWBH": "F3", "geometry": Point(500_100, 3_300_100)},
    ]
    register, unused = read_register(RegisterFiles(archive=write(tmp_path / "房屋.geojson", rows)), HERE)
    assert [b.building_no for b in register.buildings] == ["F1"]
    assert [skipped.what for skipped in unused] == ["房屋.geojson row 2", "房屋.geojson row 3"]


def test_a_stated_crs_serves_files_that_state_none(tmp_path: Path) -> None:
    path = houses(tmp_path / "房屋.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(CrsMissing):
        read_register(RegisterFiles(archive=path), HERE)
    register, _ = read_register(RegisterFiles(archive=path, crs=EPSG), HERE)
    assert register.buildings[0].geometry.bounds == pytest.approx(place(*OLD_HOUSES[0]).bounds)
    stated = houses(tmp_path / "别的.gpkg")
    register, _ = read_register(RegisterFiles(archive=stated, crs="EPSG:4548"), HERE)
    assert register.buildings[0].geometry.bounds == pytest.approx(place(*OLD_HOUSES[0]).bounds)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_register(RegisterFiles(zones=tmp_path / "none.shp"), HERE)

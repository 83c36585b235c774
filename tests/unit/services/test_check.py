from pathlib import Path

import geopandas as gpd
import pytest

from unit.services.made import EPSG, Flight, place
from weijian.domain.errors import FileMissing, InputError, PointsElsewhere
from weijian.services.check import check_file


def test_a_vector_file_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "房屋.gpkg"
    rows = [{"FWBH": "F1", "geometry": place(0, 0, 9, 9)}, {"FWBH": "F2", "geometry": None}]
    gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(path)
    (checked,) = check_file(path)
    assert "2 行" in checked.what.zh
    assert "2 rows" in checked.what.en
    assert [fault.row for fault in checked.faults] == [2]


def test_notes_are_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "房屋.gpkg"
    rows = [{"FWBH": name, "geometry": place(0, 0, 9, 9)} for name in ("F1", "F2")]
    gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(path)
    (checked,) = check_file(path)
    assert checked.faults == ()
    assert 2 in [note.row for note in checked.notes]


def test_a_table_without_a_crs_says_so(tmp_path: Path) -> None:
    path = tmp_path / "户.csv"
    path.write_text("户号,户主\nH1,张三\n", encoding="utf-8")
    (checked,) = check_file(path)
    assert checked.path == path
    assert "张三" not in checked.what.zh


def test_a_raster_by_its_pixels(flights: tuple[Flight, Flight]) -> None:
    (checked,) = check_file(flights[0].ortho)
    assert "280 × 280 像元，uint8，分辨率 0.250" in checked.what.zh
    assert "280 x 280 px, uint8" in checked.what.en
    assert checked.faults == ()


@pytest.mark.parametrize("name", ["a.tif", "a.shp", "a.gpkg", "a.docx", "a"])
def test_what_is_neither(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileMissing):
        check_file(tmp_path / name)
    (tmp_path / name).write_bytes(b"\0nothing")
    with pytest.raises(InputError) as refusal:
        check_file(tmp_path / name)
    assert name in refusal.value.sentence("zh")


@pytest.mark.parametrize("source", ["/vsicurl/http://example.com/a.tif", "https://example.com/a.tif"])
def test_a_mosaic_of_pictures_on_the_network(tmp_path: Path, source: str) -> None:
    picture = f"<SimpleSource><SourceFilename>{source}</SourceFilename></SimpleSource>"
    band = f'<VRTRasterBand band="1">{picture}</VRTRasterBand>'
    path = tmp_path / "a.vrt"
    path.write_text(f'<VRTDataset rasterXSize="9" rasterYSize="9">{band}</VRTDataset>', encoding="utf-8")
    with pytest.raises(PointsElsewhere):
        check_file(path)


def test_every_layer_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "村.gpkg"
    for layer in ("ZD", "FW"):
        rows = [{"FWBH": "F1", "geometry": place(0, 0, 9, 9)}, {"FWBH": "F2", "geometry": None}]
        gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(path, layer=layer)
    told = check_file(path)
    assert [checked.what.zh.split("：")[0] for checked in told] == [f"{path} [ZD]", f"{path} [FW]"]
    assert [[fault.row for fault in checked.faults] for checked in told] == [[2], [2]]

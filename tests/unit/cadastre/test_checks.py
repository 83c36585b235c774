from dataclasses import replace

import pytest
from shapely import Polygon

from unit.cadastre.made import EAST, NORTH, gbk, row_of_squares, square, write_dbf, write_shapefile
from weijian.cadastre.checks import check_table
from weijian.cadastre.faults import Why, shown
from weijian.cadastre.reader import read_table

COLUMNS = {b"FWBH": [b"F1", b"F2", b"F3"], "户主".encode("gbk"): gbk("李明", "王芳村", "张伟")}


def whys(path, **options):
    return [(f.row, f.why) for f in check_table(read_table(path, **options))]


def test_a_sound_file_is_only_recognised(tmp_path):
    path = write_shapefile(tmp_path / "fw.shp", row_of_squares(3), COLUMNS, cpg="GBK")
    (note,) = check_table(read_table(path))
    assert note.why is Why.RECOGNISED
    assert note.is_note
    assert note.other == "buildings (FWBH=building_no, 户主=holder)"


def test_geometry(tmp_path):
    bowtie = Polygon([(EAST, NORTH), (EAST + 10, NORTH + 10), (EAST + 10, NORTH), (EAST, NORTH + 10)])
    turned = Polygon([*square().exterior.coords[2:], *square().exterior.coords[1:3]])
    columns = {b"FWBH": [b"1", b"2", b"3", b"4"]}
    path = write_shapefile(tmp_path / "a.shp", [square(), None, bowtie, turned], columns, cpg="GBK")
    faults = check_table(read_table(path))
    assert [(f.row, f.why) for f in faults[1:]] == [
        (2, Why.GEOMETRY_EMPTY),
        (3, Why.GEOMETRY_INVALID),
        (4, Why.GEOMETRY_REPEATED),
    ]
    assert faults[3].other == "1"


@pytest.mark.parametrize(
    ("crs", "why"), [(None, Why.NO_CRS), ("EPSG:4528", Why.WRONG_CRS), ("EPSG:32630", Why.WRONG_CRS)]
)
def test_crs(tmp_path, crs, why):
    path = write_shapefile(tmp_path / "a.shp", row_of_squares(3), COLUMNS, crs=crs, cpg="GBK")
    assert (None, why) in whys(path)


def test_encoding_doubts(tmp_path):
    lying = write_shapefile(tmp_path / "a.shp", row_of_squares(3), COLUMNS, cpg="UTF-8")
    assert (None, Why.ENCODING_GUESSED) in whys(lying)
    assert (1, Why.UNDECODABLE) in whys(lying, encoding="utf-8")


def test_no_rows(tmp_path):
    path = write_dbf(tmp_path / "a.dbf", {b"FWBH": []})
    assert (None, Why.NO_ROWS) in whys(path)


def test_every_reason_reads_in_both_languages(tmp_path):
    path = write_shapefile(tmp_path / "a.shp", row_of_squares(3), COLUMNS)
    note = check_table(read_table(path))[0]
    for why in Why:
        for language in ("zh", "en"):
            sentence = replace(note, why=why, row=1, field="F", value="v", other="o").sentence(language)
            assert "{" not in sentence
            assert "a.shp" in sentence


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        ("F1", "building_no", "F1"),
        ("李明", "holder", None),
        ("330123199001011234", "household_no", "3*****************"),
        ("电话13800138000", None, "电话1**********"),
        ("330123014010JC00001", "parcel_no", "330123014010JC00001"),
        ("长" * 60, None, "长" * 39 + "…"),
    ],
)
def test_what_a_message_shows_of_a_value(value, target, expected):
    assert shown(value, target) == expected

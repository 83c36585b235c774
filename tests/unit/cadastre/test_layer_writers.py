"""What is written in each format reads back through our own door."""

from datetime import date

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from unit.cadastre.made import EAST, NORTH, square
from weijian.cadastre.dxf_writer import write_dxf
from weijian.cadastre.errors import NotInEncoding
from weijian.cadastre.excel_writer import write_excel
from weijian.cadastre.field_names import field_names
from weijian.cadastre.kml_writer import write_kml
from weijian.cadastre.layer_content import LayerColumn, LayerContent, ValueKind
from weijian.cadastre.ogr_writer import write_geojson, write_geopackage, write_shapefile
from weijian.cadastre.reader import read_table
from weijian.cadastre.text import object_array
from weijian.domain.errors import TargetUnwritable

HERE = CRS.from_epsg(4549)
WRITERS = {
    ".gpkg": write_geopackage,
    ".shp": write_shapefile,
    ".geojson": write_geojson,
    ".kml": write_kml,
    ".xlsx": write_excel,
    ".dxf": write_dxf,
}


def content(rows):
    """Rows of (number, holder, storeys, height, day, shape)."""
    numbers, holders, storeys, heights, days, shapes = map(list, zip(*rows, strict=True))
    return LayerContent(
        "buildings",
        "房屋",
        HERE,
        object_array(shapes),
        (
            LayerColumn("building_no", "房屋编号", ValueKind.TEXT, numbers),
            LayerColumn("holder", "户主", ValueKind.TEXT, holders),
            LayerColumn("storeys", "层数", ValueKind.WHOLE, storeys),
            LayerColumn("height_m", "高度", ValueKind.NUMBER, heights),
            LayerColumn("built_on", "建成日期", ValueKind.DAY, days),
        ),
    )


# What an office types: GBK characters without the signs that formulas begin with, one space between words.
signs = st.characters(codec="gbk", exclude_categories=("C", "Z"))
words = st.text(signs, min_size=1, max_size=12).filter(lambda t: not t.startswith(tuple("=+-@'#")))
quarters = st.integers(0, 4000).map(lambda n: n / 4)


@st.composite
def shapes(draw):
    e, n, wide, high = draw(quarters), draw(quarters), draw(st.integers(8, 200)) / 4, draw(st.integers(8, 200)) / 4
    outer = shapely.box(EAST + e, NORTH + n, EAST + e + wide, NORTH + n + high)
    kind = draw(st.sampled_from(["plain", "hole", "parts"]))
    if kind == "hole":
        hole = shapely.box(EAST + e + 0.5, NORTH + n + 0.5, EAST + e + wide - 0.5, NORTH + n + high - 0.5)
        return outer.difference(hole)
    return outer if kind == "plain" else shapely.MultiPolygon([outer, square(5000 + e, n, 4)])


@st.composite
def contents(draw):
    count = draw(st.integers(1, 4))
    rows = [
        (
            f"F{i}",
            draw(st.none() | words),
            draw(st.none() | st.integers(1, 60)),
            draw(st.none() | st.integers(1, 2400).map(lambda n: n / 8)),
            draw(st.none() | st.dates(date(1900, 3, 1), date(2099, 12, 31))),
            draw(shapes()),
        )
        for i in range(count)
    ]
    return content(rows)


def told(table, *headings):
    """Cells under the first heading that is there, as plain text."""
    column = table.columns.get(next((h for h in headings if h in table.columns), ""), [None] * len(table))
    return [None if v is None else str(v).replace("-", "").removesuffix(".0") for v in column]


@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize("ending", WRITERS)
@given(made=contents())
def test_what_is_written_reads_back(tmp_path_factory, ending, made):
    path = tmp_path_factory.mktemp("out") / f"房屋{ending}"
    WRITERS[ending](made, path)
    table = read_table(path)
    assert [f for f in table.faults if not f.is_note] == []
    for column, short in zip(made.columns, ("FWBH", "HZ", "CS", "GD", "JCRQ"), strict=True):
        wanted = [None if v is None else str(v).replace("-", "").removesuffix(".0") for v in column.values]
        assert told(table, column.name, column.heading, short) == wanted
    degrees = ending in {".kml", ".geojson"}
    for shape, read in zip(made.geometry, table.geometry, strict=True):
        kept = read.geoms[0] if read.geom_type == "MultiPolygon" and len(read.geoms) == 1 else read
        if degrees:
            assert kept.geom_type == shape.geom_type
            assert len(shapely.get_coordinates(kept)) == len(shapely.get_coordinates(shape))
        else:
            assert kept.equals_exact(shape, 1e-4, normalize=True)
    if degrees:
        assert table.crs.to_epsg() == 4326
        assert 119.9 < table.geometry[0].centroid.x < 120.1
    elif ending in {".gpkg", ".shp"}:
        assert table.crs.to_epsg() == 4549


ROW = ("F1", "李明", 3, 9.5, date(2020, 5, 1), square())


@pytest.mark.parametrize(("encoding", "cpg"), [("UTF-8", "UTF-8"), ("GBK", "GBK")])
def test_a_shapefile_says_what_was_shortened(tmp_path, encoding, cpg):
    path = tmp_path / "房屋.shp"
    long = LayerColumn("address", "地址", ValueKind.TEXT, ["东" * 200])
    made = content([ROW])
    notes = write_shapefile(
        LayerContent("buildings", "房屋", HERE, made.geometry, (*made.columns, long)), path, encoding
    )
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".cpg", ".dbf", ".prj", ".shp", ".shx"]
    assert path.with_suffix(".cpg").read_text() == cpg
    table = read_table(path)
    assert table.headings == ("FWBH", "HZ", "CS", "GD", "JCRQ", "DZ")
    assert str(table.encoding) == encoding
    assert table.columns["HZ"].tolist() == ["李明"]
    assert table.columns["DZ"][0] == "东" * (254 // len("东".encode(encoding)))
    assert [n.zh for n in notes if "截短" in n.zh] == ["F1 的“地址”超过 254 字节，已截短"]
    assert any("房屋编号" in n.zh and "FWBH" in n.zh for n in notes)


def test_a_character_that_gbk_does_not_have(tmp_path):
    with pytest.raises(NotInEncoding, match="UTF-8"):
        write_shapefile(content([("F1", "\U00020000", 1, 1.0, None, square())]), tmp_path / "a.shp", "GBK")
    assert list(tmp_path.iterdir()) == []


def test_an_older_shapefile_is_replaced_whole(tmp_path, monkeypatch):
    path = tmp_path / "a.shp"
    write_shapefile(content([ROW]), path)
    path.with_suffix(".sbn").write_bytes(b"old index")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    real = pyogrio.raw.write

    def fail(target, *args, **options):
        real(target, *args, **options)
        raise pyogrio.errors.DataSourceError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(pyogrio.raw, "write", fail)
        with pytest.raises(TargetUnwritable):
            write_shapefile(content([ROW, ROW]), path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    write_shapefile(content([ROW, ("F2", *ROW[1:])]), path)
    assert len(read_table(path)) == 2
    assert not path.with_suffix(".sbn").exists()


def test_no_cell_is_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    texts = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"]
    write_excel(content([(f"F{i}", text, 1, 1.0, None, square()) for i, text in enumerate(texts)]), path)
    sheet = openpyxl.load_workbook(path).active
    cells = [sheet.cell(row, 2) for row in range(2, 7)]
    assert [cell.value for cell in cells] == [f"'{text}" for text in texts]
    assert {cell.data_type for cell in cells} == {"s"}


def test_an_outline_too_long_for_a_cell_is_told(tmp_path):
    shape = square().buffer(5, quad_segs=2000)
    (note,) = write_excel(content([("F1", "甲", 1, 1.0, None, shape)]), tmp_path / "a.xlsx")
    assert "F1" in note.zh
    assert read_table(tmp_path / "a.xlsx").columns["房屋编号"].tolist() == ["F1"]


def test_a_table_without_outlines(tmp_path):
    made = content([ROW])
    bare = LayerContent("households", "户", HERE, None, made.columns)
    for ending in (".gpkg", ".xlsx"):
        WRITERS[ending](bare, tmp_path / f"户{ending}")
        table = read_table(tmp_path / f"户{ending}")
        assert table.geometry is None
        assert len(table) == 1


def test_names_that_would_be_alike():
    names = field_names(
        ["层数", "测算", "参数", "一二三四五六七八九十十一", "一二三四五六七八九十十二", "", "1a", "层高m"]
    )
    assert names == ["CS", "CS1", "CS2", "YESSWLQBJS", "YESSWLQBJ1", "F", "A", "CGM"]


@given(st.lists(st.text(max_size=20), max_size=30))
def test_names_fit_and_differ(headings):
    names = field_names(headings)
    assert len({n.upper() for n in names}) == len(headings)
    assert all(1 <= len(n.encode()) <= 10 and n.isascii() for n in names)


def test_a_drawing_that_cass_opens(tmp_path):
    path = tmp_path / "a.dxf"
    write_dxf(content([ROW]), path)
    data = path.read_bytes()
    assert b"ANSI_936" in data
    assert "李明".encode("gbk") in data
    table = read_table(path)
    assert table.layer == "JMD"
    assert table.columns["编码"].tolist() == ["141101"]
    assert np.isclose(table.geometry[0].area, 100)

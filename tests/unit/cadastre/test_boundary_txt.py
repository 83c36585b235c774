from contextlib import suppress
from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from weijian.cadastre import errors
from weijian.cadastre.boundary_txt import read_boundary_txt
from weijian.cadastre.boundary_writer import BoundaryParcel, GaussKruger, boundary_text, gauss_kruger
from weijian.cadastre.faults import Why
from weijian.cadastre.reader import read_table
from weijian.domain.errors import CrsContradicted, FileUnreadable

HEAD = """[属性描述]
格式版本号=1.01
数据产生单位=某市自然资源局
数据产生日期=2025-06-15
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=40
精度=0.001
转换参数=,,,,,,
[地块坐标]
"""
POINTS = """J1,1,3150210.125,40500120.331
J2,1,3150210.125,40500138.331
J3,1,3150197.125,40500138.331
J4,1,3150197.125,40500120.331
J1,1,3150210.125,40500120.331
"""
LINE = "5,0.0234,1,地块一,面,,住宅,0702,@\n"
EXPECTED = shapely.box(40500120.331, 3150197.125, 40500138.331, 3150210.125)


def read(tmp_path, text, codec="utf-8", **options):
    path = tmp_path / "界址点.txt"
    path.write_bytes(text.encode(codec))
    return read_boundary_txt(path, **options)


def test_the_filing_format(tmp_path):
    table = read(tmp_path, HEAD + LINE + POINTS)
    assert table.geometry[0].equals(EXPECTED)
    assert table.crs.to_epsg() == 4528
    assert table.row_numbers.tolist() == [13]
    assert {h: c[0] for h, c in table.columns.items()} == {
        "界址点数": "5", "地块编号": "1", "地块名称": "地块一", "图形属性": "面", "图幅号": None, "地块用途": "住宅",
        "地类编码": "0702", "宗地面积": 234.0,
    }  # fmt: skip
    assert table.faults == ()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_any_encoding(tmp_path, codec):
    assert read(tmp_path, HEAD + LINE + POINTS, codec).columns["地块名称"][0] == "地块一"


VARIATIONS = {
    "a section before": lambda t: "[项目信息]\n项目名称=某路\n" + t,
    "no conversion": lambda t: t.replace("转换参数=,,,,,,\n", ""),
    "no prefix": lambda t: t.replace("J", ""),
    "open ring": lambda t: t.removesuffix(POINTS.splitlines(keepends=True)[-1]).replace("5,0.0234", "4,0.0234"),
    "count without closing": lambda t: t.replace("5,0.0234", "4,0.0234"),
    "seven fields": lambda t: t.replace(",0702,@", ",@"),
    "thirteen fields": lambda t: t.replace(",0702,@", ",0702,a,b,c,d,e,@"),
    "no comma before the end": lambda t: t.replace("0702,@", "0702@"),
    "no zone in the head": lambda t: t.replace("带号=40\n", ""),
    "full-width signs": lambda t: t.replace("5,0.0234,1,地块一", "5，0.0234，1，地块一").replace("带号=40", "带号＝40"),
    "empty lines and spaces": lambda t: t.replace("\n", " \r\n\r\n"),
    "swapped columns": lambda t: t.replace("3150210.125,40500120.331", "40500120.331,3150210.125")
    .replace("3150210.125,40500138.331", "40500138.331,3150210.125")
    .replace("3150197.125,40500138.331", "40500138.331,3150197.125")
    .replace("3150197.125,40500120.331", "40500120.331,3150197.125"),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIATIONS)
def test_variations(tmp_path, name):
    table = read(tmp_path, VARIATIONS[name](HEAD + LINE + POINTS))
    assert table.geometry[0].equals(EXPECTED)
    assert table.crs.to_epsg() == 4528
    assert table.faults == ()
    assert table.columns["地块编号"][0] == "1"


def test_eastings_without_zone(tmp_path):
    table = read(tmp_path, (HEAD + LINE + POINTS).replace(",405", ",5"))
    assert table.crs.to_epsg() == 4549
    assert table.geometry[0].bounds[0] == 500120.331


@pytest.mark.parametrize(
    ("datum", "width", "zone", "epsg"),
    [("1980西安坐标系", 3, 40, 2364), ("1954北京坐标系", 3, 40, 2416), ("2000国家大地坐标系", 6, 20, 4498)],
)
def test_other_systems(tmp_path, datum, width, zone, epsg):
    text = HEAD.replace("2000国家大地坐标系", datum).replace("几度分带=3", f"几度分带={width}")
    text = text.replace("带号=40", f"带号={zone}") + LINE + POINTS.replace(",405", f",{zone}5")
    assert read(tmp_path, text).crs.to_epsg() == epsg


def test_a_zone_that_the_coordinates_contradict(tmp_path):
    with pytest.raises(CrsContradicted) as caught:
        read(tmp_path, HEAD.replace("带号=40", "带号=39") + LINE + POINTS)
    assert "带号=39" in caught.value.sentence("zh")
    assert "EPSG:4528" in caught.value.sentence("zh")


def test_holes_and_further_parts_are_told_by_where_they_lie(tmp_path):
    hole = "J5,2,3150205,40500125\nJ6,2,3150205,40500130\nJ7,2,3150200,40500130\n"
    apart = "J8,3,3150205,40500225\nJ9,3,3150205,40500230\nJ10,3,3150200,40500230\n"
    table = read(tmp_path, HEAD + LINE.replace("5,0.0234", "11,0.0234") + POINTS + hole + apart)
    assert table.geometry[0].geom_type == "MultiPolygon"
    assert [len(part.interiors) for part in table.geometry[0].geoms] == [1, 0]


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        (LINE.replace("5,0.02", "9,0.02") + POINTS, 13, Why.POINTS_MISCOUNTED),
        (LINE.replace("0702,@", "0702,a,b,c,d,e,f,@") + POINTS, 13, Why.TOO_MANY_FIELDS),
        (LINE + POINTS.replace("J3,1,3150197.125", "J3,1,31x"), 16, Why.LINE_UNKNOWN),
        (LINE.replace("5,", "2,", 1) + POINTS[:58], 13, Why.GEOMETRY_UNREADABLE),
    ],
)
def test_a_fault_names_its_line(tmp_path, text, row, why):
    assert (row, why) in [(f.row, f.why) for f in read(tmp_path, HEAD + text).faults]


@pytest.mark.parametrize("text", ["", "  \n", "hello", HEAD, HEAD + POINTS, "J1,1,2,3\n"])
def test_what_is_no_boundary_file(tmp_path, text):
    with pytest.raises(FileUnreadable):
        read(tmp_path, text)


def test_other_text_and_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\0\1\2" * 50)
    with pytest.raises(errors.ContentUnexpected):
        read_table(path)


@given(st.text(max_size=400))
def test_any_text_is_a_table_or_one_sentence(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("txt") / "a.txt"
    path.write_text(HEAD + LINE + text, encoding="utf-8", errors="surrogatepass")
    with suppress(FileUnreadable, errors.EncodingUndecided, CrsContradicted):
        assert len(read_boundary_txt(path)) >= 1


def test_written_as_the_ministry_asks(tmp_path):
    parcel = BoundaryParcel("1", EXPECTED, "地块一", "住宅", "0702")
    text = boundary_text([parcel], GaussKruger("cgcs2000", 3, 40, True), bureau="某市自然资源局", on=date(2025, 6, 15))
    assert text.startswith(HEAD)
    line, *points = text.removeprefix(HEAD).splitlines()
    assert line == LINE.strip()
    assert points[0] == points[-1]
    assert sorted(p.split(",")[2:] for p in points[:4]) == sorted(p.split(",")[2:] for p in POINTS.splitlines()[:4])


def test_the_zone_of_a_crs():
    assert gauss_kruger(CRS.from_epsg(4549)) == GaussKruger("cgcs2000", 3, 40, False)
    assert gauss_kruger(CRS.from_epsg(2364)) == GaussKruger("xian80", 3, 40, True)
    assert gauss_kruger(CRS.from_epsg(32650)) is None


corners = st.tuples(st.integers(0, 400_000), st.integers(0, 400_000))
words = st.text(
    st.characters(codec="gbk", exclude_categories=("C", "Z"), exclude_characters=",@[]，＠［］＝="), max_size=8
)


@st.composite
def outlines(draw):
    """A quadrilateral with coordinates in whole millimetres, with a hole or a further part at times."""
    e, n = draw(corners)
    east, north = 40_400_000 + e, 3_100_000 + n
    wide, high = draw(st.integers(2000, 90_000)) / 1000, draw(st.integers(2000, 90_000)) / 1000
    outer = shapely.box(round(east, 3), round(north, 3), round(east + wide, 3), round(north + high, 3))
    kind = draw(st.sampled_from(["plain", "hole", "parts"]))
    if kind == "hole":
        inner = shapely.box(east + 0.5, north + 0.5, round(east + wide - 0.5, 3), round(north + high - 0.5, 3))
        return shapely.Polygon(outer.exterior, [inner.exterior])
    if kind == "parts":
        return shapely.MultiPolygon([outer, shapely.box(east + 200, north, east + 203.125, north + 2)])
    return outer


@settings(max_examples=60)
@given(st.lists(st.tuples(outlines(), words, words), min_size=1, max_size=4), st.sampled_from(["utf-8", "gbk"]))
def test_what_is_written_reads_back(tmp_path_factory, parcels, codec):
    made = [BoundaryParcel(f"P{i}{name}", shape, name, use) for i, (shape, name, use) in enumerate(parcels)]
    text = boundary_text(made, GaussKruger("cgcs2000", 3, 40, True), bureau="某局", on=date(2025, 1, 1))
    path = tmp_path_factory.mktemp("txt") / "a.txt"
    path.write_bytes(text.encode(codec))
    table = read_boundary_txt(path, encoding=codec)
    assert table.faults == ()
    assert table.crs.to_epsg() == 4528
    assert table.columns["地块编号"].tolist() == [p.number for p in made]
    assert [v or "" for v in table.columns["地块名称"]] == [p.name for p in made]
    for parcel, shape in zip(made, table.geometry, strict=True):
        apart = shapely.hausdorff_distance(parcel.geometry.boundary, shape.boundary)
        assert apart <= 0.0005 + 1e-9
        assert shapely.normalize(shapely.set_precision(shape, 0.001)).equals(
            shapely.normalize(shapely.set_precision(parcel.geometry, 0.001))
        )
        assert np.isclose(shape.area, parcel.geometry.area, rtol=1e-3)

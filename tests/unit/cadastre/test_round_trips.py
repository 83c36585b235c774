"""What other programs write is read as it was written: tables of any texts, outlines of whole quarters of a metre."""

import csv
import struct
import warnings
from datetime import date

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.cadastre.made import EAST, NORTH, write_shapefile
from weijian.cadastre.reader import read_table

signs = st.characters(codec="gbk", exclude_categories=("C", "Z"))
words = st.text(signs, min_size=1, max_size=10)
quarters = st.integers(0, 4000)


@st.composite
def rows(draw):
    """Texts (some of them missing) and outlines."""
    count = draw(st.integers(1, 5))
    texts = draw(st.lists(st.none() | words, min_size=count, max_size=count))
    corners = draw(st.lists(st.tuples(quarters, quarters), min_size=count, max_size=count))
    shapes = [shapely.box(EAST + e / 4, NORTH + n / 4, EAST + e / 4 + 5, NORTH + n / 4 + 8) for e, n in corners]
    return texts, shapes


def same(table, heading, texts, shapes):
    assert table.faults == ()
    assert table.columns[heading].tolist() == texts
    assert all(kept.equals(shape) for kept, shape in zip(table.geometry, shapes, strict=True))


@settings(max_examples=40, deadline=None)
@given(rows(), st.sampled_from(["utf-8", "utf-8-sig", "gbk"]), st.sampled_from(",\t"))
def test_csv(tmp_path_factory, made, codec, delimiter):
    texts, shapes = made
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding=codec, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["房屋编号", "户主", "WKT"])
        writer.writerows([f"F{i}", t or "", s.wkt] for i, (t, s) in enumerate(zip(texts, shapes, strict=True)))
    same(read_table(path, encoding=codec.removesuffix("-sig")), "户主", texts, shapes)


@settings(max_examples=40, deadline=None)
@given(rows(), st.sampled_from(["utf-8", "gbk"]))
def test_shapefiles_with_their_encoding_stated(tmp_path_factory, made, codec):
    texts, shapes = made
    path = tmp_path_factory.mktemp("shp") / "a.shp"
    columns = {"户主".encode(codec): [(t or "").encode(codec) for t in texts]}
    write_shapefile(path, shapes, columns)
    same(read_table(path, encoding=codec), "户主", texts, shapes)


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        (".gml", {"driver": "GML", "FORMAT": "GML3.2"}),
        (".gpkg", {"driver": "GPKG"}),
        (".gdb", {"driver": "OpenFileGDB"}),
    ],
)
@settings(max_examples=10, deadline=None)
@given(made=rows())
def test_what_gdal_writes(tmp_path_factory, ending, options, made):
    texts, shapes = made
    path = tmp_path_factory.mktemp("ogr") / f"a{ending}"
    data = [np.array(texts, dtype=object), np.array([f"F{i}" for i in range(len(texts))], dtype=object)]
    wkb = shapely.to_wkb(np.array(shapes, dtype=object))
    pyogrio.raw.write(path, wkb, data, ["户主", "编号"], geometry_type="Polygon", crs="EPSG:4549", **options)
    table = read_table(path)
    assert table.columns["编号"].tolist() == [f"F{i}" for i in range(len(texts))]
    assert table.columns.get("户主", np.array([None] * len(texts))).tolist() == texts
    for kept, shape in zip(table.geometry, shapes, strict=True):
        assert kept.symmetric_difference(shape).area < 0.01
    assert table.crs.to_epsg() == 4549


REFUSED = {"GPKG": ("fid", "FID", "geom"), "OpenFileGDB": ("order", "select", "SHAPE"), "GeoJSON": ()}
"""Names that the driver itself will not write."""

OPTIONS = {
    "GPKG": {},
    "OpenFileGDB": {"TARGET_ARCGIS_VERSION": "ARCGIS_PRO_3_2_OR_LATER"},
    "GeoJSON": {"RFC7946": "NO"},
}

RESERVED = (
    "fid",
    "FID",
    "OGC_FID",
    "id",
    "gml_id",
    "geometry",
    "geom",
    "SHAPE",
    "Shape_Area",
    "name",
    "order",
    "select",
)
"""Names that a format or database keeps for itself; offices have columns of all of them."""

HOLE = shapely.box(EAST, NORTH, EAST + 9, NORTH + 9).difference(shapely.box(EAST + 2, NORTH + 2, EAST + 4, NORTH + 4))
PARTS = shapely.MultiPolygon([shapely.box(EAST + e, NORTH, EAST + e + 5, NORTH + 5) for e in (0, 20)])
outlines = st.sampled_from([HOLE, PARTS, shapely.box(EAST, NORTH, EAST + 1, NORTH + 1), shapely.MultiPolygon(), None])


@st.composite
def uneven(draw):
    """Outlines of every kind or none, flat or with heights; days, long texts and numbers, some of them missing."""
    kept = draw(st.lists(outlines, min_size=1, max_size=5).filter(lambda shapes: any(shapes)))
    count = len(kept)
    many = {"min_size": count, "max_size": count}
    return (
        kept,
        draw(st.sampled_from(["XY", "XYZ"])),
        draw(st.sampled_from(RESERVED)),
        draw(st.lists(st.none() | words | words.map(lambda word: word * 1000), **many)),
        draw(st.lists(st.none() | st.dates(date(1600, 1, 1), date(2999, 12, 31)), **many)),
        draw(st.lists(st.none() | st.integers(-(2**31) + 1, 2**31 - 1), **many)),
    )


@pytest.mark.parametrize("driver", ["GPKG", "OpenFileGDB", "GeoJSON"])
@settings(max_examples=30, deadline=None)
@given(made=uneven())
def test_uneven_rows_of_other_programs(tmp_path_factory, driver, made):
    shapes, dimensions, reserved, texts, days, counts = made
    path = (
        tmp_path_factory.mktemp("ogr") / f"a.{ {'GPKG': 'gpkg', 'OpenFileGDB': 'gdb', 'GeoJSON': 'geojson'}[driver] }"
    )
    numbers = np.array([-1 if n is None else n for n in counts], dtype=np.int32)
    lacking = [None, None, np.array([n is None for n in counts])]
    columns = [np.array(texts, dtype=object), np.array(days, dtype="datetime64[D]"), numbers]
    flat = dimensions if driver == "GeoJSON" else dimensions.replace("XY", "")
    kind = "Unknown" if driver == "GeoJSON" else f"MultiPolygon {flat}".strip()
    heading = f"{reserved}_" if reserved in REFUSED[driver] else reserved
    raised = np.array(
        [shape if shape is None or dimensions == "XY" else shapely.force_3d(shape, 7.0) for shape in shapes],
        dtype=object,
    )
    with warnings.catch_warnings(action="ignore"):  # OpenFileGDB doubts the zone of days
        pyogrio.raw.write(
            path,
            shapely.to_wkb(raised, output_dimension=4),
            columns,
            [heading, "建成日期", "件数"],
            field_mask=lacking,
            geometry_type=kind,
            crs="EPSG:4549",
            driver=driver,
            promote_to_multi=driver != "GeoJSON",
            **OPTIONS[driver],
        )
    table = read_table(path)
    assert table.columns.get(heading, np.array([None] * len(texts))).tolist() == texts
    read_days = table.columns.get("建成日期", np.array([None] * len(texts)))
    assert [None if day is None else str(day)[:10] for day in read_days] == [
        None if d is None else str(d) for d in days
    ]
    assert table.columns.get("件数", np.array([None] * len(texts))).tolist() == counts
    for kept, shape in zip(table.geometry, shapes, strict=True):
        if shape is None or shape.is_empty:
            assert kept is None or kept.is_empty
        else:
            assert not kept.has_z
            assert shapely.get_coordinate_dimension(kept) == 2
            assert kept.symmetric_difference(shape).area < 0.01


def measured(path):
    """Rewrite a shapefile of polygons as one of polygons with measures (type 25), as surveying programs save them."""
    data = path.read_bytes()
    records, index, place = [], [], 100
    while place < len(data):
        words = struct.unpack_from(">i", data, place + 4)[0]
        body = data[place + 8 : place + 8 + 2 * words]
        count = struct.unpack_from("<i", body, 40)[0]
        body = struct.pack("<i", 25) + body[4:] + struct.pack(f"<{2 + count}d", 3.0, 3.0, *[3.0] * count)
        index.append((50 + sum(map(len, records)) // 2, len(body) // 2))
        records.append(struct.pack(">ii", len(records) + 1, len(body) // 2) + body)
        place += 8 + 2 * words
    for file, parts in ((path, records), (path.with_suffix(".shx"), [struct.pack(">ii", *each) for each in index])):
        size = 50 + sum(map(len, parts)) // 2
        head = data[:24] + struct.pack(">i", size) + data[28:32] + struct.pack("<i", 25) + data[36:100]
        file.write_bytes(head + b"".join(parts))


@pytest.mark.parametrize("shapes", [[HOLE], [HOLE, PARTS]])
def test_measures_do_not_stand_in_the_way(tmp_path, shapes):
    path = tmp_path / "a.shp"
    write_shapefile(path, shapes, {b"NO": [b"1", b"2"][: len(shapes)]})
    measured(path)
    table = read_table(path)
    assert [kept.equals(shape) for kept, shape in zip(table.geometry, shapes, strict=True)] == [True] * len(shapes)
    assert [shapely.get_coordinate_dimension(kept) for kept in table.geometry] == [2] * len(shapes)
    assert not shapely.has_m(table.geometry).any()

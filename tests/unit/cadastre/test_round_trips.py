"""What other programs write is read as it was written: tables of any texts, outlines of whole quarters of a metre."""

import csv

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

import zipfile

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from unit.cadastre.made import row_of_squares
from weijian.cadastre import errors, gml
from weijian.cadastre.faults import Why
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import FileUnreadable, PointsElsewhere

BOMB = """<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


def placemark(name, ring="118,30,5 118.001,30,5 118.001,30.001,5 118,30,5", cells="", polygon=None):
    shape = polygon or (
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    return f"<Placemark><name>{name}</name>{cells}{shape}</Placemark>"


def document(*parts, head='<?xml version="1.0" encoding="UTF-8"?>'):
    inner = "".join(parts)
    return f'{head}\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inner}</Document></kml>'


def write(path, text, codec="utf-8"):
    path.write_bytes(text.encode(codec))
    return path


DATA = (
    '<ExtendedData><Data name="层数"><value>3</value></Data>'
    '<Data name="房屋编号"><value>0012</value></Data></ExtendedData>'
)


def test_placemarks_with_their_data(tmp_path):
    path = write(tmp_path / "房屋.kml", document(placemark("甲", cells=DATA), placemark("乙")))
    table = read_table(path)
    assert table.columns["name"].tolist() == ["甲", "乙"]
    assert table.columns["房屋编号"].tolist() == ["0012", None]
    assert table.columns["层数"].tolist() == ["3", None]
    assert table.crs.to_epsg() == 4326
    assert table.geometry[0].bounds == (118, 30, 118.001, 30.001)
    assert not shapely.has_z(table.geometry).any()
    assert table.layer == "房屋"


def test_folders_are_layers(tmp_path):
    folders = [f"<Folder><name>{n}</name>{placemark(n + '1')}</Folder>" for n in ("房屋", "宗地")]
    path = write(tmp_path / "a.kml", document(*folders))
    assert layer_names(path) == ("房屋", "宗地")
    assert read_table(path, layer="宗地").columns["name"].tolist() == ["宗地1"]
    with pytest.raises(errors.LayerUnnamed):
        read_table(path)


def test_a_description_that_is_a_table(tmp_path):
    rows = "<tr><td>FWBH</td><td>F1</td></tr><tr><td>层数</td><td>3</td></tr>"
    cells = f"<description><![CDATA[<table>{rows}</table>]]></description>"
    table = read_table(write(tmp_path / "a.kml", document(placemark("甲", cells=cells))))
    assert (table.columns["FWBH"][0], table.columns["层数"][0]) == ("F1", "3")


def test_holes_and_several_polygons(tmp_path):
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    outer = ring.format("118,30 118.01,30 118.01,30.01 118,30.01 118,30")
    inner = ring.format("118.002,30.002 118.004,30.002 118.004,30.004 118.002,30.002")
    polygon = f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{inner}</innerBoundaryIs></Polygon>"
    several = f"<MultiGeometry>{polygon}{polygon.replace('118.', '119.').replace('118,', '119,')}</MultiGeometry>"
    table = read_table(
        write(tmp_path / "a.kml", document(placemark("甲", polygon=polygon), placemark("乙", polygon=several)))
    )
    assert len(table.geometry[0].interiors) == 1
    assert table.geometry[1].geom_type == "MultiPolygon"


def test_blanks_around_commas(tmp_path):
    ring = "118, 30, 5 118.001 ,30,5 118.001 , 30.001 , 5 118,30,5"
    assert read_table(write(tmp_path / "a.kml", document(placemark("甲", ring)))).geometry[0].bounds == (
        118,
        30,
        118.001,
        30.001,
    )


@pytest.mark.parametrize("ring", ["118,30 118.1,x 118,31", "118,30 118.1,30", "118 118.1 119"])
def test_a_ring_that_is_none_costs_its_row(tmp_path, ring):
    table = read_table(write(tmp_path / "a.kml", document(placemark("甲"), placemark("乙", ring))))
    assert [(f.row, f.why) for f in table.faults] == [(2, Why.GEOMETRY_UNREADABLE)]
    assert table.geometry[1] is None


@pytest.mark.parametrize(
    ("head", "codec"), [('<?xml version="1.0" encoding="GBK"?>', "gbk"), ("", "gbk"), ("", "utf-16")]
)
def test_kml_in_other_encodings(tmp_path, head, codec):
    names = [placemark(n) for n in ("东村房屋", "西村房屋", "南村住宅")]
    table = read_table(write(tmp_path / "a.kml", document(*names, head=head), codec))
    assert table.columns["name"].tolist() == ["东村房屋", "西村房屋", "南村住宅"]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        *(("GBK", "gbk"), ("GB2312", "gbk"), ("UTF-8", "gbk"), (None, "gbk")),
        *(("UTF-8", "utf-8"), ("utf-8", "utf-8-sig"), (None, "utf-8"), (None, "utf-8-sig")),
    ],
)
def test_gml_in_the_encoding_it_is_in(tmp_path, declared, codec):
    made = tmp_path / "made.gml"
    names = np.array(["东村房屋", "西村房屋", "南村住宅"], dtype=object)
    shapes = shapely.to_wkb(np.array([shapely.box(e, 0, e + 1, 1) for e in (500000, 500010, 500020)], dtype=object))
    pyogrio.raw.write(made, shapes, [names], ["MC"], geometry_type="Polygon", crs="EPSG:4549", driver="GML")
    _, _, body = made.read_text(encoding="utf-8").partition("?>")
    head = "" if declared is None else f'<?xml version="1.0" encoding="{declared}"?>'
    path = tmp_path / "a.gml"
    path.write_text(head + body.lstrip() if declared is None else head + body, encoding=codec)
    assert read_table(path).columns["MC"].tolist() == names.tolist()


def test_kmz(tmp_path):
    path = tmp_path / "村.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", document(placemark("甲")))
        archive.writestr("files/a.png", b"x")
    assert read_table(path).columns["name"].tolist() == ["甲"]


@pytest.mark.parametrize("name", ["a.kml", "a.gml"])
@pytest.mark.parametrize("head", [BOMB, OUTSIDE, "<!DOCTYPE kml SYSTEM 'http://example.com/a.dtd'>"])
def test_entities_are_refused(tmp_path, name, head):
    text = document(placemark("&a;" if "ENTITY" in head else "a"), head=head)
    with pytest.raises(errors.XmlUnsafe):
        read_table(write(tmp_path / name, text))


@pytest.mark.parametrize("name", ["a.kml", "a.gml", "a.geojson"])
@pytest.mark.parametrize(
    "text",
    [
        '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/http://example.com/a.gml</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /vsicurl/http://example.com/a"}',
    ],
)
def test_documents_that_point_elsewhere(tmp_path, name, text):
    with pytest.raises(PointsElsewhere):
        read_table(write(tmp_path / name, text))


@pytest.mark.parametrize(
    "name", ["/vsicurl/http://example.com/a.shp", "https://example.com/a.gpkg", "/vsizip/a.zip/b.shp"]
)
def test_names_that_point_elsewhere(name):
    with pytest.raises(PointsElsewhere):
        read_table(name)


@pytest.mark.parametrize("text", ["<kml><Document>", "<html></html>", document(), "{}", "<kml><Placemark/><a></kml>"])
def test_what_is_no_kml(tmp_path, text):
    with pytest.raises(FileUnreadable):
        read_table(write(tmp_path / "a.kml", text))


def write_gml(path, **columns):
    count = len(next(iter(columns.values())))
    wkb = shapely.to_wkb(np.array(row_of_squares(count), dtype=object))
    data = [np.array(v, dtype=object) for v in columns.values()]
    pyogrio.raw.write(
        path,
        wkb,
        data,
        list(columns),
        layer="房屋",
        geometry_type="Polygon",
        crs="EPSG:4549",
        driver="GML",
        FORMAT="GML3.2",
    )
    path.with_suffix(".xsd").unlink()
    return path


def test_gml_keeps_texts_and_the_folder(tmp_path):
    path = write_gml(tmp_path / "a.gml", 编号=["0012", "0013"], 户主=["李明", "王芳"])
    table = read_table(path)
    assert table.columns["编号"].tolist() == ["0012", "0013"]
    assert table.columns["户主"].tolist() == ["李明", "王芳"]
    assert table.crs.to_epsg() == 4549
    assert table.geometry[1].equals(row_of_squares(2)[1])
    assert [p.name for p in tmp_path.iterdir()] == ["a.gml"]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("kml") / "a.kml"
    path.write_bytes(b"<kml>" + data)
    with pytest.raises((FileUnreadable, errors.EncodingUndecided)):
        read_table(path)


def members(*types):
    """A document with members of the types given, each with a number."""
    said = "".join(
        f'<gml:featureMember><o:{kind} gml:id="f{place}"><o:编号>{place:04d}</o:编号></o:{kind}></gml:featureMember>'
        for place, kind in enumerate(types)
    )
    start = '<o:C xmlns:o="http://example.com/o" xmlns:gml="http://www.opengis.net/gml/3.2">'
    return f"{start}<gml:description>a > b</gml:description>{said}</o:C>"


@pytest.mark.parametrize("large", [0, 2**40])
def test_a_large_gml_of_one_type_is_read_like_a_small_one(tmp_path, monkeypatch, large):
    monkeypatch.setattr(gml, "_LARGE", large)
    monkeypatch.setattr(gml, "_BEGINNING", 1000)
    path = tmp_path / "a.gml"
    path.write_text(members(*["房屋"] * 30), encoding="utf-8")
    table = read_table(path)
    assert table.layer == "房屋"
    assert table.columns["编号"].tolist() == [f"{place:04d}" for place in range(30)]


@pytest.mark.parametrize("large", [0, 2**40])
def test_a_type_that_comes_late_in_a_large_gml(tmp_path, monkeypatch, large):
    monkeypatch.setattr(gml, "_LARGE", large)
    monkeypatch.setattr(gml, "_BEGINNING", 1000)
    path = tmp_path / "a.gml"
    path.write_text(members(*["房屋"] * 30, "宗地"), encoding="utf-8")
    with pytest.raises(errors.LayerUnnamed):
        read_table(path)
    assert read_table(path, layer="宗地").columns["编号"].tolist() == ["0030"]
    assert len(read_table(path, wanted=("房屋",)).row_numbers) == 30


def test_a_large_gml_of_one_type_is_opened_once(tmp_path, monkeypatch):
    monkeypatch.setattr(gml, "_LARGE", 0)
    monkeypatch.setattr(gml, "_BEGINNING", 1000)
    path = tmp_path / "a.gml"
    path.write_text(members(*["房屋"] * 30), encoding="utf-8")
    looked_at = []
    monkeypatch.setattr(gml, "layers_of", lambda source: looked_at.append(len(source.data)) or ["房屋"])
    read_table(path)
    assert len(looked_at) == 1
    assert looked_at[0] < 1100

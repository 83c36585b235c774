import json
import sqlite3
import zipfile
from contextlib import closing

import numpy as np
import pyogrio
import pytest
import shapely

from unit.cadastre.made import gbk, row_of_squares, square, write_dbf, write_shapefile
from weijian.cadastre import errors
from weijian.cadastre.encodings import Source
from weijian.cadastre.faults import Why
from weijian.cadastre.reader import read_table
from weijian.domain.errors import FileMissing, FileUnreadable, LayerMissing, WeijianError

NO = "房屋编号".encode("gbk")
HOLDER = "户主".encode("gbk")
CODED = """
CREATE TABLE gpkg_data_columns (table_name TEXT, column_name TEXT, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT);
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT, constraint_type TEXT, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT);
INSERT INTO gpkg_data_columns (table_name, column_name, constraint_name)
  VALUES ('FW', '结构', 'structure'), ('FW', '用途', 'use');
INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
  VALUES ('structure', 'enum', '1', '砖混'), ('structure', 'enum', '2', NULL), ('use', 'enum', '01', '住宅'),
  ('use', 'enum', '02', '厂房'), ('use', 'range', '03', '无');
"""


@pytest.fixture
def village(tmp_path):
    return write_shapefile(
        tmp_path / "房屋.shp", row_of_squares(3), {NO: [b"F1", b"F2", b"F3"], HOLDER: gbk("李明", "王芳", "张伟")}
    )


def write_gpkg(path, layers, crs="EPSG:4549", **columns):
    for layer in layers:
        names = list(columns) or ["n"]
        data = [np.array(v, dtype=object) for v in columns.values()] or [np.array(["a"], dtype=object)]
        wkb = shapely.to_wkb(np.array(row_of_squares(len(data[0])), dtype=object))
        pyogrio.raw.write(
            path, wkb, data, names, layer=layer, geometry_type="Polygon", crs=crs, append=path.exists(), driver="GPKG"
        )
    return path


def test_codes_of_a_geopackage_are_read_as_its_words(tmp_path):
    path = tmp_path / "村.gpkg"
    codes = [np.array([1, 3, 1], dtype=np.int32), np.array(["01", None, "02"], dtype=object)]
    shapes = shapely.to_wkb(np.array(row_of_squares(3), dtype=object))
    pyogrio.raw.write(
        path, shapes, codes, ["结构", "用途"], layer="FW", geometry_type="Polygon", crs="EPSG:4549", driver="GPKG"
    )
    with closing(sqlite3.connect(path)) as database:
        database.executescript(CODED)
    table = read_table(path)
    assert table.columns["结构"].tolist() == ["砖混", 3, "砖混"]
    assert table.columns["用途"].tolist() == ["住宅", None, "厂房"]
    unknown = [(fault.field, fault.other) for fault in table.faults if fault.why is Why.CODES_UNKNOWN]
    assert unknown == [("结构", "3")]


def test_gbk_without_cpg(village):
    table = read_table(village)
    assert table.headings == ("房屋编号", "户主")
    assert table.columns["户主"].tolist() == ["李明", "王芳", "张伟"]
    assert (str(table.encoding), table.encoding.source) == ("GBK", Source.EVIDENCE)
    assert table.crs.to_epsg() == 4549
    assert table.row_numbers.tolist() == [1, 2, 3]
    assert table.geometry[1].equals(square(20))
    assert table.preview(1) == (("F1", "李明"),)


def test_a_folder_may_mix_encodings(tmp_path):
    for codec in ("gbk", "utf-8", "big5"):
        text = "國語繁體建築" if codec == "big5" else "农村房屋结构"
        write_dbf(tmp_path / f"{codec}.dbf", {b"NAME": [text.encode(codec)]})
    assert [str(read_table(tmp_path / f"{c}.dbf").encoding) for c in ("gbk", "utf-8", "big5")] == [
        "GBK",
        "UTF-8",
        "Big5",
    ]


def test_undecodable_bytes_are_a_fault_of_their_row_and_field(tmp_path):
    names = [*gbk("李明村", "王芳村", "张伟村", "东村", "西村", "南村"), b"\xff\xff\xfe"]
    path = write_dbf(tmp_path / "a.dbf", {b"NAME": names, b"NO": [b"1"] * 7})
    table = read_table(path)
    assert table.columns["NAME"][6] is None
    (fault,) = table.faults
    assert (fault.row, fault.field, fault.why) == (7, "NAME", Why.UNDECODABLE)
    assert not table.encoding.certain


def test_text_cut_within_a_character(tmp_path):
    path = write_dbf(
        tmp_path / "a.dbf", {b"NAME": [*gbk("河东村", "河西村", "河南村", "河北村", "南村"), "镇镇".encode("gbk")[:-1]]}
    )
    (fault,) = read_table(path).faults
    assert (fault.row, fault.why) == (6, Why.CUT_TEXT)


def test_a_named_encoding_that_does_not_fit_shows_every_row(village):
    table = read_table(village, encoding="utf-8")
    assert [f.row for f in table.faults] == [1, 2, 3]


def test_numbers_dates_and_deleted_rows(tmp_path):
    path = write_shapefile(
        tmp_path / "a.shp",
        row_of_squares(4),
        {
            b"CS": [b"3", b"4", b"***", b"x"],
            b"GD": [b"9.5", b"", b"1e1", b"2"],
            b"RQ": [b"20240501", b"20241350", b"", b"00000000"],
        },
        kinds={b"CS": b"N", b"GD": b"F", b"RQ": b"D"},
        deleted=[1],
    )
    table = read_table(path)
    assert table.columns["CS"].tolist() == [3, None, "x"]
    assert table.columns["GD"].tolist() == [9.5, 10.0, 2]
    assert table.columns["RQ"].tolist() == ["20240501", None, None]
    assert table.row_numbers.tolist() == [1, 3, 4]
    assert table.geometry[1].equals(square(40))


def test_repeated_and_cut_headings(tmp_path):
    cut = "房屋编号码".encode()[:10]
    table = read_table(write_dbf(tmp_path / "a.dbf", {cut: ["东村".encode()], b"A": [b"1"], b"A ": [b"2"]}))
    assert table.headings == ("房屋编", "A", "A_2")


def test_a_shape_that_cannot_be_read_costs_only_its_row(village):
    data = bytearray(village.read_bytes())
    second = 100 + (len(data) - 100) // 3
    data[second + 8 + 36 : second + 8 + 40] = (2**31 - 1).to_bytes(4, "little")  # number of parts
    village.write_bytes(data)
    table = read_table(village)
    assert [g is None for g in table.geometry] == [False, True, False]
    assert [(f.row, f.why) for f in table.faults] == [(2, Why.GEOMETRY_UNREADABLE)]


def test_the_originals_stay_as_they_were(village):
    before = {p.name: p.read_bytes() for p in village.parent.iterdir()}
    read_table(village)
    assert {p.name: p.read_bytes() for p in village.parent.iterdir()} == before


@pytest.mark.parametrize("suffix", [".shx", ".dbf"])
def test_a_missing_part(village, suffix):
    village.with_suffix(suffix).unlink()
    with pytest.raises(errors.PartMissing, match=suffix):
        read_table(village)


@pytest.mark.parametrize("suffix", [".shp", ".shx", ".dbf"])
@pytest.mark.parametrize("keep", [0, 20, 110])
def test_a_cut_part(village, suffix, keep):
    part = village.with_suffix(suffix)
    part.write_bytes(part.read_bytes()[: min(keep, part.stat().st_size - 10)])
    with pytest.raises(errors.FileEmpty if keep == 0 else errors.FileTruncated):
        read_table(village)


def test_shapes_and_rows_that_do_not_pair(village):
    write_dbf(village.with_suffix(".dbf"), {b"NO": [b"1", b"2"]})
    with pytest.raises(errors.PartsDisagree):
        read_table(village)


@pytest.mark.parametrize("name", ["a.shp", "a.dbf", "a.gpkg", "a.geojson", "a.csv"])
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"\x00" * 300])
def test_files_that_are_not_what_they_are_called(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    path.with_suffix(".shx").write_bytes(content)
    with pytest.raises(FileUnreadable) as caught:
        read_table(path)
    for language in ("zh", "en"):
        sentence = caught.value.sentence(language)
        assert name.split(".")[0] in sentence
        assert "{" not in sentence
        assert "\n" not in sentence


def test_what_is_no_vector_file(tmp_path):
    with pytest.raises(FileMissing):
        read_table(tmp_path / "none.shp")
    with pytest.raises(errors.FolderGiven):
        read_table(tmp_path)
    archive = tmp_path / "a.shp"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a", "b")
    with pytest.raises(errors.ArchiveGiven):
        read_table(archive)
    picture = tmp_path / "a.tif"
    picture.write_bytes(b"II*\0")
    with pytest.raises(errors.FormatUnknown):
        read_table(picture)


def test_geopackage_layers(tmp_path):
    single = write_gpkg(tmp_path / "one.gpkg", ["建筑"], 名称=["甲", None])
    assert read_table(single).columns["名称"].tolist() == ["甲", None]
    several = write_gpkg(tmp_path / "two.gpkg", ["parcels", "buildings_2024"])
    with pytest.raises(errors.LayerUnnamed, match="parcels, buildings_2024"):
        read_table(several)
    assert read_table(several, wanted=("building",)).layer == "buildings_2024"
    assert read_table(several, layer="parcels").layer == "parcels"
    with pytest.raises(LayerMissing, match="roads"):
        read_table(several, layer="roads")
    with pytest.raises(LayerMissing):
        read_table(write_dbf(tmp_path / "a.dbf", {b"A": [b"1"]}), layer="roads")


def test_a_cut_geopackage(tmp_path):
    path = write_gpkg(tmp_path / "a.gpkg", ["a"])
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(errors.FileTruncated):
        read_table(path)


def alter(path, statement, *values):
    """Change a GeoPackage behind GDAL's back, as other programs do."""
    base = sqlite3.connect(path)
    for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute(f'DROP TRIGGER "{trigger}"')
    base.execute(statement, values)
    base.commit()
    base.close()


def test_text_of_a_geopackage_that_is_no_utf8(tmp_path):
    path = write_gpkg(tmp_path / "a.gpkg", ["a"], 名称=["甲", "乙", "丙"])
    alter(path, "UPDATE a SET 名称 = CAST(? AS TEXT) WHERE fid = 2", "村镇".encode("gbk"))
    table = read_table(path)
    assert table.columns["名称"].tolist() == ["甲", None, "丙"]
    assert [(f.row, f.field, f.why) for f in table.faults] == [(2, "名称", Why.UNDECODABLE)]


def test_a_date_of_a_geopackage_that_is_none(tmp_path):
    path = tmp_path / "a.gpkg"
    days = np.array(["2024-05-01", "2024-05-02"], dtype="datetime64[D]")
    wkb = shapely.to_wkb(np.array(row_of_squares(2), dtype=object))
    pyogrio.raw.write(path, wkb, [days], ["issued"], geometry_type="Polygon", crs="EPSG:4549", driver="GPKG")
    alter(path, "UPDATE a SET issued = '2024-13-50' WHERE fid = 2")
    table = read_table(path)
    assert [str(v) for v in table.columns["issued"]] == ["2024-05-01", "None"]
    (fault,) = table.faults
    assert (fault.row, fault.field, fault.why, fault.value) == (2, "issued", Why.TYPE_MISFIT, "2024-13-50")


def test_a_damaged_geopackage(tmp_path):
    path = write_gpkg(tmp_path / "a.gpkg", ["a"])
    alter(path, "DROP TABLE gpkg_contents")
    with pytest.raises(FileUnreadable):
        read_table(path)


def test_long_whole_numbers_beside_nulls_stay_exact(tmp_path):
    path = tmp_path / "a.geojson"
    features = [{"type": "Feature", "properties": {"no": no}, "geometry": None} for no in (9007199254740993, None)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert read_table(path).columns["no"].tolist() == [9007199254740993, None]


def geojson(path, codec="utf-8", name="东村", coordinates=(118.9, 32.7)):
    x, y = coordinates
    ring = [[x, y], [x + 1e-3, y], [x + 1e-3, y + 1e-3], [x, y]]
    feature = {
        "type": "Feature",
        "properties": {"名称": name, "层数": 3},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    path.write_bytes(text.encode(codec))
    return path


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk"])
def test_geojson(tmp_path, codec):
    table = read_table(geojson(tmp_path / "a.geojson", codec))
    assert table.columns["名称"].tolist() == ["东村"]
    assert table.columns["层数"].tolist() == [3]
    assert table.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    "content", [b'{"type": "FeatureCollection", "features": [', b'{"a": 1}', b'{"type": }', b"[1]"]
)
def test_broken_geojson(tmp_path, content):
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(errors.ContentUnexpected, match="GeoJSON"):
        read_table(path)


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path, codec, delimiter):
    path = tmp_path / "农户.csv"
    lines = [["户号", "户主", "地址"], ["H1", "李明", '"东村\n一组"'], ["", "", ""], ["H2", "王芳", ""]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(codec))
    table = read_table(path)
    assert table.headings == ("户号", "户主", "地址")
    assert table.columns["地址"].tolist() == ["东村\n一组", None]
    assert table.row_numbers.tolist() == [2, 5]
    assert table.geometry is None


def test_csv_with_wkt_and_with_faults(tmp_path):
    path = tmp_path / "a.csv"
    good = square().wkt
    path.write_bytes(f'编号,WKT\n1,"{good}"\n2,"POLYGON((0 0"\n3\n'.encode("gbk"))
    table = read_table(path, crs="EPSG:4549")
    assert table.geometry[0].equals(square())
    assert [(f.row, f.why) for f in table.faults] == [(4, Why.COLUMNS_UNEVEN), (3, Why.GEOMETRY_UNREADABLE)]


def test_a_long_outline_in_a_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'no,wkt\n1,"{square().buffer(5, quad_segs=2000).wkt}"\n', encoding="utf-8")
    assert path.stat().st_size > 131072
    assert read_table(path).geometry[0].area > 100


def test_undecodable_bytes_of_a_csv(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["户号,户主".encode("gbk"), *(f"H{i},李明".encode("gbk") for i in range(9)), b"H9,\xff\xff"]
    path.write_bytes(b"\n".join(lines))
    table = read_table(path)
    assert [(f.row, f.field, f.why) for f in table.faults] == [(11, "户主", Why.UNDECODABLE)]


def test_a_crs_that_does_not_exist(village):
    with pytest.raises(errors.CrsUnknown, match="EPSG:9"):
        read_table(village, crs="EPSG:9")


@pytest.mark.parametrize("content", ['PROJCS["foo"', "junk", ""])
def test_a_broken_prj(village, content):
    village.with_suffix(".prj").write_text(content, encoding="utf-8")
    if content.startswith("PROJCS"):
        with pytest.raises(errors.CrsBroken, match="prj"):
            read_table(village)
    else:
        assert read_table(village).crs is None


def test_an_unreadable_file_is_bad_input(village, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(village), "read_bytes", refuse)
    with pytest.raises(WeijianError, match="there is no permission"):
        read_table(village)


def test_a_part_of_a_shapefile_is_not_the_whole(village):
    for ending in (".shx", ".prj"):
        with pytest.raises(errors.PartGiven, match=r"房屋\.shp"):
            read_table(village.with_suffix(ending))
    village.unlink()
    with pytest.raises(errors.FormatUnknown):
        read_table(village.with_suffix(".shx"))


def test_a_crs_named_against_the_files_own_is_told(village):
    (note,) = read_table(village, crs="EPSG:4548").faults
    assert (note.why, note.other, note.is_note) == (Why.CRS_OVERRULED, "EPSG:4549 → EPSG:4548", True)
    assert read_table(village, crs="EPSG:4549").faults == ()
    village.with_suffix(".prj").unlink()
    assert read_table(village, crs="EPSG:4548").faults == ()

import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from unit.cadastre.made import row_of_squares
from weijian.cadastre import errors
from weijian.cadastre.faults import Why
from weijian.cadastre.formats import is_folder, whole_of
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import LayerMissing

CODED = Path(__file__).with_name("coded.gdb.zip")
"""Three buildings whose structure (1 砖混, 2 钢筋混凝土) and use (01 住宅, 02 厂房) are coded."""


@pytest.fixture
def village(tmp_path):
    path = tmp_path / "村.gdb"
    for layer in ("ZD", "FW"):
        pyogrio.raw.write(
            path,
            shapely.to_wkb(shapely.force_3d(np.array(row_of_squares(2), dtype=object), 5.0)),
            [np.array([f"{layer}1", None], dtype=object), np.array([2, 3], dtype=np.int32)],
            ["编号", "层数"],
            layer=layer,
            geometry_type="Polygon Z",
            crs="EPSG:4549",
            driver="OpenFileGDB",
            append=path.exists(),
        )
    return path


def test_a_folder_that_stands_for_a_file(village):
    assert layer_names(village) == ("ZD", "FW")
    table = read_table(village, layer="FW")
    assert table.columns["编号"].tolist() == ["FW1", None]
    assert table.columns["层数"].tolist() == [2, 3]
    assert table.crs.to_epsg() == 4549
    assert not shapely.has_z(table.geometry).any()
    assert read_table(village, wanted=("zd",)).layer == "ZD"
    with pytest.raises(errors.LayerUnnamed):
        read_table(village)
    with pytest.raises(LayerMissing):
        read_table(village, layer="DL")


@pytest.mark.parametrize("within", ["村.gdb/", "数据/村.gdb/", ""])
def test_a_packed_one(tmp_path, village, within):
    path = tmp_path / "村.gdb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in village.iterdir():
            archive.writestr(within + part.name, part.read_bytes())
    assert layer_names(path) == ("ZD", "FW")
    assert read_table(path, layer="ZD").columns["编号"].tolist() == ["ZD1", None]


def test_a_folder_that_only_looks_like_one(tmp_path):
    (tmp_path / "a.gdb").mkdir()
    with pytest.raises(errors.ContentUnexpected, match="Geodatabase"):
        read_table(tmp_path / "a.gdb")
    (tmp_path / "a.gdb" / "a00000001.gdbtable").write_bytes(b"junk")
    with pytest.raises(errors.ContentUnexpected):
        read_table(tmp_path / "a.gdb")


def test_codes_are_read_as_the_words_that_the_file_has_for_them(tmp_path):
    with zipfile.ZipFile(CODED) as archive:
        archive.extractall(tmp_path / "村.gdb")
    for path in (CODED, tmp_path / "村.gdb"):
        table = read_table(path)
        assert table.columns["房屋编号"].tolist() == ["F1", "F2", "F3"]
        assert table.columns["结构"].tolist() == ["砖混", "钢筋混凝土", 9]
        assert table.columns["用途"].tolist() == ["住宅", "厂房", "99"]
        told = [(fault.field, fault.why, fault.other) for fault in table.faults]
        assert told == [
            ("结构", Why.CODES_TRANSLATED, None),
            ("结构", Why.CODES_UNKNOWN, "9"),
            ("用途", Why.CODES_TRANSLATED, None),
            ("用途", Why.CODES_UNKNOWN, "99"),
        ]
        assert all(fault.is_note for fault in table.faults)


SUBTYPES = """
  <SubtypeFieldName>结构</SubtypeFieldName><DefaultSubtypeCode>1</DefaultSubtypeCode>
  <Subtypes xsi:type="typens:ArrayOfSubtype">
    <Subtype xsi:type="typens:Subtype"><SubtypeName>民房</SubtypeName><SubtypeCode>1</SubtypeCode>
      <FieldInfos xsi:type="typens:ArrayOfSubtypeFieldInfo"><SubtypeFieldInfo xsi:type="typens:SubtypeFieldInfo">
        <FieldName>用途</FieldName><DomainName>use</DomainName></SubtypeFieldInfo></FieldInfos></Subtype>
    <Subtype xsi:type="typens:Subtype"><SubtypeName>厂区</SubtypeName><SubtypeCode>2</SubtypeCode>
      <FieldInfos xsi:type="typens:ArrayOfSubtypeFieldInfo"/></Subtype>
  </Subtypes>""".encode()
"""As ArcGIS writes it: the structure is the subtype, and only houses of subtype 1 have coded uses."""


def with_subtypes(path):
    """The geodatabase of codes with subtypes in place of its parts that nothing reads, byte for byte as long."""
    with zipfile.ZipFile(CODED) as archive:
        archive.extractall(path)
    items = path / "a00000004.gdbtable"
    data = items.read_bytes()
    for domain in (b"structure", b"use"):
        named = b"<DomainName>%s</DomainName>\n    </GPFieldInfoEx>" % domain
        assert named in data
        data = data.replace(named, b"</GPFieldInfoEx>".rjust(len(named)))
    start, end = data.index(b"<SpatialReference"), data.index(b"</SpatialReference>") + len(b"</SpatialReference>")
    assert len(SUBTYPES) < end - start
    items.write_bytes(data[:start] + SUBTYPES.ljust(end - start) + data[end:])
    return path


def test_codes_of_subtypes_and_those_that_mean_something_in_one_subtype_only(tmp_path):
    table = read_table(with_subtypes(tmp_path / "村.gdb"))
    assert table.columns["结构"].tolist() == ["民房", "厂区", 9]
    assert table.columns["用途"].tolist() == ["住宅", "02", "99"]  # 02 厂房 is of the houses' list alone
    told = [(fault.field, fault.why, fault.other) for fault in table.faults]
    assert told == [
        ("结构", Why.CODES_TRANSLATED, None),
        ("结构", Why.CODES_UNKNOWN, "9"),
        ("用途", Why.CODES_TRANSLATED, None),
    ]


def test_a_list_of_items_that_is_damaged_costs_the_words_alone(tmp_path):
    path = tmp_path / "村.gdb"
    with zipfile.ZipFile(CODED) as archive:
        archive.extractall(path)
    items = path / "a00000004.gdbtable"
    data = items.read_bytes()
    assert b"<DomainName>structure</DomainName>" in data
    items.write_bytes(data.replace(b"<DomainName>structure</DomainName>", b"<DomainName>structure</DomainMane>"))
    table = read_table(path)
    assert table.columns["结构"].tolist() == [1, 2, 9]
    assert table.faults == ()


def test_a_file_in_the_folder_stands_for_it(village):
    assert whole_of(village / "a00000001.gdbtable") == village
    assert whole_of(village / "房屋.shp") == village / "房屋.shp"
    assert is_folder(village)
    assert not is_folder(village.parent)
    with pytest.raises(errors.FolderGiven, match="gdb"):
        read_table(village.parent)

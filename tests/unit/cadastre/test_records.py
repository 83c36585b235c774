from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS
from shapely import LineString, MultiPolygon, Point, Polygon

from unit.cadastre.made import EAST, NORTH, gbk, row_of_squares, square, write_shapefile
from weijian.cadastre import errors, records
from weijian.cadastre.encodings import Source, TextEncoding
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.mapping import FieldMapping, guess
from weijian.cadastre.reader import read_table
from weijian.cadastre.table import VectorTable
from weijian.cadastre.text import object_array
from weijian.domain.errors import CrsContradicted, CrsMissing
from weijian.domain.permit import PermitKind
from weijian.domain.zone import ZoneKind

CRS_HERE = "EPSG:4549"


def table(columns, shapes=None, crs=CRS_HERE, certain=True):
    count = len(next(iter(columns.values())))
    shapes = row_of_squares(count) if shapes is None else shapes
    declared = None if crs is None else CRS.from_user_input(crs)
    text = TextEncoding("gbk", Source.EVIDENCE, certain)
    arrays = {h: object_array(v) for h, v in columns.items()}
    return VectorTable(Path("a.shp"), None, declared, text, arrays, object_array(shapes), np.arange(1, count + 1))


def read(kind, columns, shapes=None, **options):
    given = table(columns, shapes, **options)
    return getattr(records, kind)(given, guess(given, kind), CRS_HERE)


def test_buildings_from_a_gbk_shapefile_without_cpg(tmp_path):
    path = write_shapefile(
        tmp_path / "房屋.shp",
        row_of_squares(2),
        {
            "房屋编号".encode("gbk"): [b"F1", b"F2"],
            "户主".encode("gbk"): gbk("李明", "王芳"),
            "层数".encode("gbk"): gbk("3层", "二层"),
            b"FWGD": gbk("9.5米", ""),
            b"JCNF": gbk("2005", "2011年3月"),
        },
    )
    given = read_table(path)
    found = records.buildings(given, guess(given, "buildings"), CRS_HERE)
    first, second = found.values
    assert (first.building_no, first.holder, first.storeys, first.height_m) == ("F1", "李明", 3, 9.5)
    assert first.built_on == date(2005, 1, 1)
    assert first.geometry.equals(square())
    assert (second.storeys, second.height_m, second.built_on) == (2, None, date(2011, 3, 1))
    assert not found.faults
    notes = [(n.row, n.field, n.why) for n in found.repairs]
    assert notes == [(None, "JCNF", Why.YEAR_ONLY), (None, "JCNF", Why.MONTH_ONLY)]


def test_every_bad_row_is_named_and_the_others_stay():
    found = read(
        "buildings",
        {
            "FWBH": ["F1", None, "F3", "F1", "F5", " F 3"],
            "CS": [1, 2, "three", 4, 500, 6],
            "JCNF": ["2005", "2005-02-30", None, None, None, None],
        },
    )
    assert [v.building_no for v in found.values] == ["F1"]
    assert found.rows == (1,)
    assert [(f.row, f.field, f.why) for f in found.faults] == [
        (2, "FWBH", Why.KEY_EMPTY),
        (2, "JCNF", Why.IMPOSSIBLE_DATE),
        (3, "CS", Why.NOT_A_NUMBER),
        (4, "FWBH", Why.KEY_REPEATED),
        (5, "CS", Why.OUT_OF_RANGE),
        (6, "FWBH", Why.KEY_REPEATED),
    ]
    assert found.faults[3].sentence("zh") == "a.shp 第 4 行 字段 FWBH：“F1”编号与第 1 行重复"
    assert found.faults[3].sentence("en") == "a.shp, row 4, field FWBH: 'F1' the number repeats that of row 1"
    assert found.faults[2].sentence("zh") == "a.shp 第 3 行 字段 CS：“three”不是数字"


def test_personal_data_never_show():
    card = "330123199001011234"
    given = replace(
        table({"HH": [card, card], "QLR": ["李明", None]}),
        faults=(RowFault(Path("a.shp"), 2, "QLR", Why.UNDECODABLE, other="GBK"),),
    )
    found = records.households(given, guess(given, "households"))
    assert found.faults
    for fault in (*found.faults, *found.repairs):
        for language in ("zh", "en"):
            assert card not in fault.sentence(language)
            assert "李明" not in fault.sentence(language)


def test_no_key_column_is_one_sentence():
    with pytest.raises(errors.FieldMissing, match="building_no"):
        read("buildings", {"foo": [1]})


def test_undecodable_text_matters_only_in_columns_in_use():
    fault = RowFault(Path("a.shp"), 1, "QLR", Why.UNDECODABLE, other="GBK")
    given = replace(table({"HH": ["H1", "H2"], "QLR": [None, "王芳"]}), faults=(fault,))
    assert records.households(given, guess(given, "households")).faults == (fault,)
    without = FieldMapping(guess(given, "households").kind, {"household_no": "HH"})
    assert len(records.households(given, without).values) == 2


def test_an_undecodable_key_is_one_fault_not_two():
    fault = RowFault(Path("a.shp"), 1, "HH", Why.UNDECODABLE, other="GBK")
    given = replace(table({"HH": [None, "H2"]}), faults=(fault,))
    assert records.households(given, guess(given, "households")).faults == (fault,)


def test_a_guessed_encoding_is_noted():
    found = read("parcels", {"ZDDM": ["1"]}, certain=False)
    assert [n.why for n in found.repairs] == [Why.ENCODING_GUESSED]


def test_geometry_faults_and_repairs():
    spike = Polygon([(EAST, NORTH), (EAST + 10, NORTH), (EAST + 10, NORTH + 10), (EAST, NORTH + 10), (EAST, NORTH + 20),
                     (EAST, NORTH + 10)])  # fmt: skip
    bowtie = Polygon([(EAST, NORTH), (EAST + 10, NORTH + 10), (EAST + 10, NORTH), (EAST, NORTH + 10)])
    flat = Polygon([(EAST, NORTH), (EAST + 10, NORTH), (EAST + 5, NORTH)])
    line = LineString([(EAST, NORTH), (EAST + 10, NORTH)])
    with np.errstate(invalid="ignore"):
        nowhere = Polygon([(EAST, NORTH), (np.nan, NORTH), (EAST, NORTH + 1)])
    shapes = [square(), spike, bowtie, flat, line, None, Polygon(), nowhere, MultiPolygon([square(), square(50)])]
    found = read("parcels", {"ZDDM": [str(i) for i in range(1, 10)]}, shapes)
    assert [v.parcel_no for v in found.values] == ["1", "2", "9"]
    assert found.values[1].geometry.is_valid
    assert found.values[1].geometry.area == pytest.approx(100)
    assert [(n.row, n.why) for n in found.repairs] == [(2, Why.GEOMETRY_REPAIRED)]
    assert [(f.row, f.why) for f in found.faults] == [
        (3, Why.GEOMETRY_INVALID),
        (4, Why.GEOMETRY_INVALID),
        (5, Why.GEOMETRY_UNFIT),
        (6, Why.GEOMETRY_EMPTY),
        (7, Why.GEOMETRY_EMPTY),
        (8, Why.GEOMETRY_INVALID),
    ]


def test_a_layer_of_points_is_one_sentence():
    with pytest.raises(errors.GeometryUnfit, match="Point"):
        read("parcels", {"ZDDM": ["1"]}, [Point(EAST, NORTH)])
    without = replace(table({"ZDDM": ["1"]}), geometry=None)
    with pytest.raises(errors.GeometryMissing):
        records.parcels(without, guess(without, "parcels"), CRS_HERE)


def test_geometry_arrives_in_the_workspaces_crs():
    shapes = [shapely.transform(square(), lambda xy: xy + np.array([40e6, 0]))]
    found = read("parcels", {"ZDDM": ["1"]}, shapes, crs="EPSG:4528")
    assert found.values[0].geometry.bounds == pytest.approx(square().bounds, abs=1e-6)
    assert not found.repairs


def test_an_old_datum_is_noted():
    found = read("parcels", {"ZDDM": ["1"]}, crs="EPSG:2437")
    assert [n.why for n in found.repairs] == [Why.CRS_APPROXIMATE]
    assert found.repairs[0].other.startswith("EPSG:2437 → EPSG:4549")


def test_a_stray_row_is_a_fault_of_its_own():
    stray = shapely.transform(square(), lambda xy: xy + np.array([40e6, 0]))
    nowhere = shapely.box(0, 0, 10, 10)
    found = read("parcels", {"ZDDM": ["1", "2", "3", "4", "5"]}, [*row_of_squares(3), stray, nowhere])
    assert found.rows == (1, 2, 3)
    assert [(f.row, f.why) for f in found.faults] == [(4, Why.MISPLACED), (5, Why.MISPLACED)]


def test_households_out_of_a_table_of_their_buildings():
    found = read("households", {"HH": ["H1", "H1", "H2", "H2"], "QLR": ["李明", "李明", "王芳", "张伟"]})
    assert [v.household_no for v in found.values] == ["H1", "H2"]
    assert [(n.row, n.why) for n in found.repairs] == [(2, Why.ROW_REPEATED)]
    assert [(f.row, f.why) for f in found.faults] == [(4, Why.KEY_REPEATED)]


def test_doubts_of_encoding_and_datum_are_both_noted():
    found = read("parcels", {"ZDDM": ["1"]}, crs="EPSG:2437", certain=False)
    assert [n.why for n in found.repairs] == [Why.ENCODING_GUESSED, Why.CRS_APPROXIMATE]


def test_crs_faults_of_the_whole_file():
    with pytest.raises(CrsMissing):
        read("parcels", {"ZDDM": ["1"]}, crs=None)
    with pytest.raises(CrsContradicted):
        read("parcels", {"ZDDM": ["1"]}, crs="EPSG:4528")
    given = table({"ZDDM": ["1"]})
    with pytest.raises(errors.CrsNotMetric):
        records.parcels(given, guess(given, "parcels"), "EPSG:3857")


def test_permits():
    found = read(
        "permits",
        {
            "许可证号": ["乡字第1号", "建字第2号", "临字第3号", "4"],
            "许可类型": ["乡村建设规划许可证", "建设工程规划许可证", "临时建设工程规划许可证", "驾驶证"],
            "发证日期": ["2023-11-20", "2023/1/2", "20230102", None],
            "有效期至": ["2025年5月19日", "长期", None, None],
            "批准层数": [2, "3层", 0, None],
            "批准高度": [6.1, None, "9m", None],
            "批准面积": ["120㎡", 80, None, None],
        },
    )
    first, second, third = found.values
    assert (first.kind, first.expires_on, first.max_storeys) == (PermitKind.RURAL, date(2025, 5, 19), 2)
    assert (first.max_height_m, first.max_footprint_m2) == (6.1, 120.0)
    assert (second.kind, second.expires_on) == (PermitKind.WORKS, None)
    assert (third.kind, third.max_storeys, third.max_height_m) == (PermitKind.TEMPORARY, None, 9.0)
    assert [(n.row, n.why) for n in found.repairs] == [(3, Why.ZERO_IS_UNKNOWN)]
    assert [(f.row, f.why) for f in found.faults] == [(4, Why.UNKNOWN_VALUE)]


def test_zones_get_numbers_where_they_have_none():
    found = read("zones", {"类型": ["征迁冻结区", "河道蓝线", None]})
    assert [(z.zone_no, z.kind) for z in found.values] == [("Z0001", ZoneKind.FREEZE), ("Z0002", ZoneKind.RIVER)]
    assert [f.why for f in found.faults] == [Why.VALUE_MISSING]
    assert [n.why for n in found.repairs] == [Why.NUMBER_MADE]
    numbered = read("zones", {"类型": ["绿线", "绿线"], "编号": ["A", "A"]})
    assert [z.zone_no for z in numbered.values] == ["A"]
    assert [f.why for f in numbered.faults] == [Why.KEY_REPEATED]


def test_a_mapping_gives_its_own_words_and_constants():
    given = table({"LX": ["一级", "重点"]})
    mapping = FieldMapping(guess(given, "zones").kind, {"kind": "LX"}, {"kind": {"一级": "farmland"}}, {"name": "东片"})
    found = records.zones(given, mapping, CRS_HERE)
    assert [(z.kind, z.name) for z in found.values] == [(ZoneKind.FARMLAND, "东片"), (ZoneKind.KEY, "东片")]


def test_an_empty_table_gives_nothing_and_no_error():
    found = read("parcels", {"ZDDM": []}, [])
    assert found.values == found.faults == ()


@given(st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers(-5, 5), st.floats()), min_size=1, max_size=8))
def test_a_row_is_either_a_value_or_a_fault(cells):
    found = read("buildings", {"FWBH": cells, "CS": cells[::-1]})
    faulty = {f.row for f in found.faults}
    assert faulty.isdisjoint(found.rows)
    assert faulty | set(found.rows) == set(range(1, len(cells) + 1))
    keys = [v.building_no for v in found.values]
    assert len(keys) == len(set(keys))


def test_areas_in_the_unit_that_the_heading_states():
    found = read("parcels", {"宗地代码": ["Z1", "Z2"], "宗地面积（亩）": [0.3, "150㎡"]})
    assert [parcel.area_m2 for parcel in found.values] == [pytest.approx(200), pytest.approx(150)]
    assert [(note.field, note.why) for note in found.repairs] == [("宗地面积（亩）", Why.AREA_CONVERTED)]


def test_numbers_that_a_spreadsheet_has_rounded_never_become_keys(tmp_path):
    whole = b"3301271040031234567"
    columns = {b"ZDDM": [whole + b".000", b"3.30127104E+18"], b"HH": [b"12", b"13"]}
    path = write_shapefile(tmp_path / "a.shp", row_of_squares(2), columns, kinds={b"ZDDM": b"N", b"HH": b"N"})
    given = read_table(path)
    found = records.parcels(given, guess(given, "parcels"), CRS_HERE)
    assert [parcel.parcel_no for parcel in found.values] == [whole.decode()]
    assert [(fault.row, fault.why) for fault in found.faults] == [(2, Why.DIGITS_LOST)]


@pytest.mark.parametrize("rounded", [110105194912310020.0, "1.10105E+17"])
def test_rounded_numbers_of_persons_are_left_out_and_told(rounded):
    given = table({"户号": ["H1"], "姓名": ["李明"], "身份证号": [rounded], "电话": ["1.38001E+10"]})
    found = records.persons(given, guess(given, "persons"))
    assert [(person.id_number, person.phone) for person in found.values] == [(None, None)]
    assert {note.why for note in found.repairs} == {Why.NOT_AN_ID, Why.NOT_A_PHONE}
    assert all(note.value is None for note in found.repairs)


def test_a_telephone_beside_no_name_is_told():
    given = table(
        {"户号": ["H1", "H2", "H3"], "户主": ["李明", None, None], "电话": ["13800138000", "13800138001", None]}
    )
    found = records.holders(given, guess(given, "households"))
    assert [person.name for person in found.values] == ["李明"]
    assert [(note.row, note.why) for note in found.repairs] == [(2, Why.NUMBER_OF_NOBODY)]
    assert found.faults == ()

from pathlib import Path

import numpy as np
import pytest

from weijian.cadastre import errors
from weijian.cadastre.encodings import Source, TextEncoding
from weijian.cadastre.fields import REQUIRED, field_rules, folded
from weijian.cadastre.mapping import FieldMapping, guess, known_value, load, recognise, save
from weijian.cadastre.table import VectorTable
from weijian.domain.building import Building
from weijian.domain.errors import FileMissing
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.person import Person
from weijian.domain.table_kind import Kind
from weijian.domain.zone import ZONE_NAMES, Zone, ZoneKind


def table(*headings, name="a.shp", codec="gbk", geometry=True):
    columns = {h: np.array([None], dtype=object) for h in headings}
    shapes = np.array([None], dtype=object) if geometry else None
    return VectorTable(Path(name), None, None, TextEncoding(codec, Source.CPG, True), columns, shapes, np.array([1]))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.HOUSEHOLDS, Household),
        (Kind.PERSONS, Person),
        (Kind.PARCELS, Parcel),
        (Kind.BUILDINGS, Building),
        (Kind.PERMITS, Permit),
        (Kind.ZONES, Zone),
    ],
)
def test_the_rules_speak_of_exactly_the_fields_there_are(kind, value):
    told_of_the_holder = {"phone", "id_number"} if kind is Kind.HOUSEHOLDS else set()
    assert set(field_rules().targets(kind)) == set(value.__dataclass_fields__) - {"geometry"} | told_of_the_holder
    assert REQUIRED[kind] in field_rules().targets(kind)


def test_no_word_of_a_kind_means_two_fields():
    for kind, targets in field_rules().fields.items():
        words = [folded(w) for synonyms in targets.values() for w in set(map(folded, synonyms))]
        assert sorted(set(words)) == sorted(words), kind


def test_the_rules_know_every_value():
    assert set(field_rules().values[Kind.ZONES]["kind"]) == set(ZoneKind)
    assert set(field_rules().values[Kind.PERMITS]["kind"]) == set(PermitKind)
    for kind, name in ZONE_NAMES.items():
        assert known_value(Kind.ZONES, "kind", name) == kind


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["FWBH", "HH", "QLR", "ZDDM", "ZCS", "FWGD", "JZMJ", "JGLX", "JCNF", "FWYT"],
            ["building_no", "household_no", "holder", "parcel_no", "storeys", "height_m", "built_area_m2", "structure",
             "built_on", "use"],
        ),
        (
            ["房屋编号", "户号", "户主", "宗地代码", "层数", "建筑高度(米)", "建筑面积", "结构", "建成年份", "用途"],
            ["building_no", "household_no", "holder", "parcel_no", "storeys", "height_m", "built_area_m2", "structure",
             "built_on", "use"],
        ),
        (["Building_No", "STOREYS", "Height m"], ["building_no", "storeys", "height_m"]),
        (["fwbh", "cs", "gd"], ["building_no", "storeys", "height_m"]),
    ],
)  # fmt: skip
def test_buildings(headings, expected):
    columns = guess(table(*headings), Kind.BUILDINGS).columns
    assert columns == dict(zip(expected, headings, strict=True))


def test_permits():
    headings = ["许可证号", "许可类型", "户号", "发证日期", "有效期至", "批准层数", "批准高度", "批准面积"]
    targets = ["permit_no", "kind", "household_no", "issued_on", "expires_on", "max_storeys", "max_height_m",
               "max_footprint_m2"]  # fmt: skip
    assert guess(table(*headings), "permits").columns == dict(zip(targets, headings, strict=True))


def test_headings_cut_at_ten_bytes():
    chinese = table("许可证有效", "许可证编号")
    assert guess(chinese, Kind.PERMITS).columns == {"permit_no": "许可证编号", "expires_on": "许可证有效"}
    english = table("household_", "building_n", "built_area", "parcel_no")
    assert guess(english, Kind.BUILDINGS).columns == {
        "building_no": "building_n",
        "household_no": "household_",
        "parcel_no": "parcel_no",
        "built_area_m2": "built_area",
    }


def test_what_is_not_recognised_is_left_out():
    assert guess(table("FWBH", "foo"), Kind.BUILDINGS).columns == {"building_no": "FWBH"}


def test_a_zone_file_named_for_its_kind():
    assert guess(table("编号", name="永久基本农田.shp"), Kind.ZONES).constants == {"kind": "farmland"}
    assert guess(table("编号", name="data.shp"), Kind.ZONES).constants == {}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.ZONES, "征迁冻结区", "freeze"),
        (Kind.ZONES, "basic_farmland", "farmland"),
        (Kind.ZONES, "永久基本农田保护区", "farmland"),
        (Kind.ZONES, "river_blue_line", "river"),
        (Kind.ZONES, "Green Line", "green"),
        (Kind.ZONES, "purple_line", "heritage"),
        (Kind.ZONES, "某某", None),
        (Kind.PERMITS, "建设工程规划许可证", "works"),
        (Kind.PERMITS, "乡村建设规划许可证", "rural"),
        (Kind.PERMITS, "临时建设工程规划许可证(2年)", "temporary"),
        (Kind.PERMITS, "TEMPORARY", "temporary"),
    ],
)
def test_values(kind, text, value):
    assert known_value(kind, "kind", text) == value


@pytest.mark.parametrize(
    ("headings", "name", "kind"),
    [
        (["FWBH", "HH", "ZCS"], "fw.shp", Kind.BUILDINGS),
        (["ZDDM", "QLR", "ZL"], "zd.shp", Kind.PARCELS),
        (["许可证号", "发证日期", "有效期至"], "x.shp", Kind.PERMITS),
        (["zone_type", "name"], "zones.gpkg", Kind.ZONES),
    ],
)
def test_the_kind_of_a_table(headings, name, kind):
    assert recognise(table(*headings, name=name)).kind is kind


def test_tables_without_geometry_are_households_or_attributes():
    assert recognise(table("户号", "户主", "地址", geometry=False)).kind is Kind.HOUSEHOLDS
    assert recognise(table("户号", "房屋编号", "层数", geometry=False)).kind is Kind.BUILDINGS
    assert recognise(table("类型", geometry=False)) is None
    assert recognise(table("foo", "bar")) is None


def test_a_mapping_survives_its_file(tmp_path):
    mapping = FieldMapping(
        Kind.ZONES,
        {"kind": '类 "型"', "name": "a\\b"},
        {"kind": {"一级\n区": "farmland", "\x7f": "key"}},
        {"zone_no": "1"},
    )
    assert load(save(mapping, tmp_path / "m.toml")) == mapping
    assert [p.name for p in tmp_path.iterdir()] == ["m.toml"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("kind = ", "Invalid value"),
        ('kind = "houses"', "kind"),
        ("", "kind"),
        ('kind = "zones"\n[colums]\n', "colums"),
        ('kind = "zones"\n[columns]\nstoreys = "CS"', "storeys"),
        ('kind = "zones"\n[columns]\nname = 3', "columns"),
        ('kind = "zones"\ncolumns = 3', "columns"),
        ('kind = "zones"\n[values]\nkind = "x"', "kind"),
    ],
)
def test_a_wrong_mapping_file(tmp_path, text, entry):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(errors.MappingUnusable, match=entry):
        load(path)


def test_no_mapping_file(tmp_path):
    with pytest.raises(FileMissing):
        load(tmp_path / "none.toml")


def test_columns_that_are_not_there():
    with pytest.raises(errors.FieldMissing, match="FWBM"):
        FieldMapping(Kind.BUILDINGS, {"building_no": "FWBM"}).require(table("FWBH", "CS"))
    with pytest.raises(errors.FieldMissing, match="building_no") as caught:
        guess(table("foo"), Kind.BUILDINGS).require(table("foo"))
    assert "foo" in caught.value.sentence("zh")

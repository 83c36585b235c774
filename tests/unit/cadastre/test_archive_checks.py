import numpy as np
import pytest
import shapely
from shapely import Polygon

from weijian.cadastre.archive_checks import Archive, Layer, check_archive
from weijian.cadastre.check_rules import CheckRules, check_rules, load_check_rules
from weijian.cadastre.faults import Why
from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind

GOOD = "330102001001JC00001"


def layer(numbers, outlines, **fields):
    return Layer(numbers, np.array(outlines, dtype=object), fields)


def told(layers, households=None):
    found = finish(check_archive(Archive(layers, households), CheckRules()))
    return [(fault.why, fault.number, fault.other) for fault in found]


def test_the_rules_that_come_along_are_the_usual_ones():
    assert check_rules() == CheckRules()


@pytest.mark.parametrize("content", ["- 1", "gap_width_m: -1", "gap_width_m: x", "parcel_no_pattern: '('", "what: 1"])
def test_damaged_rules_are_named(tmp_path, content):
    path = tmp_path / "checks.yaml"
    with pytest.raises(FileMissing):
        load_check_rules(path)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileUnreadable):
        load_check_rules(path)


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        (GOOD, True),
        ("330102001001GB00012", True),
        ("330102001001JC00000", False),
        ("330102001001QC00001", False),
        ("330102001001JC0001", False),
        ("990102001001JC00001", False),
        ("33010200100１JC00001", False),
        ("A1", False),
    ],
)
def test_parcel_numbers(number, sound):
    found = told({Kind.PARCELS: layer([number], [shapely.box(0, 0, 10, 10)])})
    assert (found == []) is sound


def test_stated_areas():
    ground = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10), shapely.box(40, 0, 50, 10)]
    numbers = [GOOD, GOOD[:-1] + "2", GOOD[:-1] + "3"]
    parcels = layer(numbers, ground, area_m2=[102.0, 160.0, None])
    assert told({Kind.PARCELS: parcels}) == [(Why.AREA_DIFFERS, numbers[1], None)]
    buildings = layer(["F1", "F2", "F3"], ground, storeys=[2, 3, None], built_area_m2=[190.0, 120.0, 80.0])
    assert told({Kind.BUILDINGS: buildings}) == [(Why.BUILT_AREA_DIFFERS, "F2", None)]


def test_geometry_is_repaired_where_its_area_stays():
    spike = Polygon([(0, 0), (10, 0), (10, 10), (20, 10), (10, 10), (0, 10)])
    bowtie = Polygon([(30, 0), (40, 10), (40, 0), (30, 10)])
    (mendable, lost, empty) = finish(
        check_archive(Archive({Kind.PERMITS: layer(["P1", "P2", "P3"], [spike, bowtie, Polygon()])}), CheckRules())
    )[::1]
    by_number = {fault.number: fault for fault in (mendable, lost, empty)}
    assert by_number["P1"].why is Why.MENDABLE
    assert by_number["P1"].measure == "100.00 → 100.00 m²"
    assert by_number["P2"].why is Why.GEOMETRY_INVALID
    assert by_number["P3"].why is Why.GEOMETRY_EMPTY


def test_who_belongs_to_nothing():
    home, ground = shapely.box(2, 2, 8, 8), shapely.box(0, 0, 10, 10)
    layers = {
        Kind.PARCELS: layer([GOOD], [ground], household_no=["H2"]),
        Kind.BUILDINGS: layer(
            ["F1", "F2"], [home, shapely.box(20, 20, 30, 30)], household_no=["H1", None], parcel_no=[GOOD, "Z9"]
        ),
        Kind.PERMITS: layer(["P1"], [home], household_no=["H7"]),
    }
    found = told(layers, ["H1", "H2"])
    assert (Why.NO_BUILDING, "H2", None) in found
    assert (Why.NO_HOUSEHOLD, "F2", None) in found
    assert (Why.PARCEL_UNKNOWN, "F2", "Z9") in found
    assert (Why.HOUSEHOLD_UNKNOWN, "P1", "H7") in found
    assert (Why.OUTSIDE_PARCEL, "F2", None) in found
    assert len(found) == 5


def test_every_fault_reads_in_both_languages():
    parcels = layer([GOOD, GOOD[:-1] + "2"], [shapely.box(0, 0, 10, 10), shapely.box(9, 0, 20, 10)])
    (fault,) = finish(check_archive(Archive({Kind.PARCELS: parcels}), CheckRules()))
    assert fault.sentence("zh") == f"宗地 {GOOD[:-1]}2：与 {GOOD} 重叠 10.00 m²"
    assert fault.sentence("en") == f"parcel {GOOD[:-1]}2: overlaps {GOOD} by 10.00 m²"
    assert fault.place is not None

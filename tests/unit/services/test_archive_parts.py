from pathlib import Path

import pytest
from shapely import LineString, union_all

from unit.services.made import EAST, NORTH, building, finding, household, permit, place
from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.errors import DuplicateNumber, NotFound
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.person import Person
from weijian.domain.stage import Stage
from weijian.services import archive_parts
from weijian.services.archive_parts import MergeImpossible, SplitImpossible
from weijian.services.dossier import search_households
from weijian.services.household_edits import undo_edit
from weijian.storage.workspace import open_workspace

WEST, EASTERN = place(0, 0, 10, 10), place(10, 0, 16, 10)


@pytest.fixture
def village(flown: Path) -> Path:
    with open_workspace(flown) as workspace, workspace.transaction("test", "keep") as work:
        work.households.upsert_many([household(1), household(2, holder="李四")])
        work.parcels.upsert_many([Parcel("Z1", place(-2, -2, 10, 12), "H1"), Parcel("Z2", place(10, -2, 20, 12), "H1")])
        work.buildings.upsert_many(
            [
                building(1, household_no="H1", parcel_no="Z1", geometry=WEST, storeys=2, built_area_m2=160.0),
                building(2, household_no="H1", parcel_no="Z2", geometry=EASTERN, storeys=3, built_area_m2=90.0),
                building(3, household_no="H2", geometry=place(40, 0, 50, 10)),
            ]
        )
        work.permits.upsert_many([permit(1, household_no="H1", geometry=EASTERN)])
        on_east = finding(1, household_no="H1", building_no="B2", geometry=place(11, 1, 15, 9))
        work.findings.add_many([on_east, finding(2, household_no="H1", building_no="B1", geometry=WEST)], 1, 2)
        work.cases.add(Case("A1", Stage.LEAD, on_east.after_date, "H1", "B2", finding_nos=(on_east.finding_no,)))
        work.persons.upsert_many([Person("H1", "张小五", "子"), Person("H1", "王小妹", "妻")])
    return flown


def contents(folder: Path) -> dict[str, object]:
    """All that splitting and merging may touch."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return {
            "households": work.households.all(),
            "parcels": work.parcels.all(),
            "buildings": work.buildings.all(),
            "permits": work.permits.all(),
            "findings": work.findings.all(),
            "cases": work.cases.all(),
            "persons": sorted(work.persons.all(), key=lambda each: each.person_no),
        }


def owners(folder: Path) -> dict[str, str | None]:
    named = {"parcels": "parcel_no", "buildings": "building_no", "permits": "permit_no", "cases": "case_no"}
    named |= {"findings": "finding_no", "persons": "person_no"}
    found = contents(folder)
    return {getattr(each, number): each.household_no for part, number in named.items() for each in found[part]}


def test_households_are_merged_found_by_the_old_number_and_parted_again(village: Path) -> None:
    before = contents(village)
    edit = archive_parts.merge_households(village, "H2", "H1").value
    assert set(owners(village).values()) == {"H2"}
    assert [hit.household_no for hit in search_households(village, "H1", 9)] == ["H2"]
    with pytest.raises(NotFound):
        archive_parts.merge_households(village, "H2", "H1")
    with pytest.raises(MergeImpossible):
        archive_parts.merge_households(village, "H2", "H2")
    undo_edit(village, edit)
    assert contents(village) == before
    assert [hit.household_no for hit in search_households(village, "H1", 9)] == ["H1"]


def test_a_household_is_split_with_what_belongs_to_its_buildings(village: Path) -> None:
    before = contents(village)
    new = Household("H3", "张小五", "石桥村3号")
    edit = archive_parts.split_household(village, "H1", new, buildings=["B2"], persons=["P1"]).value
    numbers = [each.finding_no for each in before["findings"]]
    assert owners(village) == {
        **{"Z1": "H1", "B1": "H1", "P2": "H1", numbers[1]: "H1", "B3": "H2"},
        **{"Z2": "H3", "B2": "H3", "P1": "H3", "A1": "H3", numbers[0]: "H3", before["permits"][0].permit_no: "H3"},
    }
    assert [hit.household_no for hit in search_households(village, "石桥村3号", 9)] == ["H3"]
    undo_edit(village, edit)
    assert contents(village) == before


@pytest.mark.parametrize(
    ("number", "buildings", "error"),
    [("H2", ["B2"], DuplicateNumber), ("H3", [], SplitImpossible), ("H3", ["B3"], SplitImpossible)],
)
def test_a_household_is_not_split_so(village: Path, number: str, buildings: list[str], error: type[Exception]) -> None:
    before = contents(village)
    with pytest.raises(error):
        archive_parts.split_household(village, "H1", Household(number), buildings=buildings)
    assert contents(village) == before


def test_buildings_are_merged(village: Path) -> None:
    before = contents(village)
    edit = archive_parts.merge_buildings(village, "B1", "B2").value
    found = contents(village)
    whole: Building = found["buildings"][0]
    assert [each.building_no for each in found["buildings"]] == ["B1", "B3"]
    assert (whole.storeys, whole.built_area_m2) == (3, 250.0)
    assert whole.geometry.equals(union_all([WEST, EASTERN]))
    assert {each.building_no for each in found["findings"]} == {"B1"}
    assert found["cases"][0].building_no == "B1"
    assert [hit.household_no for hit in search_households(village, "B2", 9)] == ["H1"]
    undo_edit(village, edit)
    assert contents(village) == before


def test_buildings_apart_or_of_others_are_not_merged(village: Path) -> None:
    for one, other in (("B1", "B3"), ("B1", "B1")):
        with pytest.raises(MergeImpossible):
            archive_parts.merge_buildings(village, one, other)


def test_a_building_is_split_by_a_line(village: Path) -> None:
    before = contents(village)
    line = LineString([(EAST + 7, NORTH - 5), (EAST + 7, NORTH + 15)])
    edit = archive_parts.split_building(village, "B1", line).value
    found = contents(village)
    large, small = found["buildings"][0], found["buildings"][1]
    assert [each.building_no for each in found["buildings"]] == ["B1-1", "B1-2", "B2", "B3"]
    assert (large.geometry.area, small.geometry.area) == pytest.approx((70.0, 30.0))
    assert (large.built_area_m2, small.built_area_m2, small.storeys) == (112.0, 48.0, 2)
    assert {each.building_no for each in found["findings"]} == {"B1-1", "B2"}
    assert [hit.household_no for hit in search_households(village, "B1", 9)] == ["H1"]
    undo_edit(village, edit)
    assert contents(village) == before


@pytest.mark.parametrize("easting", [-5, 0.01])
def test_a_line_that_cuts_nothing_off_is_refused(village: Path, easting: float) -> None:
    before, line = contents(village), LineString([(EAST + easting, NORTH - 5), (EAST + easting, NORTH + 15)])
    with pytest.raises(SplitImpossible):
        archive_parts.split_building(village, "B1", line)
    assert contents(village) == before

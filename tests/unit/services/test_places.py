"""Anything that has a number can be looked up, and found on the map."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from unit.services.made import EAST, NEW_HOUSE, NORTH, SIZE_M, building, finding, household, parcel, permit, place
from weijian.domain.case import Case
from weijian.domain.errors import FileMissing, NotFound
from weijian.domain.stage import Stage
from weijian.domain.zone import Zone, ZoneKind
from weijian.services.places import place_of, record_of
from weijian.storage.workspace import open_workspace

GONE = "99"
RIVER = shapely.MultiPolygon([place(0, 0, 70, 5), place(0, 60, 70, 70)])
VALUES = {
    "household": household(1),
    "building": building(1),
    "parcel": parcel(1),
    "permit": permit(1),
    "zone": Zone("Z1", ZoneKind.RIVER, RIVER),
    "finding": finding(1),
    "case": Case("A1", Stage.LEAD, date(2025, 11, 1), finding_nos=(finding(1).finding_no,)),
}
NUMBERS = {
    "household": "H1", "building": "B1", "parcel": "P1", "permit": "X1", "zone": "Z1",
    "finding": finding(1).finding_no, "case": "A1", "survey": "2",
}  # fmt: skip


@pytest.fixture
def village(keep) -> Path:
    folder = keep(
        VALUES["finding"],
        households=[household(1), household(2)],
        buildings=[building(1), building(2, household_no=None)],
        parcels=[parcel(1)],
        permits=[permit(1)],
        zones=[VALUES["zone"]],
    )
    with open_workspace(folder) as workspace, workspace.transaction("test", "cases") as work:
        work.cases.add(VALUES["case"])
        work.cases.add(Case("A2", Stage.LEAD, date(2025, 11, 2), building_no="B2"))
        work.cases.add(Case("A3", Stage.LEAD, date(2025, 11, 3), place="石桥村"))
    return folder


@pytest.mark.parametrize("kind", VALUES)
def test_what_is_known_of_a_thing(village: Path, kind: str) -> None:
    assert record_of(village, kind, NUMBERS[kind]) == VALUES[kind]


def test_what_is_known_of_a_survey(village: Path) -> None:
    assert record_of(village, "survey", "2").flown_on == date(2025, 10, 28)


@pytest.mark.parametrize("kind", NUMBERS)
def test_what_is_gone_is_said(village: Path, kind: str) -> None:
    for look in (record_of, place_of):
        with pytest.raises(NotFound) as told:
            look(village, kind, GONE)
        assert GONE in str(told.value)


@pytest.mark.parametrize("kind", ["building", "parcel", "permit", "zone", "finding"])
def test_a_thing_is_where_its_outline_is(village: Path, kind: str) -> None:
    found = place_of(village, kind, NUMBERS[kind])
    assert found is not None
    assert found.geometry == VALUES[kind].geometry
    assert found.bounds == found.geometry.bounds


def test_a_household_is_where_its_parcels_and_buildings_are(village: Path) -> None:
    found = place_of(village, "household", "H1")
    assert found is not None
    assert found.geometry.equals(shapely.union(parcel(1).geometry, building(1).geometry))
    assert place_of(village, "household", "H2") is None


def test_a_case_is_where_its_structures_are(village: Path) -> None:
    assert place_of(village, "case", "A1").geometry == place(*NEW_HOUSE)
    assert place_of(village, "case", "A2").geometry == building(2).geometry
    assert place_of(village, "case", "A3") is None


def test_a_survey_is_where_its_orthophoto_reaches(village: Path) -> None:
    assert place_of(village, "survey", "2").bounds == pytest.approx((EAST, NORTH, EAST + SIZE_M, NORTH + SIZE_M))


def test_a_survey_without_its_orthophoto_is_said(village: Path, tmp_path: Path) -> None:
    with open_workspace(village) as workspace, workspace.transaction("test", "move") as work:
        work.surveys.update(replace(work.surveys.get(2), ortho=tmp_path / "gone.tif"))
    with pytest.raises(FileMissing):
        place_of(village, "survey", "2")

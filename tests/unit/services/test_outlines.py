"""Outlines come with what their colour depends on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from unit.services.made import NEW_HOUSE, building, finding, parcel, permit, place
from weijian.domain.case import Case
from weijian.domain.change_set import Part
from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.permit import PermitKind
from weijian.domain.stage import Stage
from weijian.domain.zone import Zone, ZoneKind
from weijian.services.outlines import PARTS, read_outlines, same_outlines
from weijian.storage.workspace import open_workspace

RIVER = shapely.MultiPolygon([place(0, 0, 70, 5), place(0, 60, 70, 70)])


@pytest.fixture
def village(keep) -> Path:
    folder = keep(
        finding(1),
        finding(2, change_type=ChangeType.EXTENDED, permit_status=None, geometry=place(8, 8, 20, 20)),
        finding(3, change_type=ChangeType.REBUILT, geometry=place(46, 10, 58, 22), after_outline=place(46, 12, 58, 22)),
        buildings=[building(1, storeys=2), building(2), building(3, household_no=None)],
        parcels=[parcel(1)],
        permits=[permit(1, kind=PermitKind.RURAL)],
        zones=[Zone("Z1", ZoneKind.RIVER, RIVER, "石桥河")],
    )
    cases = [
        Case("A1", Stage.LEAD, date(2025, 11, 1), finding_nos=(number(1), number(3))),
        Case("A2", Stage.DECISION, date(2025, 11, 2), building_no="B3"),
        Case("A3", Stage.CLOSED, date(2025, 11, 3)),
        Case("A4", Stage.FILED, date(2025, 11, 4), building_no="B1", finding_nos=(number(1),)),
    ]
    with open_workspace(folder) as workspace, workspace.transaction("test", "cases") as work:
        for case in cases:
            work.cases.add(case)
    return folder


def number(n: int) -> str:
    return finding(n).finding_no


def test_every_part_is_read(village: Path) -> None:
    counts = {part: len(read_outlines(village, part).numbers) for part in PARTS}
    assert counts == {
        Part.FINDINGS: 3, Part.CASES: 4, Part.BUILDINGS: 3, Part.PERMITS: 1, Part.PARCELS: 1, Part.ZONES: 1,
    }  # fmt: skip


def test_findings_come_with_what_colours_them(village: Path) -> None:
    read = read_outlines(village, Part.FINDINGS)
    assert read.numbers == tuple(map(number, (1, 2, 3)))
    assert read.classes["change_type"] == (ChangeType.NEW, ChangeType.EXTENDED, ChangeType.REBUILT)
    assert read.classes["permit_status"] == (PermitStatus.UNPERMITTED, None, PermitStatus.UNPERMITTED)
    assert set(read.classes["review"]) == {ReviewStatus.OPEN}
    assert read.geometry[0] == place(*NEW_HOUSE)


def test_a_finding_has_the_stage_of_the_case_opened_last(village: Path) -> None:
    assert read_outlines(village, Part.FINDINGS).classes["stage"] == (Stage.FILED, None, Stage.LEAD)


def test_a_case_is_where_its_structures_are(village: Path) -> None:
    read = read_outlines(village, Part.CASES)
    shown = sorted(zip(read.numbers, read.classes["stage"], read.geometry, strict=True), key=lambda row: row[0])
    assert [row[:2] for row in shown] == [
        ("A1", Stage.LEAD), ("A1", Stage.LEAD), ("A2", Stage.DECISION), ("A4", Stage.FILED),
    ]  # fmt: skip
    after = place(46, 12, 58, 22)
    assert shown[1][2] == after, "the structure that stands there now"
    assert shown[2][2] == building(3).geometry
    assert shown[3][2] == place(*NEW_HOUSE), "its finding, not its building"


def test_archive_layers_come_with_what_colours_them(village: Path) -> None:
    assert read_outlines(village, Part.BUILDINGS).classes == {
        "storeys": (2, None, None), "household_no": ("H1", "H1", None), "disposal": (None, None, None),
    }  # fmt: skip
    zones = read_outlines(village, Part.ZONES)
    assert zones.classes == {"kind": (ZoneKind.RIVER,), "name": ("石桥河",)}
    assert zones.geometry[0] == RIVER
    assert read_outlines(village, Part.PERMITS).classes["kind"] == (PermitKind.RURAL,)


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_workspace_has_no_outlines(empty: Path, part: Part) -> None:
    read = read_outlines(empty, part)
    assert read.numbers == ()
    assert len(read.geometry) == 0
    assert set(read.classes.values()) == {()}


def test_what_has_no_outlines_is_no_part(empty: Path) -> None:
    with pytest.raises((KeyError, AttributeError)):
        read_outlines(empty, Part.SETTINGS)


def test_two_readings_are_the_same_until_something_changes(village: Path) -> None:
    first = read_outlines(village, Part.BUILDINGS)
    assert same_outlines(first, read_outlines(village, Part.BUILDINGS))
    with open_workspace(village) as workspace, workspace.transaction("test", "grow") as work:
        work.buildings.upsert_many([building(1, storeys=3)])
    assert not same_outlines(first, read_outlines(village, Part.BUILDINGS))
    shape = first.geometry.copy()
    shape[0] = place(0, 0, 1, 1)
    assert not same_outlines(first, replace(first, geometry=shape))

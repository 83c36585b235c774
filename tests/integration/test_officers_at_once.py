"""Several officers, each in a process of their own, at work on one archive at the same moment."""

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from helpers.stores import StoreAtHand
from unit.services.made import AFTER, BEFORE, EPSG, Flight, finding, fly_twice, household
from weijian.cadastre.fields import Kind
from weijian.domain.errors import EditConflict
from weijian.domain.job import finish
from weijian.domain.legality import LegalityRules
from weijian.services.cases import CaseExists, open_case
from weijian.services.detect_files import DetectionOptions
from weijian.services.detect_runs import detect_in_workspace
from weijian.services.household_edits import PersonEntry, add_person, edit_household, household_to_edit
from weijian.services.imports import ImportRequest, import_file
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.tables import audit_entries, number_series
from weijian.storage.verify import verify
from weijian.storage.workspace import open_workspace

OFFICERS = 3
EACH = 8


@pytest.fixture(scope="module")
def crew() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(OFFICERS, multiprocessing.get_context("spawn")) as crew:
        yield crew


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    return fly_twice(tmp_path_factory.mktemp("航测"))


@pytest.fixture
def village(tmp_path: Path, store: StoreAtHand, flights: tuple[Flight, Flight]) -> Path:
    """A workspace with two flights and a household."""
    folder = tmp_path / "村"
    new_workspace(folder, name="石桥村", crs=EPSG, login=store.login())
    for day, flight in zip((BEFORE, AFTER), flights, strict=True):
        add_survey(folder, flown_on=day, ortho=flight.ortho, dsm=flight.dsm)
    with open_workspace(folder) as workspace, workspace.transaction("test", "keep") as work:
        work.households.upsert_many([household(1)])
    return folder


def together(crew: ProcessPoolExecutor, folder: Path, work: Callable[..., Any], *what: Any) -> list[Any]:
    """Let every officer do the work on their share of ``what``, all beginning at once."""
    meeting = folder.parent / f"{work.__name__} begins"
    meeting.mkdir()
    done = [crew.submit(_begin, meeting, work, folder, officer, *what) for officer in range(OFFICERS)]
    return [each.result() for each in done]


def _begin(meeting: Path, work: Callable[..., Any], folder: Path, officer: int, *what: Any) -> Any:
    (meeting / str(officer)).touch()
    while len(list(meeting.iterdir())) < OFFICERS:
        time.sleep(0.002)
    return work(folder, officer, *what)


def open_some(folder: Path, officer: int, numbers: list[str]) -> list[str]:
    """Cases on findings; those that another officer was quicker at are left."""
    opened = []
    for number in numbers[officer:] + numbers[:officer]:
        try:
            opened.append(open_case(folder, number, (f"甲{officer}", "乙"), date(2025, 11, 3)).value.case_no)
        except CaseExists:
            continue
    return opened


def import_some(folder: Path, officer: int) -> int:
    """Households, some of them those of the others too, and a person in each."""
    file = folder.parent / f"户{officer}.csv"
    rows = [f"K{number},{number}号" for number in range(officer * 10, officer * 10 + 15)]
    file.write_text("\n".join(["户号,地址", *rows]) + "\n", encoding="utf-8")
    summary = finish(import_file(ImportRequest(Kind.HOUSEHOLDS, file, folder))).value
    assert summary.count is not None
    for number in range(EACH):
        add_person(folder, f"K{officer * 10}", PersonEntry(f"人{officer}{number}", "子"))
    return summary.count.added


def edit_some(folder: Path, officer: int) -> None:
    """Add letters to one address, reading again whenever somebody else was quicker."""
    written = 0
    while written < EACH:
        base = household_to_edit(folder, "H1").value
        try:
            edit_household(folder, base, replace(base, address=f"{base.address}{'甲乙丙'[officer]}"))
            written += 1
        except EditConflict:
            continue


def detect_once(folder: Path, _: int) -> list[str]:
    done = finish(detect_in_workspace(folder, 1, 2, DetectionOptions(LegalityRules(), workers=1))).value
    return [each.finding_no for each in done.findings]


def last_of(folder: Path, series: str) -> int:
    with open_workspace(folder) as workspace, workspace.reader.connect() as connection:
        return int(connection.scalar(select(number_series.c.last).where(number_series.c.series == series)) or 0)


def assert_whole(folder: Path) -> None:
    with open_workspace(folder) as workspace:
        assert finish(verify(workspace)) == []
        with workspace.reader.connect() as connection:
            entries = connection.scalars(select(audit_entries.c.id).order_by(audit_entries.c.id)).all()
    assert list(entries) == list(range(1, len(entries) + 1))


def test_a_case_is_opened_once_and_its_number_given_once(crew: ProcessPoolExecutor, village: Path) -> None:
    found = [finding(number) for number in range(1, 2 * EACH + 1)]
    with open_workspace(village) as workspace, workspace.transaction("test", "keep") as work:
        work.findings.add_many(found, 1, 2)
    opened = together(crew, village, open_some, [each.finding_no for each in found])
    numbers = [number for some in opened for number in some]
    assert sorted(numbers) == [f"2025案{number:04d}" for number in range(1, len(found) + 1)]
    with open_workspace(village) as workspace, workspace.read() as work:
        assert sorted(case.finding_nos[0] for case in work.cases.all()) == [each.finding_no for each in found]
    assert_whole(village)


def test_imports_add_each_household_once_and_number_persons_without_gaps(
    crew: ProcessPoolExecutor, village: Path
) -> None:
    added = together(crew, village, import_some)
    with open_workspace(village) as workspace, workspace.read() as work:
        assert [each.household_no for each in work.households.all() if each.household_no.startswith("K")] == sorted(
            f"K{number}" for number in range(OFFICERS * 10 + 5)
        )
        persons = [each.person_no for each in work.persons.all()]
        assert len(work.imports.all()) == OFFICERS
    assert sum(added) == OFFICERS * 10 + 5
    assert sorted(persons, key=lambda number: int(number[1:])) == [f"P{n}" for n in range(1, OFFICERS * EACH + 1)]
    assert_whole(village)


def test_no_edit_of_one_household_is_lost(crew: ProcessPoolExecutor, village: Path) -> None:
    together(crew, village, edit_some)
    address = household_to_edit(village, "H1").value.address or ""
    assert Counter(letter for letter in address if letter in "甲乙丙") == dict.fromkeys("甲乙丙", EACH)
    assert_whole(village)


def test_two_detections_of_the_same_flights_number_their_findings_apart(
    crew: ProcessPoolExecutor, village: Path
) -> None:
    told = together(crew, village, detect_once)
    assert len({number for some in told for number in some}) == sum(map(len, told)) > 0
    assert last_of(village, "detection") == OFFICERS
    with open_workspace(village) as workspace, workspace.read() as work:
        kept = [each.finding_no for each in work.findings.all()]
    assert kept in [sorted(some) for some in told], "the last one's stand in place of those before"
    assert_whole(village)

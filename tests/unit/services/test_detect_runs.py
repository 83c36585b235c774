from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.server import Server
from helpers.stores import on_the_server
from unit.services.made import AFTER, NEW_HOUSE, building, finding, permit, place
from weijian.domain.change_set import Done
from weijian.domain.errors import NotFound
from weijian.domain.finding import ChangeType, Finding, PermitStatus, ReviewStatus
from weijian.domain.job import Job, finish
from weijian.domain.legality import LegalityRules
from weijian.services.alignments import kept_placement
from weijian.services.cases import open_case
from weijian.services.detect import Detection
from weijian.services.detect_files import DetectionOptions, OptionMissing
from weijian.services.detect_runs import _same, _store, detect_in_workspace
from weijian.services.detection_choices import EarlierFindings, earlier_findings
from weijian.services.review import edit_outline, undo_review
from weijian.storage.server_errors import ConnectionLost, ServerUnreachable
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
OPTIONS = DetectionOptions(LegalityRules(), workers=2)


def store(folder: Path, *found: Finding, before: int | None = 1) -> list[Finding]:
    """Keep the findings of a run."""
    with open_workspace(folder) as workspace, workspace.transaction("test", "detect") as work:
        return _store(work, found, before, work.surveys.get(2))


def kept(folder: Path) -> list[Finding]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.findings.all()


def halfway(job: Job[Done[Detection]]) -> Job[Done[Detection]]:
    """A detection that has found everything and kept nothing yet."""
    while next(job).stage != "store":
        pass
    return job


def test_a_survey_that_was_removed_meanwhile_keeps_nothing(flown: Path) -> None:
    job = halfway(detect_in_workspace(flown, 1, 2, OPTIONS))
    with open_workspace(flown) as workspace, workspace.transaction("test", "remove-survey") as work:
        work.surveys.remove(1)
    with pytest.raises(NotFound):
        finish(job)
    assert kept(flown) == []


@on_the_server
def test_a_server_that_is_away_when_all_is_found_is_one_sentence(flown: Path, server: Server) -> None:
    job = halfway(detect_in_workspace(flown, 1, 2, OPTIONS))
    server.control("-m", "fast", "stop")
    try:
        with pytest.raises((ServerUnreachable, ConnectionLost)) as caught:
            finish(job)
    finally:
        server.control("start")
    assert "\n" not in caught.value.sentence("zh")
    assert kept(flown) == []
    found = finish(detect_in_workspace(flown, 1, 2, OPTIONS)).value.findings
    assert len(kept(flown)) == len(found) > 0


def test_a_workspace_keeps_what_was_found(keep: Keep, tmp_path: Path) -> None:
    folder = keep(buildings=[building(n) for n in (1, 2, 3)], permits=[permit()])
    detection = finish(detect_in_workspace(folder, 1, 2, replace(OPTIONS, out=tmp_path / "f.gpkg"))).value
    assert kept(folder) == list(detection.findings)
    built = next(f for f in detection.findings if f.change_type is ChangeType.NEW)
    assert (built.finding_no, built.permit_status, built.permit_no) == (
        "T20251028-1-0001",
        PermitStatus.PERMITTED,
        "X1",
    )
    assert len(pyogrio.read_dataframe(tmp_path / "f.gpkg")) == len(detection.findings)
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.findings.survey_ids(built.finding_no) == (1, 2)
        shift = kept_placement(work, 1, 2).shift
    assert np.hypot(*shift.at(500_100.0, 3_300_100.0)) < 0.2


def test_the_archive_of_a_workspace_against_one_survey(keep: Keep) -> None:
    folder = keep(buildings=[building(n) for n in (1, 2, 3)])
    detection = finish(detect_in_workspace(folder, None, 2, OPTIONS)).value
    assert {f.change_type for f in detection.findings} == {ChangeType.NEW, ChangeType.DEMOLISHED}
    assert {f.before_date for f in detection.findings} == {None}
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.findings.survey_ids(detection.findings[0].finding_no) == (None, 2)


def test_a_job_given_up_keeps_nothing(keep: Keep) -> None:
    folder = keep(finding(7))
    job = detect_in_workspace(folder, 1, 2, OPTIONS)
    for step in job:
        if step.stage == "store":
            break
    job.close()
    assert [f.finding_no for f in kept(folder)] == ["T20251028-1-0007"]


def test_surveys_must_be_there(flown: Path) -> None:
    with pytest.raises(OptionMissing):
        finish(detect_in_workspace(flown, 1, None, OPTIONS))
    for before, after in ((9, 2), (1, 9)):
        with pytest.raises(NotFound):
            finish(detect_in_workspace(flown, before, after, OPTIONS))


def test_a_second_run_replaces_what_nobody_took_up(flown: Path) -> None:
    first = store(flown, finding(1), finding(2, geometry=place(0, 0, 10, 10)))
    second = store(flown, finding(1))
    assert [f.finding_no for f in first] == ["T20251028-1-0001", "T20251028-1-0002"]
    assert [f.finding_no for f in second] == ["T20251028-2-0001"]
    assert kept(flown) == second


def test_what_somebody_took_up_stays_and_comes_once(flown: Path) -> None:
    store(flown, finding(1), finding(2, geometry=place(0, 0, 10, 10)), finding(3, geometry=place(50, 50, 60, 60)))
    open_case(flown, "T20251028-1-0001", ("甲", "乙"), AFTER)
    with open_workspace(flown) as workspace, workspace.transaction("test", "review") as work:
        work.findings.set_review("T20251028-1-0002", ReviewStatus.DISMISSED, "tree")
    again = finding(1, geometry=place(29.5, 30, 42, 40))  # a little larger this time
    elsewhere = finding(2, geometry=place(20, 0, 30, 10))
    stored = store(flown, again, finding(2, geometry=place(0, 0, 10, 10)), elsewhere)
    assert [f.finding_no for f in stored] == ["T20251028-1-0001", "T20251028-1-0002", "T20251028-2-0001"]
    assert [f.review for f in stored] == [ReviewStatus.CONFIRMED, ReviewStatus.DISMISSED, ReviewStatus.OPEN]
    assert {f.finding_no for f in kept(flown)} == {f.finding_no for f in stored}


def test_an_outline_drawn_by_hand_is_not_drawn_over(flown: Path) -> None:
    store(flown, finding(1), finding(2, geometry=place(0, 0, 10, 10)))
    drawn = place(31, 31, 36, 36)  # a quarter of what was found
    edited = edit_outline(flown, "T20251028-1-0001", drawn).value
    assert earlier_findings(flown, 1, 2) == EarlierFindings(replaced=1, kept=1)
    stored = store(flown, finding(1), finding(2, geometry=place(0, 0, 10, 10)))
    assert [f.finding_no for f in stored] == ["T20251028-1-0001", "T20251028-2-0001"]
    assert stored[0].geometry.equals(drawn)
    undo_review(flown, edited)
    assert [f.finding_no for f in store(flown, finding(1))] == ["T20251028-3-0001"]


def test_other_pairs_of_surveys_are_left_alone(flown: Path) -> None:
    store(flown, finding(1), before=None)
    store(flown, finding(1), before=1)
    assert len(kept(flown)) == 2
    store(flown, before=1)
    assert [f.finding_no for f in kept(flown)] == ["T20251028-1-0001"]


def test_another_kind_of_change_is_another_change() -> None:
    assert _same(finding(), finding(2))
    assert not _same(finding(), finding(2, change_type=ChangeType.REBUILT))


def test_touching_is_not_the_same() -> None:
    _, south, east, north = NEW_HOUSE
    assert not _same(finding(), finding(geometry=place(east, south, east + 12, north)))


@given(st.floats(0.0, 15.0))
def test_the_same_change_shares_half_of_the_union(aside: float) -> None:
    west, south, east, north = NEW_HOUSE
    other = finding(geometry=place(west + aside, south, east + aside, north))
    assert _same(finding(), other) == _same(other, finding())
    if abs(aside - 4.0) > 1e-6:  # (12 - a) / (12 + a) is one half at 4 m
        assert _same(finding(), other) == (aside < 4.0)

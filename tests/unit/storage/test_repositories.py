from datetime import date, datetime
from pathlib import Path

import pytest

from unit.storage.made import case, finding, survey
from weijian.domain.case import CaseDocument
from weijian.domain.errors import DuplicateNumber, NotFound
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.finding import PermitStatus, ReviewStatus
from weijian.domain.lead import Lead, LeadSource
from weijian.domain.progress import DemolitionObservation, ObservationSource
from weijian.domain.workflow import ReminderOrder, Stage, WorkflowSettings, move
from weijian.storage.workspace import Workspace, open_workspace


def test_surveys_get_ids_and_stay_where_they_lie(workspace: Workspace, tmp_path: Path) -> None:
    inside = workspace.folder / "surveys" / "dom.tif"
    with workspace.transaction("王", "add-survey") as work:
        second = work.surveys.add(survey(2, tmp_path / "航测" / "dom.tif"))
        first = work.surveys.add(survey(1, inside))
    workspace.close()
    moved = workspace.folder.rename(tmp_path / "moved")
    with open_workspace(moved) as again, again.read() as work:
        assert [s.survey_id for s in work.surveys.all()] == [first.survey_id, second.survey_id]
        assert work.surveys.get(second.survey_id) == second
        assert work.surveys.get(first.survey_id).ortho == moved / "surveys" / "dom.tif"
        with pytest.raises(NotFound, match="survey 99"):
            work.surveys.get(99)


def test_findings_keep_every_field_and_their_surveys(workspace: Workspace) -> None:
    bare = finding(2, permit_status=PermitStatus.UNKNOWN, zones=(), height_change_m=None, before_date=None)
    with workspace.transaction("王", "detect") as work:
        before, after = (work.surveys.add(survey(day)).survey_id for day in (1, 2))
        work.findings.add_many([finding(1)], before, after)
        work.findings.add_many([bare], None, after)
        with pytest.raises(DuplicateNumber, match="TB2026-0002"):
            work.findings.add_many([bare], None, after)
    with workspace.read() as work:
        assert work.findings.all() == [finding(1), bare]
        assert work.findings.of_surveys(None, after) == [bare]
        assert work.findings.survey_ids("TB2026-0001") == (before, after)
        with pytest.raises(NotFound):
            work.findings.survey_ids("TB0")


def test_a_review_is_kept(workspace: Workspace) -> None:
    with workspace.transaction("王", "detect") as work:
        work.findings.add_many([finding(1)], None, work.surveys.add(survey()).survey_id)
    with workspace.transaction("李", "review") as work:
        work.findings.set_review("TB2026-0001", ReviewStatus.DISMISSED, "大棚")
        with pytest.raises(NotFound):
            work.findings.set_review("TB0", ReviewStatus.CONFIRMED)
    with workspace.read() as work:
        assert work.findings.get("TB2026-0001") == finding(1, review=ReviewStatus.DISMISSED)


def test_a_second_run_replaces_only_what_nobody_took_up(workspace: Workspace) -> None:
    with workspace.transaction("王", "detect") as work:
        after = work.surveys.add(survey()).survey_id
        work.findings.add_many([finding(n) for n in range(5)], None, after)
        work.findings.set_review("TB2026-0001", ReviewStatus.CONFIRMED)
        work.leads.upsert_many([Lead("X1", LeadSource.FINDING, date(2026, 3, 2), "TB2026-0002")])
        work.cases.add(case(finding_nos=("TB2026-0003",)))
        assert work.findings.discard_open(None, after) == 2
        assert [f.finding_no[-1] for f in work.findings.all()] == ["1", "2", "3"]


def test_a_case_with_all_that_happens_in_it(workspace: Workspace) -> None:
    opened = case(finding_nos=("TB2026-0002", "TB2026-0001"))
    photo = Evidence("ab" * 32, EvidenceKind.PHOTO, ".jpg", 9, datetime(2026, 3, 1, 9, 30), 120.5, 30.1, 271.5, "M3E")  # noqa: DTZ001
    order = CaseDocument("石限拆〔2026〕1号", opened.case_no, "责令限期拆除决定书", date(2026, 3, 9), "ab" * 32)
    seen = DemolitionObservation(opened.case_no, date(2026, 4, 1), 12.5, ObservationSource.REFLIGHT)
    with workspace.transaction("王", "open-case") as work:
        work.findings.add_many([finding(1), finding(2)], None, work.surveys.add(survey()).survey_id)
        work.cases.add(opened)
        work.evidence.upsert_many([photo])
    with workspace.transaction("王", "move-case") as work:
        moved, event = move(opened, Stage.VERIFICATION, on=date(2026, 3, 6), officers=("王", "李"), reason="现场核查")
        work.cases.record(moved, event)
        work.cases.attach(opened.case_no, photo.sha256)
        work.cases.attach(opened.case_no, photo.sha256)
        work.cases.issue(order)
        work.cases.observe(seen)
    with workspace.read() as work:
        assert work.cases.get(opened.case_no) == moved
        assert work.cases.all() == work.cases.of_finding("TB2026-0001") == [moved]
        assert work.cases.of_finding("TB2026-0009") == []
        assert work.cases.events(opened.case_no) == [event]
        assert work.cases.evidence(opened.case_no) == [photo]
        assert work.cases.documents(opened.case_no) == [order]
        assert work.cases.observations(opened.case_no) == [seen]


def test_numbers_that_do_not_fit_a_case_are_named(workspace: Workspace) -> None:
    order = CaseDocument("1号", "AJ2026-0001", "责令限期拆除决定书", date(2026, 3, 9))
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case())
        work.cases.issue(order)
        for wrong, number in (
            (lambda: work.cases.add(case()), "AJ2026-0001"),
            (lambda: work.cases.issue(order), "1号"),
        ):
            with pytest.raises(DuplicateNumber, match=number):
                wrong()
        for wrong, number in (
            (lambda: work.leads.upsert_many([Lead("X1", LeadSource.PATROL, date(2026, 3, 2), "TB0")]), "TB0"),
            (lambda: work.cases.get("AJ0"), "AJ0"),
            (lambda: work.cases.update(case(9)), "AJ2026-0009"),
            (lambda: work.cases.update(case(finding_nos=("TB0",))), "TB0"),
            (lambda: work.cases.attach("AJ2026-0001", "ff"), "ff"),
            (
                lambda: work.cases.observe(DemolitionObservation("AJ0", date(2026, 4, 1), 1.0, ObservationSource.SITE)),
                "AJ0",
            ),
        ):
            with pytest.raises(NotFound, match=number):
                wrong()


def test_settings(workspace: Workspace) -> None:
    with workspace.transaction("王", "settings") as work:
        assert work.settings.workflow() == WorkflowSettings()
        assert work.settings.get("officers", []) == []
        work.settings.set("officers", ["王", "李"])
        work.settings.set("demolition_order_is_penalty", True)
        work.settings.set("demolition_order_is_penalty", False)
        work.settings.set("order_of_reminder", "announcement_first")
    with workspace.read() as work:
        assert work.settings.all()["officers"] == ["王", "李"]
        assert work.settings.workflow() == WorkflowSettings(False, ReminderOrder.ANNOUNCEMENT_FIRST)


def test_numbers_run_by_series_and_year_without_gaps(workspace: Workspace) -> None:
    with workspace.transaction("王", "one") as work:
        assert [work.numbers.next_number("case", 2026) for _ in range(3)] == [1, 2, 3]
        assert work.numbers.next_number("case", 2027) == 1
        assert work.numbers.next_number("finding", 2026, count=50) == 1
    with pytest.raises(NotFound), workspace.transaction("王", "fails") as work:
        work.cases.get(f"AJ2026-{work.numbers.next_number('case', 2026)}")
    with workspace.transaction("王", "two") as work:
        assert work.numbers.next_number("case", 2026) == 4
        assert work.numbers.next_number("finding", 2026) == 51

"""Reviewing findings: every verb is kept, and can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box
from sqlalchemy import Engine, event, select

from unit.services.made import EAST, NORTH, finding, household, permit, place
from weijian.domain.change_set import Part
from weijian.domain.dismissal import Dismissal, DismissalReason
from weijian.domain.errors import NotFound
from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.job import finish
from weijian.domain.lead import LeadSource
from weijian.domain.review import ReviewState, ReviewUndo
from weijian.services.cases import open_case
from weijian.services.household_edits import edit_permit
from weijian.services.review import (
    FindingChangedSince,
    FindingDismissed,
    FindingHasCase,
    LeadExists,
    OutlineUnusable,
    edit_outline,
    enter_lead,
    review_finding,
    review_list,
    undo_review,
)
from weijian.storage.tables import audit_entries
from weijian.storage.verify import verify
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
NO = finding().finding_no
ON = date(2025, 11, 3)
SHADOW = Dismissal(DismissalReason.SHADOW)
NEW = place(31, 31, 41, 41)


def state(folder: Path, finding_no: str = NO) -> ReviewState:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.findings.review_state(finding_no)


def test_the_list_has_all_that_is_shown_beside_a_finding(keep: Keep) -> None:
    folder = keep(finding(1), finding(2), finding(3, household_no=None), households=[household()])
    case = open_case(folder, finding(2).finding_no, ("甲", "乙"), ON).value
    review_finding(folder, finding(3).finding_no, ReviewStatus.DISMISSED, Dismissal(DismissalReason.OTHER, "鸡棚"))
    listed = review_list(folder)
    first, second, third = listed.items
    assert (first.town, first.village, first.case_no, first.lead_no) == ("青石镇", "石桥村", None, None)
    assert (first.before_survey_id, first.after_survey_id, first.dismissal) == (1, 2, None)
    assert (second.case_no, second.lead_no) == (case.case_no, "2025线0001")
    assert (third.town, third.dismissal) == (None, Dismissal(DismissalReason.OTHER, "鸡棚"))
    assert (listed.reviewed, len(listed.items), listed.survey_count) == (2, 3, 2)


def test_a_permit_that_was_changed_after_the_judgement_is_told(keep: Keep) -> None:
    beside, elsewhere = place(200, 200, 220, 220), place(300, 300, 320, 320)
    folder = keep(
        finding(1, permit_no="X1", permit_status=PermitStatus.EXCEEDS_PERMIT),
        finding(2, geometry=beside),
        finding(3, change_type=ChangeType.DEMOLISHED, permit_status=None),
        permits=[permit(1, max_storeys=1), permit(2, geometry=elsewhere)],
    )

    def told() -> list[tuple[str, ...]]:
        return [item.changed_permits for item in review_list(folder).items]

    assert told() == [(), (), ()]
    edit_permit(folder, permit(1, max_storeys=1), permit(1, max_storeys=3))
    assert told() == [("X1",), (), ()]
    with open_workspace(folder) as workspace, workspace.transaction("test", "import-permits") as work:
        work.permits.upsert_many([permit(3, geometry=beside), permit(2, geometry=elsewhere, max_storeys=9)])
    assert told() == [("X1",), ("X3",), ()]
    keep(finding(4, geometry=beside))
    assert told() == [("X1",), ("X3",), (), ()]  # what is judged now is judged by what holds now


def test_the_number_of_queries_does_not_grow_with_the_findings(keep: Keep) -> None:
    counts = []
    for batch in (range(1, 3), range(3, 60)):
        folder = keep(*(finding(number) for number in batch))
        asked: list[str] = []

        def note(*arguments: object, asked: list[str] = asked) -> None:
            asked.append(str(arguments[2]))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            review_list(folder)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        counts.append(sum("SELECT" in statement for statement in asked))
    assert counts[0] == counts[1] > 0


def test_a_review_is_kept_with_its_reason(keep: Keep) -> None:
    folder = keep(finding())
    done = review_finding(folder, NO, ReviewStatus.DISMISSED, SHADOW)
    assert done.changes.parts == {Part.FINDINGS}
    assert (state(folder).review, state(folder).review_reason) == (ReviewStatus.DISMISSED, "shadow")
    review_finding(folder, NO, ReviewStatus.CONFIRMED, SHADOW)
    assert (state(folder).review, state(folder).review_reason) == (ReviewStatus.CONFIRMED, None)
    with pytest.raises(NotFound):
        review_finding(folder, "T0", ReviewStatus.CONFIRMED)


@pytest.mark.parametrize("status", [ReviewStatus.DISMISSED, ReviewStatus.OPEN])
def test_what_a_case_rests_on_is_not_dismissed(keep: Keep, status: ReviewStatus) -> None:
    folder = keep(finding())
    confirmed = review_finding(folder, NO, ReviewStatus.CONFIRMED).value
    case = open_case(folder, NO, ("甲", "乙"), ON).value
    with pytest.raises(FindingHasCase) as refusal:
        review_finding(folder, NO, status)
    assert case.case_no in refusal.value.sentence("zh")
    with pytest.raises(FindingHasCase):
        undo_review(folder, confirmed)
    assert state(folder).review is ReviewStatus.CONFIRMED


def test_an_outline_drawn_by_hand(keep: Keep) -> None:
    folder = keep(finding())
    before = state(folder)
    edit_outline(folder, NO, NEW)
    after = state(folder)
    assert after.geometry.equals(NEW)
    assert after.area_m2 == 100.0
    assert after.area_sigma_m2 == pytest.approx(before.area_sigma_m2 * 40 / before.geometry.length, abs=0.006)
    assert after.reason.startswith(before.reason)
    assert after.reason.count("人工修改轮廓") == 1
    edit_outline(folder, NO, place(31, 31, 36, 41))
    assert state(folder).reason.count("人工修改轮廓") == 1
    with open_workspace(folder) as workspace:
        assert finish(verify(workspace)) == []
        with workspace.reader.connect() as connection:
            trail = "".join(connection.scalars(select(audit_entries.c.changes)))
    assert "POLYGON ((" in trail
    assert f"{before.geometry.bounds[0]:.0f}" in trail


def test_what_stands_after_rebuilding_is_cut_to_the_new_outline(keep: Keep) -> None:
    folder = keep(finding(after_outline=place(30, 30, 36, 40)))
    undo = edit_outline(folder, NO, NEW).value
    standing = state(folder).after_outline
    assert standing is not None
    assert standing.equals(place(31, 31, 36, 40))
    undo_review(folder, undo)
    edit_outline(folder, NO, place(37, 31, 41, 40))
    assert state(folder).after_outline is None


@pytest.mark.parametrize(
    "outline",
    [
        Polygon(),
        Polygon([(EAST + x, NORTH + y) for x, y in ((30, 30), (42, 40), (42, 30), (30, 40))]),
        place(30, 30, 30.1, 30.1),
        box(0, 0, 10, 10),
        place(60, 60, 66, 66),
    ],
)
def test_an_outline_that_is_none_is_refused(keep: Keep, outline: Polygon) -> None:
    folder = keep(finding())
    before = state(folder)
    with pytest.raises(OutlineUnusable) as refusal:
        edit_outline(folder, NO, outline)
    assert NO in refusal.value.sentence("zh")
    assert state(folder) == before


def test_several_parts_may_be_drawn(keep: Keep) -> None:
    folder = keep(finding())
    edit_outline(folder, NO, MultiPolygon([place(30, 30, 34, 34), place(36, 36, 40, 40)]))
    assert state(folder).area_m2 == 32.0


verbs = st.one_of(
    st.sampled_from(ReviewStatus).map(lambda status: ("review", status)),
    st.tuples(st.integers(30, 34), st.integers(37, 44)).map(
        lambda side: ("outline", place(*side[:1] * 2, *side[1:] * 2))
    ),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(verbs, min_size=1, max_size=4))
def test_undoing_brings_back_what_was(keep_once: Path, steps: list[tuple[str, object]]) -> None:
    folder = keep_once
    states, undos = [state(folder)], []
    for verb, value in steps:
        done = review_finding(folder, NO, value, SHADOW) if verb == "review" else edit_outline(folder, NO, value)  # type: ignore[arg-type]
        undos.append(done.value)
        states.append(state(folder))
    redos: list[ReviewUndo] = []
    for position in range(len(steps) - 1, -1, -1):
        redos.append(undo_review(folder, undos[position]).value)
        assert state(folder) == states[position]
    for position, redo in enumerate(reversed(redos), start=1):
        undos[position - 1] = undo_review(folder, redo).value
        assert state(folder) == states[position]
    for undo in reversed(undos):
        undo_review(folder, undo)
    assert state(folder) == states[0]


@pytest.fixture
def keep_once(keep: Keep) -> Path:
    return keep(finding())


def test_what_was_changed_since_is_not_undone(keep: Keep) -> None:
    folder = keep(finding())
    undo = review_finding(folder, NO, ReviewStatus.CONFIRMED).value
    review_finding(folder, NO, ReviewStatus.DISMISSED, SHADOW)
    with pytest.raises(FindingChangedSince) as refusal:
        undo_review(folder, undo)
    assert NO in refusal.value.sentence("zh")
    assert state(folder).review is ReviewStatus.DISMISSED
    with pytest.raises(NotFound):
        undo_review(folder, replace(undo, finding_no="T0"))


def test_a_lead_without_a_case_and_the_case_that_takes_it_up(keep: Keep) -> None:
    folder = keep(finding(1), finding(2))
    lead = enter_lead(folder, NO, ON).value
    assert (lead.lead_no, lead.source, lead.finding_no) == ("2025线0001", LeadSource.FINDING, NO)
    with pytest.raises(LeadExists, match="2025线0001"):
        enter_lead(folder, NO, ON)
    open_case(folder, NO, ("甲", "乙"), ON)
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.leads.all() == [lead]
    review_finding(folder, finding(2).finding_no, ReviewStatus.DISMISSED, SHADOW)
    with pytest.raises(FindingDismissed):
        enter_lead(folder, finding(2).finding_no, ON)

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.domain.case import Case, CaseEvent
from weijian.domain.errors import MoveForbidden
from weijian.domain.workflow import MOVES, STAGE_NAMES, ReminderOrder, Stage, WorkflowSettings, allowed_moves, move

OPENED = date(2026, 3, 5)
OFFICERS = ("王", "李")
ANNOUNCEMENT_FIRST = WorkflowSettings(order_of_reminder=ReminderOrder.ANNOUNCEMENT_FIRST)
NO_PENALTY = WorkflowSettings(demolition_order_is_penalty=False)

TO_SERVED = [
    Stage.VERIFICATION,
    Stage.FILED,
    Stage.INVESTIGATION,
    Stage.STOP_NOTICE,
    Stage.PRIOR_NOTICE,
    Stage.LEGAL_REVIEW,
    Stage.DECISION,
    Stage.SERVED,
]
ENFORCED = [Stage.REMINDER, Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION, Stage.DEMOLITION]
TO_THE_END = [Stage.ACCEPTANCE, Stage.SITE_REUSE, Stage.CLOSED]


def new_case() -> Case:
    return Case("AJ2026-0001", Stage.LEAD, OPENED)


def step(
    case: Case, target: Stage, history: list[CaseEvent], settings: WorkflowSettings | None = None, **others: object
) -> Case:
    usual = {
        "on": OPENED + timedelta(days=len(history)),
        "officers": OFFICERS,
        "reason": "依程序",
        "document_no": "1号",
    }
    moved, event = move(case, target, history=history, settings=settings, **(usual | others))
    history.append(event)
    return moved


def walk(stages: list[Stage], settings: WorkflowSettings | None = None) -> tuple[Case, list[CaseEvent]]:
    case, history = new_case(), []
    for stage in stages:
        case = step(case, stage, history, settings)
    return case, history


def refusal(
    case: Case, target: Stage, history: list[CaseEvent], settings: WorkflowSettings | None = None, **others: object
) -> MoveForbidden:
    with pytest.raises(MoveForbidden) as caught:
        step(case, target, history, settings, **others)
    return caught.value


@pytest.mark.parametrize(
    ("stages", "settings"),
    [
        (TO_SERVED + ENFORCED + TO_THE_END, None),
        ([*TO_SERVED, Stage.DEMOLITION, Stage.ACCEPTANCE, Stage.CLOSED], None),
        ([*TO_SERVED, Stage.REMINDER, Stage.DEMOLITION, Stage.ACCEPTANCE, Stage.DEMOLITION, *TO_THE_END], None),
        (
            [*TO_SERVED, Stage.ANNOUNCEMENT, Stage.REMINDER, Stage.ENFORCEMENT_DECISION, Stage.DEMOLITION],
            ANNOUNCEMENT_FIRST,
        ),
        ([*TO_SERVED[:4], Stage.DECISION, Stage.SERVED], NO_PENALTY),
        ([*TO_SERVED[:6], Stage.INVESTIGATION, *TO_SERVED[3:]], None),
        ([Stage.VERIFICATION, Stage.DISMISSED], None),
        ([*TO_SERVED[:4], Stage.REGULARISED, Stage.ACCEPTANCE, Stage.CLOSED], None),
        ([Stage.VERIFICATION, Stage.DEFERRED, *TO_SERVED], None),
        ([*TO_SERVED[:3], Stage.TRANSFERRED], None),
    ],
)
def test_ways_the_law_allows(stages: list[Stage], settings: WorkflowSettings | None) -> None:
    case, history = walk(stages, settings)
    assert case == replace(new_case(), stage=stages[-1])
    assert [(event.origin, event.target) for event in history] == list(
        zip([Stage.LEAD, *stages[:-1]], stages, strict=True)
    )
    assert history[0] == CaseEvent("AJ2026-0001", OPENED, Stage.LEAD, stages[0], OFFICERS, "依程序", "1号")


@pytest.mark.parametrize(
    ("stages", "target", "settings", "article"),
    [
        (TO_SERVED[:4], Stage.DECISION, None, "《行政处罚法》第四十四、四十五条"),
        (TO_SERVED[:5], Stage.DECISION, None, "《行政处罚法》第五十八条"),
        (TO_SERVED[:2], Stage.DEMOLITION, None, "《行政强制法》第三十七、四十四条"),
        (TO_SERVED[:7], Stage.DEMOLITION, None, "《行政强制法》第三十七、四十四条"),
        (TO_SERVED, Stage.ENFORCEMENT_DECISION, None, "《行政强制法》第三十五条"),
        ([*TO_SERVED, Stage.REMINDER], Stage.ENFORCEMENT_DECISION, None, "《行政强制法》第四十四条"),
        ([*TO_SERVED, Stage.ANNOUNCEMENT], Stage.ENFORCEMENT_DECISION, ANNOUNCEMENT_FIRST, "《行政强制法》第三十五条"),
        (TO_SERVED[:7], Stage.REMINDER, None, "《行政强制法》第三十四条"),
        ([*TO_SERVED, Stage.DEMOLITION], Stage.CLOSED, None, "违法建筑不拆除不放过"),
        ([Stage.VERIFICATION, Stage.DEFERRED], Stage.INVESTIGATION, None, "《行政处罚法》第五十四条"),
        (TO_SERVED, Stage.ANNOUNCEMENT, None, "办案程序"),
        (TO_SERVED, Stage.REMINDER, ANNOUNCEMENT_FIRST, "办案程序"),
        ([Stage.DISMISSED], Stage.VERIFICATION, None, "办案程序"),
        (TO_SERVED, Stage.SERVED, None, "办案程序"),
    ],
)
def test_a_move_too_early_is_refused_with_its_basis(
    stages: list[Stage], target: Stage, settings: WorkflowSettings | None, article: str
) -> None:
    case, history = walk(stages, settings)
    error = refusal(case, target, history, settings)
    assert f"依据：{article}）" in error.sentence("zh")
    assert f"从“{STAGE_NAMES[case.stage]}”进入“{STAGE_NAMES[target]}”" in error.sentence("zh")
    assert f"'{case.stage}' to '{target}'" in error.sentence("en")
    assert len(history) == len(stages)


@pytest.mark.parametrize("officers", [(), ("王",), ("王", "王"), ("王", " 王 "), ("王", "")])
def test_two_different_officers_from_filing_on(officers: tuple[str, ...]) -> None:
    case, history = walk([Stage.VERIFICATION])
    assert "《行政处罚法》第四十二条" in refusal(case, Stage.FILED, history, officers=officers).sentence("zh")


def test_one_officer_is_enough_before_filing_but_none_is_not() -> None:
    assert step(new_case(), Stage.DISMISSED, [], officers=("王",)).stage is Stage.DISMISSED
    assert "没有经办人" in refusal(new_case(), Stage.DISMISSED, [], officers=(" ",)).sentence("zh")


@pytest.mark.parametrize("target", [Stage.STOP_NOTICE, Stage.DECISION, Stage.REMINDER, Stage.ENFORCEMENT_DECISION])
def test_notices_and_decisions_need_their_document(target: Stage) -> None:
    way = TO_SERVED + ENFORCED
    case, history = walk(way[: way.index(target)])
    assert "no document number" in str(refusal(case, target, history, document_no=None))


def test_a_move_needs_a_reason_and_its_place_in_time() -> None:
    case, history = walk(TO_SERVED[:2])
    assert "没有写明理由" in refusal(case, Stage.INVESTIGATION, history, reason="  ").sentence("zh")
    assert "日期早于" in refusal(case, Stage.INVESTIGATION, history, on=OPENED).sentence("zh")
    assert "日期早于" in refusal(new_case(), Stage.VERIFICATION, [], on=date(2026, 3, 4)).sentence("zh")
    assert step(case, Stage.INVESTIGATION, history, on=history[-1].moved_on).stage is Stage.INVESTIGATION


@pytest.mark.parametrize("length", range(2, 12))
def test_a_suspended_case_resumes_where_it_was(length: int) -> None:
    case, history = walk((TO_SERVED + ENFORCED)[:length])
    suspended = step(case, Stage.SUSPENDED, history)
    assert allowed_moves(Stage.SUSPENDED, history=history) == (case.stage,)
    assert "办案程序" in refusal(suspended, Stage.CLOSED, history).sentence("zh")
    assert step(suspended, case.stage, history, document_no=None) == case


def test_a_suspended_case_without_history_goes_nowhere() -> None:
    assert allowed_moves(Stage.SUSPENDED) == ()
    assert "只能是：无" in refusal(Case("1", Stage.SUSPENDED, OPENED), Stage.FILED, []).sentence("zh")


def test_moves_by_setting() -> None:
    assert Stage.ANNOUNCEMENT not in allowed_moves(Stage.SERVED)
    assert Stage.ANNOUNCEMENT in allowed_moves(Stage.SERVED, ANNOUNCEMENT_FIRST)
    assert Stage.DECISION not in allowed_moves(Stage.STOP_NOTICE)
    assert Stage.DECISION in allowed_moves(Stage.STOP_NOTICE, NO_PENALTY)


def test_every_stage_has_its_row_and_its_name() -> None:
    assert set(MOVES) == set(STAGE_NAMES) == set(Stage)
    reachable = {target for targets in MOVES.values() for target in targets}
    assert reachable == set(Stage) - {Stage.LEAD}


settings_drawn = st.builds(WorkflowSettings, st.booleans(), st.sampled_from(ReminderOrder))


@given(settings_drawn, st.data())
def test_no_way_to_demolition_or_the_end_leaves_out_what_the_law_asks(
    settings: WorkflowSettings, data: st.DataObject
) -> None:
    case, history = new_case(), []
    for _ in range(30):
        following = allowed_moves(case.stage, settings, history)
        if not following:
            break
        target = data.draw(st.sampled_from(following))
        try:
            case = step(case, target, history, settings)
        except MoveForbidden:
            continue
        passed = [event.target for event in history]
        if case.stage is Stage.DEMOLITION:
            assert Stage.SERVED in passed
        if case.stage is Stage.ENFORCEMENT_DECISION:
            assert {Stage.SERVED, Stage.REMINDER, Stage.ANNOUNCEMENT} <= set(passed)
        if case.stage is Stage.DECISION and settings.demolition_order_is_penalty:
            assert {Stage.PRIOR_NOTICE, Stage.LEGAL_REVIEW} <= set(passed)
        if case.stage is Stage.CLOSED:
            assert Stage.ACCEPTANCE in passed

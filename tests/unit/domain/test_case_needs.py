from datetime import date

from weijian.domain.case import Case
from weijian.domain.case_needs import needs_of, next_moves
from weijian.domain.gates import WorkflowSettings
from weijian.domain.stage import Stage


def case(stage: Stage) -> Case:
    return Case("2025案0001", stage, date(2025, 11, 3))


def test_what_is_not_allowed_yet_comes_with_its_articles() -> None:
    moves = {needs.target: needs for needs in next_moves(case(Stage.STOP_NOTICE))}
    assert moves[Stage.PRIOR_NOTICE].open
    assert moves[Stage.PRIOR_NOTICE].document
    assert [need.basis.en.rpartition("art. ")[2] for need in moves[Stage.DECISION].missing] == ["44, 45", "58"]
    assert Stage.LEGAL_REVIEW not in moves  # not next, and nothing of the law to say about it


def test_where_an_order_is_no_penalty_the_decision_is_open() -> None:
    settings = WorkflowSettings(demolition_order_is_penalty=False)
    moves = {needs.target: needs for needs in next_moves(case(Stage.STOP_NOTICE), (), settings)}
    assert moves[Stage.DECISION].open


def test_two_officers_from_filing_on() -> None:
    assert needs_of(case(Stage.LEAD), Stage.VERIFICATION).officers == 1
    assert needs_of(case(Stage.VERIFICATION), Stage.FILED).officers == 2
    assert not needs_of(case(Stage.VERIFICATION), Stage.FILED).document

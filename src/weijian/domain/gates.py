"""What the law asks of a case before it may enter a stage, and of the move itself.

The gates are tables; a bureau's settings choose among them. Statutory deadlines are not judged here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from weijian.domain.case import Case, CaseEvent
from weijian.domain.language import Words
from weijian.domain.stage import Stage

_NEGLIGIBLE_M2 = 1.0
"""Less than any structure: what rounding and a measured outline may leave of one that is gone."""


class ReminderOrder(StrEnum):
    """Whether the reminder (催告) comes before the announcement (公告) or after it; practice is divided."""

    REMINDER_FIRST = "reminder_first"
    ANNOUNCEMENT_FIRST = "announcement_first"


@dataclass(frozen=True)
class WorkflowSettings:
    """The two disputed points of procedure, as the bureau has settled them.

    With ``demolition_order_is_penalty`` an order to demolish needs the prior notice and the legal review of a penalty.
    """

    demolition_order_is_penalty: bool = True
    order_of_reminder: ReminderOrder = ReminderOrder.REMINDER_FIRST


@dataclass(frozen=True)
class Attempt:
    """A move that is asked for, with all that the gates look at; ``left_m2`` of what was ordered down still stands."""

    case: Case
    target: Stage
    on: date
    officers: tuple[str, ...]
    reason: str
    document_no: str | None
    history: tuple[CaseEvent, ...]
    settings: WorkflowSettings
    left_m2: float = 0.0

    @property
    def passed(self) -> frozenset[Stage]:
        """Stages the case has been in."""
        return frozenset({self.case.stage}.union(*({event.origin, event.target} for event in self.history)))

    @property
    def resumes(self) -> bool:
        """Whether a suspended case goes on where it was."""
        return self.case.stage is Stage.SUSPENDED


@dataclass(frozen=True)
class Gate:
    """What the law asks of a move into one of ``targets``; ``open_to`` says whether an attempt meets it."""

    targets: frozenset[Stage]
    why: Words
    basis: Words
    open_to: Callable[[Attempt], bool]


def _passed(*stages: Stage) -> Callable[[Attempt], bool]:
    return lambda attempt: not attempt.passed.isdisjoint(stages)


def _passed_if_penalty(stage: Stage) -> Callable[[Attempt], bool]:
    return lambda attempt: not attempt.settings.demolition_order_is_penalty or stage in attempt.passed


def _two_officers(attempt: Attempt) -> bool:
    return len({name.strip() for name in attempt.officers if name.strip()}) >= 2


def _one_officer(attempt: Attempt) -> bool:
    return any(name.strip() for name in attempt.officers)


def _documented(attempt: Attempt) -> bool:
    return attempt.resumes or bool(attempt.document_no)


def _has_reason(attempt: Attempt) -> bool:
    return bool(attempt.reason.strip())


def _is_gone(attempt: Attempt) -> bool:
    return attempt.left_m2 < _NEGLIGIBLE_M2 or Stage.REGULARISED in attempt.passed


def _in_order_of_time(attempt: Attempt) -> bool:
    return attempt.on >= max((attempt.case.opened_on, *(event.moved_on for event in attempt.history)))


def _penalty_law(number: str, spoken: str) -> Words:
    return Words(f"《行政处罚法》第{spoken}条", f"Administrative Penalty Law art. {number}")


def _coercion_law(number: str, spoken: str) -> Words:
    return Words(f"《行政强制法》第{spoken}条", f"Administrative Coercion Law art. {number}")


_EVERY = frozenset(Stage)
_NOTICES = frozenset({Stage.STOP_NOTICE, Stage.PRIOR_NOTICE, Stage.DECISION})
_COERCION = frozenset({Stage.REMINDER, Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION})
DOCUMENTED = _NOTICES | _COERCION
"""Stages that are entered by a numbered document."""
AFTER_FILING = _EVERY - {Stage.LEAD, Stage.VERIFICATION, Stage.DISMISSED, Stage.TRANSFERRED, Stage.DEFERRED}
"""Stages that take two officers to enter."""

GATES: tuple[Gate, ...] = (
    Gate(
        frozenset({Stage.INVESTIGATION}),
        Words("尚未立案", "the case has not been filed"),
        _penalty_law("54", "五十四"),
        _passed(Stage.FILED),
    ),
    Gate(
        frozenset({Stage.DECISION}),
        Words("作出决定前尚未事先告知当事人", "the party has not been given prior notice"),
        _penalty_law("44, 45", "四十四、四十五"),
        _passed_if_penalty(Stage.PRIOR_NOTICE),
    ),
    Gate(
        frozenset({Stage.DECISION}),
        Words("作出决定前尚未法制审核", "there has been no legal review"),
        _penalty_law("58", "五十八"),
        _passed_if_penalty(Stage.LEGAL_REVIEW),
    ),
    Gate(
        frozenset({Stage.REMINDER, Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION}),
        Words("决定书尚未送达当事人", "the decision has not been served"),
        _coercion_law("34", "三十四"),
        _passed(Stage.SERVED),
    ),
    Gate(
        frozenset({Stage.ENFORCEMENT_DECISION}),
        Words("作出强制拆除决定前尚未催告", "the party has not been reminded in writing"),
        _coercion_law("35", "三十五"),
        _passed(Stage.REMINDER),
    ),
    Gate(
        frozenset({Stage.ENFORCEMENT_DECISION}),
        Words("尚未公告限期自行拆除", "no period to demolish oneself has been announced"),
        _coercion_law("44", "四十四"),
        _passed(Stage.ANNOUNCEMENT),
    ),
    Gate(
        frozenset({Stage.DEMOLITION}),
        Words(
            "决定书尚未送达（自拆），也没有强制拆除决定（强拆）",
            "neither has the decision been served (self-demolition) nor is there an enforcement decision",
        ),
        _coercion_law("37, 44", "三十七、四十四"),
        _passed(Stage.SERVED, Stage.ENFORCEMENT_DECISION),
    ),
    Gate(
        frozenset({Stage.ACCEPTANCE, Stage.CLOSED}),
        Words(
            "按拆除观测，责令拆除的部分还没有拆完（在“拆除”中录入观测）",
            "by the observations of the demolition, part of what was ordered down still stands",
        ),
        Words("违法建筑不拆除不放过", "rule: no closing before the structure is gone"),
        _is_gone,
    ),
    Gate(
        frozenset({Stage.CLOSED}),
        Words("尚未验收", "the site has not been accepted"),
        Words("违法建筑不拆除不放过", "rule: no closing before the structure is gone"),
        _passed(Stage.ACCEPTANCE),
    ),
)
"""What must lie behind a case before it may enter a stage."""

_RECORD = _penalty_law("47", "四十七")

PAPER_GATES: tuple[Gate, ...] = (
    Gate(
        frozenset({Stage.INVESTIGATION}),
        Words("尚未立案", "the case has not been filed"),
        _penalty_law("54", "五十四"),
        _passed(Stage.FILED),
    ),
    Gate(
        AFTER_FILING,
        Words("执法人员少于两人", "fewer than two different officers"),
        _penalty_law("42", "四十二"),
        _two_officers,
    ),
    Gate(_EVERY - AFTER_FILING, Words("没有经办人", "no officer is named"), _RECORD, _one_officer),
    Gate(
        _NOTICES,
        Words("没有文书编号", "there is no document number"),
        _penalty_law("44, 59", "四十四、五十九"),
        _documented,
    ),
    Gate(
        _COERCION,
        Words("没有文书编号", "there is no document number"),
        _coercion_law("35, 37, 44", "三十五、三十七、四十四"),
        _documented,
    ),
    Gate(_EVERY, Words("没有写明理由", "no reason is given"), _RECORD, _has_reason),
    Gate(
        _EVERY,
        Words("日期早于立案或上一步", "its date is before the opening or the last step"),
        _RECORD,
        _in_order_of_time,
    ),
)
"""What a move itself must bring: officers, document, reason, date."""

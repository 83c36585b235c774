"""The moves between the stages of a case, and what the law asks of each.

The moves and the gates are tables; a bureau's settings choose among them. Statutory deadlines are not judged here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from weijian.domain.case import Case, CaseEvent
from weijian.domain.errors import MoveForbidden
from weijian.domain.language import Words
from weijian.domain.stage import STAGE_NAMES, Stage

__all__ = ["MOVES", "STAGE_NAMES", "ReminderOrder", "Stage", "WorkflowSettings", "allowed_moves", "move"]


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


MOVES: Mapping[Stage, tuple[Stage, ...]] = MappingProxyType(
    {
        Stage.LEAD: (Stage.VERIFICATION, Stage.DISMISSED, Stage.TRANSFERRED),
        Stage.VERIFICATION: (Stage.FILED, Stage.DISMISSED, Stage.REGULARISED, Stage.TRANSFERRED, Stage.DEFERRED),
        Stage.FILED: (Stage.INVESTIGATION, Stage.DISMISSED, Stage.TRANSFERRED, Stage.SUSPENDED),
        Stage.INVESTIGATION: (
            Stage.STOP_NOTICE,
            Stage.DISMISSED,
            Stage.TRANSFERRED,
            Stage.DEFERRED,
            Stage.SUSPENDED,
        ),
        Stage.STOP_NOTICE: (
            Stage.PRIOR_NOTICE,
            Stage.LEGAL_REVIEW,
            Stage.DECISION,
            Stage.REGULARISED,
            Stage.DISMISSED,
            Stage.TRANSFERRED,
            Stage.DEFERRED,
            Stage.SUSPENDED,
        ),
        Stage.PRIOR_NOTICE: (Stage.LEGAL_REVIEW, Stage.REGULARISED, Stage.DISMISSED, Stage.SUSPENDED),
        Stage.LEGAL_REVIEW: (Stage.DECISION, Stage.INVESTIGATION, Stage.DISMISSED, Stage.SUSPENDED),
        Stage.DECISION: (Stage.SERVED, Stage.SUSPENDED),
        Stage.SERVED: (
            Stage.REMINDER,
            Stage.ANNOUNCEMENT,
            Stage.DEMOLITION,
            Stage.REGULARISED,
            Stage.SUSPENDED,
        ),
        Stage.REMINDER: (Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION, Stage.DEMOLITION, Stage.SUSPENDED),
        Stage.ANNOUNCEMENT: (Stage.REMINDER, Stage.ENFORCEMENT_DECISION, Stage.DEMOLITION, Stage.SUSPENDED),
        Stage.ENFORCEMENT_DECISION: (Stage.DEMOLITION, Stage.SUSPENDED),
        Stage.DEMOLITION: (Stage.ACCEPTANCE, Stage.SUSPENDED),
        Stage.ACCEPTANCE: (Stage.SITE_REUSE, Stage.CLOSED, Stage.DEMOLITION),
        Stage.SITE_REUSE: (Stage.CLOSED,),
        Stage.CLOSED: (),
        Stage.DISMISSED: (),
        Stage.REGULARISED: (Stage.ACCEPTANCE, Stage.VERIFICATION, Stage.INVESTIGATION),
        Stage.TRANSFERRED: (),
        Stage.DEFERRED: (Stage.VERIFICATION, Stage.INVESTIGATION),
        Stage.SUSPENDED: (),
    }
)
"""Every move that some setting allows. A suspended case resumes where it was, which its history tells."""


def _no_penalty(settings: WorkflowSettings) -> bool:
    return not settings.demolition_order_is_penalty


def _reminder_first(settings: WorkflowSettings) -> bool:
    return settings.order_of_reminder is ReminderOrder.REMINDER_FIRST


def _announcement_first(settings: WorkflowSettings) -> bool:
    return settings.order_of_reminder is ReminderOrder.ANNOUNCEMENT_FIRST


_ONLY_WHEN: Mapping[tuple[Stage, Stage], Callable[[WorkflowSettings], bool]] = MappingProxyType(
    {
        (Stage.STOP_NOTICE, Stage.LEGAL_REVIEW): _no_penalty,
        (Stage.STOP_NOTICE, Stage.DECISION): _no_penalty,
        (Stage.SERVED, Stage.REMINDER): _reminder_first,
        (Stage.REMINDER, Stage.ANNOUNCEMENT): _reminder_first,
        (Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION): _reminder_first,
        (Stage.SERVED, Stage.ANNOUNCEMENT): _announcement_first,
        (Stage.ANNOUNCEMENT, Stage.REMINDER): _announcement_first,
        (Stage.REMINDER, Stage.ENFORCEMENT_DECISION): _announcement_first,
    }
)
"""Moves that only one setting allows."""


@dataclass(frozen=True)
class _Attempt:
    """A move that is asked for, with all that the gates look at. ``passed`` are the stages the case has been in."""

    case: Case
    target: Stage
    on: date
    officers: tuple[str, ...]
    reason: str
    document_no: str | None
    history: tuple[CaseEvent, ...]
    settings: WorkflowSettings

    @property
    def passed(self) -> frozenset[Stage]:
        return frozenset({self.case.stage}.union(*({event.origin, event.target} for event in self.history)))

    @property
    def resumes(self) -> bool:
        return self.case.stage is Stage.SUSPENDED


@dataclass(frozen=True)
class _Gate:
    """What the law asks of a move into one of ``targets``; ``open_to`` says whether an attempt meets it."""

    targets: frozenset[Stage]
    why: Words
    basis: Words
    open_to: Callable[[_Attempt], bool]


def _passed(*stages: Stage) -> Callable[[_Attempt], bool]:
    return lambda attempt: not attempt.passed.isdisjoint(stages)


def _passed_if_penalty(stage: Stage) -> Callable[[_Attempt], bool]:
    return lambda attempt: not attempt.settings.demolition_order_is_penalty or stage in attempt.passed


def _two_officers(attempt: _Attempt) -> bool:
    return len({name.strip() for name in attempt.officers if name.strip()}) >= 2


def _one_officer(attempt: _Attempt) -> bool:
    return any(name.strip() for name in attempt.officers)


def _documented(attempt: _Attempt) -> bool:
    return attempt.resumes or bool(attempt.document_no)


def _has_reason(attempt: _Attempt) -> bool:
    return bool(attempt.reason.strip())


def _in_order_of_time(attempt: _Attempt) -> bool:
    return attempt.on >= max((attempt.case.opened_on, *(event.moved_on for event in attempt.history)))


def _penalty_law(number: str, spoken: str) -> Words:
    return Words(f"《行政处罚法》第{spoken}条", f"Administrative Penalty Law art. {number}")


def _coercion_law(number: str, spoken: str) -> Words:
    return Words(f"《行政强制法》第{spoken}条", f"Administrative Coercion Law art. {number}")


_EVERY = frozenset(Stage)
_AFTER_FILING = _EVERY - {Stage.LEAD, Stage.VERIFICATION, Stage.DISMISSED, Stage.TRANSFERRED, Stage.DEFERRED}

_GATES: tuple[_Gate, ...] = (
    _Gate(
        frozenset({Stage.INVESTIGATION}),
        Words("尚未立案", "the case has not been filed"),
        _penalty_law("54", "五十四"),
        _passed(Stage.FILED),
    ),
    _Gate(
        frozenset({Stage.DECISION}),
        Words("作出决定前尚未事先告知当事人", "the party has not been given prior notice"),
        _penalty_law("44, 45", "四十四、四十五"),
        _passed_if_penalty(Stage.PRIOR_NOTICE),
    ),
    _Gate(
        frozenset({Stage.DECISION}),
        Words("作出决定前尚未法制审核", "there has been no legal review"),
        _penalty_law("58", "五十八"),
        _passed_if_penalty(Stage.LEGAL_REVIEW),
    ),
    _Gate(
        frozenset({Stage.REMINDER, Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION}),
        Words("决定书尚未送达当事人", "the decision has not been served"),
        _coercion_law("34", "三十四"),
        _passed(Stage.SERVED),
    ),
    _Gate(
        frozenset({Stage.ENFORCEMENT_DECISION}),
        Words("作出强制拆除决定前尚未催告", "the party has not been reminded in writing"),
        _coercion_law("35", "三十五"),
        _passed(Stage.REMINDER),
    ),
    _Gate(
        frozenset({Stage.ENFORCEMENT_DECISION}),
        Words("尚未公告限期自行拆除", "no period to demolish oneself has been announced"),
        _coercion_law("44", "四十四"),
        _passed(Stage.ANNOUNCEMENT),
    ),
    _Gate(
        frozenset({Stage.DEMOLITION}),
        Words(
            "决定书尚未送达（自拆），也没有强制拆除决定（强拆）",
            "neither has the decision been served (self-demolition) nor is there an enforcement decision",
        ),
        _coercion_law("37, 44", "三十七、四十四"),
        _passed(Stage.SERVED, Stage.ENFORCEMENT_DECISION),
    ),
    _Gate(
        frozenset({Stage.CLOSED}),
        Words("尚未验收", "the site has not been accepted"),
        Words("违法建筑不拆除不放过", "rule: no closing before the structure is gone"),
        _passed(Stage.ACCEPTANCE),
    ),
)
"""What must lie behind a case before it may enter a stage."""

_RECORD = _penalty_law("47", "四十七")

_PAPER_GATES: tuple[_Gate, ...] = (
    _Gate(
        frozenset({Stage.INVESTIGATION}),
        Words("尚未立案", "the case has not been filed"),
        _penalty_law("54", "五十四"),
        _passed(Stage.FILED),
    ),
    _Gate(
        _AFTER_FILING,
        Words("执法人员少于两人", "fewer than two different officers"),
        _penalty_law("42", "四十二"),
        _two_officers,
    ),
    _Gate(_EVERY - _AFTER_FILING, Words("没有经办人", "no officer is named"), _RECORD, _one_officer),
    _Gate(
        frozenset({Stage.STOP_NOTICE, Stage.PRIOR_NOTICE, Stage.DECISION}),
        Words("没有文书编号", "there is no document number"),
        _penalty_law("44, 59", "四十四、五十九"),
        _documented,
    ),
    _Gate(
        frozenset({Stage.REMINDER, Stage.ANNOUNCEMENT, Stage.ENFORCEMENT_DECISION}),
        Words("没有文书编号", "there is no document number"),
        _coercion_law("35, 37, 44", "三十五、三十七、四十四"),
        _documented,
    ),
    _Gate(_EVERY, Words("没有写明理由", "no reason is given"), _RECORD, _has_reason),
    _Gate(
        _EVERY,
        Words("日期早于立案或上一步", "its date is before the opening or the last step"),
        _RECORD,
        _in_order_of_time,
    ),
)
"""What a move itself must bring: officers, document, reason, date."""


def allowed_moves(
    stage: Stage, settings: WorkflowSettings | None = None, history: Sequence[CaseEvent] = ()
) -> tuple[Stage, ...]:
    """Stages that a case may enter next under a bureau's settings.

    Parameters
    ----------
    stage : Stage
        Where the case stands.
    settings : WorkflowSettings, optional
        The bureau's; the defaults when not given.
    history : sequence of CaseEvent
        The case's moves in order; only a suspended case needs them, to resume where it was.
    """
    chosen = settings or WorkflowSettings()
    if stage is Stage.SUSPENDED:
        suspensions = [event.origin for event in history if event.target is Stage.SUSPENDED]
        return tuple(suspensions[-1:])
    return tuple(target for target in MOVES[stage] if _chosen(stage, target, chosen))


def move(
    case: Case,
    target: Stage,
    *,
    on: date,
    officers: Sequence[str],
    reason: str,
    document_no: str | None = None,
    history: Sequence[CaseEvent] = (),
    settings: WorkflowSettings | None = None,
) -> tuple[Case, CaseEvent]:
    """Move a case, or say which article forbids it.

    Parameters
    ----------
    case : Case
        The case as it stands.
    target : Stage
        Where it shall go.
    on : date
        Day of the move.
    officers : sequence of str
        Who acts: from filing on, two different officers.
    reason : str
        Why, in one sentence.
    document_no : str, optional
        Number of the document the move rests on; notices and decisions cannot do without.
    history : sequence of CaseEvent
        All earlier moves of the case, in order.
    settings : WorkflowSettings, optional
        The bureau's; the defaults when not given.

    Returns
    -------
    (Case, CaseEvent)
        The case at its new stage and the event to be kept.

    Raises
    ------
    MoveForbidden
        With the reason and its basis.
    """
    chosen = settings or WorkflowSettings()
    attempt = _Attempt(case, target, on, tuple(officers), reason, document_no, tuple(history), chosen)
    if not attempt.resumes:
        _pass_gates(attempt, _GATES)
    _be_next(attempt)
    _pass_gates(attempt, _PAPER_GATES)
    event = CaseEvent(case.case_no, on, case.stage, target, attempt.officers, reason, document_no)
    return replace(case, stage=target), event


def _chosen(stage: Stage, target: Stage, settings: WorkflowSettings) -> bool:
    only_when = _ONLY_WHEN.get((stage, target))
    return only_when is None or only_when(settings)


def _pass_gates(attempt: _Attempt, gates: tuple[_Gate, ...]) -> None:
    for gate in gates:
        if attempt.target in gate.targets and not gate.open_to(attempt):
            raise _forbidden(attempt, gate.why, gate.basis)


def _be_next(attempt: _Attempt) -> None:
    following = allowed_moves(attempt.case.stage, attempt.settings, attempt.history)
    if attempt.target not in following:
        why = Words(
            f"下一步只能是：{'、'.join(STAGE_NAMES[s] for s in following) or '无'}",
            f"the next step can only be: {', '.join(following) or 'none'}",
        )
        raise _forbidden(attempt, why, Words("办案程序", "procedure of the case"))


def _forbidden(attempt: _Attempt, why: Words, basis: Words) -> MoveForbidden:
    origin, target = (Words(STAGE_NAMES[stage], stage.value) for stage in (attempt.case.stage, attempt.target))
    return MoveForbidden(case_no=attempt.case.case_no, origin=origin, target=target, why=why, article=basis)

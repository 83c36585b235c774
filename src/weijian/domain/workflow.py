"""The moves between the stages of a case; what the law asks of each is in `weijian.domain.gates`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from weijian.domain.case import Case, CaseEvent
from weijian.domain.errors import MoveForbidden
from weijian.domain.gates import GATES, PAPER_GATES, Attempt, Gate, ReminderOrder, WorkflowSettings
from weijian.domain.language import Words
from weijian.domain.stage import STAGE_NAMES, Stage

__all__ = ["MOVES", "STAGE_NAMES", "ReminderOrder", "Stage", "WorkflowSettings", "allowed_moves", "move"]


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
    left_m2: float = 0.0,
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
    attempt = Attempt(case, target, on, tuple(officers), reason, document_no, tuple(history), chosen, left_m2)
    if not attempt.resumes:
        _pass_gates(attempt, GATES)
    _be_next(attempt)
    _pass_gates(attempt, PAPER_GATES)
    event = CaseEvent(case.case_no, on, case.stage, target, attempt.officers, reason, document_no)
    return replace(case, stage=target), event


def _chosen(stage: Stage, target: Stage, settings: WorkflowSettings) -> bool:
    only_when = _ONLY_WHEN.get((stage, target))
    return only_when is None or only_when(settings)


def _pass_gates(attempt: Attempt, gates: tuple[Gate, ...]) -> None:
    for gate in gates:
        if attempt.target in gate.targets and not gate.open_to(attempt):
            raise _forbidden(attempt, gate.why, gate.basis)


def _be_next(attempt: Attempt) -> None:
    following = allowed_moves(attempt.case.stage, attempt.settings, attempt.history)
    if attempt.target not in following:
        why = Words(
            f"下一步只能是：{'、'.join(STAGE_NAMES[s] for s in following) or '无'}",
            f"the next step can only be: {', '.join(following) or 'none'}",
        )
        raise _forbidden(attempt, why, Words("办案程序", "procedure of the case"))


def _forbidden(attempt: Attempt, why: Words, basis: Words) -> MoveForbidden:
    origin, target = (Words(STAGE_NAMES[stage], stage.value) for stage in (attempt.case.stage, attempt.target))
    return MoveForbidden(case_no=attempt.case.case_no, origin=origin, target=target, why=why, article=basis)

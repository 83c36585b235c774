"""What stands between a case and its next stages, said before anybody tries."""

from collections.abc import Sequence
from dataclasses import dataclass

from weijian.domain.case import Case, CaseEvent
from weijian.domain.gates import AFTER_FILING, DOCUMENTED, GATES, Attempt, WorkflowSettings
from weijian.domain.language import Words
from weijian.domain.stage import Stage
from weijian.domain.workflow import MOVES, allowed_moves

BYWAYS = frozenset({Stage.DISMISSED, Stage.REGULARISED, Stage.TRANSFERRED, Stage.DEFERRED, Stage.SUSPENDED})
"""Stages beside the course of a case that ends in its closing."""


@dataclass(frozen=True)
class Need:
    """Something the law asks for that has not happened yet: ``why`` it does not go on, and the article."""

    why: Words
    basis: Words


@dataclass(frozen=True)
class MoveNeeds:
    """A move a case could make next.

    Attributes
    ----------
    target : Stage
    missing : tuple of Need
        What must happen before; the move is open when there is nothing.
    officers : int
        How many different officers the move takes.
    document : bool
        Whether it rests on a numbered document.
    """

    target: Stage
    missing: tuple[Need, ...]
    officers: int
    document: bool

    @property
    def open(self) -> bool:
        """Whether nothing is missing but what the move itself brings."""
        return not self.missing


def needs_of(
    case: Case,
    target: Stage,
    history: Sequence[CaseEvent] = (),
    settings: WorkflowSettings | None = None,
    left_m2: float = 0.0,
) -> MoveNeeds:
    """What a move of a case to ``target`` needs; whether ``target`` is next at all is not judged."""
    chosen = settings or WorkflowSettings()
    attempt = Attempt(case, target, case.opened_on, (), "", None, tuple(history), chosen, left_m2)
    gates = () if attempt.resumes else GATES
    missing = (gate for gate in gates if target in gate.targets and not gate.open_to(attempt))
    return MoveNeeds(
        target=target,
        missing=tuple(Need(gate.why, gate.basis) for gate in missing),
        officers=2 if target in AFTER_FILING else 1,
        document=target in DOCUMENTED and not attempt.resumes,
    )


def next_moves(
    case: Case,
    history: Sequence[CaseEvent] = (),
    settings: WorkflowSettings | None = None,
    left_m2: float = 0.0,
) -> tuple[MoveNeeds, ...]:
    """Every move from where a case stands: those that are allowed, and those the law does not allow yet.

    ``left_m2`` of what was ordered down still stands.
    """
    allowed = allowed_moves(case.stage, settings, history)
    later = (target for target in MOVES[case.stage] if target not in allowed)
    waiting = (needs_of(case, target, history, settings, left_m2) for target in later)
    return (
        *(needs_of(case, target, history, settings, left_m2) for target in allowed),
        *(needs for needs in waiting if not needs.open),
    )

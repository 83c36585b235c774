"""The case (案件) and the dated events that move it."""

from dataclasses import dataclass, field
from datetime import date

from weijian.domain.stage import Stage


@dataclass(frozen=True)
class Case:
    """One case.

    ``party`` is personal data: it is left out of ``repr`` and never reaches logs, file names or error messages.
    ``ordered_area_m2`` is what the decision orders to be demolished, None before there is one.
    """

    case_no: str
    stage: Stage
    opened_on: date
    household_no: str | None = None
    building_no: str | None = None
    place: str | None = None
    party: str | None = field(default=None, repr=False)
    lead_officer: str | None = None
    second_officer: str | None = None
    finding_nos: tuple[str, ...] = ()
    ordered_area_m2: float | None = None


@dataclass(frozen=True)
class CaseEvent:
    """One move of a case from ``origin`` to ``target``: when, by whom, why, and by which document."""

    case_no: str
    moved_on: date
    origin: Stage
    target: Stage
    officers: tuple[str, ...]
    reason: str
    document_no: str | None = None


@dataclass(frozen=True)
class CaseDocument:
    """One statutory document (文书) issued in a case.

    ``kind`` is its title as printed (责令限期拆除决定书 ...); ``sha256`` names the kept file among the evidence.
    """

    document_no: str
    case_no: str
    kind: str
    issued_on: date
    sha256: str | None = None

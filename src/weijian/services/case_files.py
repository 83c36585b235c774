"""What the window shows of cases: the list, and everything of one."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weijian.domain.case import Case, CaseDocument, CaseEvent
from weijian.domain.case_needs import MoveNeeds, next_moves
from weijian.domain.errors import NotFound
from weijian.domain.evidence import Evidence
from weijian.domain.finding import Finding
from weijian.domain.progress import (
    DemolitionObservation,
    DemolitionProgress,
    demolition_progress,
    structure_progress,
)
from weijian.domain.stage import Stage
from weijian.domain.survey import Survey
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace

ENDED = frozenset({Stage.CLOSED, Stage.DISMISSED, Stage.TRANSFERRED})
"""Stages in which nothing more happens in a case."""


@dataclass(frozen=True)
class KeptEvidence:
    """Evidence and where its file is; None when the file is gone."""

    evidence: Evidence
    path: Path | None


@dataclass(frozen=True)
class KeptDocument:
    """A document and where its file is; None when none was kept."""

    document: CaseDocument
    path: Path | None


@dataclass(frozen=True)
class CaseView:
    """Everything of one case.

    Attributes
    ----------
    case : Case
    events : tuple of CaseEvent
        In the order they happened.
    documents, evidence, findings
        What belongs to the case.
    moves : tuple of MoveNeeds
        What could come next, see `weijian.domain.case_needs.next_moves`.
    observations : tuple of DemolitionObservation
        In the order they were entered.
    progress : DemolitionProgress or None
        Of the whole case; None before a decision orders anything.
    structures : dict of str to DemolitionProgress
        By number of the finding; empty before a decision.
    decided_on : datetime.date or None
    surveys : tuple of Survey
        All of the workspace, the latest first: what a re-flight can be.
    """

    case: Case
    events: tuple[CaseEvent, ...]
    documents: tuple[KeptDocument, ...]
    evidence: tuple[KeptEvidence, ...]
    findings: tuple[Finding, ...]
    moves: tuple[MoveNeeds, ...]
    observations: tuple[DemolitionObservation, ...]
    progress: DemolitionProgress | None
    structures: dict[str, DemolitionProgress]
    decided_on: date | None
    surveys: tuple[Survey, ...]


def list_cases(folder: Path) -> tuple[Case, ...]:
    """Every case: those that go on first, then the newest."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        cases = sorted(work.cases.all(), key=lambda case: case.case_no, reverse=True)
    return tuple(sorted(cases, key=lambda case: case.stage in ENDED))


def case_of_finding(folder: Path, finding_no: str) -> str | None:
    """Number of the case on a finding, if there is one."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return next((case.case_no for case in work.cases.of_finding(finding_no)), None)


def case_of_household(folder: Path, household_no: str) -> str | None:
    """Number of the household's newest case that goes on, else of its newest."""
    return next((case.case_no for case in list_cases(folder) if case.household_no == household_no), None)


def read_case(folder: Path, case_no: str) -> CaseView:
    """Everything of one case.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        case = work.cases.get(case_no)
        events = tuple(work.cases.events(case_no))
        observations = tuple(work.cases.observations(case_no))
        findings = tuple(work.findings.get(number) for number in case.finding_nos)
        areas = {finding.finding_no: finding.structure_area_m2 for finding in findings}
        ordered = case.ordered_area_m2
        progress = progress_of(work, case)
        return CaseView(
            case=case,
            events=events,
            documents=tuple(
                KeptDocument(each, _kept(workspace, each.sha256)) for each in work.cases.documents(case_no)
            ),
            evidence=tuple(KeptEvidence(each, _kept(workspace, each.sha256)) for each in work.cases.evidence(case_no)),
            findings=findings,
            moves=next_moves(case, events, work.settings.workflow(), 0.0 if progress is None else progress.left_m2),
            observations=observations,
            progress=progress,
            structures={} if ordered is None else structure_progress(ordered, observations, areas),
            decided_on=decided_on(case, events),
            surveys=_surveys(work),
        )


def progress_of(work: UnitOfWork, case: Case) -> DemolitionProgress | None:
    """How far what was ordered down is gone; None before a decision."""
    if case.ordered_area_m2 is None:
        return None
    areas = {number: work.findings.get(number).structure_area_m2 for number in case.finding_nos}
    return demolition_progress(case.ordered_area_m2, work.cases.observations(case.case_no), areas)


def decided_on(case: Case, events: tuple[CaseEvent, ...]) -> date | None:
    """Day from which something is ordered; the opening where an order was taken over without its history."""
    if case.ordered_area_m2 is None:
        return None
    return next((event.moved_on for event in events if event.target is Stage.DECISION), case.opened_on)


def _surveys(work: UnitOfWork) -> tuple[Survey, ...]:
    return tuple(sorted(work.surveys.all(), key=lambda survey: survey.flown_on, reverse=True))


def _kept(workspace: Workspace, sha256: str | None) -> Path | None:
    if sha256 is None:
        return None
    try:
        return workspace.evidence_store.path(sha256)
    except NotFound:
        return None

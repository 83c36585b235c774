"""Cases: from a finding to a case, and from stage to stage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from weijian.domain.case import Case, CaseEvent
from weijian.domain.change_set import Done
from weijian.domain.errors import InputError
from weijian.domain.finding import CHANGE_NAMES, Finding, ReviewStatus
from weijian.domain.household import Household
from weijian.domain.lead import Lead, LeadSource
from weijian.domain.stage import Stage
from weijian.domain.workflow import move
from weijian.services.actor import current_actor
from weijian.services.case_files import progress_of
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace


class CaseExists(InputError):
    """A finding already has a case."""

    zh = "图斑 {finding_no} 已有案件 {case_no}；请直接办理该案。"
    en = "Finding {finding_no} already has case {case_no}; work on that one."


class OfficersAlike(InputError):
    """One person was named twice."""

    zh = "主办人与协办人不能是同一人（行政处罚法第四十二条：执法人员不得少于两人）；请另行指定协办人。"
    en = "Lead and second officer are one person, but the law wants two (行政处罚法 42); name another second officer."


def open_case(folder: Path, finding_no: str, officers: tuple[str, str], on: date) -> Done[Case]:
    """Confirm a finding, enter it as a lead and open a case on it: one action.

    Parameters
    ----------
    folder : Path
        The workspace.
    finding_no : str
        What the case is about.
    officers : (str, str)
        Lead and second officer (行政处罚法 42).
    on : datetime.date
        Day of the opening.

    Raises
    ------
    NotFound, CaseExists, OfficersAlike
    """
    if officers[0].strip() == officers[1].strip():
        raise OfficersAlike
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "open-case") as work:
        finding = work.findings.get(finding_no)
        for existing in work.cases.of_finding(finding_no):
            raise CaseExists(finding_no=finding_no, case_no=existing.case_no)
        work.findings.set_review(finding_no, ReviewStatus.CONFIRMED)
        lead = lead_on(work, finding, on)
        case = Case(
            case_no=_number(work, "案", on),
            stage=Stage.LEAD,
            opened_on=on,
            household_no=finding.household_no,
            building_no=finding.building_no,
            place=lead.place,
            party=_party(work, finding),
            lead_officer=officers[0],
            second_officer=officers[1],
            finding_nos=(finding_no,),
        )
        work.cases.add(case)
        return Done(case, work.changes)


def move_case(
    folder: Path,
    case_no: str,
    target: Stage,
    *,
    on: date,
    officers: Sequence[str],
    reason: str,
    document_no: str | None = None,
) -> Done[CaseEvent]:
    """Move a case a stage on; the decision fixes what is ordered to be demolished.

    Raises
    ------
    NotFound
    MoveForbidden
        With the article that forbids the move.
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "move-case") as work:
        case = find_case(work, case_no)
        progress = progress_of(work, case)
        moved, event = move(
            case,
            target,
            on=on,
            officers=officers,
            reason=reason,
            document_no=document_no,
            history=work.cases.events(case.case_no),
            settings=work.settings.workflow(),
            left_m2=0.0 if progress is None else progress.left_m2,
        )
        if target is Stage.DECISION and moved.ordered_area_m2 is None:
            ordered = sum(work.findings.get(number).structure_area_m2 for number in moved.finding_nos)
            moved = replace(moved, ordered_area_m2=ordered)
        work.cases.record(moved, event)
        return Done(event, work.changes)


def lead_on(work: UnitOfWork, finding: Finding, on: date) -> Lead:
    """The lead that rests on a finding; entered on that day when there is none."""
    for entered in work.leads.of_finding(finding.finding_no):
        return entered
    lead = Lead(
        lead_no=_number(work, "线", on),
        source=LeadSource.FINDING,
        reported_on=on,
        finding_no=finding.finding_no,
        household_no=finding.household_no,
        place=_place(work, finding),
        note=finding.reason,
    )
    work.leads.upsert_many([lead])
    return lead


def find_case(work: UnitOfWork, wanted: str) -> Case:
    """The case of a number, or the n-th case of the workspace when a small whole number is given."""
    cases = work.cases.all()
    if wanted.isdecimal() and 1 <= int(wanted) <= len(cases):
        return cases[int(wanted) - 1]
    return work.cases.get(wanted)


def _number(work: UnitOfWork, series: str, on: date) -> str:
    return f"{on.year}{series}{work.numbers.next_number(series, on.year):04d}"


def _party(work: UnitOfWork, finding: Finding) -> str | None:
    """Holder of the household, or of the parcel; None when nobody is known."""
    if finding.household_no is not None:
        household = work.households.find([finding.household_no]).get(finding.household_no)
        if household is not None and household.holder:
            return household.holder
    if finding.parcel_no is not None:
        parcel = work.parcels.find([finding.parcel_no]).get(finding.parcel_no)
        return None if parcel is None else parcel.holder
    return None


def _place(work: UnitOfWork, finding: Finding) -> str:
    """Where it is: the household's address, else the kind of change with its coordinates."""
    if finding.household_no is not None:
        household = work.households.find([finding.household_no]).get(finding.household_no)
        if household is not None and household.address:
            return _full_address(household)
    point = finding.geometry.representative_point()
    return f"{CHANGE_NAMES[finding.change_type]}建筑，坐标 X={point.y:.1f} Y={point.x:.1f}"


def _full_address(household: Household) -> str:
    """Town, village and address in one line; an address that names them already is not made to name them twice."""
    town, village = household.town or "", household.village or ""
    rest = (household.address or "").removeprefix(town).removeprefix(village)
    return "".join(part for part in (town, village) if part not in rest) + rest

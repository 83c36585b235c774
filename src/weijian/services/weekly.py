"""The weekly report of a workspace."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from weijian.domain.case import Case
from weijian.domain.errors import EndingUnknown, InputError
from weijian.domain.finding import Finding, ReviewStatus
from weijian.domain.household import Household
from weijian.domain.lead import Lead
from weijian.domain.progress import demolition_progress
from weijian.domain.stage import Stage
from weijian.publish.weekly import ListedFinding, PlaceFigures, WeeklyReport, write_weekly
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

Place = tuple[str, str]
"""Town and village."""

NOWHERE: Place = ("未定", "未定")
"""What lies on no known household's land."""


class PeriodBackwards(InputError):
    """A period ends before it begins."""

    zh = "统计期的止日 {last} 早于起日 {first}；请检查起止日期。"
    en = "The period ends on {last}, before it begins on {first}; check both days."


@dataclass(frozen=True)
class _Register:
    """Everything of a workspace that the report counts; ``filed`` are numbers of the cases filed in the period."""

    findings: tuple[Finding, ...]
    leads: tuple[Lead, ...]
    cases: tuple[Case, ...]
    filed: frozenset[str]
    households: Mapping[str, Household]

    def place_of(self, household_no: str | None) -> Place:
        household = self.households.get(household_no or "")
        return NOWHERE if household is None else (household.town or "", household.village or "")


def export_weekly(folder: Path, first_day: date, last_day: date, path: Path, *, made_on: date) -> Path:
    """Write the weekly report of a period, first and last day included.

    A finding belongs to the period in which its later survey was flown; cases are shown as they stood on the last day.

    Raises
    ------
    PeriodBackwards, EndingUnknown, TargetUnwritable
    """
    if path.suffix.lower() != ".xlsx":
        raise EndingUnknown(path=path, formats=".xlsx")
    if last_day < first_day:
        raise PeriodBackwards(first=first_day, last=last_day)
    with open_workspace(folder) as workspace, workspace.read() as work:
        register = _Register(
            findings=tuple(
                f for f in work.findings.all() if f.after_date is not None and first_day <= f.after_date <= last_day
            ),
            leads=tuple(lead for lead in work.leads.all() if first_day <= lead.reported_on <= last_day),
            cases=tuple(_as_of(work, case, last_day) for case in work.cases.all() if case.opened_on <= last_day),
            filed=frozenset(
                event.case_no
                for case in work.cases.all()
                for event in work.cases.events(case.case_no)
                if event.target is Stage.FILED and first_day <= event.moved_on <= last_day
            ),
            households={household.household_no: household for household in work.households.all()},
        )
        demolished = {case.case_no: _demolished_m2(work, case, last_day) for case in register.cases}
        bureau = work.settings.get("bureau") or ""
    report = WeeklyReport(
        bureau=bureau,
        first_day=first_day,
        last_day=last_day,
        made_on=made_on,
        places=tuple(_figures(register, place, demolished) for place in _places(register)),
        findings=tuple(
            ListedFinding(finding, *register.place_of(finding.household_no)) for finding in register.findings
        ),
    )
    return write_weekly(report, path)


def _as_of(work: UnitOfWork, case: Case, day: date) -> Case:
    """A case with the stage it stood at, and what had been ordered, at the end of a day."""
    events = work.cases.events(case.case_no)
    until = [event for event in events if event.moved_on <= day]
    if len(until) == len(events):
        return case
    decided = any(event.target is Stage.DECISION for event in until)
    return replace(
        case,
        stage=until[-1].target if until else events[0].origin,
        ordered_area_m2=case.ordered_area_m2 if decided else None,
    )


def _places(register: _Register) -> list[Place]:
    """Places by name, what lies in no known place last."""
    values: Iterable[Finding | Lead | Case] = (*register.findings, *register.leads, *register.cases)
    return sorted({register.place_of(value.household_no) for value in values}, key=lambda p: (p == NOWHERE, p))


def _figures(register: _Register, place: Place, demolished: Mapping[str, float]) -> PlaceFigures:
    findings = [f for f in register.findings if register.place_of(f.household_no) == place]
    cases = [c for c in register.cases if register.place_of(c.household_no) == place]
    stages: Counter[Stage] = Counter(case.stage for case in cases)
    return PlaceFigures(
        town=place[0],
        village=place[1],
        found=len(findings),
        reviewed=sum(finding.review is not ReviewStatus.OPEN for finding in findings),
        confirmed=sum(finding.review is ReviewStatus.CONFIRMED for finding in findings),
        leads=sum(register.place_of(lead.household_no) == place for lead in register.leads),
        cases_filed=sum(case.case_no in register.filed for case in cases),
        ordered_m2=sum(case.ordered_area_m2 or 0.0 for case in cases),
        demolished_m2=sum(demolished[case.case_no] for case in cases),
        stages=stages,
    )


def _demolished_m2(work: UnitOfWork, case: Case, last_day: date) -> float:
    observations = [o for o in work.cases.observations(case.case_no) if o.observed_on <= last_day]
    structures = {number: work.findings.get(number).structure_area_m2 for number in case.finding_nos}
    return demolition_progress(case.ordered_area_m2 or 0.0, observations, structures).done_m2

"""Observations of a demolition: what still stands of a structure that is ordered down."""

from datetime import date
from pathlib import Path

from weijian.domain.case import Case
from weijian.domain.change_set import Done
from weijian.domain.errors import InputError, NotFound
from weijian.domain.evidence import EvidenceKind
from weijian.domain.language import Words
from weijian.domain.progress import DemolitionObservation, ObservationSource, structure_progress
from weijian.services.actor import current_actor
from weijian.services.case_files import decided_on
from weijian.services.evidence import describe, keep_file
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

_HALF_A_DIGIT = 0.05
"""Areas are read and entered in tenths of a square metre."""


class NothingOrdered(InputError):
    """A demolition was observed of which there is no decision."""

    zh = "案件 {case_no} 尚未作出拆除决定，没有可观测的拆除；请先办到“决定”阶段。"
    en = "Case {case_no} has no decision yet, so there is no demolition to observe; take it to its decision first."


class ObservationMistimed(InputError):
    """An observation lies before the decision or in the future."""

    zh = "观测日期 {on} 不在决定之日（{first}）至今天（{last}）之间；请核对日期。"
    en = "The observation of {on} is not between the decision ({first}) and today ({last}); check the date."


class AreaImpossible(InputError):
    """Less than nothing, or more than was ordered, is said to be left."""

    zh = "剩余面积 {left} m² 不在 0 与责令拆除的 {ordered} m² 之间；请核对。"
    en = "An area left of {left} m² is not between 0 and the {ordered} m² ordered; check it."


class PhotoExpected(InputError):
    """Something else than a photograph was to go with an observation."""

    zh = "{name} 不是照片；观测可附一张 JPG 或 PNG 照片。"
    en = "{name} is no photograph; an observation can carry one JPG or PNG."


def observe(
    folder: Path,
    case_no: str,
    finding_no: str,
    *,
    on: date,
    area_left_m2: float,
    source: ObservationSource,
    today: date,
    photo: Path | None = None,
) -> Done[DemolitionObservation]:
    """Enter what was left of a structure on a day, in one action with its photograph.

    Parameters
    ----------
    folder : Path
        The workspace.
    case_no, finding_no : str
        The structure is that of the finding.
    on, today : datetime.date
    area_left_m2 : float
        What still stands of the area that is ordered to be demolished.
    source : ObservationSource
    photo : Path, optional
        Kept as evidence of the case.

    Raises
    ------
    NotFound, NothingOrdered, ObservationMistimed, AreaImpossible, PhotoExpected, FileMissing, FileUnreadable,
    TargetUnwritable
    """
    described = None if photo is None else describe(photo)
    if photo is not None and described is not None and described[0] is not EvidenceKind.PHOTO:
        raise PhotoExpected(name=photo.name)
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "observe-demolition") as work:
        ordered = _ordered(work, case_no, finding_no, on, today)
        if not 0 <= area_left_m2 <= ordered + _HALF_A_DIGIT:
            raise AreaImpossible(left=f"{area_left_m2:.1f}", ordered=f"{ordered:.1f}")
        sha256 = None
        if photo is not None and described is not None:
            sha256 = keep_file(workspace, work, photo, *described).sha256
            work.cases.attach(case_no, sha256)
        observation = DemolitionObservation(case_no, on, min(area_left_m2, ordered), source, finding_no, sha256)
        work.cases.observe(observation)
        return Done(observation, work.changes)


def _ordered(work: UnitOfWork, case_no: str, finding_no: str, on: date, today: date) -> float:
    """What is ordered down of a structure, on a day it can be observed."""
    case = day_to_observe(work, case_no, on, today)
    if finding_no not in case.finding_nos:
        raise NotFound(kind=Words(f"案件 {case_no} 的图斑", f"finding of case {case_no}"), number=finding_no)
    areas = {number: work.findings.get(number).structure_area_m2 for number in case.finding_nos}
    return structure_progress(case.ordered_area_m2 or 0.0, (), areas)[finding_no].ordered_m2


def day_to_observe(work: UnitOfWork, case_no: str, on: date, today: date) -> Case:
    """The case, if its demolition can be observed on that day.

    Raises
    ------
    NotFound, NothingOrdered, ObservationMistimed
    """
    case = work.cases.get(case_no)
    first = decided_on(case, tuple(work.cases.events(case_no)))
    if case.ordered_area_m2 is None or first is None:
        raise NothingOrdered(case_no=case_no)
    if not first <= on <= today:
        raise ObservationMistimed(on=on, first=first, last=today)
    return case

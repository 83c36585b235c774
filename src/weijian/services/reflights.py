"""What a re-flight shows of a demolition: which part of each structure detection has found gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from weijian.domain.change_set import Done
from weijian.domain.errors import InputError
from weijian.domain.finding import ChangeType, Finding, ReviewStatus
from weijian.domain.progress import DemolitionObservation, ObservationSource, structure_progress
from weijian.domain.survey import Survey
from weijian.services.actor import current_actor
from weijian.services.alignments import was_compared
from weijian.services.observations import day_to_observe
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace


class NotCompared(InputError):
    """Nothing is known of what a re-flight shows."""

    zh = (
        "航测 {survey}（{flown_on}）尚未与 {since} 之后的期次比对，看不出拆除情况；"
        "请先以 {since} 的期次为前期、该期为后期检测变化。"
    )
    en = (
        "Survey {survey} ({flown_on}) has not been compared with one of {since} or later, so it shows no demolition; "
        "first detect changes from the survey of {since} to this one."
    )


@dataclass(frozen=True)
class Remainder:
    """What a re-flight shows of one structure, of the area ordered down; areas in m²."""

    finding_no: str
    ordered_m2: float
    left_m2: float


@dataclass(frozen=True)
class _Gone:
    """Ground on which structures went between two surveys."""

    since: date
    until: date
    ground: BaseGeometry


def measure_reflight(folder: Path, case_no: str, survey_id: int, *, today: date) -> tuple[Remainder, ...]:
    """What a re-flight shows of the structures of a case.

    Gone is the ground of every demolished finding, and of every rebuilt one what does not stand again, that detection
    found between surveys from the structure's own up to this one; dismissed findings do not count. A demolition that
    lies between two surveys that were never compared is not seen, so too much rather than too little is said to stand.

    Parameters
    ----------
    folder : Path
        The workspace.
    case_no : str
    survey_id : int
    today : datetime.date

    Raises
    ------
    NotFound, NothingOrdered, ObservationMistimed
    NotCompared
        When no detection has compared the survey with one that shows the structures.
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        return _measure(work, case_no, work.surveys.get(survey_id), today)


def observe_reflight(
    folder: Path, case_no: str, survey_id: int, *, today: date
) -> Done[tuple[DemolitionObservation, ...]]:
    """Enter what `measure_reflight` answers as an observation of each structure, on the day of the flight.

    Raises
    ------
    NotFound, NothingOrdered, ObservationMistimed, NotCompared
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "observe-reflight") as work:
        survey = work.surveys.get(survey_id)
        source = ObservationSource.REFLIGHT
        seen = tuple(
            DemolitionObservation(case_no, survey.flown_on, each.left_m2, source, each.finding_no)
            for each in _measure(work, case_no, survey, today)
        )
        for observation in seen:
            work.cases.observe(observation)
        return Done(seen, work.changes)


def _measure(work: UnitOfWork, case_no: str, survey: Survey, today: date) -> tuple[Remainder, ...]:
    case = day_to_observe(work, case_no, survey.flown_on, today)
    surveys = {each.survey_id: each for each in work.surveys.all()}
    structures = {number: work.findings.get(number) for number in case.finding_nos}
    shown_on = {number: surveys[work.findings.survey_ids(number)[1]].flown_on for number in structures}
    _refuse_uncompared(work, survey, tuple(surveys.values()), max(shown_on.values()))
    gone = tuple(_gone(work, surveys, until=survey.flown_on))
    areas = {number: finding.structure_area_m2 for number, finding in structures.items()}
    ordered = structure_progress(case.ordered_area_m2 or 0.0, (), areas)
    return tuple(
        Remainder(number, part.ordered_m2, part.ordered_m2 * _standing(structures[number], shown_on[number], gone))
        for number, part in ordered.items()
    )


def _refuse_uncompared(work: UnitOfWork, survey: Survey, surveys: Sequence[Survey], since: date) -> None:
    for before in surveys:
        if since <= before.flown_on < survey.flown_on and was_compared(work, before.survey_id, survey.survey_id):
            return
    raise NotCompared(survey=survey.name, flown_on=survey.flown_on, since=since)


def _gone(work: UnitOfWork, surveys: dict[int, Survey], until: date) -> Iterable[_Gone]:
    for finding, _, before, after in work.findings.with_origin():
        if before is None or finding.review is ReviewStatus.DISMISSED:
            continue
        ground = _gone_ground(finding)
        if ground is not None and surveys[after].flown_on <= until:
            yield _Gone(surveys[before].flown_on, surveys[after].flown_on, ground)


def _gone_ground(finding: Finding) -> BaseGeometry | None:
    if finding.change_type is ChangeType.DEMOLISHED:
        return finding.geometry
    if finding.change_type is ChangeType.REBUILT and finding.after_outline is not None:
        return shapely.difference(finding.geometry, finding.after_outline)
    return None


def _standing(structure: Finding, shown_on: date, gone: Sequence[_Gone]) -> float:
    """Part of a structure that stands, 0 to 1."""
    outline: Polygon | MultiPolygon = structure.structure
    since = [each.ground for each in gone if each.since >= shown_on and each.ground.intersects(outline)]
    left: float = shapely.difference(outline, shapely.union_all(since)).area
    return left / outline.area

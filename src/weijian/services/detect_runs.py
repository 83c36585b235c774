"""Detection on the surveys of a workspace, its findings kept there."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pyproj import CRS

from weijian.detection.matching import Register
from weijian.domain.change_set import Done
from weijian.domain.finding import Finding
from weijian.domain.job import Job, Progress
from weijian.domain.review import DRAWN_BY_HAND
from weijian.domain.survey import Survey
from weijian.services.actor import current_actor
from weijian.services.alignments import keep_placement
from weijian.services.checkpoint import ENDING, forget
from weijian.services.detect import Detection, detect
from weijian.services.detect_files import DetectionOptions, OptionMissing, write_results
from weijian.services.detection_report import Skipped
from weijian.services.moved import moved_findings, moved_register
from weijian.services.prepare import Products
from weijian.services.safeguards import require_targets, require_two_surveys
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

SAME_SHARE = 0.5
"""Two runs found the same change when their outlines share at least this part of their union."""


def detect_in_workspace(
    folder: Path, before_survey: int | None, after_survey: int | None, options: DetectionOptions
) -> Job[Done[Detection]]:
    """Detect on two surveys of a workspace (or its archive and one survey) and keep the findings in it.

    The findings of an earlier run on the same surveys are replaced, but for those that somebody has taken up.
    """
    if after_survey is None:
        raise OptionMissing(option="--after-survey")
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            after = work.surveys.get(after_survey)
            before = None if before_survey is None else work.surveys.get(before_survey)
            permits = work.permits.all()
            kept = Register(work.buildings.all(), work.parcels.all(), permits or None, work.zones.all())
        files = [path for survey in (before, after) if survey is not None for path in (survey.ortho, survey.dsm)]
        require_targets(options.out, options.report, (*files, options.model, workspace.database))
        if before is not None:
            require_two_surveys(before.ortho, after.ortho, (before.flown_on, after.flown_on))

        def register(crs: CRS) -> tuple[Register, tuple[Skipped, ...]]:
            return moved_register(kept, workspace.crs, crs), ()

        request = replace(
            options.request(_products(before, after), register, bool(kept.buildings), f"T{after.flown_on:%Y%m%d}"),
            before_date=None if before is None else before.flown_on,
            after_date=after.flown_on,
            checkpoint=workspace.cache / f"detection-{before_survey or 'archive'}-{after_survey}{ENDING}",
        )
        detection = yield from detect(request)
        yield Progress("store", 0, 1)
        with workspace.transaction(current_actor(), "detect") as work:
            keep_placement(work, before_survey, after_survey, detection.placement, options.hand)
            stored = _store(
                work, moved_findings(detection.findings, detection.crs, workspace.crs), before_survey, after
            )
            changes = work.changes
    forget(request.checkpoint)
    detection = replace(detection, findings=tuple(stored), crs=workspace.crs)
    write_results(detection, options)
    return Done(detection, changes)


def _products(before: Survey | None, after: Survey) -> Products:
    if before is None:
        return Products(after.ortho, None, after.dsm, crs=CRS(after.crs))
    return Products(after.ortho, before.ortho, after.dsm, before.dsm, CRS(after.crs), CRS(before.crs))


def _store(work: UnitOfWork, found: Sequence[Finding], before_survey: int | None, after: Survey) -> list[Finding]:
    """Keep the findings of a run in place of those of an earlier run that nobody has taken up.

    Raises
    ------
    NotFound
        Somebody has removed one of the surveys while it was looked at.
    """
    for survey_id in (before_survey, after.survey_id):
        if survey_id is not None:
            work.surveys.get(survey_id)
    work.findings.discard_open(before_survey, after.survey_id)
    taken_up = work.findings.of_surveys(before_survey, after.survey_id)
    fresh = [finding for finding in found if not any(_same(finding, other) for other in taken_up)]
    run = work.numbers.next_number("detection", after.flown_on.year)
    numbered = [
        replace(finding, finding_no=f"T{after.flown_on:%Y%m%d}-{run}-{index:04d}")
        for index, finding in enumerate(fresh, start=1)
    ]
    work.findings.add_many(numbered, before_survey, after.survey_id)
    return [*taken_up, *numbered]


def _same(one: Finding, other: Finding) -> bool:
    """Whether a run found again what an earlier one has found."""
    if one.change_type is not other.change_type or not one.geometry.intersects(other.geometry):
        return False
    shared = one.geometry.intersection(other.geometry).area
    if DRAWN_BY_HAND in other.reason:  # a hand may have cut away most of it
        return shared >= SAME_SHARE * min(one.geometry.area, other.geometry.area)
    return shared >= SAME_SHARE * one.geometry.union(other.geometry).area

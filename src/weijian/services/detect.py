"""Detection: two surveys, or one survey and the archive, in; judged findings and a report out."""

import itertools
import math
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from pyproj import CRS

from weijian.detection.confidence import Calibration, Comparison
from weijian.detection.matching import Register, match
from weijian.detection.model_card import Task
from weijian.detection.model_session import ModelRunner
from weijian.detection.patch import Footprint
from weijian.detection.segments import Fragment, Segment, merge
from weijian.domain.finding import Change, Finding, Method
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.legality import LegalityRules, newest_issue
from weijian.domain.parallel import Crew, Threads, aside, in_order
from weijian.imagery.alignment import HandShift
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles, files_of
from weijian.services.alignments import Placement
from weijian.services.checkpoint import Checkpoint, checkpoint, key_of
from weijian.services.cluster import join
from weijian.services.detection_report import Skipped, detection_report
from weijian.services.detectors import Least, detector_for, model_runner
from weijian.services.patches import translated
from weijian.services.prepare import Opened, Products, choose_method, open_products, prepare
from weijian.services.profile import Profile
from weijian.services.rules import calibration
from weijian.services.safeguards import require_archive_there
from weijian.services.window_work import WindowWork

TILE_PIXELS = 1024
LEAST_CONFIDENCE = 0.4
"""What is less likely than this costs a reviewer more than it finds: F1 is best at half of the F1 that is reached."""
MOST_NOTES = 200
"""Candidates left out that are told one by one."""


RegisterSource = Callable[[CRS], tuple[Register, tuple[Skipped, ...]]]
"""Gives the archive, parcels, permits and zones in a CRS, and what of them could not be used."""


@dataclass(frozen=True)
class DetectionRequest:
    """What to compare, and how.

    ``method`` None lets the data decide; ``workers`` None means all cores; a date that is not known is None.
    ``hand`` is a person's placing of the earlier survey (or of the archive). ``model`` is the file that the model
    method runs. ``checkpoint`` is where finished windows are kept: an interrupted detection goes on from there.
    ``scheduler`` is the address of a Dask scheduler whose workers do the windows. ``warnings`` is what was noticed
    before. ``calibration`` tells what evidence is worth; None takes what comes with the program.
    """

    products: Products
    register: RegisterSource
    has_archive: bool
    rules: LegalityRules
    number_prefix: str
    before_date: date | None = None
    after_date: date | None = None
    method: Method | None = None
    min_area_m2: float = 10.0
    min_height_m: float = 2.0
    workers: int | None = None
    hand: HandShift | None = None
    model: Path | None = None
    checkpoint: Path | None = None
    scheduler: str | None = None
    warnings: tuple[Words, ...] = ()
    calibration: Calibration | None = None


@dataclass(frozen=True)
class Detection:
    """Findings in ``crs``, how the surveys lie to the archive, and the report (plain JSON values) of it all.

    ``warnings`` are sentences that a user should read before trusting the findings.
    """

    findings: tuple[Finding, ...]
    crs: CRS
    placement: Placement
    report: dict[str, object]
    warnings: tuple[Words, ...] = ()


def detect(request: DetectionRequest) -> Job[Detection]:
    """Find, outline, match and judge the changed structures."""
    profile = Profile()
    with OpenFiles() as files, Threads(request.workers or os.cpu_count() or 1) as hands, ExitStack() as joined:
        with profile.stage("open"):
            opened, method, register, unused, runner = yield from _open(request, hands)
            read = yield from aside("open", partial(files_of, opened.rasters), hands)
        card = None if runner is None else runner.card
        read |= {card.path} if card else set()
        crew: Crew = hands
        if request.scheduler is not None:
            crew = joined.enter_context((yield from aside("cluster", partial(join, request.scheduler, read), hands)))
        footprints = tuple(Footprint(b.building_no, b.geometry, b.height_m) for b in register.buildings)
        resolution = None if card is None else card.resolution_m
        prepared = yield from prepare(opened, method, footprints, files, hands, profile, request.hand, resolution)
        prepared = replace(prepared, warnings=(*request.warnings, *prepared.warnings))
        least = Least(request.min_area_m2, request.min_height_m)
        detector = yield from detector_for(method, least, prepared, runner, hands, profile)
        work = WindowWork(detector, prepared.source)
        key = ""
        if request.checkpoint is not None:
            with profile.stage("open"):
                key = yield from aside("open", partial(key_of, (work, TILE_PIXELS), read), hands)
        with checkpoint(request.checkpoint, key) as kept:
            resumed = len(kept.windows), len(kept.candidates)
            fragments = yield from _propose(work, prepared.reach, kept, crew, profile)
            with profile.stage("merge"):
                segments = yield from aside("merge", partial(merge, fragments), hands)
            described, too_large = yield from _describe(work, segments, kept, crew, profile)
            changes = [*_settled(kept), *described]
        profile.part("decode", kept.seconds_reading / crew.size, "evidence", "outlines")
        with profile.stage("match"):
            comparison = _comparison(method, opened, request.has_archive)
            matched = partial(_match, request, register, prepared.placement, comparison, changes)
            findings = yield from aside("match", matched, hands)
    skipped = [*unused, *_unknown_days(request, register), *too_large]
    report = detection_report(
        opened, prepared, findings, skipped, profile, request.hand, card, resumed, request.scheduler
    )
    return Detection(tuple(findings), prepared.source.grid.crs, prepared.placement, report, prepared.warnings)


def _open(
    request: DetectionRequest, hands: Crew
) -> Job[tuple[Opened, Method, Register, tuple[Skipped, ...], ModelRunner | None]]:
    """The surveys, how to compare them, the registers and what of them cannot be used, and the model if one is used."""
    runner = yield from aside("open", partial(model_runner, request.method, request.model, hands.size), hands)
    opened = yield from open_products(request.products.anywhere(), hands)
    by_date = runner is not None and runner.card.task is Task.SEGMENTATION
    method = choose_method(opened, request.has_archive, request.method, by_date)
    register, unused = yield from aside("open", partial(request.register, opened.after.grid.crs), hands)
    if request.has_archive:
        require_archive_there(register, opened.after.grid.bounds, request.products.after)
    return opened, method, register, unused, runner


def _match(
    request: DetectionRequest,
    register: Register,
    placement: Placement,
    comparison: Comparison,
    changes: Sequence[Change],
) -> list[Finding]:
    curves = request.calibration or calibration()
    told = (curves.told(change, comparison) for change in changes)
    in_archive_frame = [
        translated(change, -placement.east_m, -placement.north_m)
        for change in told
        if change.confidence >= LEAST_CONFIDENCE
    ]
    return match(
        in_archive_frame, register, request.before_date, request.after_date, request.rules, request.number_prefix
    )


def _comparison(method: Method, opened: Opened, has_archive: bool) -> Comparison:
    """What was compared with what, for the worth of its evidence."""
    if method is Method.HEIGHT:
        return Comparison.ARCHIVE if opened.before is None else Comparison.HEIGHT
    if method is Method.SPECTRAL and opened.before is None:
        return Comparison.ALONE
    return Comparison.OPEN if method is Method.SPECTRAL and not has_archive else Comparison(method.value)


def _unknown_days(request: DetectionRequest, register: Register) -> list[Skipped]:
    if request.after_date is not None and (request.before_date is not None or request.products.before is None):
        return []
    present = newest_issue(register.permits or ())
    told = (
        "permits are not checked for expiry"
        if present is None
        else f"expiry of permits is judged by {present}, the day the newest of them was issued"
    )
    return [Skipped("days of the flights", f"not known; {told}")]


def _propose(work: WindowWork, reach: Reach, kept: Checkpoint, crew: Crew, profile: Profile) -> Job[list[Fragment]]:
    """Candidates of every window that may show something; only the pieces of changed ground are kept."""
    grid = work.source.grid
    halo = math.ceil(work.detector.halo_m / grid.resolution)
    side = grid.even_side(TILE_PIXELS)
    seen = reach.parts_of(grid, side)
    total = int(seen.sum())
    tiles = itertools.compress(enumerate(grid.tiles(side, halo)), seen)
    unfinished = ((number, tile) for number, tile in tiles if number not in kept.windows)
    stage = "resumed" if kept.windows else "evidence"
    yield Progress(stage, len(kept.windows), total)
    with profile.stage("evidence") as cost, closing(in_order(work.propose, unfinished, crew)) as steps:
        for step in steps:
            if step is not None:
                (number, _), found = step
                kept.keep_window(number, found)
            yield Progress(stage, len(kept.windows), total)
        cost.bytes_read += sum(found.cost.bytes_read for found in kept.windows.values())
    return [piece for number in sorted(kept.windows) for piece in kept.windows[number].fragments]


def _settled(kept: Checkpoint) -> list[Change]:
    """Changes that windows showed whole."""
    return [change for number in sorted(kept.windows) for change in kept.windows[number].changes]


def _describe(
    work: WindowWork, segments: Sequence[Segment], kept: Checkpoint, crew: Crew, profile: Profile
) -> Job[tuple[list[Change], list[Skipped]]]:
    """What each candidate is, looked at whole."""
    unfinished = ((number, one) for number, one in enumerate(segments) if number not in kept.candidates)
    yield Progress("outlines", len(kept.candidates), len(segments))
    with profile.stage("outlines") as cost, closing(in_order(work.describe, unfinished, crew)) as steps:
        for step in steps:
            if step is not None:
                (number, _), found = step
                kept.keep_candidate(number, found)
            yield Progress("outlines", len(kept.candidates), len(segments))
        cost.bytes_read += sum(found.cost.bytes_read for found in kept.candidates.values())
    described = [kept.candidates[number].changes for number in range(len(segments))]
    too_large = [segment for segment, changes in zip(segments, described, strict=True) if changes is None]
    return [change for changes in described for change in changes or ()], _told(too_large)


def _told(too_large: Sequence[Segment]) -> list[Skipped]:
    """A note for each candidate that was left out; of very many the rest are only counted."""
    why = "larger than any building"
    at = [one.polygon.representative_point().coords[0] for one in too_large[:MOST_NOTES]]
    notes = [Skipped(f"candidate at {x:.0f}, {y:.0f}", why) for x, y in at]
    rest = len(too_large) - len(notes)
    return [*notes, Skipped(f"{rest} more candidates", why)] if rest else notes

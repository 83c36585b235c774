"""Detection: two surveys, or one survey and the archive, in; judged findings and a report out."""

import math
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from pyproj import CRS

from weijian.detection import height, spectral
from weijian.detection.matching import Register, match
from weijian.detection.model import ModelDetector
from weijian.detection.model_card import Task
from weijian.detection.model_session import ModelRunner, read_card
from weijian.detection.patch import Footprint, Patch
from weijian.detection.segments import Fragment, Segment, merge
from weijian.detection.spectral_radiometry import Conditions, calibrate
from weijian.domain.errors import InputError
from weijian.domain.finding import Change, Finding, Method
from weijian.domain.grid import PixelGrid, Tile
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.legality import LegalityRules, newest_issue
from weijian.imagery.alignment import HandShift
from weijian.imagery.files import OpenFiles
from weijian.services.alignments import Placement
from weijian.services.detection_report import Skipped, detection_report
from weijian.services.parallel import in_order
from weijian.services.patches import PatchSource, bytes_of, translated
from weijian.services.prepare import Products, choose_method, open_products, prepare
from weijian.services.profile import Profile
from weijian.services.safeguards import require_archive_there

TILE_PIXELS = 1024
HALO_M = 24.0
"""Ground around a tile that ``propose`` may look at; models ask for more."""
CONTEXT_M = 20.0
"""Ground around a segment that ``describe`` may look at."""
SAMPLE_PIXELS = 512
SAMPLES_A_SIDE = 4
"""The conditions of a survey are measured on at most 4 x 4 windows spread over it."""
LARGEST_PATCH = 4096
"""Pixels a side; a larger candidate is no building and would break the bound on memory."""


@dataclass(frozen=True)
class Detector:
    """A method of detection: candidates within a patch's core, and the changes a candidate turns out to be.

    ``halo_m`` is the ground around the core that the first of them looks at.
    """

    propose: Callable[[Patch], list[Fragment]]
    describe: Callable[[Segment, Patch], list[Change]]
    halo_m: float = HALO_M


class ModelMissing(InputError):
    """The model method was asked for without a model, or a model was given to another method."""

    zh = "--method model 与 --model 要一起用；请用 --model 指定模型文件（.onnx）。"
    en = "--method model and --model go together; name the model file (.onnx) with --model."


@dataclass(frozen=True)
class DetectionRequest:
    """What to compare, and how.

    ``register`` gives the archive, parcels, permits and zones in the CRS it is asked for, and what of them could not
    be used. ``method`` None lets the data decide; ``workers`` None means all cores; a date that is not known is None.
    ``hand`` is a person's placing of the earlier survey (or of the archive). ``model`` is the file that the model
    method runs.
    """

    products: Products
    register: Callable[[CRS], tuple[Register, tuple[Skipped, ...]]]
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
    with OpenFiles() as files:
        detection = yield from _detect(request, files)
    return detection


def _detect(request: DetectionRequest, files: OpenFiles) -> Job[Detection]:
    profile = Profile()
    yield Progress("open", 0, 1)
    workers = request.workers or os.cpu_count() or 1
    with profile.stage("open"):
        runner = _model(request, workers)
        card = None if runner is None else runner.card
        opened = open_products(request.products)
        by_date = card is not None and card.task is Task.SEGMENTATION
        method = choose_method(opened, request.has_archive, request.method, by_date)
        register, unused = request.register(opened.after.grid.crs)
        if request.has_archive:
            require_archive_there(register, opened.after.grid.bounds, request.products.after)
    footprints = tuple(Footprint(b.building_no, b.geometry, b.height_m) for b in register.buildings)
    prepared = yield from prepare(
        opened, method, footprints, files, profile, request.hand, None if card is None else card.resolution_m
    )
    detector = yield from _detector(method, request, prepared.source, profile, runner)
    fragments = yield from _propose(detector, prepared.source, workers, profile)
    with profile.stage("merge"):
        segments = merge(fragments)
    changes, too_large = yield from _describe(detector, segments, prepared.source, workers, profile)
    yield Progress("match", 0, 1)
    with profile.stage("match"):
        east, north = prepared.placement.east_m, prepared.placement.north_m
        in_archive_frame = [translated(change, -east, -north) for change in changes]
        findings = match(
            in_archive_frame, register, request.before_date, request.after_date, request.rules, request.number_prefix
        )
    skipped = [*unused, *_unknown_days(request, register), *too_large]
    report = detection_report(opened, prepared, findings, skipped, profile, request.hand, card)
    return Detection(tuple(findings), prepared.source.grid.crs, prepared.placement, report, prepared.warnings)


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


def _propose(detector: Detector, source: PatchSource, workers: int, profile: Profile) -> Job[list[Fragment]]:
    """Candidates of every window; only the pieces of changed ground are kept."""
    halo = math.ceil(detector.halo_m / source.grid.resolution)
    total = math.ceil(source.grid.height / TILE_PIXELS) * math.ceil(source.grid.width / TILE_PIXELS)
    fragments: list[Fragment] = []
    yield Progress("evidence", 0, total)
    with profile.stage("evidence") as cost:
        results = in_order(partial(_propose_in, detector, source), source.grid.tiles(TILE_PIXELS, halo), workers)
        with closing(results):
            for done, (found, bytes_read) in enumerate(results, start=1):
                fragments += found
                cost.bytes_read += bytes_read
                yield Progress("evidence", done, total)
    return fragments


def _propose_in(detector: Detector, source: PatchSource, tile: Tile) -> tuple[list[Fragment], int]:
    patch = source.patch(tile)
    return detector.propose(patch), bytes_of(patch)


def _describe(
    detector: Detector, segments: Sequence[Segment], source: PatchSource, workers: int, profile: Profile
) -> Job[tuple[list[Change], list[Skipped]]]:
    """What each candidate is, looked at whole."""
    changes: list[Change] = []
    skipped: list[Skipped] = []
    yield Progress("outlines", 0, len(segments))
    with profile.stage("outlines") as cost:
        results = in_order(partial(_describe_in, detector, source), segments, workers)
        with closing(results):
            for done, (segment, (found, bytes_read)) in enumerate(zip(segments, results, strict=True), start=1):
                if found is None:
                    x, y = segment.polygon.representative_point().coords[0]
                    skipped.append(Skipped(f"candidate at {x:.0f}, {y:.0f}", "larger than any building"))
                else:
                    changes += found
                cost.bytes_read += bytes_read
                yield Progress("outlines", done, len(segments))
    return changes, skipped


def _describe_in(detector: Detector, source: PatchSource, segment: Segment) -> tuple[list[Change] | None, int]:
    block = source.grid.block_over(segment.polygon.bounds, CONTEXT_M)
    if max(block.shape) > LARGEST_PATCH:
        return None, 0
    patch = source.patch(Tile(block, 0))
    return detector.describe(segment, patch), bytes_of(patch)


def _model(request: DetectionRequest, workers: int) -> ModelRunner | None:
    """The model, read, checked and tried before anything else is done; None for the other methods."""
    if (request.method is Method.MODEL) != (request.model is not None):
        raise ModelMissing
    if request.model is None:
        return None
    runner = ModelRunner(read_card(request.model), max(1, (os.cpu_count() or 1) // workers))
    runner.try_out()
    return runner


def _detector(
    method: Method, request: DetectionRequest, source: PatchSource, profile: Profile, runner: ModelRunner | None
) -> Job[Detector]:
    """The method, set for this survey."""
    if method is Method.HEIGHT:
        parameters = height.HeightParameters(min_area_m2=request.min_area_m2, min_height_m=request.min_height_m)
        return Detector(partial(height.propose, parameters=parameters), partial(height.describe, parameters=parameters))
    if runner is not None and runner.card.knows_presence:
        by_model = ModelDetector(runner, request.min_area_m2)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    conditions = yield from _conditions(source, profile)
    if runner is not None:
        by_model = ModelDetector(runner, request.min_area_m2, conditions)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    by_image = spectral.SpectralDetector(spectral.SpectralRules(request.min_area_m2), conditions)
    return Detector(by_image.propose, by_image.describe)


def _conditions(source: PatchSource, profile: Profile) -> Job[Conditions]:
    """How the two surveys were lit and taken."""
    yield Progress("calibrate", 0, 1)
    with profile.stage("calibrate"):
        return calibrate(source.patch(tile) for tile in _samples(source.grid))


def _samples(grid: PixelGrid) -> list[Tile]:
    """A few tiles spread evenly over the grid, from which the conditions of the whole survey are measured."""
    rows, columns = (min(SAMPLES_A_SIDE, math.ceil(size / SAMPLE_PIXELS)) for size in grid.shape)
    tops = np.linspace(0, max(0, grid.height - SAMPLE_PIXELS), rows).round().astype(int)
    lefts = np.linspace(0, max(0, grid.width - SAMPLE_PIXELS), columns).round().astype(int)
    high, wide = min(SAMPLE_PIXELS, grid.height), min(SAMPLE_PIXELS, grid.width)
    return [Tile(grid.crop(int(top), int(left), high, wide), 0) for top in tops for left in lefts]

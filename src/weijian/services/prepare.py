"""What must be known before the windows are worked: method, grid, alignment, levelling, terrain."""

import itertools
import math
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from shapely.affinity import translate

from weijian.detection.archive_frame import ArchiveOffset
from weijian.detection.height_evidence import HeightParameters
from weijian.detection.land_noise import LandNoise, land_noise
from weijian.detection.patch import Footprint, Noise
from weijian.detection.terrain import ground_model
from weijian.domain.errors import AlignmentFailed, InputError, NoOverlap
from weijian.domain.finding import Method
from weijian.domain.grid import PixelGrid, shared_bounds
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.parallel import Crew, aside, in_order
from weijian.elsewhere import settled
from weijian.imagery.alignment import Alignment, HandShift
from weijian.imagery.content import require_shown
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles
from weijian.imagery.height_units import relief_ratio
from weijian.imagery.heights import Levelling, level
from weijian.imagery.raster import Raster, RasterKind, require_metric
from weijian.services.alignments import Placement
from weijian.services.archive_fit import fit_archive, height_ratio
from weijian.services.nudges import ArchiveNotTurned
from weijian.services.patches import FootprintIndex, LayerSource, PatchSource, Terrain, samples
from weijian.services.placing import Placed, other_datum, place, require_agreement, require_metres, require_one_unit
from weijian.services.profile import Profile
from weijian.services.survey_files import open_placed

HEIGHT_PIXEL_M = 0.2
"""Finest detection pixel with heights: surface models of drones resolve no more."""
IMAGE_PIXEL_M = 0.25
"""Finest detection pixel from images and an archive: roofs need no more, and sub-pixel alignment holds."""
OPEN_PIXEL_M = 0.3
"""The same without an archive: 0.25 finds no more on any village, and costs half as much again."""
COARSEST_PIXEL_M = 1.0
"""Buildings of the least area cannot be told on coarser pixels."""
TERRAIN_CELL_M = 1.0
TERRAIN_CELLS = 16_000_000
"""Most cells of the coarse terrain; larger areas get larger cells."""
TERRAIN_WINDOW = 256
"""Cells a side that are read at a time."""
TERRAIN_SIDE = 30_000
"""Most cells along a side of it: OpenCV samples no longer arrays than 32 767."""
ARCHIVE_SIGMA_M = 0.25
"""Uncertainty of digitised archive outlines where nothing better is known."""
LEAST_COMMON_M = 3.0
"""Ground narrower than a building of the least area, that two products share, is no common ground."""
COARSEST_SURVEY_M = 2.0
"""Pixel of a survey beyond which a building of the least area is no longer a shape."""
ONLY_GONE = Words(
    "仅凭一期影像与档案比对：只能看出档案中 25 平方米以上、记有高度、影子已消失的房屋（拆除）；"
    "新增、扩建、加层、翻建看不出来，要查这些请补充 DSM 或前期影像。",
    "One image against the archive shows only which archived buildings of 25 m² or more and of known height cast their "
    "shadow no more (demolished); what is new, extended, raised or rebuilt needs a surface model or an earlier image.",
)
"""Told with every result of one image alone, lest nobody take silence for no change."""
COARSER_THAN_MODEL = 2.0
"""Times the pixel a model was trained for; a coarser survey shows it nothing it knows."""
AFTER_DSM = Words("后期 DSM（--after-dsm）", "the later surface model (--after-dsm)")
BEFORE_DSM = Words("前期 DSM（--before-dsm）", "the earlier surface model (--before-dsm)")


class NoComparison(InputError):
    """Nothing was given to compare the later survey with."""

    zh = "没有可供比对的前期资料：请用 --before 给出前期影像，或用 --archive 给出建筑档案。"
    en = (
        "There is nothing to compare with: give an earlier survey with --before or the building archive with --archive."
    )


class EarlierImageMissing(InputError):
    """The comparison that the files allow needs the earlier survey's orthophoto."""

    zh = "缺少前期正射影像：{why}；请用 --before 补充。"
    en = "The earlier orthophoto is missing: {why}; add it with --before."


class HeightsMissing(InputError):
    """The height method was asked for without the surface models it needs."""

    zh = "按高度检测需要{missing}；请补充，或改用 --method spectral。"
    en = "Detection by height needs {missing}; add it or use --method spectral."


class SurveyTooCoarse(InputError):
    """Pixels in which no building can be told."""

    zh = "影像 {path} 的分辨率是 {pixel_m} 米，看不清房屋；请换用不低于 {coarsest_m} 米的影像。"
    en = "The pixels of {path} are {pixel_m} m, too coarse for buildings; use a survey of {coarsest_m} m or finer."


@dataclass(frozen=True)
class Products:
    """Files of the two surveys. Without ``before`` the archive is compared with the later survey.

    ``crs`` is given to files that state none, ``before_crs`` to those of the earlier survey where that differs.
    """

    after: Path
    before: Path | None = None
    after_dsm: Path | None = None
    before_dsm: Path | None = None
    crs: CRS | None = None
    before_crs: CRS | None = None

    def anywhere(self) -> "Products":
        """The same files by paths that do not depend on the folder one works in."""
        others = (self.before, self.after_dsm, self.before_dsm)
        before, after_dsm, before_dsm = (None if path is None else settled(path) for path in others)
        return replace(self, after=settled(self.after), before=before, after_dsm=after_dsm, before_dsm=before_dsm)


@dataclass(frozen=True)
class Opened:
    """The products as rasters."""

    after: Raster
    before: Raster | None
    after_dsm: Raster | None
    before_dsm: Raster | None

    @property
    def rasters(self) -> tuple[Raster, ...]:
        """Those that were given."""
        return tuple(r for r in (self.after, self.before, self.after_dsm, self.before_dsm) if r is not None)


@dataclass(frozen=True)
class Prepared:
    """Everything the windows need, and what was learned on the way.

    ``warnings`` are sentences that a user should read before trusting the findings.
    """

    method: Method
    source: PatchSource
    reach: Reach
    alignment: Alignment | None
    levelling: Levelling | None
    placement: Placement
    warnings: tuple[Words, ...] = ()
    land: LandNoise | None = None


def open_products(products: Products, crew: Crew) -> Job[Opened]:
    """Open every file, several at a time, and check that the later survey's CRS can be measured in."""
    before_crs = products.before_crs or products.crs
    wanted = (
        (products.after, products.crs, RasterKind.IMAGE),
        (products.before, before_crs, RasterKind.IMAGE),
        (products.after_dsm, products.crs, RasterKind.SURFACE),
        (products.before_dsm, before_crs, RasterKind.SURFACE),
    )
    rasters: list[Raster | None] = []
    yield Progress("open", 0, len(wanted))
    with closing(in_order(_opened, wanted, crew)) as steps:
        for step in steps:
            if step is not None:
                rasters.append(step[1])
            yield Progress("open", len(rasters), len(wanted))
    after, before, after_dsm, before_dsm = rasters
    if after is None:
        raise TypeError("a detection without a later survey")
    return Opened(require_metric(after), before, after_dsm, before_dsm)


def _opened(wanted: tuple[Path | None, CRS | None, RasterKind]) -> Raster | None:
    path, crs, kind = wanted
    return None if path is None else open_placed(path, crs, kind)


def choose_method(opened: Opened, has_archive: bool, asked: Method | None, by_date: bool = False) -> Method:
    """Height where the data allow it, images otherwise; what was asked for is checked.

    ``by_date`` says that the model sees each date by itself, so that the archive can stand for the earlier one.

    Raises
    ------
    NoComparison, EarlierImageMissing, HeightsMissing
    """
    if opened.before is None and opened.before_dsm is not None:
        raise EarlierImageMissing(
            why=Words("没有它，前期 DSM 无法配准", "the earlier DSM cannot be aligned without it")
        )
    if opened.before is None and not has_archive:
        raise NoComparison
    missing = [
        name
        for name, lacking in (
            (AFTER_DSM, opened.after_dsm is None),
            (BEFORE_DSM, opened.before_dsm is None and opened.before is not None),
        )
        if lacking
    ]
    if asked is Method.HEIGHT and missing:
        raise HeightsMissing(missing=missing[0])
    method = asked or (Method.SPECTRAL if missing else Method.HEIGHT)
    if opened.before is None and method is Method.MODEL and not by_date:
        raise EarlierImageMissing(why=Words("该模型要看两期影像", "this model looks at images of two dates"))
    return method


def detection_grid(opened: Opened, method: Method, has_archive: bool, model_pixel_m: float | None = None) -> PixelGrid:
    """The grid detection works on: the later survey's CRS, over the ground that all products cover.

    ``model_pixel_m`` is the pixel a model was trained for; nothing else would do for it.

    Raises
    ------
    NoOverlap
        Two products do not share any ground.
    SurveyTooCoarse
    """
    crs = opened.after.grid.crs
    images = [r for r in (opened.after, opened.before) if r is not None]
    surfaces = [r for r in (opened.after_dsm, opened.before_dsm) if r is not None] if method is Method.HEIGHT else []
    common = opened.after.grid.bounds
    for raster in images[1:] + surfaces:
        shared = shared_bounds(common, raster.grid.bounds_in(crs))
        if shared is None or min(shared[2] - shared[0], shared[3] - shared[1]) < LEAST_COMMON_M:
            raise NoOverlap(first=opened.after.path, second=raster.path)
        common = shared
    pixels = {raster: raster.grid.resolution_in(crs) for raster in surfaces or images}
    worst = max(pixels, key=lambda raster: pixels[raster])
    coarsest = pixels[worst]
    if coarsest > COARSEST_SURVEY_M:
        raise SurveyTooCoarse(path=worst.path, pixel_m=f"{coarsest:.1f}", coarsest_m=COARSEST_SURVEY_M)
    if model_pixel_m is not None:
        if coarsest > COARSER_THAN_MODEL * model_pixel_m:
            limit = f"{COARSER_THAN_MODEL * model_pixel_m:.1f}"
            raise SurveyTooCoarse(path=worst.path, pixel_m=f"{coarsest:.1f}", coarsest_m=limit)
        return PixelGrid.over(common, model_pixel_m, crs)
    finest = HEIGHT_PIXEL_M if surfaces else IMAGE_PIXEL_M if has_archive else OPEN_PIXEL_M
    return PixelGrid.over(common, min(max(coarsest, finest), COARSEST_PIXEL_M), crs)


def prepare(
    opened: Opened,
    method: Method,
    footprints: tuple[Footprint, ...],
    files: OpenFiles,
    crew: Crew,
    profile: Profile,
    hand: HandShift | None = None,
    model_pixel_m: float | None = None,
) -> Job[Prepared]:
    """Align the two dates, level their surfaces, model the bare ground and lay the archive on the later survey.

    ``footprints`` are in the grid's CRS; ``files`` must outlive what is answered; ``crew`` does the long steps.
    ``hand`` places the earlier survey, or the archive where that is compared; ``model_pixel_m`` as in
    :func:`detection_grid`.

    Raises
    ------
    NoOverlap, NothingShown, AlignmentFailed, SurfacesDisagree, HeightUnitsDiffer, ArchiveNotTurned
    """
    if hand is not None and opened.before is None and hand.turn_deg:
        raise ArchiveNotTurned
    grid = detection_grid(opened, method, bool(footprints), model_pixel_m)
    heights = method is Method.HEIGHT
    yield from _require_shown(opened, heights, grid, files, crew)
    after = LayerSource(opened.after, opened.after_dsm if heights else None, files=files)
    before, alignment, levelling = None, None, None
    warnings: tuple[Words, ...] = (ONLY_GONE,) if opened.before is None and method is Method.SPECTRAL else ()
    if opened.before is not None:
        yield Progress("align", 0, 1)
        surfaces = (opened.before_dsm, opened.after_dsm) if opened.before_dsm and opened.after_dsm else None
        with profile.stage("align"):
            laid = yield from _placed((opened.before, opened.after), surfaces, grid, crew, hand, files)
        alignment, warnings = laid.alignment, laid.warnings
        before = LayerSource(
            opened.before,
            opened.before_dsm if heights else None,
            alignment.shift,
            surface_shift=laid.surface_shift,
            files=files,
        )
    if before is not None and before.surface is not None and after.surface is not None:
        yield Progress("level", 0, 1)
        surfaces = before.surface, after.surface
        with profile.stage("level"):
            levelling = yield from level(*surfaces, grid, crew, before.surface_shift, files=files)
            require_agreement(levelling, *surfaces)
            ratio = partial(relief_ratio, *surfaces, grid, before.surface_shift, files=files)
            require_one_unit(*surfaces, (yield from aside("level", ratio, crew)))
        before = replace(before, levelling=levelling)
        warnings += other_datum(levelling)
    terrain = None
    if after.surface is not None:
        yield Progress("terrain", 0, 1)
        with profile.stage("terrain"):
            terrain = yield from _terrain(grid, before, after, crew)
    noise = Noise(
        registration_m=ARCHIVE_SIGMA_M if alignment is None else alignment.sigma_m,
        height_m=None if levelling is None else levelling.noise_m,
    )
    offset = None
    if hand is not None and opened.before is None:
        offset = ArchiveOffset(hand.east_m, hand.north_m, 0)
    elif terrain is not None and footprints:
        outlines = [footprint.outline for footprint in footprints]
        with profile.stage("archive-fit"):
            offset = yield from aside("archive-fit", partial(fit_archive, grid, after, terrain, outlines), crew)
    east, north = (offset.east_m, offset.north_m) if offset else (0.0, 0.0)
    placed = tuple(replace(f, outline=translate(f.outline, east, north)) for f in footprints)
    if terrain is not None and after.surface is not None:
        known = [(footprint.outline, footprint.height_m) for footprint in placed if footprint.height_m is not None]
        if known:
            times_higher = yield from aside("archive-fit", partial(height_ratio, after, terrain, grid.crs, known), crew)
            require_metres(after.surface, times_higher)
    source = PatchSource(grid, before, after, terrain, FootprintIndex(placed), noise)
    dates = [((date.image, date.surface), date.shift) for date in (after, before) if date is not None]
    reach = Reach.of(grid.crs, *dates)
    land = None
    if levelling is not None:
        patches = (source.patch(tile) for tile in samples(grid, reach, 2))
        with profile.stage("level"):
            land = yield from aside("level", partial(land_noise, patches, HeightParameters()), crew)
        source = replace(source, noise=replace(noise, roof_m=land.roof, level_m=levelling.residual_m))
    placement = Placement(None if alignment is None else alignment.shift, east, north)
    return Prepared(method, source, reach, alignment, levelling, placement, warnings, land)


def _require_shown(opened: Opened, heights: bool, grid: PixelGrid, files: OpenFiles, crew: Crew) -> Job[None]:
    """Refuse empty files that no later step would notice: surfaces, and the image of a single survey."""
    needed = [raster for raster in (opened.after_dsm, opened.before_dsm) if heights and raster is not None]
    if opened.before is None:
        needed.append(opened.after)
    for raster in needed:
        pictured = raster.kind is RasterKind.SURFACE or not heights
        yield from aside("open", partial(require_shown, raster, grid, pictured=pictured, files=files), crew)


def _placed(
    images: tuple[Raster, Raster],
    surfaces: tuple[Raster, Raster] | None,
    grid: PixelGrid,
    crew: Crew,
    hand: HandShift | None,
    files: OpenFiles,
) -> Job[Placed]:
    """The surveys lined up; where they cannot be, an empty image is named as the reason."""
    try:
        return (yield from place(images, surfaces, grid, crew, hand, files))
    except AlignmentFailed:
        for image in images:
            yield from aside("align", partial(require_shown, image, grid, files=files), crew)
        raise


def _terrain(grid: PixelGrid, before: LayerSource | None, after: LayerSource, crew: Crew) -> Job[Terrain]:
    """Bare ground under both dates: where one was built over, the other still shows it."""
    if after.surface is None:
        raise HeightsMissing(missing=AFTER_DSM)
    left, bottom, right, top = grid.bounds
    width, height = right - left, top - bottom
    cell = max(TERRAIN_CELL_M, math.sqrt(width * height / TERRAIN_CELLS), max(width, height) / TERRAIN_SIDE)
    coarse = PixelGrid.over(grid.bounds, cell, grid.crs)
    lowest = np.full(coarse.shape, np.nan, np.float32)
    seen = Reach.of(grid.crs, ((after.surface,), None)).parts_of(coarse, TERRAIN_WINDOW)
    parts = itertools.compress(coarse.parts(TERRAIN_WINDOW), seen)
    done, total = 0, int(seen.sum())
    with closing(in_order(partial(_lowest, coarse, before, after), parts, crew)) as steps:
        for step in steps:
            if step is not None:
                (rows, columns), lowest[rows, columns] = step
                done += 1
            yield Progress("terrain", done, total)
    return Terrain(coarse, (yield from aside("terrain", partial(ground_model, lowest, cell), crew)))


def _lowest(
    coarse: PixelGrid, before: LayerSource | None, after: LayerSource, part: tuple[slice, slice]
) -> NDArray[np.float32]:
    """The lower of both surfaces in each cell of a part of the coarse grid, NaN where there is none."""
    rows, columns = part
    cells = coarse.crop(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
    later = after.surface_on(cells, "min")
    earlier = None if before is None else before.surface_on(cells, "min")
    known = [heights for heights in (later, earlier) if heights is not None]
    return np.asarray(np.fmin.reduce(known), np.float32)

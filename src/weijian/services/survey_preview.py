"""Where the products of a flight fall, and what they are, before they are registered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from weijian.cadastre.crs import crs_label, parse_crs
from weijian.domain.errors import InputError, NoOverlap
from weijian.domain.grid import Bounds, PixelGrid, shared_bounds
from weijian.elsewhere import settled, through_gdal
from weijian.imagery.files import environment, open_file
from weijian.imagery.raster import Raster, RasterKind, require_metric
from weijian.imagery.windows import read_image
from weijian.services.remote_data import is_allowed_in, require_allowed
from weijian.services.survey_files import open_ortho, open_placed
from weijian.storage.workspace import open_workspace

THUMBNAIL_PIXELS = 420
LARGEST_READ_WHOLE = 64_000_000
"""Pixels of an image without overviews that are read whole for a thumbnail."""


@dataclass(frozen=True)
class NamedGround:
    """A name and a box in the workspace's CRS."""

    name: str
    bounds: Bounds


@dataclass(frozen=True)
class KnownGround:
    """What a workspace covers; ``lost`` are names of surveys whose image cannot be opened."""

    archive: Bounds | None
    surveys: tuple[NamedGround, ...]
    lost: tuple[str, ...]

    @property
    def boxes(self) -> tuple[Bounds, ...]:
        """Everything, as boxes."""
        own = () if self.archive is None else (self.archive,)
        return (*own, *(survey.bounds for survey in self.surveys))


@dataclass(frozen=True)
class SurveyPreview:
    """The products of a flight as they would be registered.

    ``ground`` is in the workspace's CRS; ``gsd_m`` the side of a pixel in metres; ``lacks_overviews`` tells whether
    zooming out would be slow.
    """

    ortho: Path
    ground: Bounds
    crs: str
    crs_name: str
    gsd_m: float
    width: int
    height: int
    bytes: int
    dsm_gsd_m: float | None
    lacks_overviews: bool
    registered_as: str | None


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """Colours (rows, columns, 4) uint8, transparent without data, over the bounds of a preview."""

    rgba: NDArray[np.uint8]
    bounds: Bounds


def share_of(box: Bounds, other: Bounds) -> float:
    """Part of ``box`` that ``other`` covers, 0 to 1."""
    area = shapely.box(*box).area
    shared = shared_bounds(box, other)
    return 0.0 if shared is None or area <= 0 else shapely.box(*shared).area / area


def known_ground(folder: Path) -> KnownGround:
    """Where the archive and the surveys of a workspace lie."""
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            outlines = [building.geometry for building in work.buildings.all()]
            outlines = outlines or [parcel.geometry for parcel in work.parcels.all()]
            surveys = work.surveys.all()
        lost: list[str] = []
        found: list[NamedGround] = []
        for survey in surveys:
            try:
                found.append(NamedGround(survey.name, open_ortho(survey).grid.bounds_in(workspace.crs)))
            except InputError:
                lost.append(survey.name)
    box = shapely.total_bounds(outlines).tolist() if outlines else []
    archive = (box[0], box[1], box[2], box[3]) if box and all(map(math.isfinite, box)) else None
    return KnownGround(archive, tuple(found), tuple(lost))


def preview_survey(folder: Path, ortho: Path, dsm: Path | None = None, crs: str | None = None) -> SurveyPreview:
    """Look at the products of a flight as `weijian.services.surveys.add_survey` would.

    Raises
    ------
    InputError
        The errors of ``add_survey``.
    """
    require_allowed((ortho, dsm), is_allowed_in(folder))
    image = _image(ortho, crs)
    surface = None if dsm is None else open_placed(dsm, image.grid.crs, RasterKind.SURFACE)
    if surface is not None and shared_bounds(image.grid.bounds, surface.grid.bounds_in(image.grid.crs)) is None:
        raise NoOverlap(first=ortho, second=dsm)
    with open_workspace(folder) as workspace, workspace.read() as work:
        same = next((survey.name for survey in work.surveys.all() if survey.ortho == settled(ortho)), None)
        ground = image.grid.bounds_in(workspace.crs)
    return SurveyPreview(
        ortho=ortho,
        ground=ground,
        crs=crs_label(image.grid.crs),
        crs_name=image.grid.crs.name,
        gsd_m=image.grid.resolution,
        width=image.grid.width,
        height=image.grid.height,
        bytes=0 if through_gdal(ortho) else ortho.stat().st_size,
        dsm_gsd_m=None if surface is None else surface.grid.resolution_in(image.grid.crs),
        lacks_overviews=any(_lacks_overviews(path) for path in (ortho, dsm) if path is not None),
        registered_as=same,
    )


def read_thumbnail(ortho: Path, crs: str | None, onto: CRS) -> Thumbnail | None:
    """A small picture of an orthophoto in the CRS ``onto``; None when reading it would take long without overviews."""
    image = _image(ortho, crs)
    if image.grid.width * image.grid.height > LARGEST_READ_WHOLE and _lacks_overviews(ortho):
        return None
    bounds = image.grid.bounds_in(onto)
    wide, high = bounds[2] - bounds[0], bounds[3] - bounds[1]
    scale = THUMBNAIL_PIXELS / max(wide, high)
    grid = PixelGrid.spanning(bounds, max(1, round(wide * scale)), max(1, round(high * scale)), onto)
    colours, valid = read_image(image, grid)
    rgba = np.dstack([*colours, np.where(valid, np.uint8(255), np.uint8(0))])
    return Thumbnail(np.ascontiguousarray(rgba), bounds)


def _image(ortho: Path, crs: str | None) -> Raster:
    given = None if crs is None else parse_crs(crs, ortho)
    return require_metric(open_placed(ortho, given, RasterKind.IMAGE))


def _lacks_overviews(path: Path) -> bool:
    with environment(), open_file(path) as dataset:
        return max(dataset.width, dataset.height) > 1024 and not dataset.overviews(1)

"""Registering the products of a flight."""

from datetime import date, datetime
from pathlib import Path

from weijian.domain.change_set import Done
from weijian.domain.errors import InputError, NoOverlap
from weijian.domain.grid import shared_bounds
from weijian.domain.job import Job
from weijian.domain.survey import Survey
from weijian.imagery.overviews import build_overviews
from weijian.imagery.raster import RasterKind, require_metric
from weijian.services.actor import current_actor
from weijian.services.prepare import open_placed
from weijian.services.workspaces import crs_from
from weijian.storage.workspace import open_workspace


class FlightInFuture(InputError):
    """A survey is said to have been flown on a day that has not come."""

    zh = "航测日期 {flown_on} 晚于今天（{today}）；请核对日期。"
    en = "The day of the flight, {flown_on}, is after today ({today}); check the date."


def add_survey(
    folder: Path,
    *,
    flown_on: date,
    ortho: Path,
    dsm: Path | None = None,
    name: str | None = None,
    crs: str | None = None,
    today: date | None = None,
) -> Done[Survey]:
    """Look at the products of one flight and register where they are; the files are neither copied nor altered.

    ``today`` is the last day that a flight can have been; by default that of the machine.

    Raises
    ------
    InputError
        A file is missing, damaged, has no usable CRS, image and surface do not overlap, or the day is yet to come.
    """
    latest = today or datetime.now().astimezone().date()
    if flown_on > latest:
        raise FlightInFuture(flown_on=flown_on, today=latest)
    with open_workspace(folder) as workspace:
        given = None if crs is None else crs_from(crs, ortho)
        image = require_metric(open_placed(ortho, given, RasterKind.IMAGE))
        if dsm is not None:
            surface = open_placed(dsm, given, RasterKind.SURFACE)
            if shared_bounds(image.grid.bounds, surface.grid.bounds_in(image.grid.crs)) is None:
                raise NoOverlap(first=ortho, second=dsm)
        code = image.grid.crs.to_epsg()
        survey = Survey(
            survey_id=0,
            name=name or flown_on.isoformat(),
            flown_on=flown_on,
            ortho=ortho.absolute(),
            dsm=None if dsm is None else dsm.absolute(),
            crs=f"EPSG:{code}" if code else image.grid.crs.to_wkt(),
            gsd_m=image.grid.resolution,
            width=image.grid.width,
            height=image.grid.height,
        )
        with workspace.transaction(current_actor(), "add-survey") as work:
            return Done(work.surveys.add(survey), work.changes)


def build_survey_overviews(survey: Survey) -> Job[None]:
    """Build overviews beside each product that has none, so that zooming out is quick; the products stay as they are.

    Raises
    ------
    TargetUnwritable
        The folder of a product is read-only or full.
    """
    for product in (survey.ortho, survey.dsm):
        if product is not None:
            yield from build_overviews(product)

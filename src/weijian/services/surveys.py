"""Registering the products of a flight."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pyproj import CRS

from weijian.cadastre.crs import parse_crs
from weijian.domain.change_set import Done
from weijian.domain.errors import InputError, NoOverlap
from weijian.domain.grid import shared_bounds
from weijian.domain.job import Job
from weijian.domain.survey import Survey
from weijian.elsewhere import settled
from weijian.imagery.overviews import build_overviews
from weijian.imagery.raster import RasterKind, require_metric
from weijian.services.actor import current_actor
from weijian.services.map_rasters import Product
from weijian.services.remote_data import is_allowed, require_allowed
from weijian.services.survey_files import open_placed
from weijian.storage.workspace import open_workspace


class FlightInFuture(InputError):
    """A survey is said to have been flown on a day that has not come."""

    zh = "航测日期 {flown_on} 晚于今天（{today}）；请核对日期。"
    en = "The day of the flight, {flown_on}, is after today ({today}); check the date."


class SurveyInUse(InputError):
    """A survey cannot be taken away: findings rest on it."""

    zh = "期次 {name} 不能移除：有 {count} 个图斑以它为依据。"
    en = "Survey {name} cannot be removed: {count} findings rest on it."


class AnotherProduct(InputError):
    """A file is not the one that was registered."""

    zh = "文件 {path}（{found}）与登记的成果（{wanted}）不是同一成果；请选择原文件或其副本。"
    en = "File {path} ({found}) is not the registered product ({wanted}); choose the same file or a copy of it."


def add_survey(
    folder: Path,
    *,
    flown_on: date,
    ortho: Path,
    dsm: Path | None = None,
    name: str | None = None,
    crs: str | None = None,
    today: date | None = None,
    remote: bool = False,
) -> Done[Survey]:
    """Look at the products of one flight and register where they are; the files are neither copied nor altered.

    ``today`` is the last day that a flight can have been; by default that of the machine. ``remote`` allows products
    elsewhere and on the network, as the workspace may for all of them.

    Raises
    ------
    InputError
        A file is missing, damaged, leads elsewhere or has no usable CRS, image and surface do not overlap, or the day
        is yet to come.
    """
    latest = today or datetime.now().astimezone().date()
    if flown_on > latest:
        raise FlightInFuture(flown_on=flown_on, today=latest)
    with open_workspace(folder) as workspace:
        require_allowed((ortho, dsm), is_allowed(workspace, remote))
        given = None if crs is None else parse_crs(crs, ortho)
        image = require_metric(open_placed(ortho, given, RasterKind.IMAGE))
        if dsm is not None:
            surface = open_placed(dsm, given, RasterKind.SURFACE)
            if shared_bounds(image.grid.bounds, surface.grid.bounds_in(image.grid.crs)) is None:
                raise NoOverlap(first=ortho, second=dsm)
        survey = Survey(
            survey_id=0,
            name=name or flown_on.isoformat(),
            flown_on=flown_on,
            ortho=settled(ortho),
            dsm=None if dsm is None else settled(dsm),
            crs=_kept_crs(image.grid.crs),
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


def rename_survey(folder: Path, survey_id: int, name: str) -> Done[Survey]:
    """Give a survey another name.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "rename-survey") as work:
        renamed = replace(work.surveys.get(survey_id), name=name)
        work.surveys.update(renamed)
        return Done(renamed, work.changes)


def remove_survey(folder: Path, survey_id: int) -> Done[Survey]:
    """Take a survey off the workspace; its files stay where they are.

    Raises
    ------
    NotFound
    SurveyInUse
        Findings rest on it.
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "remove-survey") as work:
        survey = work.surveys.get(survey_id)
        count = work.findings.count_of_survey(survey_id)
        if count:
            raise SurveyInUse(name=survey.name, count=count)
        work.surveys.remove(survey_id)
        return Done(survey, work.changes)


def point_survey_to(folder: Path, survey_id: int, product: Product, path: Path) -> Done[Survey]:
    """Say where a product of a survey lies now; it must be the product that was registered.

    When the other product is gone too and lies beside the file that was found, under its former name, it is found with
    it.

    Raises
    ------
    NotFound, FileMissing, NotARaster
    AnotherProduct
        The image has another size, resolution or coordinate system.
    NoOverlap
        The surface shows other ground than the image.
    """
    with open_workspace(folder) as workspace:
        require_allowed([path], is_allowed(workspace))
        with workspace.read() as work:
            moved = _pointing(work.surveys.get(survey_id), product, settled(path))
        with workspace.transaction(current_actor(), "point-survey") as work:
            work.surveys.update(moved)
            return Done(moved, work.changes)


def _pointing(survey: Survey, product: Product, path: Path) -> Survey:
    if product is Product.ORTHO:
        found = _with_image(survey, path)
        beside = None if survey.dsm is None or survey.dsm.exists() else path.with_name(survey.dsm.name)
        other = _with_surface
    else:
        found = _with_surface(survey, path)
        beside = None if survey.ortho.exists() else path.with_name(survey.ortho.name)
        other = _with_image
    if beside is None or not beside.exists():
        return found
    try:
        return other(found, beside)
    except InputError:  # nobody asked for it: it stays missing
        return found


def _with_image(survey: Survey, path: Path) -> Survey:
    grid = open_placed(path, CRS(survey.crs), RasterKind.IMAGE).grid
    found = _figures(grid.width, grid.height, grid.resolution, _kept_crs(grid.crs))
    wanted = _figures(survey.width, survey.height, survey.gsd_m, survey.crs)
    if found != wanted:
        raise AnotherProduct(path=path, found=_said(found), wanted=_said(wanted))
    return replace(survey, ortho=path)


def _with_surface(survey: Survey, path: Path) -> Survey:
    """It must show the image's ground, as far as the image can be read: it may be missing still."""
    crs = CRS(survey.crs)
    surface = open_placed(path, crs, RasterKind.SURFACE)
    if survey.ortho.exists():
        image = open_placed(survey.ortho, crs, RasterKind.IMAGE)
        if shared_bounds(image.grid.bounds, surface.grid.bounds_in(image.grid.crs)) is None:
            raise NoOverlap(first=survey.ortho, second=path)
    return replace(survey, dsm=path)


def _kept_crs(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()


def _figures(width: int, height: int, gsd_m: float, crs: str) -> tuple[str, str, str]:
    return f"{width} × {height}", f"{gsd_m:.4f} m", crs


def _said(figures: tuple[str, str, str]) -> str:
    size, gsd, crs = figures
    return f"{size}, {gsd}, {CRS(crs).name}"

"""The web map of a workspace: both dates and the findings, for a browser without internet."""

from datetime import date
from functools import partial
from pathlib import Path

from pyproj import CRS, Transformer

from weijian.domain.errors import InputError
from weijian.domain.finding import Finding
from weijian.domain.grid import Bounds
from weijian.domain.job import Job, Progress
from weijian.domain.parallel import Threads, aside
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.publish.web_map import WebImage, WebMapLayers, write_web_map
from weijian.services.alignments import kept_placement, shifts_near
from weijian.services.chips import read_chip
from weijian.services.survey_files import open_ortho
from weijian.storage.workspace import open_workspace

WEB_MERCATOR = CRS.from_epsg(3857)
WGS84 = CRS.from_epsg(4326)
MOST_PIXELS = 3000
"""Longest side of a survey's picture; a browser shows no more at once."""


class NothingDetected(InputError):
    """A workspace has no findings yet."""

    zh = "工作区 {path} 还没有图斑；请先运行 weijian detect --workspace {path} --before-survey 1 --after-survey 2。"
    en = (
        "Workspace {path} has no findings yet; "
        "run weijian detect --workspace {path} --before-survey 1 --after-survey 2 first."
    )


def export_web_map(folder: Path, out: Path) -> Job[Path]:
    """Write the findings of the newest detection with both surveys as a folder that needs no internet.

    Raises
    ------
    NothingDetected, TargetExists, TargetUnwritable, FileMissing
    """
    yield Progress("read", 0, 1)
    with open_workspace(folder) as workspace, workspace.read() as work:
        found = work.findings.all()
        if not found:
            raise NothingDetected(path=folder)
        before_id, after_id = work.findings.survey_ids(max(found, key=_age).finding_no)
        findings = work.findings.of_surveys(before_id, after_id)
        after = work.surveys.get(after_id)
        before = None if before_id is None else work.surveys.get(before_id)
        placement = kept_placement(work, before_id, after_id)
        title = f"{work.settings.get('name') or ''} 变化图斑"
        archive, parcels = work.buildings.all(), work.parcels.all()
    bounds = open_ortho(after).grid.bounds_in(WEB_MERCATOR)
    into_before, into_after = shifts_near(placement, bounds, WEB_MERCATOR, CRS(after.crs))
    shown = [(survey, shift) for survey, shift in ((before, into_before), (after, into_after)) if survey is not None]
    with Threads(1) as hand:
        images = []
        for survey, shift in shown:
            images.append((yield from aside("open", partial(_image, survey, bounds, shift), hand)))
    layers = WebMapLayers(
        title=title,
        crs=workspace.crs,
        images=tuple(images),
        findings=tuple(findings),
        archive=tuple(building.geometry for building in archive),
        parcels=tuple(parcel.geometry for parcel in parcels),
    )
    yield Progress("web", 0, 1)
    return write_web_map(layers, out)


def _age(finding: Finding) -> tuple[date, int, str]:
    """Orders findings by flight and run; a higher run makes the longer number."""
    return finding.after_date or date.min, len(finding.finding_no), finding.finding_no


def _image(survey: Survey, bounds: Bounds, shift: ShiftField | None) -> WebImage:
    longest = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    chip = read_chip(survey, bounds, WEB_MERCATOR, max(survey.gsd_m, longest / MOST_PIXELS), shift)
    west, south, east, north = Transformer.from_crs(WEB_MERCATOR, WGS84, always_xy=True).transform_bounds(*bounds)
    return WebImage(survey.flown_on, chip.rgb, (west, south, east, north))

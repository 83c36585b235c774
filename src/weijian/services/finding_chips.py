"""The ground of a finding as either survey shows it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyproj import CRS

from weijian.domain.errors import InputError
from weijian.domain.finding import Finding
from weijian.domain.grid import Bounds
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.services.alignments import kept_placement, shifts_near
from weijian.services.chips import Chip, read_chip
from weijian.storage.workspace import open_workspace

_MARGIN = 0.35
_LEAST_SIDE_M = 16.0


@dataclass(frozen=True)
class DatedChip:
    """What one survey shows; ``problem`` says why there is no picture."""

    flown_on: date
    chip: Chip | None
    problem: InputError | None = None


@dataclass(frozen=True)
class FindingChips:
    """Both dates over the same square of ground; ``before`` is None when the archive was compared with."""

    finding: Finding
    bounds: Bounds
    before: DatedChip | None
    after: DatedChip


def finding_chips(folder: Path, finding_no: str, pixels: int) -> FindingChips:
    """Read both dates over a finding with some ground around it, each where the detection found it to lie.

    Parameters
    ----------
    folder : Path
        The workspace.
    finding_no : str
    pixels : int
        Longest side wanted; no finer than half the survey's pixel is read.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            finding = work.findings.get(finding_no)
            before_id, after_id = work.findings.survey_ids(finding_no)
            after = work.surveys.get(after_id)
            before = None if before_id is None else work.surveys.get(before_id)
            placement = kept_placement(work, before_id, after_id)
        bounds = square_around(finding.geometry.bounds)
        into_before, into_after = shifts_near(placement, bounds, workspace.crs, CRS(after.crs))
        return FindingChips(
            finding,
            bounds,
            None if before is None else _read(before, bounds, workspace.crs, pixels, into_before),
            _read(after, bounds, workspace.crs, pixels, into_after),
        )


def square_around(bounds: Bounds) -> Bounds:
    """A square with room around a structure."""
    left, bottom, right, top = bounds
    half = max((right - left) * (0.5 + _MARGIN), (top - bottom) * (0.5 + _MARGIN), _LEAST_SIDE_M / 2)
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - half, y - half, x + half, y + half


def _read(survey: Survey, bounds: Bounds, crs: CRS, pixels: int, shift: ShiftField | None) -> DatedChip:
    pixel_m = max((bounds[2] - bounds[0]) / pixels, survey.gsd_m / 2)
    try:
        return DatedChip(survey.flown_on, read_chip(survey, bounds, crs, pixel_m, shift))
    except InputError as error:
        return DatedChip(survey.flown_on, None, error)

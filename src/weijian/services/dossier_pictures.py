"""Pictures of a dossier: photographs among the evidence, and the ground in every flight's image."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from pyproj import CRS

from weijian.domain.errors import FileUnreadable
from weijian.domain.grid import Bounds
from weijian.domain.language import Words
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.services.alignments import Placement, kept_placement, shifts_near
from weijian.services.chips import Chip, read_chip
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace


@dataclass(frozen=True, eq=False)
class Picture:
    """Colours (rows, columns, 3) uint8, the right way up."""

    rgb: NDArray[np.uint8]


def evidence_picture(folder: Path, sha256: str, side_px: int) -> Picture:
    """A kept photograph, made so small that neither side is longer than ``side_px``; it is never enlarged.

    Raises
    ------
    NotFound, FileUnreadable
        The file is gone from the evidence, or is no picture.
    """
    with open_workspace(folder) as workspace:
        path = workspace.evidence_store.path(sha256)
    try:
        with Image.open(path) as image:
            image.draft("RGB", (side_px, side_px))
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail((side_px, side_px))
            return Picture(np.ascontiguousarray(np.asarray(upright, np.uint8)))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise FileUnreadable(path=path, why=Words("不是可识别的照片", "it is not a photograph")) from error


def ground_in_survey(folder: Path, survey_id: int, ground: Bounds, side_px: int) -> Chip:
    """The image of a flight over ``ground`` (workspace CRS), brought to where the archive has it.

    Parameters
    ----------
    folder : Path
        The workspace.
    survey_id : int
    ground : (left, bottom, right, top)
    side_px : int
        Pixels of the longer side.

    Raises
    ------
    NotFound, FileMissing, FileUnreadable
    """
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            survey = work.surveys.get(survey_id)
            shift = _shift_into(work, survey, ground, workspace.crs)
        longer = max(ground[2] - ground[0], ground[3] - ground[1])
        return read_chip(survey, ground, workspace.crs, longer / side_px, shift)


def _shift_into(work: UnitOfWork, survey: Survey, ground: Bounds, crs: CRS) -> ShiftField | None:
    """Where the ground lies in a survey, when a detection has measured it."""
    others = [each for each in work.surveys.all() if each.survey_id != survey.survey_id]
    for before in (*(each.survey_id for each in others), None):
        placement = kept_placement(work, before, survey.survey_id)
        if placement != Placement(None):
            return shifts_near(placement, ground, crs, CRS(survey.crs))[1]
    for after in others:
        placement = kept_placement(work, survey.survey_id, after.survey_id)
        if placement.shift is not None:
            return shifts_near(placement, ground, crs, CRS(after.crs))[0]
    return None

"""Pieces of the orthophotos of both dates over the same ground, for maps and pages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from weijian.domain.grid import Bounds, PixelGrid
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_image
from weijian.services.survey_files import open_ortho


@dataclass(frozen=True, eq=False)
class Chip:
    """Colours (rows, columns, 3) uint8 and where there are any, (rows, columns) bool, over ``bounds``."""

    rgb: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    bounds: Bounds


def read_chip(survey: Survey, bounds: Bounds, crs: CRS, pixel_m: float, shift: ShiftField | None = None) -> Chip:
    """Read a survey's orthophoto over exactly ``bounds`` in ``crs``; ground without data is white.

    Parameters
    ----------
    survey : Survey
    bounds : Bounds
        In ``crs``.
    crs : pyproj.CRS
        Projected, in metres.
    pixel_m : float
        Side of the chip's pixels; at least two pixels are read along each side.
    shift : ShiftField, optional
        Carries an earlier survey onto the later one; coordinates of ``crs``.
    """
    left, bottom, right, top = bounds
    width, height = max(2, round((right - left) / pixel_m)), max(2, round((top - bottom) / pixel_m))
    grid = PixelGrid.spanning(bounds, width, height, crs)
    image, valid = read_image(open_ortho(survey), grid, shift)
    rgb = np.where(valid[..., None], np.moveaxis(image, 0, -1), np.uint8(255))
    return Chip(np.ascontiguousarray(rgb), valid, bounds)

"""Colours of two dates made comparable: camera tint taken out, shadow explained, one difference per pixel.

Everything works on the logarithm of the digital numbers, where a change of exposure or white balance is an offset and
a cast shadow moves a pixel along one line: darker, and a little bluer because only the sky still lights it. What is
left after both is a change of the surface itself.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray

from weijian.detection.patch import Layer, Patch
from weijian.detection.spectral_spots import Window
from weijian.detection.spectral_sun import Sun
from weijian.domain.grid import PixelGrid

MOVED = 0.12
"""Change of log chroma that is a change of surface; camera noise and what is left of shadows stay under it."""

_WORK_M = 0.25
"""Pixel size worked at: a roof of 3 m is a dozen pixels, and noise, parapets and roof tiles average out."""

_LOGS = np.log(np.arange(256, dtype=np.float32) + 8.0)
"""Logarithm of a digital number; the constant is haze and sensor offset, and keeps black finite."""

DARKER = (0.6, 1.8)
"""Log steps of brightness between the lit and the shaded state of one surface under a clear sky."""

USUAL_GREY = (0.01, -0.05)
"""Log red/green and blue/green of concrete in a camera's usual picture."""


@dataclass(frozen=True)
class Conditions:
    """How the two dates were lit and taken; one value for a whole survey.

    Attributes
    ----------
    tint : (float, float, float)
        After minus before of unchanged ground: log brightness, log red/green, log blue/green.
    shadow_before, shadow_after : (float, float)
        Change of log red/green and log blue/green for each log unit of brightness that a shadow takes, by date.
    neutral : (float, float)
        Log red/green and blue/green of grey matter at the before date.
    lit : float
        Log brightness of ground in the sun at the before date.
    sun : Sun or None
        The sun of the after date, its brightness on the scale of the before date; None where no shadows could be read.
    grey_before, grey_after : (float, float)
        Log red/green and blue/green of concrete and asphalt by each date's own white balance.
    middle_before, middle_after : float
        Log brightness in the middle of all ground, by date.
    """

    tint: tuple[float, float, float] = (0.0, 0.0, 0.0)
    shadow_before: tuple[float, float] = (0.08, -0.12)
    shadow_after: tuple[float, float] = (0.08, -0.12)
    neutral: tuple[float, float] = (0.0, -0.05)
    lit: float = 4.8
    sun: Sun | None = None
    grey_before: tuple[float, float] = USUAL_GREY
    grey_after: tuple[float, float] = USUAL_GREY
    middle_before: float = 4.8
    middle_after: float = 4.8


@dataclass(frozen=True)
class Features:
    """Log brightness, red/green and blue/green (3, rows, columns) of both dates, each as it was taken.

    ``grid`` and the rest are as in :class:`Pair`; the arrays reach as far as anything is ``valid``.
    """

    grid: PixelGrid
    factor: int
    row: int
    column: int
    before: NDArray[np.float32]
    after: NDArray[np.float32]
    valid: NDArray[np.bool_]


@dataclass(frozen=True)
class Pair:
    """Both dates on the working grid.

    Attributes
    ----------
    grid : PixelGrid
        Working grid, a whole number of survey pixels a side; anchored to the survey's lattice, not to the tile.
    factor : int
        Survey pixels along a working pixel.
    row, column : int
        Where the working grid starts in the patch's arrays.
    before, after : (3, rows, columns) float32
        Log brightness, log red/green, log blue/green; tint removed from the later date, grey at zero chroma. Where
        one date is darker than the other, the tint of a shadow is taken out of its chroma.
    valid : (rows, columns) bool
        Both dates have data here and around.
    distance : (rows, columns) float32
        How far the surface's chroma moved, once a shadow that came or went is allowed for; 0 where not valid.
    edges_before, edges_after : (rows, columns) float32
        Strength of edges, mostly in chroma so that shadow borders count less.
    """

    grid: PixelGrid
    factor: int
    row: int
    column: int
    before: NDArray[np.float32]
    after: NDArray[np.float32]
    valid: NDArray[np.bool_]
    distance: NDArray[np.float32]
    edges_before: NDArray[np.float32]
    edges_after: NDArray[np.float32]

    def crop(self, window: Window) -> "Pair":
        """The part of the pair in a window of the working grid; shares its arrays."""
        rows, columns = window
        grid = self.grid.crop(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
        start = self.row + rows.start * self.factor, self.column + columns.start * self.factor
        before, after = (date[:, rows, columns] for date in (self.before, self.after))
        edges = self.edges_before[window], self.edges_after[window]
        return Pair(grid, self.factor, *start, before, after, self.valid[window], self.distance[window], *edges)

    def spread(self, mask: NDArray[np.bool_], shape: tuple[int, int]) -> NDArray[np.bool_]:
        """``mask`` of the working grid on the patch's own pixels (``shape``)."""
        wide = np.repeat(np.repeat(mask, self.factor, axis=0), self.factor, axis=1)
        out = np.zeros(shape, bool)
        out[self.row : self.row + wide.shape[0], self.column : self.column + wide.shape[1]] = wide
        return out

    def gathered(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What :meth:`spread` was given to make ``mask``."""
        rows, columns = (n * self.factor for n in self.valid.shape)
        return mask[self.row : self.row + rows : self.factor, self.column : self.column + columns : self.factor]


def compare(patch: Patch, conditions: Conditions) -> Pair | None:
    """Both dates of a patch made comparable; None when either has no image or the patch is too small."""
    if patch.before is None or patch.before.image is None or patch.after.image is None:
        return None
    seen = features(patch, patch.before)
    before, after, valid = seen.before, seen.after, seen.valid
    if min(valid.shape) < 3:
        return None
    grey = np.array((0.0, *conditions.neutral), np.float32)
    before -= grey[:, None, None]
    after -= (grey + np.array(conditions.tint, np.float32))[:, None, None]
    step = np.clip(after[0] - before[0], -DARKER[1], DARKER[1])
    fell, lifted = np.minimum(step, 0.0), np.maximum(step, 0.0)
    for i in (0, 1):
        cv2.scaleAdd(fell, -conditions.shadow_after[i], after[1 + i], dst=after[1 + i])
        cv2.scaleAdd(lifted, conditions.shadow_before[i], before[1 + i], dst=before[1 + i])
    distance = cv2.magnitude(after[1] - before[1], after[2] - before[2])
    distance[~valid] = 0.0
    place = seen.grid, seen.factor, seen.row, seen.column
    return Pair(*place, before, after, valid, distance, _gradient(before), _gradient(after))


def detail(channel: NDArray[np.float32], metres: float, grid: PixelGrid) -> NDArray[np.float32]:
    """What a channel shows that is finer than ``metres``."""
    return channel - cv2.GaussianBlur(channel, (0, 0), max(0.8, metres / grid.resolution))


def _gradient(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Strength of edges, mostly in chroma so that shadow borders count less."""
    total = np.zeros(features.shape[1:], np.float32)
    for channel, weight in zip(features, (0.3, 1.0, 1.0), strict=True):
        strength = cv2.magnitude(cv2.Sobel(channel, cv2.CV_32F, 1, 0), cv2.Sobel(channel, cv2.CV_32F, 0, 1))
        cv2.scaleAdd(strength, weight, total, dst=total)
    return total


def features(patch: Patch, before: Layer) -> Features:
    """What both dates of a patch show where both show something."""
    factor = max(1, round(_WORK_M / patch.grid.resolution))
    # The blocks are counted from the lattice's origin so that neighbouring tiles average the same pixels.
    first_column, first_row = ~patch.grid.transform @ (0.0, 0.0)
    row, column = round(first_row) % factor, round(first_column) % factor
    height, width = max(0, patch.grid.height - row) // factor, max(0, patch.grid.width - column) // factor
    if min(height, width) > 0:
        seen = (before.image_valid & patch.after.image_valid)[_block(row, column, height, width, factor)]
        clear = cv2.resize(seen.view(np.uint8) * 255, (width, height), interpolation=cv2.INTER_AREA) > 250
        whole = cv2.erode(clear.view(np.uint8), np.ones((5, 5), np.uint8))
        left, top, width, height = cv2.boundingRect(whole)
        row, column = row + top * factor, column + left * factor
    transform = patch.grid.transform @ Affine.translation(column, row) @ Affine.scale(factor, factor)
    grid = PixelGrid(patch.grid.crs, transform, width, height)
    if min(height, width) == 0:
        empty = np.zeros((3, height, width), np.float32)
        return Features(grid, factor, row, column, empty, empty, np.zeros((height, width), bool))
    valid = np.asarray(whole[top : top + height, left : left + width] > 0, bool)
    block = _block(row, column, height, width, factor)
    earlier, later = _logs(before.image, block, factor), _logs(patch.after.image, block, factor)
    return Features(grid, factor, row, column, earlier, later, valid)


def _block(row: int, column: int, height: int, width: int, factor: int) -> tuple[slice, slice]:
    """A patch's own pixels under a block of working pixels that starts at (row, column) of them."""
    return slice(row, row + height * factor), slice(column, column + width * factor)


def _logs(image: NDArray[np.uint8] | None, block: tuple[slice, slice], factor: int) -> NDArray[np.float32]:
    """(3, rows, columns): log brightness, log red/green, log blue/green."""
    if image is None:
        raise TypeError("a layer without an image has no colours")
    channels = []
    for band in image:
        part = band[block]
        if factor > 1:
            size = part.shape[1] // factor, part.shape[0] // factor
            part = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        channels.append(cv2.GaussianBlur(cv2.LUT(np.ascontiguousarray(part), _LOGS), (5, 5), 0.8))
    red, green, blue = channels
    logs = np.empty((3, *red.shape), np.float32)
    np.divide(red + green + blue, np.float32(3.0), out=logs[0])
    np.subtract(red, green, out=logs[1])
    np.subtract(blue, green, out=logs[2])
    return logs

"""Colours of two dates made comparable: camera tint taken out, shadow explained, one difference per pixel.

Everything works on the logarithm of the digital numbers, where a change of exposure or white balance is an offset and
a cast shadow moves a pixel along one line: darker, and a little bluer because only the sky still lights it. What is
left after both is a change of the surface itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray

from weijian.detection.patch import Layer, Patch
from weijian.detection.spectral_spots import Window
from weijian.detection.spectral_sun import Sun, SunGauge, heights_on
from weijian.domain.grid import PixelGrid

MOVED = 0.12
"""Change of log chroma that is a change of surface; camera noise and what is left of shadows stay under it."""

_WORK_M = 0.25
"""Pixel size worked at: a roof of 3 m is a dozen pixels, and noise, parapets and roof tiles average out."""

_LOGS = np.log(np.arange(256, dtype=np.float32) + 8.0)
"""Logarithm of a digital number; the constant is haze and sensor offset, and keeps black finite."""

_DARKER = (0.6, 1.8)
"""Log steps of brightness between the lit and the shaded state of one surface under a clear sky."""

_SHADOW_TINT = 0.35
"""A change of chroma beyond this is a change of surface, whatever the light."""

_USUAL_GREY = (0.01, -0.05)
"""Log red/green and blue/green of concrete in a camera's usual picture."""

_GREY_WINDOW = ((-0.06, 0.08), (-0.13, 0.03))
"""Log red/green and blue/green within which grey is looked for: what lies beyond is soil, plants or paint."""

_ENOUGH = 200
"""Fewer samples than this measure nothing."""

_SAMPLES = 200_000
"""More samples than this add nothing to a mode."""


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
    grey_before: tuple[float, float] = _USUAL_GREY
    grey_after: tuple[float, float] = _USUAL_GREY
    middle_before: float = 4.8
    middle_after: float = 4.8


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


def calibrate(patches: Iterable[Patch]) -> Conditions:
    """Measure the conditions of a survey from sample patches with images of both dates.

    Patches are read one at a time; a dozen spread over the survey is enough. Where there is too little to measure
    (no patch with two images, nothing that stayed the same) the conditions are those of a clear day and one camera.
    """
    usual = Conditions()
    steady, grey = [np.zeros((3, 0), np.float32)], [np.zeros((2, 0), np.float32)]
    darker, lighter = [np.zeros((3, 0), np.float32)], [np.zeros((3, 0), np.float32)]
    brightness = [np.zeros(0, np.float32)]
    ground = [[np.zeros((3, 0), np.float32)] for _ in range(2)]
    gauge = SunGauge()
    for patch in patches:
        if patch.before is None or patch.before.image is None or patch.after.image is None:
            continue
        grid, _, _, before, after, valid = _features(patch, patch.before)
        if not valid.any():
            continue
        gauge.add(after[0], heights_on(patch.footprints, grid), valid, grid.resolution)
        brightness.append(before[0][valid][::16])
        for samples, date in zip(ground, (before, after), strict=True):
            samples.append(date[:, valid][:, ::16])
        difference = after - before
        keep = _unchanged(before[0], after[0], valid)
        steady.append(difference[:, keep])
        grey.append(before[1:, keep])
        middle = np.median(difference[:, keep if keep.any() else valid], axis=1)
        step, red, blue = (channel - level for channel, level in zip(difference, middle, strict=True))
        near = valid & (np.hypot(red, blue) < _SHADOW_TINT)
        for samples, depth in ((darker, -step), (lighter, step)):
            inside = near & (depth > _DARKER[0]) & (depth < _DARKER[1])
            inside = cv2.erode(inside.view(np.uint8), np.ones((5, 5), np.uint8)) > 0
            samples.append(difference[:, inside])
    unchanged, neutral = np.concatenate(steady, axis=1), np.concatenate(grey, axis=1)
    if unchanged.shape[1] < _ENOUGH:
        return usual
    tint = _mode(unchanged[0]), _mode(unchanged[1]), _mode(unchanged[2])
    sun = gauge.sun()
    earlier, later = (np.concatenate(samples, axis=1) for samples in ground)
    return Conditions(
        tint,
        _shadow_line(np.concatenate(lighter, axis=1), tint) or usual.shadow_before,
        _shadow_line(np.concatenate(darker, axis=1), tint) or usual.shadow_after,
        (_mode(neutral[0]), _mode(neutral[1])),
        float(np.median(np.concatenate(brightness))),
        None if sun is None else replace(sun, half=sun.half - tint[0]),
        _grey(earlier),
        _grey(later),
        float(np.median(earlier[0])),
        float(np.median(later[0])),
    )


def compare(patch: Patch, conditions: Conditions) -> Pair | None:
    """Both dates of a patch made comparable; None when either has no image or the patch is too small."""
    if patch.before is None or patch.before.image is None or patch.after.image is None:
        return None
    grid, factor, (row, column), before, after, valid = _features(patch, patch.before)
    if min(valid.shape) < 3:
        return None
    after -= np.array(conditions.tint, np.float32)[:, None, None]
    grey = np.array((0.0, *conditions.neutral), np.float32)[:, None, None]
    before -= grey
    after -= grey
    step = np.clip(after[0] - before[0], -_DARKER[1], _DARKER[1])
    fell, lifted = np.minimum(step, 0.0), np.minimum(-step, 0.0)
    for i in (0, 1):
        after[1 + i] -= fell * np.float32(conditions.shadow_after[i])
        before[1 + i] -= lifted * np.float32(conditions.shadow_before[i])
    distance = cv2.magnitude(after[1] - before[1], after[2] - before[2])
    distance[~valid] = 0.0
    return Pair(grid, factor, row, column, before, after, valid, distance, _gradient(before), _gradient(after))


def detail(channel: NDArray[np.float32], metres: float, grid: PixelGrid) -> NDArray[np.float32]:
    """What a channel shows that is finer than ``metres``."""
    return channel - cv2.GaussianBlur(channel, (0, 0), max(0.8, metres / grid.resolution))


def _gradient(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Strength of edges, mostly in chroma so that shadow borders count less."""
    total = np.zeros(features.shape[1:], np.float32)
    for channel, weight in zip(features, (0.3, 1.0, 1.0), strict=True):
        total += weight * cv2.magnitude(cv2.Sobel(channel, cv2.CV_32F, 1, 0), cv2.Sobel(channel, cv2.CV_32F, 0, 1))
    return total


def _features(
    patch: Patch, before: Layer
) -> tuple[PixelGrid, int, tuple[int, int], NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Working grid, factor, start (row, column), log features of both dates, validity."""
    factor = max(1, round(_WORK_M / patch.grid.resolution))
    # The blocks are counted from the lattice's origin so that neighbouring tiles average the same pixels.
    first_column, first_row = ~patch.grid.transform @ (0.0, 0.0)
    row, column = round(first_row) % factor, round(first_column) % factor
    height, width = max(0, patch.grid.height - row) // factor, max(0, patch.grid.width - column) // factor
    transform = patch.grid.transform @ Affine.translation(column, row) @ Affine.scale(factor, factor)
    grid = PixelGrid(patch.grid.crs, transform, width, height)
    if min(height, width) == 0:
        empty = np.zeros((3, height, width), np.float32)
        return grid, factor, (row, column), empty, empty, np.zeros((height, width), bool)
    block = np.s_[row : row + height * factor, column : column + width * factor]
    seen = (before.image_valid & patch.after.image_valid)[block]
    valid = cv2.resize(seen.view(np.uint8) * 255, (width, height), interpolation=cv2.INTER_AREA) > 250
    valid = cv2.erode(valid.view(np.uint8), np.ones((5, 5), np.uint8)) > 0
    earlier, later = _logs(before.image, block, factor), _logs(patch.after.image, block, factor)
    return grid, factor, (row, column), earlier, later, np.asarray(valid, bool)


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
        channels.append(cv2.GaussianBlur(cv2.LUT(np.ascontiguousarray(part), _LOGS), (0, 0), 0.8))
    red, green, blue = channels
    logs = np.empty((3, *red.shape), np.float32)
    np.divide(red + green + blue, np.float32(3.0), out=logs[0])
    np.subtract(red, green, out=logs[1])
    np.subtract(blue, green, out=logs[2])
    return logs


def _unchanged(before: NDArray[np.float32], after: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels whose surroundings show the same drawing at both dates, and show one at all."""
    size = (9, 9)
    mean_b, mean_a = cv2.blur(before, size), cv2.blur(after, size)
    variance_b = np.maximum(cv2.blur(before * before, size) - mean_b * mean_b, 0.0)
    variance_a = np.maximum(cv2.blur(after * after, size) - mean_a * mean_a, 0.0)
    covariance = cv2.blur(before * after, size) - mean_b * mean_a
    alike = covariance > 0.8 * np.sqrt(variance_b * variance_a) + 1e-4
    return np.asarray(valid & alike & (variance_b > 0.01), bool)


def _grey(samples: NDArray[np.float32]) -> tuple[float, float]:
    """Colour of grey matter among samples (3, n) of one date; the usual one where hardly any is seen."""
    bright = samples[0] > np.percentile(samples[0], 40)
    red, blue = samples[1:, bright & (np.abs(samples[1]) < 0.12)]
    found = []
    for values, (low, high), usual in zip((red, blue), _GREY_WINDOW, _USUAL_GREY, strict=True):
        inside = values[(values > low) & (values < high)]
        mode = _mode(inside) if inside.size > _ENOUGH else usual
        # A mode at the edge is the slope of soil and plants: nothing grey stands out.
        found.append(usual if min(mode - low, high - mode) < 0.015 else mode)
    return found[0], found[1]


def _shadow_line(difference: NDArray[np.float32], tint: tuple[float, ...]) -> tuple[float, float] | None:
    """Chroma per log unit of brightness along pixels that fell into (or came out of) shadow; None when too few."""
    if difference.shape[1] < _ENOUGH:
        return None
    brightness, red, blue = (
        float(np.median(channel)) - offset for channel, offset in zip(difference, tint, strict=True)
    )
    # A clear sky is bluer than the sun, never redder: what lies outside is fields or roofs that changed, not shadow.
    return float(np.clip(red / brightness, 0.0, 0.25)), float(np.clip(blue / brightness, -0.3, 0.0))


def _mode(values: NDArray[np.float32]) -> float:
    """Half-sample mode: the middle of the densest part, however lopsided the rest."""
    ordered = np.sort(values[:: max(1, len(values) // _SAMPLES)])
    while len(ordered) > 3:
        half = len(ordered) // 2 + 1
        widths = ordered[half - 1 :] - ordered[: len(ordered) - half + 1]
        start = int(np.argmin(widths))
        if half == len(ordered):
            break
        ordered = ordered[start : start + half]
    return float(ordered.mean())

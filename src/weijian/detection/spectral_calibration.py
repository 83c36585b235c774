"""How two surveys were lit and taken, measured on a few patches of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Patch
from weijian.detection.spectral_radiometry import DARKER, USUAL_GREY, Conditions, features
from weijian.detection.spectral_sun import SunGauge, heights_on

F32 = NDArray[np.float32]

_SHADOW_TINT = 0.35
"""A change of chroma beyond this is a change of surface, whatever the light."""

_GREY_WINDOW = ((-0.06, 0.08), (-0.13, 0.03))
"""Log red/green and blue/green within which grey is looked for: what lies beyond is soil, plants or paint."""

_ENOUGH = 200
"""Fewer samples than this measure nothing."""

_LEAST_STEP = 0.1
"""Log brightness that a shadow takes at the least, for a slope along it to be one."""

_SAMPLES = 200_000
"""More samples than this add nothing to a mode."""

_SPARSE = 16
"""Every so many pixels are kept of what is measured on all ground."""


@dataclass(frozen=True)
class Sample:
    """What one patch tells; columns of (3, n) are log brightness, red/green and blue/green.

    Attributes
    ----------
    before, after : (3, n) float32
        Ground of each date, some of its pixels.
    steady : (3, n) float32
        After less before where both dates show the same drawing.
    neutral : (2, n) float32
        Chroma of the earlier date there.
    darker, lighter : (3, n) float32
        After less before where a shadow fell, or went.
    gauge : SunGauge
        Shadows of the later date.
    """

    before: F32
    after: F32
    steady: F32
    neutral: F32
    darker: F32
    lighter: F32
    gauge: SunGauge


def sample(patch: Patch) -> Sample | None:
    """What a patch tells of how its dates were lit; None when it shows nothing of either."""
    if patch.before is None or patch.before.image is None or patch.after.image is None:
        return None
    seen = features(patch, patch.before)
    grid, before, after, valid = seen.grid, seen.before, seen.after, seen.valid
    if not valid.any():
        return None
    gauge = SunGauge()
    gauge.add(after[0], heights_on(patch.footprints, grid), valid, grid.resolution)
    some = np.flatnonzero(valid)[::_SPARSE]
    difference = after - before
    keep = _unchanged(before[0], after[0], valid)
    middle = np.median(difference[:, keep if keep.any() else valid][:, ::_SPARSE], axis=1)
    step, red, blue = (channel - level for channel, level in zip(difference, middle, strict=True))
    near = valid & (np.hypot(red, blue) < _SHADOW_TINT)
    inside = [near & (depth > DARKER[0]) & (depth < DARKER[1]) for depth in (-step, step)]
    fell, went = (cv2.erode(mask.view(np.uint8), np.ones((5, 5), np.uint8)) > 0 for mask in inside)
    return Sample(
        before=before.reshape(3, -1)[:, some],
        after=after.reshape(3, -1)[:, some],
        steady=difference[:, keep],
        neutral=before[1:, keep],
        darker=difference[:, fell],
        lighter=difference[:, went],
        gauge=gauge,
    )


def conditions_of(samples: Sequence[Sample]) -> Conditions:
    """The conditions of a survey from samples spread over it; a dozen are enough.

    Where there is too little to measure (nothing that stayed the same) they are those of a clear day and one camera.
    """
    usual = Conditions()
    if not samples:
        return usual
    unchanged = np.concatenate([one.steady for one in samples], axis=1)
    if unchanged.shape[1] < _ENOUGH:
        return usual
    tint = _mode(unchanged[0]), _mode(unchanged[1]), _mode(unchanged[2])
    neutral = np.concatenate([one.neutral for one in samples], axis=1)
    earlier = np.concatenate([one.before for one in samples], axis=1)
    later = np.concatenate([one.after for one in samples], axis=1)
    sun = reduce(SunGauge.joined, (one.gauge for one in samples)).sun()
    middle_before = float(np.median(earlier[0]))
    return Conditions(
        tint,
        _shadow_line(np.concatenate([one.lighter for one in samples], axis=1), tint) or usual.shadow_before,
        _shadow_line(np.concatenate([one.darker for one in samples], axis=1), tint) or usual.shadow_after,
        (_mode(neutral[0]), _mode(neutral[1])),
        middle_before,
        None if sun is None else replace(sun, half=sun.half - tint[0]),
        _grey(earlier),
        _grey(later),
        middle_before,
        float(np.median(later[0])),
    )


def calibrate(patches: Iterable[Patch]) -> Conditions:
    """The conditions of a survey from patches with images of both dates, read one at a time."""
    samples = (sample(patch) for patch in patches)
    return conditions_of([one for one in samples if one is not None])


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
    for values, (low, high), usual in zip((red, blue), _GREY_WINDOW, USUAL_GREY, strict=True):
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
    if abs(brightness) < _LEAST_STEP:
        return None
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

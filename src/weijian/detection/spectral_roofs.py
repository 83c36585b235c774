"""Whether the roof over an archived footprint is still the same roof."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint
from weijian.detection.spectral_radiometry import MOVED, Pair, detail
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import Blob, blobs, built, disk
from weijian.detection.spectral_sun import burn
from weijian.domain.finding import ChangeType
from weijian.domain.grid import PixelGrid

_STOREY_M = 3.0

_PLAIN = 4e-4
"""Variance of log brightness that camera noise leaves on a plain roof: plain and plain are alike."""

_FINE_M = 0.75
"""Roof furniture, huts and parapets are drawn finer than this."""

_RIM_M = 2.5
"""Ground around a footprint that a rebuilt house may have taken."""

_GROWN_M2 = 3.0
"""More than this beside the old footprint and it is another house."""

_SMALLEST_HOUSE_M2 = 25.0
"""Nobody puts a storey on a smaller shed; its roof is too few pixels to compare."""

_PANELS = 0.18
"""A larger share of the roof gone dark is solar panels."""


@dataclass(frozen=True)
class Roof:
    """The comparison of one footprint's interior at both dates.

    Areas in m². ``changed`` is the share of pixels whose chroma moved; ``likeness`` the correlation of fine brightness
    or of its edges, whichever is better (a ridge flips its sign with the sun, its edge stays); ``colour_likeness`` that
    of fine chroma, which shadows leave alone; ``rubble`` tells fine chroma contrast like debris; ``organic`` how much
    more of it looks like plants or soil; ``darkened`` the share far darker than the roof's middle (solar panels);
    ``grown`` the ground beside it that changed with it; ``shade`` the share of another storey's shadow that fell, None
    when it cannot be seen; ``seen`` the share with data.
    """

    area: float
    changed: float
    likeness: float
    colour_likeness: float
    rubble: bool
    organic: float
    darkened: float
    grown: float
    shade: float | None
    seen: float


@dataclass(frozen=True)
class RoofChange:
    """What became of an archived roof: the kind of change, where (working pixels), and how sure (0 to 1)."""

    change_type: ChangeType
    mask: NDArray[np.bool_]
    confidence: float


def judge_roof(footprint: Footprint, pair: Pair, shade: Shade) -> RoofChange | None:
    """Compare the roof over a footprint; None when it is the same, or cannot be seen."""
    mask = burn([footprint.outline], pair.grid)
    inside = _interior(mask, pair.grid.resolution)
    if inside.sum() < 16:
        return None
    roof = examine(mask, inside, pair, shade)
    if roof.seen < 0.8:
        return None
    whole, part = _whole(roof, mask), _part(roof, mask, pair)
    # A straight piece of new colour says more exactly where the storey stands than the roof as a whole does.
    return part if part is not None and (whole is None or whole.change_type is ChangeType.RAISED) else whole


def examine(mask: NDArray[np.bool_], inside: NDArray[np.bool_], pair: Pair, shade: Shade) -> Roof:
    """Measure a roof: ``mask`` is its footprint, ``inside`` the part away from the walls."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    margin = round(_RIM_M / pair.grid.resolution) + 3
    window = (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin + 1),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin + 1),
    )
    before, after = (date[:, window[0], window[1]] for date in (pair.before, pair.after))
    inner = inside[window]
    fine_before, fine_after = (_fine(date, pair.grid) for date in (before, after))
    step = (after[0] - before[0])[inner]
    contrast_before, contrast_after = (float(fine[1][inner].mean()) for fine in (fine_before, fine_after))
    moved = pair.distance[window] > MOVED
    return Roof(
        float(mask.sum()) * pair.grid.pixel_area,
        float(moved[inner].mean()),
        max(
            _likeness(fine_before[0][inner], fine_after[0][inner], _PLAIN),
            _likeness(fine_before[2][inner], fine_after[2][inner], 10.0 * _PLAIN),
        ),
        _likeness(fine_before[1][inner], fine_after[1][inner], 0.25 * _PLAIN),
        contrast_after > 0.035 and contrast_after > 1.25 * contrast_before,
        float((~built(after)[inner]).mean() - (~built(before)[inner]).mean()),
        float((step < np.median(step) - 0.5).mean()),
        float(_grown(mask[window], moved & built(after), pair).sum()) * pair.grid.pixel_area,
        shade.appeared(mask, _STOREY_M),
        float(pair.valid[window][inner].mean()),
    )


def _fine(date: NDArray[np.float32], grid: PixelGrid) -> tuple[NDArray[np.float32], ...]:
    """Fine brightness, strength of fine chroma, strength of brightness edges."""
    chroma = cv2.magnitude(detail(date[1], _FINE_M, grid), detail(date[2], _FINE_M, grid))
    edges = cv2.magnitude(cv2.Sobel(date[0], cv2.CV_32F, 1, 0), cv2.Sobel(date[0], cv2.CV_32F, 0, 1))
    return tuple(np.asarray(part, np.float32) for part in (detail(date[0], _FINE_M, grid), chroma, edges))


def _whole(roof: Roof, mask: NDArray[np.bool_]) -> RoofChange | None:
    """A change of the roof as a whole."""
    replaced = roof.changed > 0.6 and roof.likeness < 0.5 and roof.colour_likeness < 0.6
    fallen = roof.shade is not None and roof.shade > 0.3
    overgrown = roof.changed > 0.6 and roof.organic > 0.6 and roof.likeness < 0.7
    if overgrown or (replaced and not fallen and (roof.shade is not None or roof.rubble)):
        return RoofChange(ChangeType.DEMOLISHED, mask, 0.85)
    if roof.area < _SMALLEST_HOUSE_M2 or roof.darkened > _PANELS:
        return None
    odds = 6.0 * (0.55 - roof.likeness) + 7.0 * (0.68 - roof.colour_likeness) - 0.4
    odds += 5.0 * (roof.shade - 0.3) if roof.shade is not None else 0.0
    if odds < 0.0:
        return None
    kind = ChangeType.REBUILT if roof.grown > _GROWN_M2 else ChangeType.RAISED
    return RoofChange(kind, mask, 1.0 / (1.0 + math.exp(-odds)))


def _part(roof: Roof, mask: NDArray[np.bool_], pair: Pair) -> RoofChange | None:
    """A storey or canopy on part of the roof: a straight piece of new colour that reaches the walls."""
    if not 0.1 < roof.changed < 0.8 or roof.area < _SMALLEST_HOUSE_M2:
        return None
    resolution = pair.grid.resolution
    moved = cv2.morphologyEx((mask & (pair.distance > MOVED)).view(np.uint8), cv2.MORPH_OPEN, disk(0.3, resolution))
    moved = cv2.morphologyEx(moved, cv2.MORPH_CLOSE, disk(0.7, resolution))
    moved = cv2.morphologyEx(moved, cv2.MORPH_OPEN, disk(1.0, resolution))
    pieces = blobs((moved > 0) & mask, pair, 8.0)
    if not pieces:
        return None
    piece = max(pieces, key=lambda blob: blob.area)
    rim = mask & ~(cv2.erode(mask.view(np.uint8), disk(0.8, resolution)) > 0)
    along = float((rim[piece.window] & piece.mask).sum()) * pair.grid.pixel_area / 0.8
    around = 2.0 * (piece.width + piece.length)
    darkened = float(np.median((pair.after[0] - pair.before[0])[piece.window][piece.mask]))
    large = piece.area > 0.75 * roof.area
    if large or piece.fill < 0.75 or along < 0.35 * around or darkened < -0.75 or not built_share(piece, pair) > 0.7:
        return None
    whole = np.zeros_like(mask)
    whole[piece.window] = piece.mask
    return RoofChange(ChangeType.RAISED, whole, 0.6)


def built_share(blob: Blob, pair: Pair) -> float:
    """Share of a blob that looks built at the later date."""
    return float(built(pair.after[:, blob.window[0], blob.window[1]])[blob.mask].mean())


def _grown(mask: NDArray[np.bool_], changed: NDArray[np.bool_], pair: Pair) -> NDArray[np.bool_]:
    """Changed ground around a footprint, joined to it and wide enough to be more than a seam."""
    resolution = pair.grid.resolution
    near = cv2.dilate(mask.view(np.uint8), disk(_RIM_M, resolution)) > 0
    beside = (changed & near) | mask
    beside = cv2.morphologyEx(beside.view(np.uint8), cv2.MORPH_OPEN, disk(0.75, resolution)) > 0
    return np.asarray(beside & ~mask, bool)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32], plain: float) -> float:
    """Correlation, drawn to 1 where the variance of both is below ``plain``."""
    covariance = float(((one - one.mean()) * (other - other.mean())).mean())
    return (covariance + plain) / (float(one.std()) * float(other.std()) + plain)


def _interior(mask: NDArray[np.bool_], resolution: float) -> NDArray[np.bool_]:
    """The mask less half a metre of rim, where misregistration and digitising show; less for the smallest roofs."""
    for metres in (0.5, 0.25):
        radius = max(1, round(metres / resolution))
        inner = cv2.erode(mask.view(np.uint8), np.ones((2 * radius + 1,) * 2, np.uint8)) > 0
        if inner.sum() * resolution**2 > 4.0:
            return np.asarray(inner, bool)
    return mask

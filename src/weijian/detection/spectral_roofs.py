"""Whether the roof over an archived footprint is still the same roof."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint
from weijian.detection.spectral_radiometry import MOVED, Pair, detail
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import FINE_M, RUBBLE, blobs, built, disk, fine_chroma
from weijian.detection.spectral_spots import Spot, Window
from weijian.detection.spectral_sun import burn
from weijian.domain.finding import ChangeType
from weijian.domain.grid import PixelGrid

_STOREY_M = 3.0

_PLAIN = 4e-4
"""Variance of log brightness that camera noise leaves on a plain roof: plain and plain are alike."""

_RIM_M = 2.5
"""Ground around a footprint that a rebuilt house may have taken."""

_GROWN_M2 = 1.0
"""More than this beside the old footprint and it is another house; a storey stands on the old walls."""

_STANDS = 0.6
"""A smaller share of its archived shadow still dark and the building is gone; one that stands keeps 0.7 and more."""

_SMALLEST_HOUSE_M2 = 25.0
"""Nobody puts a storey on a smaller shed; its roof is too few pixels to compare."""

_SMALLEST_PART_M2 = 8.0
"""A canopy or a room on the roof is at least this large."""

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
    when it cannot be seen; ``stands`` the share of the archived building's own shadow that is still there, None when it
    cannot be told; ``seen`` the share with data.
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
    stands: float | None
    seen: float


@dataclass(frozen=True)
class RoofChange:
    """What became of an archived roof: the kind of change, where, and how sure (0 to 1)."""

    change_type: ChangeType
    spot: Spot
    confidence: float


def judge_roof(footprint: Footprint, pair: Pair, shade: Shade) -> RoofChange | None:
    """Compare the roof over a footprint; None when it is the same, or cannot be seen."""
    window = window_of(footprint, pair.grid)
    if window is None:
        return None
    near = pair.crop(window)
    spot = Spot(window, burn([footprint.outline], near.grid))
    inside = interior(spot.mask, pair.grid.resolution)
    if inside.sum() < 16:
        return None
    roof = examine(spot, inside, near, shade)
    if roof.seen < 0.8:
        return None
    whole, part = _whole(roof, spot), _part(roof, spot, near)
    # A straight piece of new colour says more exactly where the storey stands than the roof as a whole does.
    return part if part is not None and (whole is None or whole.change_type is ChangeType.RAISED) else whole


def examine(spot: Spot, inside: NDArray[np.bool_], near: Pair, shade: Shade) -> Roof:
    """Measure a roof: ``spot`` is its footprint, ``near`` the pair in its window, ``inside`` the part off the walls."""
    before, after, inner = near.before, near.after, inside
    fine_before, fine_after = (_fine(date, near.grid) for date in (before, after))
    step = (after[0] - before[0])[inner]
    contrast_before, contrast_after = (float(fine[1][inner].mean()) for fine in (fine_before, fine_after))
    moved = near.distance > MOVED
    return Roof(
        float(spot.mask.sum()) * near.grid.pixel_area,
        float(moved[inner].mean()),
        max(
            _likeness(fine_before[0][inner], fine_after[0][inner], _PLAIN),
            _likeness(fine_before[2][inner], fine_after[2][inner], 10.0 * _PLAIN),
        ),
        _likeness(fine_before[1][inner], fine_after[1][inner], 0.25 * _PLAIN),
        contrast_after > RUBBLE and contrast_after > 1.25 * contrast_before,
        float((~built(after)[inner]).mean() - (~built(before)[inner]).mean()),
        float((step < np.median(step) - 0.5).mean()),
        float(_grown(spot.mask, inner, near).sum()) * near.grid.pixel_area,
        shade.appeared(spot, _STOREY_M),
        shade.stands(spot),
        float(near.valid[inner].mean()),
    )


def _fine(date: NDArray[np.float32], grid: PixelGrid) -> tuple[NDArray[np.float32], ...]:
    """Fine brightness, strength of fine chroma, strength of brightness edges."""
    edges = cv2.magnitude(cv2.Sobel(date[0], cv2.CV_32F, 1, 0), cv2.Sobel(date[0], cv2.CV_32F, 0, 1))
    return tuple(
        np.asarray(part, np.float32) for part in (detail(date[0], FINE_M, grid), fine_chroma(date, grid), edges)
    )


def _whole(roof: Roof, spot: Spot) -> RoofChange | None:
    """A change of the roof as a whole."""
    gone = roof.stands is not None and roof.stands < _STANDS
    replaced = roof.changed > 0.6 and roof.likeness < 0.5 and roof.colour_likeness < 0.6
    overgrown = roof.changed > 0.6 and roof.organic > 0.6 and roof.likeness < 0.7
    if overgrown or (replaced and (gone or (roof.stands is None and _no_storey(roof)))):
        return RoofChange(ChangeType.DEMOLISHED, spot, 0.85)
    if roof.area < _SMALLEST_HOUSE_M2 or roof.darkened > _PANELS:
        return None
    odds = 6.0 * (0.55 - roof.likeness) + 7.0 * (0.68 - roof.colour_likeness) - 0.4
    odds += 5.0 * (roof.shade - 0.3) if roof.shade is not None and not gone else 0.0
    if odds < 0.0:
        return None
    kind = ChangeType.REBUILT if roof.grown > _GROWN_M2 else ChangeType.RAISED
    return RoofChange(ChangeType.DEMOLISHED if gone else kind, spot, 1.0 / (1.0 + math.exp(-odds)))


def _no_storey(roof: Roof) -> bool:
    """Whether what replaced a roof shows no more height than before; debris where no shadow can be seen."""
    return roof.rubble if roof.shade is None else roof.shade < 0.3


def _part(roof: Roof, spot: Spot, near: Pair) -> RoofChange | None:
    """A storey or canopy on part of the roof: a straight piece of new colour that reaches the walls."""
    if not 0.1 < roof.changed < 0.8 or roof.area < _SMALLEST_HOUSE_M2:
        return None
    resolution, mask = near.grid.resolution, spot.mask
    moved = cv2.morphologyEx((mask & (near.distance > MOVED)).view(np.uint8), cv2.MORPH_OPEN, disk(0.3, resolution))
    moved = cv2.morphologyEx(moved, cv2.MORPH_CLOSE, disk(0.7, resolution))
    moved = cv2.morphologyEx(moved, cv2.MORPH_OPEN, disk(1.0, resolution))
    pieces = blobs((moved > 0) & mask, near, _SMALLEST_PART_M2)
    if not pieces:
        return None
    piece = max(pieces, key=lambda blob: blob.area)
    rim = mask & ~(cv2.erode(mask.view(np.uint8), disk(0.8, resolution)) > 0)
    along = float((rim[piece.spot.window] & piece.spot.mask).sum()) * near.grid.pixel_area / 0.8
    around = 2.0 * (piece.width + piece.length)
    darkened = float(np.median((near.after[0] - near.before[0])[piece.spot.window][piece.spot.mask]))
    if piece.area > 0.75 * roof.area or piece.fill < 0.75 or along < 0.35 * around or darkened < -0.75:
        return None
    if built(near.after)[piece.spot.window][piece.spot.mask].mean() < 0.7:
        return None
    return RoofChange(ChangeType.RAISED, Spot(spot.window, piece.spot.full(mask.shape)), 0.6)


def window_of(footprint: Footprint, grid: PixelGrid) -> Window | None:
    """Window of the grid around a footprint and the ground beside it; None when they do not meet."""
    block = grid.block_over(footprint.outline.bounds, _RIM_M + 1.0)
    if min(block.shape) == 0:
        return None
    column, row = (round(v) for v in ~grid.transform @ (block.transform.c, block.transform.f))
    return slice(row, row + block.height), slice(column, column + block.width)


def _grown(mask: NDArray[np.bool_], inner: NDArray[np.bool_], near: Pair) -> NDArray[np.bool_]:
    """Changed ground beside a footprint that is joined to it and looks like its roof does now."""
    resolution = near.grid.resolution
    roof = np.median(near.after[:, inner], axis=1)
    alike = np.hypot(near.after[1] - roof[1], near.after[2] - roof[2]) < 0.08
    alike &= (np.abs(near.after[0] - roof[0]) < 0.4) & (near.distance > MOVED)
    beside = alike & (cv2.dilate(mask.view(np.uint8), disk(_RIM_M, resolution)) > 0) | mask
    beside = cv2.morphologyEx(beside.view(np.uint8), cv2.MORPH_OPEN, disk(0.75, resolution)) > 0
    return np.asarray(beside & ~mask, bool)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32], plain: float) -> float:
    """Correlation, drawn to 1 where the variance of both is below ``plain``."""
    covariance = float(((one - one.mean()) * (other - other.mean())).mean())
    return (covariance + plain) / (float(one.std()) * float(other.std()) + plain)


def interior(mask: NDArray[np.bool_], resolution: float) -> NDArray[np.bool_]:
    """The mask less half a metre of rim, where misregistration and digitising show; less for the smallest roofs."""
    for metres in (0.5, 0.25):
        radius = max(1, round(metres / resolution))
        inner = cv2.erode(mask.view(np.uint8), np.ones((2 * radius + 1,) * 2, np.uint8)) > 0
        if inner.sum() * resolution**2 > 4.0:
            return np.asarray(inner, bool)
    return mask

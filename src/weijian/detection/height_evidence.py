"""Per-pixel evidence of a change of structures from two surfaces: what stands, what was gained, what was lost."""

from dataclasses import dataclass

import cv2
import numpy as np
import rasterio.features
from numpy.typing import NDArray

from weijian.detection.patch import Layer, Patch

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class HeightParameters:
    """What counts as a structure and as a change of one. Lengths in metres, areas in square metres.

    Attributes
    ----------
    min_area_m2 : float
        Smallest change that is reported.
    min_height_m : float
        A structure stands at least this high above the ground; cars (1.5 m) and crops do not.
    min_rise_m : float
        Least difference of the two surfaces. It is smaller than ``min_height_m`` because crops, bushes or cars may
        have stood where a shed stands now.
    min_raise_m : float
        Least rise on a roof: more than a parapet, a water heater or a stair tower's move.
    rubble_m : float
        What lies no higher than this after a demolition is rubble.
    min_width_m : float
        Narrowest change that is believed; misregistered edges are narrower.
    """

    min_area_m2: float = 10.0
    min_height_m: float = 2.0
    min_rise_m: float = 1.0
    min_raise_m: float = 1.8
    rubble_m: float = 1.7
    min_width_m: float = 1.2


HALO_M = 10.0
"""Context a tile needs so that its core does not depend on where tiles were cut."""

_SMEAR_M = 0.25
"""Half-width of the ramp that dense matching makes of a wall, besides one pixel."""

_ARCHIVE_SIGMA_M = 0.2
"""Digitising noise of archived outlines."""

_STOREY_M = 3.0
"""Height assumed for an archived building without one."""

_HOLE_M = 1.0
"""Holes of the surface up to about twice this are filled from their rims."""

_ROUGH_WINDOW_M = 1.5
_GREEN = 0.05
_CROWN_ROUGH_M = 0.10


@dataclass(frozen=True)
class Evidence:
    """Arrays on the patch's grid.

    Attributes
    ----------
    before, after : float32
        Height above ground in metres, small holes filled, NaN where unknown. In the one-survey mode ``before`` is
        the archive: footprints at their heights on bare ground.
    stood, stands : bool
        Not vegetation and at least the minimum height above ground, before and after.
    gained, lost : bool
        Pixels of structures that appeared or rose, and that disappeared, wider than uncertainty.
    rough_before, rough_after : float32
        Residual of the surface against planes, metres.
    green_before, green_after : float32
        Excess green, -1 to 2 (0 without imagery).
    tolerance_m : float
        Radius within which a height may have moved sideways.
    """

    before: Field
    after: Field
    stood: Mask
    stands: Mask
    gained: Mask
    lost: Mask
    rough_before: Field
    rough_after: Field
    green_before: Field
    green_after: Field
    tolerance_m: float


def gather(patch: Patch, parameters: HeightParameters) -> Evidence:
    """Evidence over a patch. Every operator is local (within ``HALO_M``), so cores of tiles fit together.

    Raises
    ------
    ValueError
        A layer has no surface or no ground: the height method does not apply.
    """
    cell = patch.grid.resolution
    after = above_ground(patch.after, cell)
    rough_after, green_after = roughness(after, cell), greenness(patch.after)
    if patch.before is None:
        before = archived_heights(patch, after)
        rough_before, green_before = np.zeros_like(after), np.zeros_like(after)
    else:
        before = above_ground(patch.before, cell)
        rough_before, green_before = roughness(before, cell), greenness(patch.before)
    crowns_before = _crowns(rough_before, green_before, cell)
    crowns_after = _crowns(rough_after, green_after, cell)
    tolerance = tolerance_m(patch)
    sigma = patch.noise.height_m or 0.0
    rise = np.where(crowns_after, np.float32(0), after) - _highest(
        np.where(crowns_before, np.float32(0), before), tolerance, cell
    )
    fall = np.where(crowns_before, np.float32(0), before) - _highest(after, tolerance, cell)
    known = np.isfinite(after) & np.isfinite(before)
    tall_after = after >= parameters.min_height_m
    tall_before = before >= parameters.min_height_m
    gained = known & tall_after & (rise >= max(parameters.min_rise_m, 3.0 * sigma))
    lost = (
        known
        & tall_before
        & (fall >= max(parameters.min_rise_m, 3.0 * sigma))
        & (_highest(after, 0.0, cell) <= parameters.rubble_m)
    )
    return Evidence(
        before=before,
        after=after,
        stood=tall_before & ~crowns_before,
        stands=tall_after & ~crowns_after,
        gained=opened(gained, parameters.min_width_m / 2, cell),
        lost=opened(lost, parameters.min_width_m / 2, cell),
        rough_before=rough_before,
        rough_after=rough_after,
        green_before=green_before,
        green_after=green_after,
        tolerance_m=tolerance,
    )


def tolerance_m(patch: Patch) -> float:
    """How far sideways a height may be from where it should be: registration at two sigma, smear, a pixel."""
    sigma = patch.noise.registration_m
    if patch.before is None:
        sigma = float(np.hypot(sigma, _ARCHIVE_SIGMA_M))
    return 2.0 * sigma + _SMEAR_M + patch.grid.resolution / 2


def above_ground(layer: Layer, cell: float) -> Field:
    """Height of a layer's surface above its ground, small holes filled."""
    if layer.surface is None or layer.ground is None:
        raise ValueError("the height method needs a surface and a ground at each date")
    return _filled(layer.surface - layer.ground, cell)


def archived_heights(patch: Patch, after: Field) -> Field:
    """The archive as a surface above ground: what it says stood before.

    A footprint without a height stands as high as it is found now, or one storey where less is found.
    """
    shape, transform = patch.grid.shape, patch.grid.transform
    heights = np.where(np.isfinite(after), np.float32(0), np.float32(np.nan))
    for footprint in patch.footprints:
        inside = rasterio.features.rasterize([footprint.outline], shape, transform=transform).astype(bool)
        archived = footprint.height_m
        heights[inside] = np.maximum(after[inside], _STOREY_M) if archived is None else np.float32(archived)
    return np.where(np.isfinite(after), heights, np.float32(np.nan)).astype(np.float32)


def roughness(height: Field, cell: float) -> Field:
    """Standard deviation of the height about the plane through a window around each pixel, metres."""
    side = 2 * max(1, round(_ROUGH_WINDOW_M / cell / 2)) + 1
    reach = np.arange(side, dtype=np.float32) - side // 2
    known = np.isfinite(height)
    z = np.where(known, height, np.float32(0))
    flat = np.full(side, 1.0 / side, np.float32)
    slope = reach / np.float32((reach**2).sum())
    mean = cv2.sepFilter2D(z, cv2.CV_32F, flat, flat)
    square = cv2.sepFilter2D(z * z, cv2.CV_32F, flat, flat)
    along_x = cv2.sepFilter2D(z, cv2.CV_32F, slope, flat)
    along_y = cv2.sepFilter2D(z, cv2.CV_32F, flat, slope)
    variance = square - mean**2 - (along_x**2 + along_y**2) * np.float32((reach**2).mean())
    return np.sqrt(np.maximum(variance, 0)).astype(np.float32)


def greenness(layer: Layer) -> Field:
    """Excess green (2g - r - b) / (r + g + b) of a layer's image; 0 without imagery."""
    if layer.image is None:
        return np.zeros(layer.image_valid.shape, np.float32)
    red, green, blue = layer.image.astype(np.float32)
    total = red + green + blue + 1.0
    return np.where(layer.image_valid, (2 * green - red - blue) / total, 0).astype(np.float32)


def opened(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` without what is narrower than a disc."""
    return _morph(mask, cv2.MORPH_OPEN, radius_m, cell)


def closed(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` with gaps narrower than a disc filled."""
    return _morph(mask, cv2.MORPH_CLOSE, radius_m, cell)


def dilated(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` grown by a disc."""
    return _morph(mask, cv2.MORPH_DILATE, radius_m, cell)


def eroded(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` shrunk by a disc."""
    return _morph(mask, cv2.MORPH_ERODE, radius_m, cell)


def _morph(mask: Mask, operation: int, radius_m: float, cell: float) -> Mask:
    element = _disc(radius_m / cell)
    result = cv2.morphologyEx(mask.astype(np.uint8), operation, element, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(result, bool)


def _disc(radius: float) -> NDArray[np.uint8]:
    """Structuring element of ``radius`` pixels; radii between whole numbers give discs between."""
    reach = max(0, int(np.floor(radius + 0.25)))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return (x * x + y * y <= (radius + 0.25) ** 2 + 0.01).astype(np.uint8)


def _highest(height: Field, radius_m: float, cell: float) -> Field:
    """Local maximum within a disc; minus infinity where nothing is known."""
    known = np.where(np.isfinite(height), height, np.float32(-1e3))
    return np.asarray(cv2.dilate(known, _disc(radius_m / cell), borderType=cv2.BORDER_REPLICATE), np.float32)


def _filled(height: Field, cell: float) -> Field:
    """``height`` with small holes filled by the weighted mean of what is around."""
    known = np.isfinite(height)
    if known.all():
        return height.astype(np.float32)
    weight = known.astype(np.float32)
    side = 2 * max(1, round(2 * _HOLE_M / cell)) + 1
    size, sigma = (side, side), _HOLE_M / cell / 2
    total = cv2.GaussianBlur(np.where(known, height, np.float32(0)), size, sigma)
    near = cv2.GaussianBlur(weight, size, sigma)
    mean = np.divide(total, near, out=np.full_like(total, np.nan), where=near > 0.1)
    return np.where(known, height, mean).astype(np.float32)


def _crowns(rough: Field, green: Field, cell: float) -> Mask:
    """Tree crowns and bushes: rough and green over more than a spot."""
    return opened((cv2.blur(green, (5, 5)) > _GREEN) & (rough > _CROWN_ROUGH_M), 0.5, cell)

"""How uncertain a measured outline and height are: one standard deviation, from what is known of the data."""

import math

import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Noise

SMEAR_M = 0.25
"""Half-width of the ramp that dense matching makes of a wall, besides one pixel."""

CLAIMED_SIGMAS = 2.0
"""A change smaller than so many standard deviations of itself is not claimed."""

_ARCHIVE_HEIGHT_M = 0.2
"""Archives state eaves, ridges or storeys."""

_MATCHING_M = 0.15
"""Dense matching rounds roofs and fills yards; levels between them come out so uncertain however calm the ground is."""

_SEEN_EDGE_M = 0.5
"""Eaves, the shadow at the foot and the lean of walls hide where in an image a building ends."""

_ROOF_SHARE = 0.3
"""Which point of a sloped or cluttered roof is its height is uncertain by this share of the spread of its heights."""


def area_sigma_m2(noise: Noise, cell_m: float, perimeter_m: float) -> float:
    """Of the area within an outline that was traced on a surface.

    Where within its smeared ramp a wall lies is misjudged alike on all sides, by the width of the ramp and of a pixel
    evenly spread; the registration errs on each of four walls by itself.

    Parameters
    ----------
    noise : Noise
    cell_m : float
        Pixel of the surface.
    perimeter_m : float
        Length of the outline.
    """
    common = math.hypot(SMEAR_M, cell_m) / math.sqrt(12.0)
    return perimeter_m * math.hypot(common, noise.registration_m / math.sqrt(8.0))


def image_area_sigma_m2(noise: Noise, cell_m: float, perimeter_m: float) -> float:
    """Of the area within an outline that was traced on images alone.

    Parameters
    ----------
    noise : Noise
    cell_m : float
        Pixel that was worked on.
    perimeter_m : float
        Length of the outline; its position is uncertain alike all along.
    """
    return perimeter_m * math.hypot(noise.registration_m, cell_m, _SEEN_EDGE_M) / 2.0


def height_sigma_m(noise: Noise, heights: NDArray[np.float32]) -> float:
    """Of the median of ``heights`` (differences of two dates on one object), metres.

    The surfaces' noise on roofs is taken whole, since neighbouring pixels err alike; with it what levelling left, and
    the shape of the roof. Against an archive its own vagueness takes the place of the noise.
    """
    low, high = np.nanpercentile(heights, (16.0, 84.0))
    spread = float(high - low) / 2.0
    pixel = _ARCHIVE_HEIGHT_M if noise.height_m is None else max(noise.height_m, noise.roof_m or 0.0)
    shape = _ROOF_SHARE * math.sqrt(max(0.0, spread**2 - pixel**2))
    return math.hypot(pixel, noise.level_m, shape, 0.0 if noise.height_m is None else _MATCHING_M)

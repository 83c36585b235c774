"""One survey of images against the archive: which archived buildings stand no more.

One image shows neither a storey that came nor what was there before, but it shows shadows: a building of known height
that stands throws one, and where the ground that it must darken lies in the sun, it is gone. What lies within its
outline says a little more: a roof is calmer than its rim, rubble and cleared ground are as rough.
"""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint, Patch
from weijian.detection.spectral_radiometry import Conditions, Pair, compare
from weijian.detection.spectral_roofs import interior, window_of
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import burn, heights_on
from weijian.detection.uncertainty import image_area_sigma_m2
from weijian.domain.finding import Change, ChangeType, Method

HALO_M = 48.0
"""Ground around a tile within which whole buildings and their shadows are looked for."""

SMALLEST_M2 = 25.0
"""The shadow of a smaller shed is too few pixels to prove anything."""

_CERTAIN = 7.9
_STANDS = -16.6
_CALM = -2.4
"""Log-odds of a building being gone: fitted on 1522 buildings of 13 drawn villages, of which 123 were not there."""

_SUREST = 0.97
"""All of the 28 clearest claims on scenes and villages not learned from were true: so many prove no more than this."""

_REPORTED = 0.5
_SEEN = 0.8
_FEWEST_PIXELS = 16
_RIM_PIXELS = 2
"""How far from the archived outline its edge may be seen: digitising, and the lean of walls."""

_FAINT = 0.05
"""Strength of edges that noise makes on the calmest roof."""


@dataclass(frozen=True)
class StandingDetector:
    """What became of archived buildings, by one image.

    ``conditions`` are the survey's, calibrated on patches from :func:`seen_twice`; they must know the sun.
    """

    conditions: Conditions
    min_area_m2: float = 10.0

    def propose(self, patch: Patch) -> list[Change]:
        """Buildings within the patch's core that are gone; they need no second look."""
        pair = compare(seen_twice(patch), self.conditions)
        if pair is None:
            return []
        shade = Shade(pair, self.conditions, heights_on(patch.footprints, pair.grid))
        own = [footprint for footprint in patch.footprints if _belongs(footprint, patch)]
        changes = (self._gone(footprint, pair, shade, patch) for footprint in own)
        return [change for change in changes if change is not None]

    def describe(self, *_: object) -> list[Change]:
        """Nothing: what is proposed is told whole, so no segment is left for a second look."""
        return []

    def _gone(self, footprint: Footprint, pair: Pair, shade: Shade, patch: Patch) -> Change | None:
        outline = footprint.outline
        if outline.area < max(SMALLEST_M2, self.min_area_m2):
            return None
        likely = gone(footprint, pair, shade)
        if likely is None or likely < _REPORTED:
            return None
        sigma = image_area_sigma_m2(patch.noise, pair.grid.resolution, outline.length)
        kind = ChangeType.DEMOLISHED
        return Change(kind, outline, outline.area, sigma, None, None, None, likely, Method.SPECTRAL)


def seen_twice(patch: Patch) -> Patch:
    """The patch with its one image as both dates: what compares two then measures one."""
    return replace(patch, before=patch.after)


def gone(footprint: Footprint, pair: Pair, shade: Shade) -> float | None:
    """How likely a building is gone, 0 to 1; None where it or the ground for its shadow cannot be seen."""
    window = window_of(footprint, pair.grid)
    if window is None:
        return None
    near = pair.crop(window)
    mask = burn([footprint.outline], near.grid)
    inside = interior(mask, pair.grid.resolution)
    if inside.sum() < _FEWEST_PIXELS or near.valid[inside].mean() < _SEEN:
        return None
    stands = shade.stands(Spot(window, mask))
    if stands is None:
        return None
    odds = _CERTAIN + _STANDS * stands + _CALM * math.log(_rim_over_inside(mask, inside, near.edges_after))
    return min(_SUREST, 1.0 / (1.0 + math.exp(-odds)))


def _rim_over_inside(mask: NDArray[np.bool_], inside: NDArray[np.bool_], edges: NDArray[np.float32]) -> float:
    """How many times stronger edges are along the outline than within it."""
    side = 2 * _RIM_PIXELS + 1
    strongest = cv2.dilate(edges, np.ones((side, side), np.uint8))
    rim = mask & ~(cv2.erode(mask.view(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    return float((strongest[rim].mean() + _FAINT) / (edges[inside].mean() + _FAINT))


def _belongs(footprint: Footprint, patch: Patch) -> bool:
    """Whether a footprint is this patch's to answer for: its middle lies in the core, all of it in the patch."""
    west, south, east, north = footprint.outline.bounds
    column, row = ~patch.grid.transform @ ((west + east) / 2, (south + north) / 2)
    rows, columns = patch.tile.core
    within = rows.start <= row < rows.stop and columns.start <= column < columns.stop
    left, bottom, right, top = patch.grid.bounds
    return within and left <= west and bottom <= south and east <= right and north <= top

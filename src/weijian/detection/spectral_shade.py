"""Evidence of height from shadows: what stands up darkens the ground beside it."""

import math

import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_radiometry import Conditions, Pair
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import cast

_SHADE = 0.45
"""Log brightness lost in shade, at the least."""

_LEAST_M2 = 2.5
"""Less expected shadow than this proves nothing."""


class Shade:
    """The shadows of one patch: what the archived heights explain, and what the later image shows.

    Parameters
    ----------
    pair : Pair
    conditions : Conditions
    heights : (rows, columns) float32
        Archived heights in metres on the working grid; 0 where nothing is archived.
    """

    def __init__(self, pair: Pair, conditions: Conditions, heights: NDArray[np.float32]) -> None:
        self._sun, self._resolution, self._heights = conditions.sun, pair.grid.resolution, heights
        self._valid, self._after = pair.valid, pair.after[0]
        self._fell = pair.after[0] - pair.before[0] < -_SHADE
        # A shadow can be seen to fall where there was light, and no other building is known to have taken it.
        self._telling = pair.valid & (pair.before[0] > conditions.lit - _SHADE)
        if self._sun is not None:
            self._telling &= ~cast(heights, self._sun, self._resolution)

    def appeared(self, spot: Spot, rise: float) -> float | None:
        """Share of the extra shadow of ``spot`` standing ``rise`` metres higher that did fall at the later date.

        None when the sun is not known or there is no place where such a shadow could be seen.
        """
        if self._sun is None:
            return None
        top = rise + float(self._heights[spot.window][spot.mask].max(initial=0.0))
        wide = spot.widened(math.ceil(top * self._sun.length / self._resolution) + 1, self._heights.shape)
        ground = self._heights[wide.window]
        raised = np.where(wide.mask, ground + np.float32(rise), np.float32(0.0))
        extra = cast(raised, self._sun, self._resolution, ground) & ~wide.mask & self._telling[wide.window]
        if extra.sum() * self._resolution**2 < _LEAST_M2:
            return None
        return float(self._fell[wide.window][extra].mean())

    def stands(self, spot: Spot) -> float | None:
        """Share of the shadow that the archived height of ``spot`` casts which is dark at the later date.

        Near 1 while the building stands, however its roof has changed; near 0 once it is gone. None when the sun is
        not known, no height is archived, or other buildings take the place of its shadow.
        """
        if self._sun is None:
            return None
        top = float(self._heights[spot.window][spot.mask].max(initial=0.0))
        wide = spot.widened(math.ceil(top * self._sun.length / self._resolution) + 1, self._heights.shape)
        ground = self._heights[wide.window]
        none = np.float32(0.0)
        own, others = np.where(wide.mask, ground, none), np.where(wide.mask, none, ground)
        telling = cast(own, self._sun, self._resolution, ground) & (ground == 0.0) & self._valid[wide.window]
        telling &= ~cast(others, self._sun, self._resolution)
        if telling.sum() * self._resolution**2 < _LEAST_M2:
            return None
        return float((self._after[wide.window][telling] < self._sun.half).mean())

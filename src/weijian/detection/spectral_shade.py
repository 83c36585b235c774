"""Evidence of height from shadows: what stands up darkens the ground beside it."""

import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_radiometry import Conditions, Pair
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
        self._resolution, self._heights = pair.grid.resolution, heights
        step = pair.after[0] - pair.before[0]
        self._dates = tuple(
            (sun, seen, pair.valid & (other[0] > conditions.lit - _SHADE) & ~cast(heights, sun, self._resolution))
            if sun is not None
            else None
            for sun, seen, other in zip(
                conditions.suns, (step > _SHADE, step < -_SHADE), (pair.after, pair.before), strict=True
            )
        )

    def vanished(self, mask: NDArray[np.bool_], rise: float) -> float | None:
        """Share of the shadow that ``mask`` would have cast at the earlier date, ``rise`` metres high, that is gone."""
        return self._share(mask, rise, 0)

    def appeared(self, mask: NDArray[np.bool_], rise: float) -> float | None:
        """Share of the extra shadow of ``mask`` standing ``rise`` metres higher that did fall at the later date.

        None when the sun is not known or there is no place where such a shadow could be seen.
        """
        return self._share(mask, rise, 1)

    def _share(self, mask: NDArray[np.bool_], rise: float, which: int) -> float | None:
        date = self._dates[which]
        if date is None:
            return None
        sun, seen, telling = date
        reach = (rise + float(self._heights[mask].max(initial=0.0))) * sun.length
        window = _around(mask, round(reach / self._resolution) + 2)
        inside = mask[window]
        higher = (self._heights[window] + rise * inside).astype(np.float32)
        extra = cast(higher, sun, self._resolution) & ~inside & telling[window]
        if extra.sum() * self._resolution**2 < _LEAST_M2:
            return None
        return float(seen[window][extra].mean())


def _around(mask: NDArray[np.bool_], margin: int) -> tuple[slice, slice]:
    """Window around the mask's pixels with a margin, inside the array."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) == 0:
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + margin + 1),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + margin + 1),
    )

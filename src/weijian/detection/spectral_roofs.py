"""Whether the roof over an archived footprint is still the same roof."""

from dataclasses import dataclass
from enum import Enum, auto

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_radiometry import Pair, detail
from weijian.detection.spectral_shapes import built

MOVED = 0.12
"""Change of log chroma that is a change of surface; camera noise and shadow residue stay under it."""


class RoofState(Enum):
    """What became of an archived roof."""

    SAME = auto()
    GONE = auto()
    REPLACED = auto()
    PARTLY = auto()
    UNSEEN = auto()


@dataclass(frozen=True)
class Roof:
    """The comparison of one footprint's interior at both dates.

    ``changed`` is the share of pixels whose chroma moved, ``uneven`` the share that moved otherwise than the roof's
    middle, ``likeness`` the correlation of fine brightness, ``mottle`` after against before of fine chroma contrast,
    ``organic`` the share that looks like plants or soil now.
    """

    changed: float
    uneven: float
    likeness: float
    mottle: float
    mottle_after: float
    organic: float
    seen: float


def examine(inside: NDArray[np.bool_], window: tuple[slice, slice], pair: Pair) -> Roof:
    """Compare the roof under ``inside`` (lies in ``window`` of the working arrays)."""
    before, after = (date[:, window[0], window[1]] for date in (pair.before, pair.after))
    grid = pair.grid
    fine_before, fine_after = ([detail(channel, 0.75, grid)[inside] for channel in date] for date in (before, after))
    chroma = (after - before)[1:, inside]
    around = chroma - np.median(chroma, axis=1, keepdims=True)
    contrast = [float(np.hypot(fine[1], fine[2]).mean()) for fine in (fine_before, fine_after)]
    return Roof(
        float((pair.distance[window][inside] > MOVED).mean()),
        float((np.hypot(around[0], around[1]) > MOVED).mean()),
        _correlation(fine_before[0], fine_after[0]),
        contrast[1] / max(contrast[0], 0.01),
        contrast[1],
        float((~built(after)[inside]).mean() - (~built(before)[inside]).mean()),
        float(pair.valid[window][inside].mean()),
    )


def verdict(roof: Roof) -> RoofState:
    """What the comparison says."""
    if roof.seen < 0.8:
        return RoofState.UNSEEN
    rubble = roof.mottle > 1.6 and roof.mottle_after > 0.035
    if roof.changed > 0.6 and roof.likeness < 0.3 and (rubble or roof.organic > 0.4):
        return RoofState.GONE
    if roof.changed > 0.6 and roof.likeness < 0.3:
        return RoofState.REPLACED
    if roof.organic > 0.6 and roof.changed > 0.5 and roof.likeness < 0.5:
        return RoofState.GONE
    return RoofState.SAME


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Pearson correlation; 0 where there is nothing to correlate."""
    deviations = float(one.std()) * float(other.std())
    if len(one) == 0 or deviations == 0.0:
        return 0.0
    return float(((one - one.mean()) * (other - other.mean())).mean() / deviations)


def interior(mask: NDArray[np.bool_], resolution: float) -> NDArray[np.bool_]:
    """The mask less half a metre of rim, where misregistration and digitising show; less for the smallest roofs."""
    for metres in (0.5, 0.25):
        radius = max(1, round(metres / resolution))
        inner = cv2.erode(mask.view(np.uint8), np.ones((2 * radius + 1,) * 2, np.uint8)) > 0
        if inner.sum() * resolution**2 > 4.0:
            return np.asarray(inner, bool)
    return mask

"""How much two surfaces differ where nothing changed, by what the land carries."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weijian.detection.fields import eroded
from weijian.detection.height_evidence import HeightParameters, standing
from weijian.detection.patch import Patch

_LOW_M = 0.5
_FEWEST = 400  # pixels
_RIM_M = 0.6
_SAME_M = 1.0
"""Roofs and crowns that differ by more were built on, pulled down or felled."""


@dataclass(frozen=True)
class LandNoise:
    """One standard deviation of the difference of single pixels of two levelled surfaces, metres.

    ``ground`` is bare or low, ``roof`` stands as a structure at both dates, ``vegetation`` as trees and bushes; None
    where there is too little of it.
    """

    ground: float | None
    roof: float | None
    vegetation: float | None


def land_noise(patches: Iterable[Patch], parameters: HeightParameters) -> LandNoise:
    """Measure it on sample patches of both dates.

    Parameters
    ----------
    patches : iterable of Patch
        With surfaces and ground at both dates; others are passed over.
    parameters : HeightParameters
        What counts as a structure.
    """
    kinds: tuple[list[NDArray[np.float32]], ...] = ([], [], [])
    for patch in patches:
        if patch.before is None or patch.before.surface is None or patch.after.surface is None:
            continue
        cell = patch.grid.resolution
        before, after = standing(patch.before, cell, parameters), standing(patch.after, cell, parameters)
        difference = after.height - before.height
        known = np.isfinite(difference)
        low = (before.height < _LOW_M) & (after.height < _LOW_M) & ~before.crowns & ~after.crowns
        roof = before.structure & after.structure & (np.abs(difference) < _SAME_M)
        leaves = before.crowns & after.crowns & (np.abs(difference) < 2 * _SAME_M)
        for kind, where in zip(kinds, (low, eroded(roof, _RIM_M, cell), leaves), strict=True):
            kind.append(difference[known & where])
    return LandNoise(*(_deviation(np.concatenate(kind) if kind else np.empty(0, np.float32)) for kind in kinds))


def _deviation(difference: NDArray[np.float32]) -> float | None:
    """Robust standard deviation about the median."""
    if difference.size < _FEWEST:
        return None
    return 1.4826 * float(np.median(np.abs(difference - np.median(difference))))

"""What was seen, and how sure: of readings that overlap the likeliest is kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_spots import Spot

_SHARED = 0.15
"""Candidates that share more of their ground than this are readings of one thing: the likeliest stays."""


_WHOLE, _AS_SURE = 0.25, 0.3
"""A candidate at least so likely, and no less than this share as likely as a part of it, is a roof of its own."""

_PART, _NEARLY_ALL = 0.6, 0.85
"""A part is smaller than this share of the whole, and lies within it but for less than the rest of the second."""


@dataclass(frozen=True)
class Sighting:
    """A roof that changed between the dates: where, and how sure (0 to 1)."""

    spot: Spot
    confidence: float


class HasSpot(Protocol):
    """Anything that lies somewhere."""

    @property
    def spot(self) -> Spot:
        """Where."""
        ...


Seen = TypeVar("Seen", bound=HasSpot)


def likeliest(
    spots: Sequence[Spot], probabilities: NDArray[np.float64], least: float, shape: tuple[int, ...]
) -> list[Sighting]:
    """Of candidates that overlap the likeliest, as long as it is at least ``least`` likely."""
    return _chosen(spots, probabilities, least, shape, lambda i, _: i)


def likeliest_wholes(
    spots: Sequence[Spot], probabilities: NDArray[np.float64], least: float, shape: tuple[int, ...]
) -> list[Sighting]:
    """The same, but a part is told as the larger candidate it lies in where that may be a roof as well.

    A wing of a house looks as much like a roof as a shed does, and is surer than the whole: less of it is in doubt.
    """
    sizes = np.array([spot.mask.sum() for spot in spots])
    likely = np.flatnonzero(probabilities >= _WHOLE)

    def whole_of(part: int, taken: NDArray[np.bool_]) -> int:
        found = part
        larger = likely[
            (sizes[likely] * _PART > sizes[part]) & (probabilities[likely] > _AS_SURE * probabilities[part])
        ]
        for i in larger:
            if sizes[i] > sizes[found] and _within(spots[part], spots[i]) and _free(spots[i], taken):
                found = int(i)
        return found

    return _chosen(spots, probabilities, least, shape, whole_of)


def _chosen(
    spots: Sequence[Spot],
    probabilities: NDArray[np.float64],
    least: float,
    shape: tuple[int, ...],
    reading: Callable[[int, NDArray[np.bool_]], int],
) -> list[Sighting]:
    """Candidates in the order of their likelihood, each as its ``reading``, where no other has taken the ground."""
    taken = np.zeros(shape, bool)
    out = []
    for i in np.argsort(-probabilities, kind="stable"):
        if probabilities[i] < least:
            break
        if _free(spots[i], taken):
            spot = spots[reading(int(i), taken)]
            taken[spot.window] |= spot.mask
            out.append(Sighting(spot, float(probabilities[i])))
    return out


def _free(spot: Spot, taken: NDArray[np.bool_]) -> bool:
    return bool(taken[spot.window][spot.mask].mean() <= _SHARED)


def _within(part: Spot, whole: Spot) -> bool:
    """Whether nearly all of a part lies in a whole."""
    (rows, columns), (other_rows, other_columns) = part.window, whole.window
    top, left = max(rows.start, other_rows.start), max(columns.start, other_columns.start)
    bottom, right = min(rows.stop, other_rows.stop), min(columns.stop, other_columns.stop)
    if bottom <= top or right <= left:
        return False
    own = part.mask[top - rows.start : bottom - rows.start, left - columns.start : right - columns.start]
    other = whole.mask[
        top - other_rows.start : bottom - other_rows.start, left - other_columns.start : right - other_columns.start
    ]
    return bool((own & other).sum() > _NEARLY_ALL * part.mask.sum())


def mostly_on(seen: Iterable[Seen], ground: NDArray[np.bool_]) -> list[Seen]:
    """Those that lie mostly on the ground (rows, columns of the working grid)."""
    return [one for one in seen if ground[one.spot.window][one.spot.mask].mean() >= 0.5]

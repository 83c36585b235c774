"""Which of two columns of coordinates is the easting: told by the numbers, where these can tell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
_NORTHINGS = (1.0e6, 6.2e6)
_EASTINGS = (1.0e5, 9.0e5)
_PREFIXED_FROM = 1.0e7

Coordinates = NDArray[np.float64]


def first_is_easting(first: Coordinates, second: Coordinates) -> bool | None:
    """Whether the first of two columns is the easting or longitude; None when the numbers do not tell.

    An 8-digit number is an easting with its zone number; northings of China are seven digits, eastings without zone
    number six; longitudes are above 73, latitudes below 54.

    >>> first_is_easting(np.array([3150210.125]), np.array([40500120.331]))
    False
    """
    one, other = _middle(first), _middle(second)
    if one is None or other is None:
        return None
    for east, north, answer in ((one, other, True), (other, one, False)):
        prefixed = east >= _PREFIXED_FROM and _within(north, _NORTHINGS)
        plain = _within(east, _EASTINGS) and _within(north, _NORTHINGS)
        degrees = _within(east, _LONGITUDES) and _within(north, _LATITUDES) and not _within(north, _LONGITUDES)
        if prefixed or plain or degrees:
            return answer
    return None


def _middle(values: Coordinates) -> float | None:
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if len(finite) else None


def _within(value: float, between: tuple[float, float]) -> bool:
    return between[0] <= value <= between[1]

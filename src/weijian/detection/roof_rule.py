"""What a person would say of a candidate from its shape, its edges and its shadow: one number, in log odds.

The trees are learned on drawn villages. The rule knows nothing of how these are drawn, so it is one of the measures
they weigh: a sharp edge that is new, a rectangle and a shadow where one must fall are signs of any roof.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

_RIM = 0.7
"""Gradient of the log image along the edge of an ordinary roof; crowns and shadows have half of it."""

_FILL, _CONVEX = 0.72, 0.8
"""Less than this of its rectangle, or of its hull, and a shape is no plain roof."""

_LARGE_M2 = 60.0
"""What is larger is a house or a hall and cannot but cast a shadow."""

_ENOUGH, _MOST = 0.25, 0.6
"""Shares of a roof's shadow that are little and much."""

_FLAT = 0.12
"""A smaller share of its shadow to be seen and the thing lies flat: paving, tarpaulin, mulch."""

_BESIDE = 0.8
"""Where no shadow can be expected, this much of the ground beside a roof has lost its light."""

_LEAST_PIXELS = 180
"""Working pixels from which the shape of a roof can be told: 10 m² at a quarter of a metre."""

_CAR_M, _TRUCK_M = (2.95, 1.75), (3.4, 2.1)
"""Narrower than the first and longer than the second times its width: a vehicle, unless it stands against a wall."""

_SEVERAL = (0.62, 0.8)
"""A small shape that fills less of its rectangle and of its hull is several things side by side."""

_GREENHOUSE_M = (18.0, 2.3)
"""Longer than the first and than the second times its width: a plastic tunnel."""

_STANDS_AGAINST = 0.15
"""Share of its outline on an archived wall from which a lean-to is told from a vehicle."""

_UNCHANGED = 0.1
"""Less change of colour than this and only shape and shadow speak."""

_LIMIT = 6.0


def rule_of_thumb(measures: Mapping[str, F64]) -> F64:
    """Log odds of each candidate being a roof that came; ``measures`` by the names of its table."""
    area, rim = np.exp(measures["log_area"]), measures["rim_after"]
    large = area > _LARGE_M2
    odds = 2.0 * np.clip(np.log((rim + 0.1) / (measures["rim_before"] + 0.1)), -1.2, 1.2)
    odds += np.where((rim > _RIM) | large, 8.0, 16.0) * np.clip(rim - _RIM, -0.35, 0.35)
    odds += 12.0 * np.maximum(_plainness(measures, large), -0.2)
    odds += _by_shadow(measures, large)
    odds -= 2.5 * np.maximum(0.0, np.log(_LEAST_PIXELS) - measures["log_pixels"])
    odds -= 3.0 * _like_a_greenhouse(measures) + 4.0 * measures["dim"] + 2.0 * (measures["distance"] < _UNCHANGED)
    odds[_like_a_vehicle(measures) | _several(measures, large)] = -_LIMIT
    return np.clip(odds, -_LIMIT, _LIMIT)


def _plainness(measures: Mapping[str, F64], large: NDArray[np.bool_]) -> F64:
    """How much of a plain shape it has; a hall may have wings, a shed may not."""
    filled = measures["fill"] - _FILL
    return np.where(large, np.maximum(filled, 0.5 * (measures["convexity"] - _CONVEX)), filled)


def _by_shadow(measures: Mapping[str, F64], large: NDArray[np.bool_]) -> F64:
    """What the shadow adds. A little of a hall's is some other shadow; of a shed's, all there was room for."""
    fell = measures["shade_fell"]
    weight = np.where(large, np.where(fell < _ENOUGH, 30.0, 16.0), 10.0)
    seen = weight * (np.minimum(fell, _MOST) - _ENOUGH) - 2.5 * (fell < _FLAT)
    return np.where(fell < 0.0, 2.0 * (measures["fell_beside"] - _BESIDE), seen)


def _like_a_greenhouse(measures: Mapping[str, F64]) -> NDArray[np.bool_]:
    long, times = _GREENHOUSE_M
    return (measures["width"] * measures["aspect"] > long) & (measures["aspect"] > times)


def _several(measures: Mapping[str, F64], large: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Small things side by side."""
    return ~large & (measures["fill"] < _SEVERAL[0]) & (measures["convexity"] < _SEVERAL[1])


def _like_a_vehicle(measures: Mapping[str, F64]) -> NDArray[np.bool_]:
    width, aspect = measures["width"], measures["aspect"]
    shaped = [(width < narrow) & (aspect > times) for narrow, times in (_CAR_M, _TRUCK_M)]
    return (shaped[0] | shaped[1]) & (measures["attached"] < _STANDS_AGAINST)

"""Shapes of patches of colour."""

import numpy as np
import pytest
from scipy import ndimage

from weijian.detection.spectral_shapes import fill_holes


@pytest.mark.parametrize("seed", range(8))
def test_holes_up_to_a_size_are_filled_and_larger_ones_are_not(seed: int) -> None:
    noise = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=(80, 90)), 1.5)
    mask = noise > -0.05
    holes, count = ndimage.label(~mask)
    rim = {*holes[0], *holes[-1], *holes[:, 0], *holes[:, -1]}
    sizes = np.bincount(holes.ravel())
    small = [n for n in range(1, count + 1) if n not in rim and sizes[n] <= 12]
    filled = fill_holes(mask.view(np.uint8), 12)
    assert small
    np.testing.assert_array_equal(filled > 0, mask | np.isin(holes, small))

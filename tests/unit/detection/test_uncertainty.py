import numpy as np
import pytest

from weijian.detection.patch import Noise
from weijian.detection.uncertainty import SMEAR_M, area_sigma_m2, height_sigma_m

CALM = Noise(0.0, 0.1)


def test_an_area_is_as_uncertain_as_its_walls_are_long() -> None:
    assert area_sigma_m2(CALM, 0.2, 40.0) == pytest.approx(40 * np.hypot(SMEAR_M, 0.2) / np.sqrt(12))
    assert area_sigma_m2(CALM, 0.2, 80.0) == pytest.approx(2 * area_sigma_m2(CALM, 0.2, 40.0))
    assert area_sigma_m2(Noise(0.5, 0.1), 0.2, 40.0) > 2 * area_sigma_m2(CALM, 0.2, 40.0)
    assert area_sigma_m2(CALM, 0.5, 40.0) > area_sigma_m2(CALM, 0.2, 40.0)


def test_a_sloped_roof_has_a_less_certain_height_than_a_flat_one() -> None:
    chance = np.random.default_rng(1)
    flat = (6.0 + chance.normal(0, 0.1, 2000)).astype(np.float32)
    sloped = flat + np.linspace(-1.5, 1.5, 2000, dtype=np.float32)
    assert height_sigma_m(CALM, flat) == pytest.approx(np.hypot(0.1, 0.15), abs=0.03)
    assert 0.2 < height_sigma_m(CALM, sloped) < 0.5


def test_what_is_known_of_the_surfaces_counts() -> None:
    flat = np.full(50, 3.0, np.float32)
    assert height_sigma_m(Noise(0.1, 0.1, roof_m=0.4), flat) == pytest.approx(np.hypot(0.4, 0.15))
    assert height_sigma_m(Noise(0.1, 0.3, level_m=0.4), flat) == pytest.approx(np.hypot(0.5, 0.15))
    assert height_sigma_m(Noise(0.25, None), flat) == pytest.approx(0.2)

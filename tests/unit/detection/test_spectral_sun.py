"""The sun read from the shadows of archived buildings."""

import math

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS
from shapely import box

from weijian.detection.patch import Footprint
from weijian.detection.spectral_radiometry import Conditions, Pair
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import Sun, SunGauge, burn, cast, heights_on
from weijian.domain.grid import PixelGrid

CELL = 0.5
HALF = 4.3
GRID = PixelGrid(CRS.from_epsg(4549), Affine(CELL, 0, 0.0, 0, -CELL, 150.0), 300, 300)


def village() -> tuple[Footprint, ...]:
    """Sixteen houses of three to nine metres, well apart."""
    return tuple(
        Footprint(f"{x}-{y}", box(x, y, x + 10, y + 8), 3.0 + 2.0 * ((x + y) // 35 % 4))
        for x in range(12, 150, 35)
        for y in range(12, 150, 35)
    )


def brightness(sun: Sun) -> np.ndarray:
    """Lit ground at 4.8, shade a unit below, a little noise."""
    noise = np.random.default_rng(3).normal(0, 0.05, GRID.shape)
    return (4.8 - cast(heights_on(village(), GRID), sun, CELL) + noise).astype(np.float32)


@pytest.mark.parametrize(("degrees", "length"), [(20, 0.6), (155, 1.0), (300, 1.4), (250, 2.0)])
def test_direction_and_length_of_shadows_are_found(degrees: int, length: float) -> None:
    angle = math.radians(degrees)
    gauge = SunGauge()
    gauge.add(
        brightness(Sun(math.cos(angle), math.sin(angle), length, HALF)), heights_on(village(), GRID), _all(), CELL
    )
    found = gauge.sun()
    assert found is not None
    assert found.columns * math.cos(angle) + found.rows * math.sin(angle) > math.cos(math.radians(11))
    assert found.length == pytest.approx(length, rel=0.2)
    assert found.half == pytest.approx(HALF, abs=0.1)


def test_an_overcast_day_has_no_sun() -> None:
    gauge = SunGauge()
    flat = np.random.default_rng(1).normal(4.8, 0.05, GRID.shape).astype(np.float32)
    gauge.add(flat, heights_on(village(), GRID), _all(), CELL)
    assert gauge.sun() is None


def test_without_heights_there_is_no_sun() -> None:
    gauge = SunGauge()
    gauge.add(brightness(Sun(1.0, 0.0, 1.0, HALF)), np.zeros(GRID.shape, np.float32), _all(), CELL)
    assert gauge.sun() is None


def test_a_shadow_is_as_long_as_height_and_sun_say() -> None:
    heights = np.zeros((5, 60), np.float32)
    heights[2, 10] = 5.0
    shaded = cast(heights, Sun(1.0, 0.0, 2.0, HALF), 0.5)
    assert shaded[2, 11:31].all()
    assert shaded.sum() == 20


def test_a_higher_roof_takes_no_shadow_from_a_lower() -> None:
    heights = np.zeros((3, 40), np.float32)
    heights[1, 5], heights[1, 10:15] = 4.0, 8.0
    assert not cast(heights, Sun(1.0, 0.0, 1.0, HALF), 0.5)[1, 10:15].any()


def test_what_stands_up_is_told_from_what_lies_flat() -> None:
    sun = Sun(1.0, 0.0, 1.5, HALF)
    lit = np.full((3, 80, 80), (4.8), np.float32)
    lit[1:] = 0.0
    shed, pavement = burn([box(10, 20, 15, 25)], _small()), burn([box(10, 5, 15, 10)], _small())
    after = lit.copy()
    after[0] -= cast(np.where(shed, 3.0, 0.0).astype(np.float32), sun, CELL)
    zeros = np.zeros((80, 80), np.float32)
    pair = Pair(_small(), 1, 0, 0, lit, after, np.ones((80, 80), bool), zeros, zeros, zeros)
    shade = Shade(pair, Conditions(sun=sun), zeros)
    whole = slice(0, 80), slice(0, 80)
    standing, lying = shade.appeared(Spot(whole, shed), 2.8), shade.appeared(Spot(whole, pavement), 2.8)
    assert standing is not None
    assert standing > 0.9
    assert lying == 0.0
    assert Shade(pair, Conditions(), zeros).appeared(Spot(whole, shed), 2.8) is None


def test_a_building_stands_while_its_shadow_does() -> None:
    sun = Sun(1.0, 0.0, 1.5, HALF)
    heights = heights_on(
        [Footprint("kept", box(8, 20, 13, 28), 6.0), Footprint("gone", box(8, 5, 13, 13), 6.0)], _small()
    )
    kept, gone = burn([box(8, 20, 13, 28)], _small()), burn([box(8, 5, 13, 13)], _small())
    before, after = np.zeros((3, 80, 80), np.float32), np.zeros((3, 80, 80), np.float32)
    before[0] = 4.8 - cast(heights, sun, CELL)
    after[0] = 4.8 - cast(np.where(gone, np.float32(0.0), heights), sun, CELL)
    zeros = np.zeros((80, 80), np.float32)
    pair = Pair(_small(), 1, 0, 0, before, after, np.ones((80, 80), bool), zeros, zeros, zeros)
    shade = Shade(pair, Conditions(sun=sun), heights)
    whole = slice(0, 80), slice(0, 80)
    assert shade.stands(Spot(whole, kept)) == 1.0
    assert shade.stands(Spot(whole, gone)) == 0.0
    assert shade.stands(Spot(whole, burn([box(30, 30, 35, 35)], _small()))) is None
    assert Shade(pair, Conditions(), heights).stands(Spot(whole, kept)) is None


def test_a_spot_widened_keeps_its_pixels() -> None:
    spot = Spot((slice(2, 4), slice(0, 3)), np.array([[1, 0, 1], [0, 1, 0]], bool))
    wide = spot.widened(3, (6, 10))
    assert wide.window == (slice(0, 6), slice(0, 6))
    assert np.array_equal(wide.full((6, 10)), spot.full((6, 10)))


def _small() -> PixelGrid:
    return PixelGrid(CRS.from_epsg(4549), Affine(CELL, 0, 0.0, 0, -CELL, 40.0), 80, 80)


def _all() -> np.ndarray:
    return np.ones(GRID.shape, bool)

"""One image against the archive: the missing shadow of a building that is gone."""

from dataclasses import replace

import numpy as np
import pytest

from unit.detection.painted import (
    CONCRETE,
    NEW,
    SUNNY,
    Rect,
    camera,
    detect_with,
    grid_of,
    layer,
    outline,
    paint,
    scene,
    with_new_roof,
)
from weijian.detection.patch import Footprint, Noise, Patch
from weijian.detection.spectral_alone import StandingDetector, gone, seen_twice
from weijian.detection.spectral_radiometry import Conditions, compare
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_sun import heights_on
from weijian.domain.finding import Change, ChangeType
from weijian.domain.grid import Tile

HIGH_M = 3.5
STANDING = camera(with_new_roof(), 1)
CLEARED = camera(scene(), 1)


def archived(where: Rect = NEW, height_m: float | None = HIGH_M) -> Footprint:
    return Footprint("B1", outline(where, grid_of()), height_m)


def detect(image: np.ndarray, *footprints: Footprint, size: int = 400, min_area_m2: float = 10.0) -> list[Change]:
    detector = StandingDetector(SUNNY, min_area_m2)
    return detect_with(detector, image, image, footprints, size)


def likely(image: np.ndarray, footprint: Footprint, conditions: Conditions = SUNNY) -> float | None:
    patch = seen_twice(Patch(Tile(grid_of(), 0), None, layer(image), (footprint,), Noise(0.1, None)))
    pair = compare(patch, conditions)
    assert pair is not None
    return gone(footprint, pair, Shade(pair, conditions, heights_on(patch.footprints, pair.grid)))


def test_a_building_with_its_shadow_stands() -> None:
    assert detect(STANDING, archived()) == []
    assert likely(STANDING, archived()) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("size", [400, 60])
def test_a_building_without_its_shadow_is_gone_and_told_once(size: int) -> None:
    (change,) = detect(CLEARED, archived(), size=size)
    assert change.change_type is ChangeType.DEMOLISHED
    assert change.outline == archived().outline
    assert change.area_m2 == pytest.approx(70.0)
    assert change.height_change_m is None
    assert 0.8 < change.confidence < 1.0
    assert change.area_sigma_m2 > 0.0


def test_a_yard_paved_where_it_stood_is_no_roof() -> None:
    image = scene()
    paint(image, NEW, CONCRETE)
    assert [change.change_type for change in detect(camera(image, 1), archived())] == [ChangeType.DEMOLISHED]


@pytest.mark.parametrize(
    "footprint", [archived((150, 150, 166, 170)), archived(height_m=None), archived((225, 150, 265, 178))]
)
def test_what_proves_nothing_is_not_told(footprint: Footprint) -> None:
    """A small shed, a building of unknown height, one that the survey does not show whole."""
    assert detect(CLEARED, footprint) == []


def test_what_is_smaller_than_wanted_is_not_told() -> None:
    assert detect(CLEARED, archived(), min_area_m2=80.0) == []


def test_without_a_sun_nothing_can_be_told() -> None:
    assert likely(CLEARED, archived(), replace(SUNNY, sun=None)) is None

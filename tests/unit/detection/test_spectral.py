"""The image-only method on small painted patches: what is a change and what only looks like one."""

import cv2
import numpy as np
import pytest

from unit.detection.painted import (
    BLUE,
    CONCRETE,
    GRASS,
    NEW,
    SOIL,
    SUNNY,
    TILE,
    Rect,
    camera,
    detect_with,
    grid_of,
    layer,
    outline,
    overlap,
    paint,
    scene,
    shade,
    with_new_roof,
)
from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.detection.spectral import SpectralDetector
from weijian.detection.spectral_radiometry import Conditions
from weijian.domain.finding import Change, ChangeType, Method
from weijian.domain.grid import Tile
from weijian.services.learned import archive_trees


def detect(
    before: np.ndarray,
    after: np.ndarray,
    footprints: tuple[Footprint, ...] = (),
    size: int = 400,
    conditions: Conditions | None = None,
) -> list[Change]:
    return detect_with(SpectralDetector(archive_trees(), conditions), before, after, footprints, size)


@pytest.mark.parametrize("colour", [BLUE, CONCRETE, TILE])
def test_a_new_roof_is_found_where_it_stands(colour: tuple[int, int, int]) -> None:
    changes = detect(camera(scene(), 1), camera(with_new_roof(colour), 2, (1.1, 1.0, 0.92)))
    assert [c.change_type for c in changes] == [ChangeType.NEW]
    assert overlap(changes[0], NEW) > 0.7
    assert changes[0].method is Method.SPECTRAL
    assert changes[0].height_change_m is None
    assert 0.0 < changes[0].confidence < 1.0
    assert changes[0].area_m2 == pytest.approx(changes[0].outline.area)


@pytest.mark.parametrize("gain", [(0.7, 0.7, 0.7), (1.25, 1.0, 0.85), (0.85, 1.0, 1.2), (1.4, 1.4, 1.4)])
def test_exposure_and_tint_are_no_change(gain: tuple[float, float, float]) -> None:
    assert detect(camera(scene(), 1), camera(scene(), 2, gain)) == []


def test_a_shadow_that_moved_is_no_change() -> None:
    before, after = scene(), scene()
    shade(before, [(30, 62), (10, 82), (50, 82), (70, 62)])
    shade(after, [(70, 30), (100, 10), (100, 42), (70, 62)])
    assert detect(camera(before, 1), camera(after, 2)) == []


def test_a_field_that_changed_colour_is_no_structure() -> None:
    before, after = scene(), scene()
    paint(before, (130, 140, 230, 220), GRASS)
    paint(after, (130, 140, 230, 220), (150, 140, 70))
    assert detect(camera(before, 1), camera(after, 2)) == []


def test_a_parked_car_is_no_structure() -> None:
    after = scene()
    paint(after, (100, 114, 120, 122), (180, 30, 30))
    assert detect(camera(scene(), 1), camera(after, 2)) == []


TWIGS, DARK_PAINT = (40, 40, 42), (30, 45, 70)


def test_what_is_dark_and_grey_in_the_sun_is_doubted_more_than_paint() -> None:
    sure = {}
    for colour in (TWIGS, DARK_PAINT):
        after = scene()
        shade(after, [(153, 150), (164, 139), (178, 153), (167, 164)])
        cv2.circle(after, (160, 157), 10, colour, -1)
        after[140:175, 143:178] = cv2.GaussianBlur(after[140:175, 143:178], (0, 0), 2.0)
        changes = detect(camera(scene(), 1), camera(after, 2), conditions=SUNNY)
        sure[colour] = max((change.confidence for change in changes), default=0.0)
    assert sure[TWIGS] < 0.8 * sure[DARK_PAINT]


@pytest.mark.parametrize(("shadow", "found"), [(False, 0), (True, 1)])
def test_a_hall_casts_a_shadow(shadow: bool, found: int) -> None:
    after = scene()
    if shadow:
        shade(after, [(132, 150), (143, 139), (223, 139), (223, 209), (212, 220)])
    paint(after, (132, 150, 212, 220), CONCRETE)
    changes = detect(camera(scene(), 1), camera(after, 2), conditions=SUNNY)
    assert len(changes) == found


def test_cars_side_by_side_are_no_structure() -> None:
    after = scene()
    for column, row in ((100, 130), (109, 150)):
        paint(after, (column, row, column + 9, row + 22), (180, 30, 30))
    assert detect(camera(scene(), 1), camera(after, 2)) == []


def test_an_archived_roof_that_became_grass_is_demolished() -> None:
    house: Rect = (30, 30, 70, 62)
    after = scene()
    after[30:62, 30:70] = scene(seed=5, ground=GRASS)[130:162, 30:70]
    known = (Footprint("A1", outline(house, grid_of()), 6.0),)
    changes = detect(camera(scene(), 1), camera(after, 2), known)
    assert [c.change_type for c in changes] == [ChangeType.DEMOLISHED]
    assert overlap(changes[0], house) > 0.8


def test_an_archived_roof_that_is_the_same_is_nothing() -> None:
    known = (Footprint("A1", outline((30, 30, 70, 62), grid_of()), 6.0),)
    assert detect(camera(scene(), 1), camera(scene(), 2, (1.2, 1.1, 0.9)), known) == []


def test_a_roof_painted_over_is_nothing() -> None:
    house: Rect = (30, 30, 70, 62)
    before, after = scene(), scene()
    for image, colour in ((before, TILE), (after, BLUE)):
        paint(image, house, colour)
        for x in (36, 48, 60):
            paint(image, (x, 36, x + 5, 44), CONCRETE)
    known = (Footprint("A1", outline(house, grid_of()), 6.0),)
    assert detect(camera(before, 1), camera(after, 2), known) == []


SHADOW = [(30, 30), (54, 6), (94, 6), (94, 38), (70, 62)]
"""Of six metres' height over the old house, with the sun in the south-west at 45 degrees less a little."""


def with_debris(shadow: bool) -> np.ndarray:
    """The old house gone or its roof rebuilt as a mixture of every colour; its shadow says which."""
    image = scene()
    if shadow:
        shade(image, SHADOW)
    rng = np.random.default_rng(8)
    for row in range(30, 62, 3):
        for column in range(30, 70, 4):
            patch = (column, row, min(column + 4, 70), min(row + 3, 62))
            paint(image, patch, [CONCRETE, (150, 120, 110), (120, 110, 120)][rng.integers(3)])
    return image


@pytest.mark.parametrize("shadow", [True, False])
def test_a_building_without_its_shadow_is_demolished(shadow: bool) -> None:
    house: Rect = (30, 30, 70, 62)
    before = scene()
    shade(before, SHADOW)
    paint(before, house, TILE)
    known = (Footprint("A1", outline(house, grid_of()), 6.0),)
    changes = detect(camera(before, 1), camera(with_debris(shadow), 2), known, conditions=SUNNY)
    kinds = [c.change_type for c in changes if overlap(c, house) > 0.7]
    assert len(kinds) == 1
    assert (kinds[0] is ChangeType.DEMOLISHED) is not shadow


def test_a_canopy_over_part_of_an_archived_roof_raises_it() -> None:
    house, canopy = (30, 30, 70, 62), (50, 30, 70, 62)
    before = scene()
    paint(before, house, CONCRETE)
    paint(before, (34, 36, 42, 44), SOIL)
    after = before.copy()
    paint(after, canopy, BLUE)
    known = (Footprint("A1", outline(house, grid_of()), 6.0),)
    changes = detect(camera(before, 1), camera(after, 2), known)
    assert [c.change_type for c in changes] == [ChangeType.RAISED]
    assert overlap(changes[0], canopy) > 0.7


def test_a_roof_against_an_archived_wall_is_an_extension() -> None:
    after = scene()
    paint(after, (70, 36, 86, 58), BLUE)
    known = (Footprint("A1", outline((30, 30, 70, 62), grid_of()), 6.0),)
    changes = detect(camera(scene(), 1), camera(after, 2), known)
    assert [c.change_type for c in changes] == [ChangeType.EXTENDED]
    assert overlap(changes[0], (70, 36, 86, 58)) > 0.6


@pytest.mark.parametrize("size", [64, 97, 160])
def test_tile_borders_leave_no_trace(size: int) -> None:
    before, after = camera(scene(), 1), camera(with_new_roof(), 2)
    whole = detect(before, after)
    tiled = detect(before, after, size=size)
    assert len(tiled) == len(whole) == 1
    assert tiled[0].outline.equals_exact(whole[0].outline, 0.5)


def test_without_two_images_there_is_nothing_to_compare() -> None:
    grid = grid_of()
    blind = Layer(None, np.zeros(grid.shape, bool), None, None)
    detector = SpectralDetector(archive_trees())
    assert detector.propose(Patch(Tile(grid, 0), blind, layer(camera(scene(), 1)), (), Noise(0.1, None))) == []
    assert detector.propose(Patch(Tile(grid, 0), None, layer(camera(scene(), 1)), (), Noise(0.1, None))) == []

"""Two images without an archive: painted patches, and the trees that come with the program."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unit.detection.painted import (
    BLUE,
    GRASS,
    NEW,
    SIDE,
    TILE,
    camera,
    detect_with,
    grid_of,
    layer,
    overlap,
    paint,
    scene,
    shade,
    with_new_roof,
)
from weijian import assets
from weijian.detection.patch import Layer, Noise, Patch
from weijian.detection.roof_candidates import see
from weijian.detection.roof_measures import NAMES, measure
from weijian.detection.segments import Fragment, Segment
from weijian.detection.spectral_calibration import calibrate
from weijian.detection.spectral_open import OpenDetector, likeliest
from weijian.detection.spectral_radiometry import Conditions
from weijian.detection.spectral_spots import Spot
from weijian.detection.trees import Trees
from weijian.domain.finding import Change, ChangeType, Method
from weijian.domain.grid import PixelGrid, Tile

TREES = Trees.from_json(assets.resource("models", "roofs.json").read_text(encoding="utf-8"))


def pair_of(before: np.ndarray, after: np.ndarray) -> Patch:
    return Patch(Tile(grid_of(), 0), layer(before), layer(after), (), Noise(0.1, None))


def detect(before: np.ndarray, after: np.ndarray, size: int = 400) -> list[Change]:
    conditions = calibrate([pair_of(before, after)])
    return detect_with(OpenDetector(TREES, conditions), before, after, size=size)


def test_the_trees_know_the_measures() -> None:
    assert TREES.names == NAMES


@pytest.mark.parametrize("colour", [BLUE, TILE])
def test_a_new_roof_is_found_where_it_stands(colour: tuple[int, int, int]) -> None:
    changes = detect(camera(scene(), 1), camera(with_new_roof(colour), 2, (1.1, 1.0, 0.92)))
    assert [c.change_type for c in changes] == [ChangeType.NEW]
    assert overlap(changes[0], NEW) > 0.7
    assert changes[0].method is Method.SPECTRAL
    assert 0.0 < changes[0].confidence < 1.0


def test_backward_in_time_it_is_demolished() -> None:
    changes = detect(camera(with_new_roof(), 1), camera(scene(), 2))
    assert [c.change_type for c in changes] == [ChangeType.DEMOLISHED]
    assert overlap(changes[0], NEW) > 0.7


@pytest.mark.parametrize("gain", [(0.7, 0.7, 0.7), (1.25, 1.0, 0.85), (0.85, 1.0, 1.2)])
def test_exposure_and_tint_are_no_change(gain: tuple[float, float, float]) -> None:
    assert detect(camera(scene(), 1), camera(scene(), 2, gain)) == []


def test_a_shadow_and_a_field_are_no_roofs() -> None:
    before, after = scene(), scene()
    paint(before, (130, 140, 230, 220), GRASS)
    paint(after, (130, 140, 230, 220), (150, 140, 70))
    shade(after, [(70, 30), (100, 10), (100, 42), (70, 62)])
    assert detect(camera(before, 1), camera(after, 2)) == []


def test_tile_borders_leave_no_trace() -> None:
    before, after = camera(scene(), 1), camera(with_new_roof(), 2)
    whole, tiled = detect(before, after), detect(before, after, size=97)
    assert [c.outline for c in tiled] == [c.outline for c in whole]


def test_without_two_images_there_is_nothing_to_compare() -> None:
    one = layer(camera(scene(), 1))
    detector = OpenDetector(TREES, Conditions())
    assert detector.propose(Patch(Tile(grid_of(), 0), None, one, (), Noise(0.1, None))) == []


def test_a_roof_is_measured_as_it_stands() -> None:
    before, after = camera(scene(), 1), camera(with_new_roof(), 2)
    patch = pair_of(before, after)
    sight = see(patch, calibrate([patch]))
    assert sight is not None
    pieces, _ = measure(sight)
    assert pieces.table.shape == (len(pieces.spots), len(NAMES))
    new = np.zeros((SIDE, SIDE), bool)
    new[NEW[1] : NEW[3], NEW[0] : NEW[2]] = True
    masks = [spot.full((SIDE, SIDE)) for spot in pieces.spots]
    shared = [(mask & new).sum() / (mask | new).sum() for mask in masks]
    roof = dict(zip(NAMES, pieces.table[int(np.argmax(shared))], strict=True))
    assert roof["width"] == pytest.approx(7.0, abs=1.0)
    assert roof["fill"] > 0.85
    assert roof["moved"] > 0.9
    assert roof["rim_after"] > roof["rim_before"]
    assert roof["dark_beside"] > 0.5


def test_of_two_readings_of_one_roof_the_likelier_stays() -> None:
    large, part = (
        Spot((slice(0, 8), slice(0, 8)), np.ones((8, 8), bool)),
        Spot((slice(0, 4), slice(0, 8)), np.ones((4, 8), bool)),
    )
    apart = Spot((slice(9, 12), slice(0, 8)), np.ones((3, 8), bool))
    kept = likeliest([part, large, apart], np.array([0.6, 0.8, 0.3]), 0.5, (12, 8))
    assert [s.spot for s in kept] == [large]


def test_a_turned_sight_is_that_of_the_exchanged_dates() -> None:
    one, other = camera(scene(), 1), camera(with_new_roof(), 2, (1.1, 1.0, 0.92))
    forward, backward = (see(patch, calibrate([patch])) for patch in (pair_of(one, other), pair_of(other, one)))
    assert forward is not None
    assert backward is not None
    turned = forward.turned()
    np.testing.assert_allclose(turned.pair.distance, backward.pair.distance, atol=0.02)
    np.testing.assert_allclose(turned.pair.edges_after, backward.pair.edges_after, atol=0.02)
    assert (turned.built_after == backward.built_after).mean() > 0.98
    assert (turned.built_before == backward.built_before).mean() > 0.98


def test_what_lies_within_a_core_is_told_at_once_and_what_its_border_cuts_waits() -> None:
    before, after = camera(scene(), 1), camera(with_new_roof(), 2)
    patch = pair_of(before, after)
    detector = OpenDetector(TREES, calibrate([patch]))
    assert [type(one) for one in detector.propose(patch)] == [Change]
    middle = (NEW[1] + NEW[3]) // 2
    halved = replace(patch, tile=Tile(patch.grid, min(middle, SIDE - middle)))
    assert [type(one) for one in detector.propose(halved)] == [Fragment]


@settings(max_examples=40, deadline=None)
@given(
    height=st.integers(5, 60),
    width=st.integers(5, 60),
    resolution=st.sampled_from([0.1, 0.17, 0.25, 0.3, 0.7, 1.0]),
    share=st.sampled_from([0.0, 0.02, 0.5, 0.95, 1.0]),
    seed=st.integers(0, 99),
)
def test_whatever_is_seen_measures_are_numbers(
    height: int, width: int, resolution: float, share: float, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    grid = PixelGrid.spanning((0.0, 0.0, width * resolution, height * resolution), width, height, grid_of().crs)
    seen = chance.random((height, width)) < share
    seen = cv2.dilate(seen.view(np.uint8), np.ones((9, 9), np.uint8)) > 0
    dates = []
    for _ in range(2):
        blocks = chance.choice([0, 90, 140, 255], (3, 1 + height // 12, 1 + width // 12)).astype(np.uint8)
        image = blocks.repeat(12, axis=1).repeat(12, axis=2)[:, :height, :width]
        dates.append(Layer(np.where(seen, image, np.uint8(0)), seen, None, None))
    patch = Patch(Tile(grid, 0), *dates, (), Noise(0.1, None))
    conditions = calibrate([patch])
    sight = see(patch, conditions)
    for pieces in () if sight is None else measure(sight):
        assert pieces.table.shape == (len(pieces.spots), len(NAMES))
        assert np.isfinite(pieces.table).all()
        assert all(spot.mask.any() and spot.mask.shape == sight.built_after[spot.window].shape for spot in pieces.spots)
    detector = OpenDetector(TREES, conditions)
    for found in detector.propose(patch):
        if isinstance(found, Fragment):
            detector.describe(Segment(found.polygon, found.weight), patch)

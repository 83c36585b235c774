"""The model method on painted patches: no seams, the same whatever the windows, and which change is which."""

import pickle
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS
from shapely import Polygon, box

from helpers import models
from weijian.detection import model_session
from weijian.detection.model import ModelDetector
from weijian.detection.model_session import ModelRunner, ModelRuntimeMissing, read_card
from weijian.detection.model_tiles import blended, lattice_place, ramp
from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.detection.segments import Segment, merge
from weijian.detection.spectral_radiometry import Conditions
from weijian.domain.finding import Change, ChangeType, Method
from weijian.domain.grid import PixelGrid, Tile

CELL = 0.5
SIDE = 300
GRID = PixelGrid(CRS.from_epsg(4549), Affine(CELL, 0, 500_013.5, 0, -CELL, 3_200_002.0), SIDE, SIDE)
SOIL, RED, GREY = (150, 130, 110), (190, 70, 60), (205, 205, 200)
Rect = tuple[int, int, int, int]
HOUSE, OTHER = (60, 60, 90, 84), (180, 130, 212, 152)


def ground(*houses: tuple[Rect, tuple[int, int, int]], noise: int = 0) -> np.ndarray:
    """Soil with flat roofs over columns and rows x0, y0, x1, y1; (3, rows, columns)."""
    image = np.empty((3, SIDE, SIDE), np.uint8)
    image[:] = np.array(SOIL, np.uint8)[:, None, None]
    for (x0, y0, x1, y1), colour in houses:
        image[:, y0:y1, x0:x1] = np.array(colour, np.uint8)[:, None, None]
    if noise:
        image += np.random.default_rng(noise).integers(0, noise, image.shape, np.uint8)
    return image


def outline(where: Rect) -> Polygon:
    x0, y0, x1, y1 = where
    (left, top), (right, bottom) = GRID.transform @ (x0, y0), GRID.transform @ (x1, y1)
    return box(left, bottom, right, top)


def patch_of(tile: Tile, before: np.ndarray | None, after: np.ndarray, footprints: tuple[Footprint, ...] = ()) -> Patch:
    """What a tile shows of the whole images; beyond their edge there is nothing."""

    def layer(image: np.ndarray) -> Layer:
        column, row = (round(v) for v in ~GRID.transform @ (tile.grid.transform.c, tile.grid.transform.f))
        taken = np.zeros((3, *tile.grid.shape), np.uint8)
        valid = np.zeros(tile.grid.shape, bool)
        r0, c0 = min(max(0, row), SIDE), min(max(0, column), SIDE)
        r1, c1 = min(SIDE, row + tile.grid.height), min(SIDE, column + tile.grid.width)
        to = np.s_[r0 - row : r1 - row, c0 - column : c1 - column]
        taken[:, to[0], to[1]] = image[:, r0:r1, c0:c1]
        valid[to] = True
        return Layer(taken, valid, None, None)

    return Patch(tile, None if before is None else layer(before), layer(after), footprints, Noise(0.1, None))


def segments_by(detector: ModelDetector, before: np.ndarray | None, after: np.ndarray, size: int) -> list[Segment]:
    halo = int(np.ceil(detector.halo_m / CELL))
    found = [f for tile in GRID.tiles(size, halo) for f in detector.propose(patch_of(tile, before, after))]
    return merge(found)


def changes(
    detector: ModelDetector, before: np.ndarray | None, after: np.ndarray, footprints: tuple[Footprint, ...] = ()
) -> list[Change]:
    whole = Tile(GRID, 0)
    fragments = detector.propose(patch_of(whole, before, after, footprints))
    patch = patch_of(whole, before, after, footprints)
    return [change for segment in merge(fragments) for change in detector.describe(segment, patch)]


@pytest.fixture
def difference(tmp_path: Path) -> ModelDetector:
    return ModelDetector(ModelRunner(read_card(models.change_model(tmp_path / "change.onnx")), 1), 10.0, Conditions())


@pytest.fixture
def red_roofs(tmp_path: Path) -> ModelDetector:
    return ModelDetector(ModelRunner(read_card(models.red_model(tmp_path / "red.onnx")), 1), 10.0)


def test_neighbours_add_up_to_one() -> None:
    weight = ramp(64, 16)
    assert weight[48:] + weight[:16] == pytest.approx(np.ones(16), abs=1e-6)
    assert weight[16:48].min() == 1.0


@pytest.mark.parametrize("overlap", [0, 5, 16, 32])
def test_blending_what_agrees_changes_nothing(overlap: int) -> None:
    truth = np.random.default_rng(3).random((2, 90, 130)).astype(np.float32)
    padded = np.pad(truth, ((0, 0), (64, 64), (64, 64)))

    def run(place: tuple[slice, slice]) -> np.ndarray:
        rows, columns = place
        return padded[:, rows.start + 64 : rows.stop + 64, columns.start + 64 : columns.stop + 64]

    window = (slice(7, 83), slice(11, 121))
    answer = blended(run, window, (-1_234_567, 998), 64, overlap, 2)
    assert answer == pytest.approx(truth[:, 7:83, 11:121], abs=1e-6)


def test_a_pixel_has_one_place_on_the_ground() -> None:
    row, column = lattice_place(GRID)
    assert lattice_place(GRID.crop(17, 40, 5, 5)) == (row + 17, column + 40)


def test_the_windows_do_not_show(difference: ModelDetector) -> None:
    """The model's own answers jump at its tiles' edges (it pads with zeros); the windows must not add to that."""
    before, after = ground(noise=40), ground((HOUSE, RED), (OTHER, GREY), noise=50)
    whole, *others = (segments_by(difference, before, after, size) for size in (SIDE, 128, 77, 50))
    assert len(whole) >= 2
    for parts in others:
        assert all(one.polygon.equals(other.polygon) for one, other in zip(parts, whole, strict=True))
        assert [s.weight for s in parts] == pytest.approx([s.weight for s in whole], rel=1e-5)


def test_it_runs_again_the_same(difference: ModelDetector) -> None:
    before, after = ground(noise=40), ground((HOUSE, RED), noise=50)
    assert segments_by(difference, before, after, 100) == segments_by(difference, before, after, 100)


def test_it_travels_to_another_process(difference: ModelDetector) -> None:
    before, after = ground(), ground((HOUSE, RED))
    here = segments_by(difference, before, after, SIDE)
    assert segments_by(pickle.loads(pickle.dumps(difference)), before, after, SIDE) == here  # noqa: S301  our own bytes


def test_what_came_and_went_by_the_buildings_of_both_dates(red_roofs: ModelDetector) -> None:
    came, went = sorted(
        changes(red_roofs, ground((OTHER, RED)), ground((HOUSE, RED))), key=lambda c: c.outline.centroid.x
    )
    assert (came.change_type, went.change_type) == (ChangeType.NEW, ChangeType.DEMOLISHED)
    assert came.method is Method.MODEL
    assert came.outline.symmetric_difference(outline(HOUSE)).area < 0.05 * outline(HOUSE).area
    assert came.confidence > 0.9
    assert came.area_sigma_m2 > 0


def test_confidence_is_the_models(tmp_path: Path) -> None:
    """The same change, of which two models are more and less sure."""
    sure = ModelDetector(ModelRunner(read_card(models.red_model(tmp_path / "m.onnx")), 1), 10.0)
    faint = ((HOUSE, (150, 108, 60)),)
    (doubtful,) = changes(sure, ground(), ground(*faint))
    (certain,) = changes(sure, ground(), ground((HOUSE, RED)))
    assert 0.5 < doubtful.confidence < 0.7 < certain.confidence


def test_small_things_are_left_out(red_roofs: ModelDetector) -> None:
    assert changes(red_roofs, ground(), ground(((60, 60, 65, 66), RED))) == []
    assert len(changes(replace(red_roofs, min_area_m2=5.0), ground(), ground(((60, 60, 65, 66), RED)))) == 1


def test_against_the_archive_alone(red_roofs: ModelDetector) -> None:
    archive = (Footprint("B1", outline(OTHER), 6.0),)
    (came,) = changes(red_roofs, None, ground((OTHER, RED), (HOUSE, RED)), archive)
    assert (came.change_type, came.outline.intersects(outline(HOUSE))) == (ChangeType.NEW, True)
    (went,) = changes(red_roofs, None, ground(), archive)
    assert went.change_type is ChangeType.DEMOLISHED


def test_what_leans_on_an_archived_wall_is_an_extension(red_roofs: ModelDetector) -> None:
    archive = (Footprint("B1", outline(HOUSE), 6.0),)
    wing = (HOUSE[2], 60, HOUSE[2] + 10, 80)
    (grown,) = changes(red_roofs, ground((HOUSE, RED)), ground((HOUSE, RED), (wing, RED)), archive)
    assert grown.change_type is ChangeType.EXTENDED


def test_a_model_that_tells_only_change_is_typed_like_the_image_method(difference: ModelDetector) -> None:
    came, went = sorted(
        changes(difference, ground((OTHER, GREY)), ground((HOUSE, GREY))), key=lambda c: c.outline.centroid.x
    )
    assert came.change_type is ChangeType.NEW
    assert went.change_type is ChangeType.DEMOLISHED


def test_ground_without_data_is_no_change(difference: ModelDetector) -> None:
    tile = Tile(GRID.crop(0, SIDE - 40, 80, 80), 0)
    assert difference.propose(patch_of(tile, ground(), ground())) == []
    empty = patch_of(Tile(GRID.crop(0, SIDE + 10, 40, 40), 0), ground(), ground((HOUSE, RED)))
    assert difference.propose(empty) == []


def test_without_the_runtime_it_says_how_to_get_it(difference: ModelDetector, monkeypatch: pytest.MonkeyPatch) -> None:
    model_session._session.cache_clear()
    model_session._runtime.cache_clear()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelRuntimeMissing) as caught:
        difference.runner.try_out()
    for language in ("zh", "en"):
        assert "pip install weijian[model]" in caught.value.sentence(language)

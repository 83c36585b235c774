from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from affine import Affine

from unit.imagery.rasters import LEFT, TOP, north_up, village, write
from weijian.domain.errors import AlignmentFailed, NoOverlap
from weijian.domain.grid import PixelGrid
from weijian.domain.job import finish
from weijian.domain.parallel import Threads
from weijian.imagery.alignment import Alignment, HandShift, align
from weijian.imagery.raster import Raster, open_raster

SIZE, RESOLUTION = 560, 0.25


def survey(path: Path, grey: np.ndarray, transform: Affine) -> Raster:
    return open_raster(write(path, np.repeat(np.clip(grey, 1, 254).astype(np.uint8)[None], 3, axis=0), transform))


def aligned(
    before: Raster, after: Raster, grid: PixelGrid, hand: HandShift | None = None, **others: Raster
) -> Alignment:
    with Threads(2) as crew:
        return finish(align(before, after, grid, crew, hand, **others))


def errors(found: Alignment, grid: PixelGrid, true: Affine) -> np.ndarray:
    """Distances in pixels between found and true places of a lattice of points of the after survey."""
    x, y = np.meshgrid(np.linspace(grid.bounds[0], grid.bounds[2], 9), np.linspace(grid.bounds[1], grid.bounds[3], 9))
    dx, dy = found.shift.at(x, y)
    tx, ty = true.a * x + true.b * y + true.c, true.d * x + true.e * y + true.f
    return np.hypot(x + dx - tx, y + dy - ty) / RESOLUTION


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Raster:
    return survey(tmp_path_factory.mktemp("before") / "before.tif", village(SIZE), north_up(RESOLUTION))


@pytest.mark.parametrize(
    ("dx", "dy", "degrees"), [(0.0, 0.0, 0.0), (0.4, -0.3, 0.05), (-7.0, 2.2, 0.0), (3.3, 6.9, -0.25)]
)
def test_known_shift_rotation_and_other_light(
    tmp_path: Path, before: Raster, dx: float, dy: float, degrees: float
) -> None:
    centre = LEFT + SIZE * RESOLUTION / 2, TOP - SIZE * RESOLUTION / 2
    moved = Affine.translation(-dx, -dy) @ Affine.rotation(degrees, centre)  # the after file claims to lie there
    light = cv2.resize(np.array([[0.5, 0.9], [0.7, 0.6]], np.float32), (SIZE, SIZE))
    grey = village(SIZE) * light + 40
    grey[200:260, 300:380] = 230  # what was built meanwhile
    after = survey(tmp_path / "after.tif", grey, moved @ north_up(RESOLUTION))
    found = aligned(before, after, replace(before.grid, width=SIZE, height=SIZE))
    distance = errors(found, before.grid.pad(-60), ~moved)
    assert np.sqrt(np.mean(distance**2)) < 0.3
    assert found.ties_kept > 3 * found.ties_rejected
    assert 0 <= found.residual_m < 0.3 * RESOLUTION
    assert found.sigma_m < found.residual_m


def test_surfaces_help_where_pictures_have_nothing_in_common(tmp_path: Path) -> None:
    heights = (village(SIZE) / 20).astype(np.float32)
    chance = np.random.default_rng(5)
    noise = [cv2.GaussianBlur(chance.normal(120, 200, (SIZE, SIZE)).astype(np.float32), (0, 0), 2) for _ in range(2)]
    here, there = north_up(RESOLUTION), north_up(RESOLUTION, LEFT + 1.1, TOP - 0.6)
    images = [survey(tmp_path / f"i{n}.tif", noise[n], t) for n, t in enumerate((here, there))]
    surfaces = [open_raster(write(tmp_path / f"s{n}.tif", heights[None] + n, t)) for n, t in enumerate((here, there))]
    with pytest.raises(AlignmentFailed):
        aligned(*images, images[0].grid)
    found = aligned(*images, images[0].grid, before_surface=surfaces[0], after_surface=surfaces[1])
    assert found.mean_shift == pytest.approx((-1.1, 0.6), abs=0.3 * RESOLUTION)


def test_other_ground_is_refused_and_a_hand_may_help(tmp_path: Path, before: Raster) -> None:
    stranger = survey(tmp_path / "after.tif", village(SIZE, seed=99), north_up(RESOLUTION))
    with pytest.raises(AlignmentFailed, match=r"residual \d+\.\d m, only \d+ of \d+ tie points agree\): .*after\.tif"):
        aligned(before, stranger, before.grid)
    by_hand = aligned(before, stranger, before.grid, HandShift(1.0, 2.0, sigma_m=0.4))
    assert (by_hand.model, by_hand.mean_shift, by_hand.sigma_m) == ("hand", (-1.0, -2.0), pytest.approx(0.4))


def test_nothing_in_common_is_told_without_a_residual(tmp_path: Path, before: Raster) -> None:
    grey = survey(tmp_path / "after.tif", np.full((SIZE, SIZE), 120.0), north_up(RESOLUTION))
    with pytest.raises(AlignmentFailed, match="no tie points found"):
        aligned(before, grey, before.grid)


def test_a_hand_brings_a_far_shift_within_reach(tmp_path: Path, before: Raster) -> None:
    after = survey(tmp_path / "after.tif", village(SIZE), north_up(RESOLUTION, LEFT + 25, TOP))
    found = aligned(before, after, after.grid, HandShift(24.0, -0.5))
    assert found.model != "hand"
    assert found.mean_shift == pytest.approx((-25, 0), abs=0.3 * RESOLUTION)


def test_a_hand_that_the_pictures_contradict_holds_and_is_told(tmp_path: Path, before: Raster) -> None:
    after = survey(tmp_path / "after.tif", village(SIZE), north_up(RESOLUTION))
    refined = aligned(before, after, after.grid, HandShift(0.4, 0.3))
    assert refined.model != "hand"
    assert refined.departure_m == pytest.approx(0.5, abs=0.05)
    for far in (HandShift(3.0, 0.0), HandShift(0.4, 0.3, exact=True)):
        held = aligned(before, after, after.grid, far)
        assert (held.model, held.hand) == ("hand", far)
        assert held.mean_shift == pytest.approx((-far.east_m, -far.north_m))
        assert held.departure_m == pytest.approx(np.hypot(far.east_m, far.north_m), abs=0.05)


def test_a_hand_turns_about_the_middle() -> None:
    field = HandShift(10.0, 0.0, 90.0).field(100.0, 200.0)
    x, y = 110.0, 200.0  # the middle, moved: the earlier survey's own middle lies there now
    assert np.add((x, y), field.at(x, y)) == pytest.approx((100.0, 200.0))
    assert np.add((x, y + 1), field.at(x, y + 1)) == pytest.approx((101.0, 200.0))  # what lay east lies north now


def test_files_apart_do_not_overlap(tmp_path: Path, before: Raster) -> None:
    after = survey(tmp_path / "after.tif", village(SIZE), north_up(RESOLUTION, LEFT + 5000))
    with pytest.raises(NoOverlap, match=r"after\.tif"):
        aligned(before, after, after.grid)

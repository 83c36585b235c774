import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from weijian.domain.grid import PixelGrid, shared_bounds

CGCS2000 = CRS.from_epsg(4549)


def grid(width: int = 300, height: int = 200, resolution: float = 0.5) -> PixelGrid:
    return PixelGrid(CGCS2000, Affine(resolution, 0, 500_000, 0, -resolution, 3_300_000), width, height)


def test_bounds_resolution_and_area() -> None:
    g = grid()
    assert g.bounds == (500_000, 3_299_900, 500_150, 3_300_000)
    assert g.resolution == pytest.approx(0.5)
    assert g.pixel_area == pytest.approx(0.25)
    assert g.shape == (200, 300)


def test_a_rotated_grid_has_the_box_of_its_corners() -> None:
    g = PixelGrid(CGCS2000, Affine.translation(10, 10) @ Affine.rotation(45), 10, 10)
    x0, _, x1, y1 = g.bounds
    assert (x1 - x0, y1) == (pytest.approx(10 * 2**0.5), pytest.approx(10 + 10 * 2**0.5))
    assert g.resolution == pytest.approx(1)


@given(
    x=st.floats(400_000, 600_000),
    y=st.floats(3_000_000, 3_500_000),
    width=st.floats(0.1, 500),
    height=st.floats(0.1, 500),
    resolution=st.sampled_from([0.1, 0.2, 0.25, 0.3, 0.5, 2.0]),
)
def test_grids_over_bounds_cover_them_and_are_congruent(
    x: float, y: float, width: float, height: float, resolution: float
) -> None:
    g = PixelGrid.over((x, y, x + width, y + height), resolution, CGCS2000)
    x0, y0, x1, y1 = g.bounds
    slack = resolution * 1e-3
    assert x0 <= x + slack
    assert y0 <= y + slack
    assert x1 >= x + width - slack
    assert y1 >= y + height - slack
    assert x0 / resolution == pytest.approx(round(x0 / resolution), abs=1e-3)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(20, 170), st.integers(0, 20))
def test_tile_cores_cover_every_pixel_once(width: int, height: int, size: int, halo: int) -> None:
    g = grid(width, height)
    seen = np.zeros(g.shape, int)
    for tile in g.tiles(size, halo):
        column, row = ~g.transform @ (tile.core_grid.transform @ (0, 0))
        rows, columns = tile.core
        assert (rows.stop - rows.start, columns.stop - columns.start) == tile.core_grid.shape
        r, c = round(row), round(column)
        seen[r : r + tile.core_grid.height, c : c + tile.core_grid.width] += 1
    assert (seen == 1).all()


def test_block_over_is_clipped_to_the_grid() -> None:
    g = grid()
    block = g.block_over((499_990, 3_299_950, 500_010, 3_299_960), margin=5)
    assert block.bounds == (500_000, 3_299_945, 500_015, 3_299_965)
    assert g.block_over((0, 0, 1, 1)).width == 0


def test_a_grid_in_another_crs_keeps_its_ground_size() -> None:
    g = grid()
    assert g.bounds_in(CGCS2000) == g.bounds
    assert g.resolution_in(CGCS2000) == g.resolution
    prefixed = CRS.from_epsg(4528)
    assert g.bounds_in(prefixed)[0] == pytest.approx(g.bounds[0] + 40_000_000, abs=1e-4)
    assert g.resolution_in(prefixed) == pytest.approx(g.resolution, rel=1e-6)


def test_boxes_share_ground_or_none() -> None:
    assert shared_bounds((0, 0, 4, 4), (1, -1, 9, 3), (2, 0, 3, 9)) == (2, 0, 3, 3)
    assert shared_bounds((0, 0, 4, 4), (4, 0, 8, 4)) is None
    assert shared_bounds((0, 0, 4, 4), (1, 5, 3, 8)) is None

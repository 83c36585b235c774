from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from unit.services.made import EAST, NORTH, OLD_HOUSES, SIZE_M, Flight, place
from weijian.detection.patch import Footprint, Noise
from weijian.domain.grid import PixelGrid, Tile
from weijian.imagery.heights import Levelling
from weijian.imagery.raster import open_raster
from weijian.services.patches import FootprintIndex, LayerSource, PatchSource, Terrain, bytes_of

HERE = CRS.from_epsg(4549)
COARSE = PixelGrid.over((0, 0, 40, 30), 2.0, HERE)


def plane(grid: PixelGrid, east: float, north: float) -> np.ndarray:
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    t = grid.transform
    return (east * (t.a * columns + t.c) + north * (t.e * rows + t.f)).astype(np.float32)


@given(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2), st.integers(0, 60), st.integers(0, 40))
def test_terrain_between_its_cells_is_linear(east: float, north: float, column: int, row: int) -> None:
    terrain = Terrain(COARSE, plane(COARSE, east, north))
    fine = PixelGrid.over((4, 4, 36, 26), 0.5, HERE).crop(row % 40, column, 4, 4)
    assert terrain.on(fine) == pytest.approx(plane(fine, east, north), abs=0.02)


def test_terrain_on_its_own_grid_is_itself() -> None:
    heights = np.random.default_rng(1).normal(size=COARSE.shape).astype(np.float32)
    assert Terrain(COARSE, heights).on(COARSE) == pytest.approx(heights)


def test_beyond_its_edge_terrain_goes_on_level() -> None:
    terrain = Terrain(COARSE, plane(COARSE, 1.0, 0.0))
    beyond = PixelGrid.over((-20, 10, -10, 12), 1.0, HERE)
    assert terrain.on(beyond) == pytest.approx(np.full(beyond.shape, 1.0))


def test_tiles_see_the_same_terrain() -> None:
    terrain = Terrain(COARSE, np.random.default_rng(1).normal(size=COARSE.shape).astype(np.float32))
    fine = PixelGrid.over((0, 0, 40, 30), 0.5, HERE)
    whole = terrain.on(fine)
    for tile in fine.tiles(17):
        row = round((fine.transform.f - tile.grid.transform.f) / 0.5)
        column = round((tile.grid.transform.c - fine.transform.c) / 0.5)
        part = whole[row : row + tile.grid.height, column : column + tile.grid.width]
        assert terrain.on(tile.grid) == pytest.approx(part, abs=1e-4)


def test_footprints_by_where_they_are() -> None:
    footprints = tuple(Footprint(f"B{n}", place(*house), None) for n, house in enumerate(OLD_HOUSES))
    index = FootprintIndex(footprints)
    assert index.within(place(0, 0, SIZE_M, SIZE_M).bounds) == footprints
    assert index.within(place(40, 0, 70, 30).bounds) == footprints[1:2]
    assert index.within(place(60, 60, 70, 70).bounds) == ()
    assert FootprintIndex(()).within(place(0, 0, 70, 70).bounds) == ()


@pytest.fixture
def grid() -> PixelGrid:
    return PixelGrid.over((EAST, NORTH, EAST + 20, NORTH + 10), 0.25, HERE)


def test_a_date_without_a_surface_has_no_heights(flights: tuple[Flight, Flight], grid: PixelGrid) -> None:
    layer = LayerSource(open_raster(flights[1].ortho), None).on(grid, None)
    assert (layer.surface, layer.ground) == (None, None)
    assert layer.image.shape == (3, 40, 80)
    assert layer.image_valid.all()


def test_levelling_is_added(flights: tuple[Flight, Flight], grid: PixelGrid) -> None:
    source = LayerSource(open_raster(flights[0].ortho), open_raster(flights[0].dsm))
    levelling = Levelling(EAST, NORTH, -0.6, 0.01, 0.0, 0.0, 0.02, 1.0)
    plain, levelled = source.surface_on(grid), replace(source, levelling=levelling).surface_on(grid)
    assert levelled - plain == pytest.approx(levelling.plane_on(grid), abs=1e-4)


@pytest.mark.parametrize("dates", [1, 2])
def test_a_patch_holds_both_dates_and_counts_its_bytes(
    flights: tuple[Flight, Flight], grid: PixelGrid, dates: int
) -> None:
    before, after = (LayerSource(open_raster(f.ortho), open_raster(f.dsm)) for f in flights)
    terrain = Terrain(PixelGrid.over(grid.bounds, 2.0, HERE), np.zeros((5, 10), np.float32))
    footprint = Footprint("B1", place(*OLD_HOUSES[0]), 6.0)
    index = FootprintIndex((footprint,))
    source = PatchSource(grid, before if dates == 2 else None, after, terrain, index, Noise(0.1, None))
    patch = source.patch(Tile(grid, 0))
    assert (patch.before is None) == (dates == 1)
    assert patch.footprints == (footprint,)
    assert patch.after.ground.shape == grid.shape
    assert bytes_of(patch) == dates * 40 * 80 * (3 + 4)

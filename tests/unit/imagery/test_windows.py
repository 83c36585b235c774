from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from rasterio.enums import Resampling
from rasterio.windows import Window

from unit.imagery.rasters import LEFT, TOP, north_up, picture, write
from weijian.domain.grid import PixelGrid
from weijian.imagery import windows
from weijian.imagery.files import OpenFiles
from weijian.imagery.pixels import colours
from weijian.imagery.raster import Raster, open_raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_image, read_surface

METRES = CRS.from_epsg(4549)


def ramp(grid: PixelGrid) -> np.ndarray:
    """Heights that are linear in easting and northing: what any resampling must keep."""
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    x = grid.transform.a * columns + grid.transform.b * rows + grid.transform.c
    y = grid.transform.d * columns + grid.transform.e * rows + grid.transform.f
    return 100 + 0.2 * (x - LEFT) + 0.1 * (y - TOP)


@pytest.fixture(scope="module")
def surface(tmp_path_factory: pytest.TempPathFactory) -> Raster:
    grid = PixelGrid(METRES, north_up(0.25), 320, 240)
    return open_raster(write(tmp_path_factory.mktemp("surface") / "s.tif", ramp(grid)[None].astype(np.float32)))


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Raster:
    return open_raster(write(tmp_path_factory.mktemp("image") / "i.tif", picture(240, 320)))


@pytest.mark.parametrize("resolution", [0.1, 0.25, 0.3, 0.5, 0.9, 1.7])
@pytest.mark.parametrize("resampling", ["average", "nearest", "min"])
def test_a_ramp_stays_where_it_is(surface: Raster, resolution: float, resampling: str) -> None:
    grid = PixelGrid.over((LEFT + 10, TOP - 50, LEFT + 60, TOP - 10), resolution, METRES)
    heights = read_surface(surface, grid, resampling=resampling)  # type: ignore[arg-type]
    offset = {"average": 0.005, "nearest": 0.15 * resolution + 0.03, "min": 0.15 * resolution + 0.03}[resampling]
    assert np.abs(heights - ramp(grid)).max() < offset


def test_rotated_grid_and_rotated_file(tmp_path: Path) -> None:
    turned = PixelGrid(METRES, north_up(0.25) @ Affine.rotation(12.0), 200, 200)
    file = open_raster(write(tmp_path / "r.tif", ramp(turned)[None].astype(np.float32), turned.transform))
    x, y = turned.transform @ (100, 100)
    grid = PixelGrid.over((x - 12, y - 12, x + 12, y + 12), 0.3, METRES)
    np.testing.assert_allclose(read_surface(file, grid), ramp(grid), atol=0.005)
    upside_down = PixelGrid(METRES, Affine(0.25, 0, LEFT, 0, 0.25, TOP), 200, 200)
    file = open_raster(write(tmp_path / "u.tif", ramp(upside_down)[None].astype(np.float32), upside_down.transform))
    grid = PixelGrid.over((LEFT + 5, TOP + 5, LEFT + 40, TOP + 40), 0.5, METRES)
    np.testing.assert_allclose(read_surface(file, grid), ramp(grid), atol=0.005)


def test_other_crs(surface: Raster) -> None:
    degrees = CRS.from_epsg(4490)
    x, y = Transformer.from_crs(METRES, degrees, always_xy=True).transform(LEFT + 40, TOP - 30)
    grid = PixelGrid(degrees, Affine(3e-6, 0, x, 0, -3e-6, y), 40, 30)
    heights = read_surface(surface, grid)
    back = Transformer.from_crs(degrees, METRES, always_xy=True)
    e, n = back.transform(x + 20.5 * 3e-6, y - 10.5 * 3e-6)
    assert heights[10, 20] == pytest.approx(100 + 0.2 * (e - LEFT) + 0.1 * (n - TOP), abs=0.01)


def test_zone_with_and_without_prefix_are_the_same_ground(surface: Raster) -> None:
    prefixed = CRS.from_epsg(4528)
    grid = PixelGrid(prefixed, north_up(0.25, LEFT + 40_000_000), 320, 240)
    plain = PixelGrid(METRES, north_up(0.25), 320, 240)
    np.testing.assert_allclose(read_surface(surface, grid), read_surface(surface, plain), atol=0.01)


def test_beyond_the_edge_there_is_nothing(surface: Raster, image: Raster) -> None:
    grid = surface.grid.pad(10)
    heights = read_surface(surface, grid)
    assert np.isfinite(heights[10:-10, 10:-10]).all()
    heights[10:-10, 10:-10] = np.nan
    assert np.isnan(heights).all()
    far = PixelGrid(METRES, north_up(0.25, LEFT + 1000), 20, 20)
    colours, valid = read_image(image, far)
    assert not valid.any()
    assert not colours.any()


def test_no_data_neither_darkens_nor_lowers_its_neighbours(tmp_path: Path) -> None:
    heights = np.full((1, 60, 60), 50, np.float32)
    heights[0, 20:40, 20:40] = -9999
    colours = np.full((3, 60, 60), 150, np.uint8)
    colours[:, 20:40, 20:40] = 0
    surface = open_raster(write(tmp_path / "s.tif", heights, nodata=-9999))
    image = open_raster(write(tmp_path / "i.tif", colours, nodata=0))
    for resolution in (0.1, 0.33, 0.9):
        grid = PixelGrid.over((LEFT + 1.03, TOP - 14, LEFT + 14, TOP - 1.07), resolution, METRES)
        shift = ShiftField.constant(0.07, 0.04)
        assert np.nanmin(read_surface(surface, grid, shift)) == pytest.approx(50, abs=1e-3)
        seen, valid = read_image(image, grid, shift)
        assert not valid.all()
        assert set(np.unique(seen[:, valid])) == {150}


def test_a_shift_is_where_the_ground_lies_in_the_file(surface: Raster) -> None:
    grid = PixelGrid.over((LEFT + 20, TOP - 40, LEFT + 50, TOP - 20), 0.25, METRES)
    shifted = read_surface(surface, grid, ShiftField.constant(3.1, -1.7))
    np.testing.assert_allclose(shifted, ramp(grid) + 0.2 * 3.1 - 0.1 * 1.7, atol=0.005)


def test_min_is_the_lowest_part_of_a_pixel(tmp_path: Path) -> None:
    heights = np.full((1, 64, 64), 30, np.float32)
    heights[0, 8:12, 8:12] = 20
    raster = open_raster(write(tmp_path / "s.tif", heights))
    grid = PixelGrid(METRES, north_up(4.0), 4, 4)
    assert read_surface(raster, grid, resampling="min")[0, 0] == 20
    assert 20 < read_surface(raster, grid)[0, 0] < 30


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    resolution=st.sampled_from([0.2, 0.25, 0.4, 0.5, 0.75, 1.0]),
    size=st.integers(30, 90),
    dx=st.floats(-2, 2),
    turn=st.floats(-0.01, 0.01),
    whole=st.booleans(),
)
def test_the_whole_is_the_mosaic_of_its_tiles(
    image: Raster, surface: Raster, resolution: float, size: int, dx: float, turn: float, whole: bool
) -> None:
    grid = PixelGrid.over((LEFT - 3, TOP - 45, LEFT + 50, TOP + 2), resolution, METRES)
    shift = None if whole else ShiftField(LEFT, TOP, Affine(0, -turn, dx, turn, 0, -dx))
    colours, valid = read_image(image, grid, shift)
    heights = read_surface(surface, grid, shift)
    tiles, seen, levels = np.zeros_like(colours), np.zeros_like(valid), np.zeros_like(heights)
    with OpenFiles() as files:
        for row in range(0, grid.height, size):
            for column in range(0, grid.width, size):
                part = grid.crop(row, column, min(size, grid.height - row), min(size, grid.width - column))
                rows, columns = slice(row, row + part.height), slice(column, column + part.width)
                tiles[:, rows, columns], seen[rows, columns] = read_image(image, part, shift, files=files)
                levels[rows, columns] = read_surface(surface, part, shift, files=files)
    assert (seen != valid).mean() < 0.005  # a rim pixel may fall to either side of one half
    assert np.abs(tiles.astype(int) - colours)[:, seen & valid].max(initial=0) <= 2
    both = np.isfinite(levels) & np.isfinite(heights)
    assert (np.isfinite(levels) != np.isfinite(heights)).mean() < 0.005
    np.testing.assert_allclose(levels[both], heights[both], atol=0.01)


def test_threads_read_what_one_reads(image: Raster) -> None:
    grids = [tile.grid for tile in image.grid.tiles(64, 8)]
    expected = [read_image(image, grid)[0] for grid in grids]
    with OpenFiles() as files, ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda grid: read_image(image, grid, files=files)[0], grids))
    for one, other in zip(expected, found, strict=True):
        np.testing.assert_array_equal(one, other)


def test_overviews_are_not_needed_for_large_reductions(tmp_path: Path) -> None:
    bands = np.full((3, 512, 512), 50, np.uint8)
    bands[:, ::2] = 200
    raster = open_raster(write(tmp_path / "i.tif", bands))
    colours, valid = read_image(raster, PixelGrid(METRES, north_up(16.0), 8, 8))
    assert valid.all()
    assert set(np.unique(colours)) <= {124, 125, 126}


def test_warping_by_a_plane_is_what_maps_give(image: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    turned = north_up(0.4) @ Affine.translation(20, 20) @ Affine.rotation(7)
    grid = PixelGrid(METRES, turned, 90, 70)
    by_plane = read_image(image, grid)
    monkeypatch.setattr(windows, "_PLANE", -1.0)
    by_maps = read_image(image, grid)
    assert np.abs(by_plane[0].astype(int) - by_maps[0]).max() <= 1
    assert (by_plane[1] == by_maps[1]).all()
    assert by_maps[0].std() > 10


@pytest.mark.parametrize("factor", [2, 3, 5])
def test_an_opaque_part_is_averaged_as_gdal_does(tmp_path: Path, factor: int) -> None:
    pixels = np.concatenate([picture(120, 120), np.full((1, 120, 120), 255, np.uint8)])
    pixels[3, 90:, 90:] = 0
    path = tmp_path / "rgba.tif"
    shape = {"count": 4, "height": 120, "width": 120, "dtype": "uint8", "photometric": "RGB", "alpha": "YES"}
    with rasterio.open(path, "w", driver="GTiff", crs=METRES.to_wkt(), transform=north_up(0.25), **shape) as file:
        file.write(pixels)
    raster = open_raster(path)
    assert raster.alpha == 4
    for start in (0, 60):  # the second reaches into what is clear
        window = Window(start, start, 60, 60)
        small = 60 // factor, 60 // factor
        with rasterio.open(path) as file:
            read = colours(file, raster, window, small, Resampling.average)
            wanted = file.read([1, 2, 3], window=window, out_shape=(3, *small), resampling=Resampling.average)
        assert read.valid.all() == (start == 0)
        assert np.abs(read.values.astype(int) - np.moveaxis(wanted, 0, -1))[read.valid].max() <= 1


KINDS = ["tiles", "lines", "grey", "opacity", "mask", "palette", "mosaic"]


def of_kind(kind: str, folder: Path, bands: np.ndarray, transform: Affine) -> Raster:
    """A file of one kind; what hides pixels hides those that are 9 in the first band."""
    clear = bands[0] == 9
    path = folder / f"{kind}.tif"
    if kind == "opacity":
        opaque = np.where(clear, 0, 255).astype(np.uint8)[None]
        more = {"photometric": "RGB", "alpha": "YES"}
        return open_raster(write(path, np.concatenate([bands, opaque]), transform, **more))
    if kind == "mask":
        return open_raster(write(path, bands, transform, mask=~clear))
    if kind == "palette":
        ramp = {index: (index, index, index, 255) for index in range(256)}
        return open_raster(write(path, bands[:1], transform, colormap=ramp))
    if kind == "grey":
        return open_raster(write(path, bands[:1], transform))
    layout = {} if kind == "lines" else {"tiled": True, "blockxsize": 32, "blockysize": 48}
    write(path, bands, transform, **layout)
    if kind == "mosaic":
        rasterio.shutil.copy(path, path.with_suffix(".vrt"), driver="VRT")
        path = path.with_suffix(".vrt")
    return open_raster(path)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    factor=st.integers(2, 20),
    height=st.integers(21, 150),
    width=st.integers(21, 150),
    turned=st.booleans(),
    kept=st.booleans(),
    seed=st.integers(0, 99),
)
def test_every_pixel_is_the_plain_mean_of_the_file_under_it_up_to_its_edges(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    factor: int,
    height: int,
    width: int,
    turned: bool,
    kept: bool,
    seed: int,
) -> None:
    chance = np.random.default_rng(seed)
    bands = chance.integers(30, 220, (3, height, width)).astype(np.uint8)
    for top, left in zip(chance.integers(0, height, 3), chance.integers(0, width, 3), strict=True):
        bands[:, top : top + 30, left : left + 30] = 9
    transform = north_up(0.25) @ Affine.rotation(20.0 if turned else 0.0)
    raster = of_kind(kind, tmp_path_factory.mktemp("kind"), bands, transform)
    rows, columns = height // factor, width // factor
    grid = PixelGrid(METRES, transform @ Affine.scale(factor), columns + 2, rows + 2)
    with OpenFiles() as files:
        image, valid = read_image(raster, grid, files=files if kept else None)
    shown = np.repeat(bands[:1], 3, axis=0) if kind in ("grey", "palette") else bands
    seen = np.broadcast_to(bands[0] != 9, (height, width)) if kind in ("opacity", "mask") else np.ones_like(bands[0])

    def summed(values: np.ndarray) -> np.ndarray:
        whole = values[..., : rows * factor, : columns * factor].astype(float)
        return whole.reshape(*values.shape[:-2], rows, factor, columns, factor).sum(axis=(-3, -1))

    share = summed(np.asarray(seen)) / factor**2
    plain = np.abs(share - 0.5) > 0.01  # at one half either is right
    np.testing.assert_array_equal(valid[:rows, :columns][plain], (share > 0.5)[plain])
    there = valid[:rows, :columns] & plain
    wanted = summed(shown * np.asarray(seen)) / np.maximum(summed(np.asarray(seen)), 1)
    assert np.abs(image[:, :rows, :columns] - wanted)[:, there].max(initial=0.0) <= 1.6
    assert not image[:, ~valid].any()
    assert not valid[rows + 1 :].any()
    assert not valid[:, columns + 1 :].any()

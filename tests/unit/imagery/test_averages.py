import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.enums import Resampling
from rasterio.errors import RasterioIOError
from rasterio.windows import Window

from unit.imagery.rasters import north_up, picture, write
from weijian.imagery import averages as room
from weijian.imagery.averages import Averages, averaged
from weijian.imagery.pixels import averaged_heights, heights_m
from weijian.imagery.raster import Raster, open_raster

HEIGHT, WIDTH = 301, 417
LAYOUTS = {
    "tiled": {"tiled": True, "blockxsize": 64, "blockysize": 64},
    "tiled, odd against the factor": {"tiled": True, "blockxsize": 80, "blockysize": 48},
    "lines": {"tiled": False},
}


class Counted:
    """A dataset that notes what is decoded; the first ``failing`` reads fail."""

    def __init__(self, path: Path, failing: int = 0) -> None:
        self._file = rasterio.open(path)
        self._failing = failing
        self._lock = threading.Lock()
        self.pixels = 0

    def read(self, bands: list[int] | int, window: Window, **more: Any) -> np.ndarray:
        with self._lock:
            if self._failing:
                self._failing -= 1
                raise RasterioIOError("a block of the file is damaged")
            self.pixels += int(window.width * window.height)
            return self._file.read(bands, window=window, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


Make = Callable[..., Raster]


@pytest.fixture(scope="module", params=LAYOUTS)
def image(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Raster:
    return made(tmp_path_factory.mktemp("image") / "i.tif", picture(HEIGHT, WIDTH), **LAYOUTS[request.param])


def made(path: Path, pixels: np.ndarray, **layout: Any) -> Raster:
    shape = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": "uint8"}
    with rasterio.open(path, "w", "GTiff", crs="EPSG:4549", transform=north_up(0.1), **shape, **layout) as file:
        file.write(pixels)
    return open_raster(path)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), factor=st.sampled_from([2, 3, 4, 5, 6, 8]))
def test_a_window_is_the_mean_of_the_file_under_it(image: Raster, data: st.DataObject, factor: int) -> None:
    rows, columns = HEIGHT // factor, WIDTH // factor
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    height, width = data.draw(st.integers(1, rows - top)), data.draw(st.integers(1, columns - left))
    window = Window(left * factor, top * factor, width * factor, height * factor)
    with rasterio.open(image.path) as file:
        read = Averages().read(file, image, window, factor)
        wanted = file.read(window=window).reshape(3, height, factor, width, factor).mean(axis=(2, 4))
    assert read is not None
    # Means of means are rounded once more at each doubling.
    assert np.abs(np.moveaxis(read, -1, 0) - wanted).max() <= (0.51 if factor in (2, 3, 5) else 1.01)


def test_a_file_is_decoded_once_for_all_who_read_it(image: Raster) -> None:
    averages, file = Averages(), Counted(image.path)
    windows = [Window(2 * left, 2 * top, 120, 100) for left in range(0, 140, 20) for top in range(0, 100, 20)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda window: averages.read(file, image, window, 2), windows))
    assert file.pixels <= (WIDTH + 1) * (HEIGHT + 1)
    for window, one in zip(windows, found, strict=True):
        np.testing.assert_array_equal(one, averaged(file, image, window, 2))


@pytest.fixture(scope="module", params=LAYOUTS)
def surface(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Raster:
    """Centimetres from 300 m up, with a lake that was not measured and a bird as high as a satellite."""
    heights = np.random.default_rng(5).integers(0, 2000, (1, HEIGHT, WIDTH)).astype(np.float32)
    heights[0, 90:140, 60:210] = -9999.0
    heights[0, 200, 300] = 9e6
    path = tmp_path_factory.mktemp("surface") / "s.tif"
    write(path, heights, nodata=-9999.0, scales=[0.01], **LAYOUTS[request.param])
    return open_raster(path)


@pytest.mark.parametrize("factor", [2, 3, 4, 5])
def test_heights_are_means_of_those_that_are_known(surface: Raster, factor: int) -> None:
    rows, columns = HEIGHT // factor, WIDTH // factor
    window = Window(0, 0, columns * factor, rows * factor)
    with rasterio.open(surface.path) as file:
        read = Averages().read(file, surface, window, factor, averaged_heights)
        raw = file.read(1, window=window).astype(np.float64)
    assert read is not None
    cells = np.where((raw > -9999.0) & (raw < 9e6), raw * 0.01, np.nan).reshape(rows, factor, columns, factor)
    known = np.isfinite(cells).mean(axis=(1, 3))
    clear = (known == 1) | (known < 0.5)  # where some are unknown, means of means weigh them otherwise
    with np.errstate(invalid="ignore"):
        wanted = np.where(known >= 0.5, np.nansum(cells, axis=(1, 3)) / known / factor**2, np.nan)
    np.testing.assert_allclose(read[clear], wanted[clear], atol=1e-4)
    assert np.isfinite(read[known > 0.8]).all()
    assert np.nanmax(np.abs(read - wanted)) < 20.0


def test_a_surface_is_decoded_once_for_all_who_read_it(surface: Raster) -> None:
    averages, file = Averages(), Counted(surface.path)
    for window in (Window(0, 0, 200, 200), Window(100, 50, 300, 200), Window(0, 0, 416, 300)):
        shape = int(window.height) // 2, int(window.width) // 2
        pixels = heights_m(file, surface, window, shape, Resampling.average, averages)
        alone = heights_m(file, surface, window, shape, Resampling.average)
        np.testing.assert_allclose(pixels.values, alone.values, atol=1e-5)
        np.testing.assert_array_equal(pixels.valid, alone.valid)
        assert 0 < pixels.valid.mean() < 1
        file.pixels -= int(window.width * window.height)
    assert file.pixels <= (WIDTH + 1) * (HEIGHT + 1)


def test_what_was_not_asked_for_the_longest_is_dropped(image: Raster) -> None:
    averages, file = Averages(20_000), Counted(image.path)
    whole = Window(0, 0, WIDTH // 2 * 2, HEIGHT // 2 * 2)
    for _ in range(2):
        np.testing.assert_array_equal(averages.read(file, image, whole, 2), averaged(file, image, whole, 2))
    kept = sum(block.result().nbytes + room._ENTRY_BYTES for block in averages._blocks.values())
    assert kept == averages._bytes <= 20_000


def test_blocks_that_are_not_opaque_are_not_kept_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_SHORTEST_SIDE", 1)
    hidden = np.concatenate([picture(320, 320), np.full((1, 320, 320), 9, np.uint8)])
    raster = made(tmp_path / "rgba.tif", hidden, photometric="RGB", alpha="YES", **LAYOUTS["tiled"])
    averages = Averages(8 * room._ENTRY_BYTES)
    with rasterio.open(raster.path) as file:
        for top in range(0, 320, 64):
            for left in range(0, 320, 64):
                assert averages.read(file, raster, Window(left, top, 64, 64), 2) is None
    assert len(averages._blocks) <= 8


@pytest.mark.parametrize(("own", "factor"), [(128, 2), (128, 3), (16, 5), (512, 2), (512, 3), (512, 5), (4096, 2)])
def test_a_block_is_neither_small_nor_much_too_large(own: int, factor: int) -> None:
    pixels = room._side(own, factor) * factor
    assert 256 <= pixels <= max(own, room._LONGEST_SIDE)
    assert pixels % own == 0 or own * factor > room._LONGEST_SIDE


def test_who_waits_for_a_block_that_fails_reads_it_himself(image: Raster) -> None:
    averages, file = Averages(), Counted(image.path, failing=1)
    window = Window(0, 0, 40, 40)
    reading, told = threading.Event(), threading.Event()

    class Slow:
        def read(self, bands: list[int], window: Window) -> np.ndarray:
            reading.set()
            told.wait(10)
            return file.read(bands, window)

        def __getattr__(self, name: str) -> Any:
            return getattr(file, name)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(averages.read, Slow(), image, window, 2)
        assert reading.wait(10)
        second = pool.submit(averages.read, file, image, window, 2)
        told.set()
        with pytest.raises(RasterioIOError):
            first.result(10)
        np.testing.assert_array_equal(second.result(10), averaged(file, image, window, 2))


def test_a_fault_is_told_and_leaves_nothing_behind(image: Raster) -> None:
    averages, file = Averages(), Counted(image.path, failing=1)
    window = Window(0, 0, 40, 40)
    with pytest.raises(RasterioIOError):
        averages.read(file, image, window, 2)
    np.testing.assert_array_equal(averages.read(file, image, window, 2), averaged(file, image, window, 2))


def test_where_it_is_not_opaque_there_are_no_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_SHORTEST_SIDE", 64)
    pixels = np.concatenate([picture(128, 128), np.full((1, 128, 128), 255, np.uint8)])
    pixels[3, 100:, 100:] = 0
    raster = made(tmp_path / "rgba.tif", pixels, photometric="RGB", alpha="YES", **LAYOUTS["tiled"])
    with rasterio.open(raster.path) as file:
        assert Averages().read(file, raster, Window(0, 0, 128, 128), 2) is None
        assert Averages().read(file, raster, Window(0, 0, 60, 60), 2) is not None


def test_a_copy_for_another_process_begins_empty(image: Raster) -> None:
    from weijian.imagery.files import OpenFiles

    with OpenFiles(1000) as files:
        make, values = files.__reduce__()
        copy = make(*values)
    assert copy.averages is not files.averages
    assert copy.averages.most_bytes == 1000

from pathlib import Path

import numpy as np
import pytest

from unit.imagery.rasters import north_up, write
from weijian.imagery.content import NothingShown, require_shown
from weijian.imagery.raster import RasterKind, open_raster

SIDE = 700


def shown(path: Path, pixels: np.ndarray, *, pictured: bool = True, **profile: object) -> None:
    kind = RasterKind.SURFACE if pixels.shape[0] == 1 else RasterKind.IMAGE
    raster = open_raster(write(path, pixels, north_up(0.25), **profile), kind=kind)
    require_shown(raster, raster.grid, pictured=pictured)


def test_one_pixel_in_a_window_is_enough(tmp_path: Path) -> None:
    grey = np.full((3, SIDE, SIDE), 120, np.uint8)
    grey[1, 350, 350] = 121
    shown(tmp_path / "a.tif", grey)


@pytest.mark.parametrize(("value", "why"), [(0, "no picture"), (120, "one colour")])
def test_an_empty_image(tmp_path: Path, value: int, why: str) -> None:
    with pytest.raises(NothingShown, match=why):
        shown(tmp_path / "a.tif", np.full((3, SIDE, SIDE), value, np.uint8), nodata=0)


def test_one_colour_will_do_beside_heights(tmp_path: Path) -> None:
    shown(tmp_path / "a.tif", np.full((3, SIDE, SIDE), 120, np.uint8), pictured=False)


@pytest.mark.parametrize(("value", "why"), [(np.nan, "no heights"), (12.5, "all its heights are the same")])
def test_an_empty_surface(tmp_path: Path, value: float, why: str) -> None:
    with pytest.raises(NothingShown, match=why):
        shown(tmp_path / "a.tif", np.full((1, SIDE, SIDE), value, np.float32))


def test_ground_that_slopes_is_a_surface(tmp_path: Path) -> None:
    shown(tmp_path / "a.tif", np.linspace(0, 1, SIDE, dtype=np.float32)[None, None, :].repeat(SIDE, axis=1))


def test_little_in_a_large_file_is_found(tmp_path: Path) -> None:
    heights = np.full((1, 3000, 3000), np.nan, np.float32)
    heights[0, 700:850, 2100:2250] = np.linspace(0, 1, 150)
    shown(tmp_path / "a.tif", heights)

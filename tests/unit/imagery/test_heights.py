from pathlib import Path

import cv2
import numpy as np
import pytest

from unit.imagery.rasters import LEFT, TOP, north_up, write
from weijian.domain.errors import NoOverlap
from weijian.domain.job import finish
from weijian.domain.parallel import Threads
from weijian.imagery.heights import Levelling, fit_plane, level
from weijian.imagery.raster import Raster, open_raster
from weijian.imagery.shift import ShiftField


def levelled(before: Raster, after: Raster, shift: ShiftField | None = None) -> Levelling:
    with Threads(2) as crew:
        return finish(level(before, after, after.grid, crew, shift))


@pytest.mark.parametrize("changed", [0.0, 0.3, 0.45])
def test_plane_under_change(changed: float) -> None:
    chance = np.random.default_rng(2)
    x, y = chance.uniform(-200, 200, (2, 20_000))
    difference = 0.4 + 1e-3 * x - 7e-4 * y + chance.normal(0, 0.1, x.size)
    built = (chance.random(x.size) < changed) & (x + 0.3 * y > -150)
    difference[built] += chance.uniform(2, 9, int(built.sum()))
    plane, used = fit_plane(x, y, difference)
    assert plane == pytest.approx([0.4, 1e-3, -7e-4], abs=0.02)
    assert abs(plane[1] - 1e-3) < 1e-4
    assert not used[built].any()


def test_bias_tilt_and_noise_of_two_surfaces(tmp_path: Path) -> None:
    chance = np.random.default_rng(4)
    size, cell = 400, 0.5
    ground = cv2.resize(chance.uniform(0, 20, (6, 6)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    column, row = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    plane = (0.6 + 5e-4 * column * cell - 3e-4 * row * cell).astype(np.float32)  # rows run southward
    later = ground + plane + chance.normal(0, 0.1, (size, size)).astype(np.float32)
    later[50:180, 60:270] += 6.0
    later[300:320, 10:40] = np.nan
    before = open_raster(write(tmp_path / "b.tif", ground[None], north_up(cell, LEFT + 2, TOP)))
    after = open_raster(write(tmp_path / "a.tif", later[None], north_up(cell)))
    found = levelled(before, after, ShiftField.constant(2.0, 0.0))
    known = np.isfinite(found.plane_on(after.grid))
    assert np.abs(found.plane_on(after.grid) - plane)[known].max() < 0.02
    assert found.tilt_x == pytest.approx(5e-4, abs=3e-5)
    assert found.tilt_y == pytest.approx(3e-4, abs=3e-5)
    assert found.noise_m == pytest.approx(0.1, rel=0.2)
    assert found.residual_m < 0.03
    assert 0.7 < found.share_used < 0.9


def test_no_common_ground(tmp_path: Path) -> None:
    heights = np.ones((1, 50, 50), np.float32)
    before = open_raster(write(tmp_path / "b.tif", heights))
    after = open_raster(write(tmp_path / "a.tif", heights, north_up(0.25, LEFT + 900)))
    with pytest.raises(NoOverlap):
        levelled(before, after)

from pathlib import Path

import numpy as np
import pytest

from unit.imagery.rasters import write
from weijian.imagery.height_units import relief_ratio
from weijian.imagery.raster import open_raster


def houses(heights: tuple[float, ...], factor: float = 1.0) -> np.ndarray:
    """(1, 240, 240) of 0.25 m: houses of 10 m on a slope."""
    surface = np.linspace(20, 24, 240, dtype=np.float32)[None, :].repeat(240, axis=0)
    for number, height in enumerate(heights):
        row, column = 20 + 70 * (number // 3), 20 + 70 * (number % 3)
        surface[row : row + 40, column : column + 40] += height
    return (surface * np.float32(factor))[None]


STOOD = (3.0, 6.0, 9.0, 6.0, 3.0, 12.0)


@pytest.mark.parametrize(
    ("before", "after", "ratio"),
    [
        (houses(STOOD), houses(STOOD), 1.0),
        (houses(STOOD, 1 / 0.3048), houses(STOOD), 3.28),
        (houses(STOOD), houses(STOOD, 1 / 0.3048), 0.305),
        (houses(STOOD), houses(STOOD[::-1]), None),  # each house is another: no one factor
        (houses(()), houses(STOOD), None),
    ],
)
def test_one_factor_for_all_that_stands_is_another_unit(
    tmp_path: Path, before: np.ndarray, after: np.ndarray, ratio: float | None
) -> None:
    one, other = (open_raster(write(tmp_path / f"{n}.tif", heights)) for n, heights in enumerate((before, after)))
    found = relief_ratio(one, other, other.grid)
    assert found == (None if ratio is None else pytest.approx(ratio, rel=0.05))

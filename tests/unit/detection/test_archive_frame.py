"""The offset of an archive is found from what stands."""

import numpy as np
import pytest
import rasterio.features
import shapely.affinity
from pyproj import CRS
from shapely import Polygon, box

from weijian.detection.archive_frame import archive_offset
from weijian.domain.grid import PixelGrid

GRID = PixelGrid.over((500_000.0, 3_000_000.0, 500_120.0, 3_000_120.0), 0.5, CRS.from_epsg(4549))


def houses() -> list[Polygon]:
    random = np.random.default_rng(4)
    return [
        shapely.affinity.rotate(box(x, y, x + random.uniform(7, 11), y + random.uniform(7, 10)), random.uniform(0, 90))
        for x in range(500_010, 500_100, 18)
        for y in range(3_000_010, 3_000_100, 18)
    ]


def standing(outlines: list[Polygon]) -> np.ndarray:
    return rasterio.features.rasterize(outlines, GRID.shape, transform=GRID.transform).astype(bool)


@pytest.mark.parametrize(("east", "north"), [(0.0, 0.0), (0.4, -0.3), (-1.3, 0.8)])
def test_the_offset_is_found_to_a_few_centimetres(east: float, north: float) -> None:
    moved = [shapely.affinity.translate(house, east, north) for house in houses()]
    stands = standing(moved[3:])
    stands[5:15, 200:230] = True
    offset = archive_offset(stands, houses(), GRID)
    assert offset is not None
    assert offset.east_m == pytest.approx(east, abs=0.08)
    assert offset.north_m == pytest.approx(north, abs=0.08)
    assert offset.outlines == len(houses())


def test_a_few_outlines_are_not_enough() -> None:
    assert archive_offset(standing(houses()), houses()[:4], GRID) is None


def test_an_offset_beyond_reach_is_not_guessed() -> None:
    moved = [shapely.affinity.translate(house, 4.0, 0.0) for house in houses()]
    assert archive_offset(standing(moved), houses(), GRID) is None

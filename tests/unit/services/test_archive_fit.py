from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS
from shapely import Polygon
from shapely.affinity import translate

from unit.services.made import EAST, NORTH, place, write_raster
from weijian.domain.grid import PixelGrid
from weijian.imagery.raster import open_raster
from weijian.services import archive_fit as room
from weijian.services.archive_fit import fit_archive, height_ratio
from weijian.services.patches import LayerSource, Terrain

HERE = CRS.from_epsg(4549)
GRID = PixelGrid.over(place(0, 0, 100, 100).bounds, 0.5, HERE)
HOUSES = [(10, 10, 20, 22), (30, 12, 44, 20), (60, 15, 70, 30), (15, 50, 27, 60), (50, 55, 62, 66), (75, 70, 88, 82)]
OUTLINES = [place(*house) for house in HOUSES]
FLAT = Terrain(PixelGrid.over(GRID.bounds, 2.0, HERE), np.zeros((50, 50), np.float32))


@pytest.fixture
def source(tmp_path: Path) -> LayerSource:
    """A surface of 100 m with houses of 6 m on flat ground."""
    heights = np.zeros((1, 200, 200), np.float32)
    for west, south, east, north in HOUSES:
        heights[0, 200 - 2 * north : 200 - 2 * south, 2 * west : 2 * east] = 6.0
    path = write_raster(tmp_path / "dsm.tif", heights, 0.5, corner=(EAST, NORTH + 100))
    return LayerSource(None, open_raster(path))


def moved(east: float, north: float) -> list[Polygon]:
    """The archive, drawn so far off."""
    return [translate(outline, -east, -north) for outline in OUTLINES]


@pytest.mark.parametrize("offset", [(0.0, 0.0), (0.5, -0.5), (-1.5, 1.0), (0.3, 0.2)])
def test_the_archive_is_laid_on_the_survey(source: LayerSource, offset: tuple[float, float]) -> None:
    found = fit_archive(GRID, source, FLAT, moved(*offset))
    assert found is not None
    assert (found.east_m, found.north_m) == pytest.approx(offset, abs=0.2)
    assert found.outlines == len(HOUSES)


def test_too_few_buildings_tell_nothing(source: LayerSource) -> None:
    assert fit_archive(GRID, source, FLAT, OUTLINES[:3]) is None
    assert fit_archive(GRID, source, FLAT, []) is None


def test_without_heights_nothing_is_told(source: LayerSource) -> None:
    assert fit_archive(GRID, LayerSource(None, None), FLAT, OUTLINES) is None


def test_only_the_fullest_windows_are_looked_at(source: LayerSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WINDOW_PIXELS", 100)
    assert fit_archive(GRID, source, FLAT, moved(0.5, 0.5)) is None  # a quarter has too few buildings


@pytest.mark.parametrize(
    ("stated", "ratio"),
    [
        ([4.0] * 6, 1.5),
        ([4.0] * 2, 1.5),  # two that agree tell as much as five that differ a little
        ([6.0, 2.5], None),
        ([6.0], None),
        ([2.0, 3.0, 4.0, 6.0, 12.0, 18.0], None),
    ],
)
def test_buildings_tell_the_unit_of_heights(source: LayerSource, stated: list[float], ratio: float | None) -> None:
    buildings = list(zip(OUTLINES, stated, strict=False))
    assert height_ratio(source, FLAT, HERE, buildings) == (None if ratio is None else pytest.approx(ratio, rel=0.01))

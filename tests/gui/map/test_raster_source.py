"""Products of surveys on the map: the right pixels, transparent where there are none, sentences for faults."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS
from PySide6.QtGui import QImage

from weijian.domain.errors import FileMissing, NotFound
from weijian.domain.grid import PixelGrid
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.qt.map.raster_source import RasterSource
from weijian.qt.map.tiles import visible_cells
from weijian.services import map_rasters
from weijian.services.alignments import Placement, kept_placement
from weijian.services.chips import read_chip
from weijian.services.map_rasters import FileReplaced, Lie, OverviewsMissing, Product, look_at
from weijian.storage.workspace import open_workspace

CRS_4549 = CRS("EPSG:4549")


def pixels(image: QImage) -> np.ndarray:
    """(rows, columns, 4) red, green, blue, opacity."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.width(), 4).copy()


@pytest.fixture
def small(tmp_path: Path) -> Survey:
    """64 x 64 pixels of 1 m with a clear corner, and heights."""
    rng = np.random.default_rng(1)
    image = rng.integers(1, 255, (4, 64, 64)).astype(np.uint8)
    image[3] = 255
    image[:, :16, :16] = 0
    heights = np.full((64, 64), 10, np.float32)
    heights[20:40, 20:40] = 16
    heights[:8, :8] = -9999
    common = {"driver": "GTiff", "width": 64, "height": 64, "crs": "EPSG:4549",
              "transform": Affine(1, 0, 500_000, 0, -1, 3_340_064)}  # fmt: skip
    with rasterio.open(tmp_path / "dom.tif", "w", count=4, dtype="uint8", **common) as dataset:
        dataset.colorinterp = [rasterio.enums.ColorInterp[c] for c in ("red", "green", "blue", "alpha")]
        dataset.write(image)
    with rasterio.open(tmp_path / "dsm.tif", "w", count=1, dtype="float32", nodata=-9999, **common) as dataset:
        dataset.write(heights, 1)
    return Survey(1, "小", date(2025, 1, 1), tmp_path / "dom.tif", tmp_path / "dsm.tif", "EPSG:4549", 1.0, 64, 64)


def tile_of(survey: Survey, product: Product = Product.ORTHO, lie: Lie | None = None) -> np.ndarray:
    source = RasterSource(look_at(survey, product, CRS_4549, lie))
    return pixels(source.tile(PixelGrid(CRS_4549, Affine(1, 0, 500_000, 0, -1, 3_340_064), 64, 64)))


def test_the_pixels_of_the_file_are_drawn_and_what_is_clear_is_clear(small: Survey) -> None:
    drawn = tile_of(small)
    with rasterio.open(small.ortho) as dataset:
        there = np.moveaxis(dataset.read(), 0, -1)
    assert (drawn[..., 3] == there[..., 3]).all()
    assert (drawn[16:, 16:] == there[16:, 16:]).all()
    assert not drawn[:16, :16].any()


def test_a_measured_shift_moves_the_picture(small: Survey) -> None:
    lie = Lie(Placement(None, east_m=3.0, north_m=-2.0), "EPSG:4549", is_before=False)
    plain, moved = tile_of(small), tile_of(small, lie=lie)
    # the archive's ground at (x, y) lies 3 m east and 2 m south in the file
    assert (moved[20:60, 20:58] == plain[22:62, 23:61]).all()
    assert look_at(small, Product.ORTHO, CRS_4549, lie).bounds == pytest.approx(
        (499_997, 3_340_002, 500_061, 3_340_066), abs=1e-6
    )


def test_the_earlier_survey_is_moved_by_both_shifts(small: Survey) -> None:
    lie = Lie(Placement(ShiftField.constant(1.0, 1.0), east_m=3.0, north_m=-2.0), "EPSG:4549", is_before=True)
    plain, moved = tile_of(small), tile_of(small, lie=lie)
    assert (moved[20:60, 20:58] == plain[21:61, 24:62]).all()


def test_a_surface_is_shaded_and_coloured_by_height(small: Survey) -> None:
    drawn = tile_of(small, Product.SURFACE).astype(int)
    assert (drawn[:8, :8, 3] == 0).all()
    assert (drawn[8:, 8:, 3] == 255).all()
    flat, roof = drawn[50, 50, :3], drawn[30, 30, :3]
    assert abs(flat - roof).max() > 20  # another height, another colour
    sunny, shadow = drawn[30, 19, :3].sum(), drawn[30, 40, :3].sum()  # the west wall and the east wall
    assert sunny > shadow + 100
    assert flat.sum() > shadow + 100


def test_tiles_meet_without_seams(small: Survey) -> None:
    source = RasterSource(look_at(small, Product.SURFACE, CRS_4549))
    whole = pixels(source.tile(PixelGrid(CRS_4549, Affine(0.5, 0, 500_000, 0, -0.5, 3_340_064), 128, 128)))
    right = pixels(source.tile(PixelGrid(CRS_4549, Affine(0.5, 0, 500_032, 0, -0.5, 3_340_064), 64, 128)))
    assert abs(whole[:, 64:].astype(int) - right.astype(int)).max() <= 1


def test_equal_looks_are_equal_sources(small: Survey) -> None:
    first, second = (RasterSource(look_at(small, Product.ORTHO, CRS_4549)) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != RasterSource(look_at(small, Product.SURFACE, CRS_4549))
    os.utime(small.ortho, (1, 1))
    assert first != RasterSource(look_at(small, Product.ORTHO, CRS_4549))


def test_a_file_that_is_gone_is_a_sentence(small: Survey) -> None:
    source = RasterSource(look_at(small, Product.ORTHO, CRS_4549))
    cell = visible_cells(source.bounds, source.bounds, 0)[0]
    source.tile(cell.grid(CRS_4549))
    small.ortho.unlink()
    with pytest.raises(FileMissing):
        source.tile(cell.grid(CRS_4549))


def test_a_file_that_was_replaced_is_a_sentence(small: Survey) -> None:
    source = RasterSource(look_at(small, Product.ORTHO, CRS_4549))
    os.utime(small.ortho, (1, 1))
    with pytest.raises(FileReplaced, match="load its layer again"):
        source.tile(visible_cells(source.bounds, source.bounds, 0)[0].grid(CRS_4549))


def test_a_survey_without_a_surface_has_none_to_draw(small: Survey) -> None:
    with pytest.raises(NotFound):
        look_at(replace(small, dsm=None), Product.SURFACE, CRS_4549)


def test_what_needs_overviews_says_so(small: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_rasters, "MOST_PIXELS", 1000)
    from_afar = PixelGrid(CRS_4549, Affine(4, 0, 500_000, 0, -4, 3_340_064), 16, 16)
    with pytest.raises(OverviewsMissing):
        RasterSource(look_at(small, Product.ORTHO, CRS_4549)).tile(from_afar)
    with rasterio.open(small.ortho, "r+") as dataset:
        dataset.build_overviews([2, 4], rasterio.enums.Resampling.average)
    assert RasterSource(look_at(small, Product.ORTHO, CRS_4549)).tile(from_afar).width() == 16


def test_overviews_count_where_the_nodata_value_is_not_declared(tmp_path: Path) -> None:
    """Such a file is read through a warp, which has overviews of its own accord only if the file has."""
    image = np.full((3, 1024, 1024), 120, np.uint8)
    image[:, :400] = 0  # a black border, evidently no picture
    path = tmp_path / "bordered.tif"
    common = {"driver": "GTiff", "crs": "EPSG:4549", "transform": Affine(1, 0, 500_000, 0, -1, 3_340_000)}
    with rasterio.open(path, "w", width=1024, height=1024, count=3, dtype="uint8", tiled=True, **common) as dataset:
        dataset.write(image)
    survey = Survey(1, "边", date(2025, 1, 1), path, None, "EPSG:4549", 1.0, 1024, 1024)
    assert look_at(survey, Product.ORTHO, CRS_4549).overviews == ()
    with rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2, 4], rasterio.enums.Resampling.average)
    found = look_at(survey, Product.ORTHO, CRS_4549)
    assert not found.raster.nodata_declared
    assert found.overviews == (2, 4)
    drawn = pixels(RasterSource(found).tile(PixelGrid(CRS_4549, Affine(4, 0, 500_000, 0, -4, 3_340_000), 256, 256)))
    assert not drawn[:99].any()
    assert (drawn[101:] == (120, 120, 120, 255)).all()


def test_the_sample_survey_looks_as_in_its_chips(village: Path) -> None:
    with open_workspace(village) as workspace, workspace.read() as work:
        survey = work.surveys.all()[-1]
    raster = look_at(survey, Product.ORTHO, CRS_4549)
    source = RasterSource(raster)
    cell = visible_cells(raster.bounds, raster.bounds, -3)[0]
    chip = read_chip(survey, cell.bounds, CRS_4549, 0.125)
    assert chip.valid.all()
    assert (pixels(source.tile(cell.grid(CRS_4549)))[..., :3] == chip.rgb).all()


def test_the_pair_lies_on_each_other(village: Path) -> None:
    """What both dates show unchanged is at the same place: the shifts of the detection make them alike."""
    with open_workspace(village) as workspace, workspace.read() as work:
        before, after = work.surveys.all()
        placement = kept_placement(work, before.survey_id, after.survey_id)

    def greys(*, lying: bool) -> list[np.ndarray]:
        lies = [Lie(placement, CRS(after.crs).to_wkt(), one is before) if lying else None for one in (before, after)]
        rasters = [look_at(one, Product.ORTHO, CRS_4549, lie) for one, lie in zip((before, after), lies, strict=True)]
        cell = visible_cells(rasters[0].bounds, rasters[0].bounds, -2)[0]
        drawn = [pixels(RasterSource(raster).tile(cell.grid(CRS_4549)))[..., :3] for raster in rasters]
        return [image.mean(axis=-1).ravel() for image in drawn]

    assert np.corrcoef(*greys(lying=True))[0, 1] > np.corrcoef(*greys(lying=False))[0, 1] + 0.02

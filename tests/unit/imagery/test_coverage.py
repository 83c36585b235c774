from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS

from unit.imagery.rasters import LEFT, TOP, north_up, write
from weijian.domain.grid import PixelGrid
from weijian.imagery import coverage as room
from weijian.imagery.coverage import Reach, coverage_of
from weijian.imagery.raster import Raster, open_raster
from weijian.imagery.shift import ShiftField

METRES = CRS.from_epsg(4549)
RECT = '<DstRect xOff="{}" yOff="{}" xSize="64" ySize="64"/>'
SOURCE = (
    '<SimpleSource><SourceFilename relativeToVRT="1">{name}</SourceFilename><SourceBand>{band}</SourceBand>'
    '<SrcRect xOff="0" yOff="0" xSize="64" ySize="64"/>{rect}</SimpleSource>'
)


def mosaic(folder: Path, places: list[tuple[int, int]], size: int = 2000, rect: str = RECT, kind: str = "") -> Path:
    """A VRT of ``size`` pixels with one tile at each (column, row)."""
    tile = write(folder / "tile.tif", np.random.default_rng(1).integers(1, 255, (3, 64, 64), np.uint8))
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"{kind}><NoDataValue>0</NoDataValue>'
        + "".join(SOURCE.format(name=tile.name, band=band, rect=rect.format(*place)) for place in places)
        + "</VRTRasterBand>"
        for band in (1, 2, 3)
    )
    t = north_up(0.25)
    path = folder / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{size}" rasterYSize="{size}"><SRS>{METRES.to_wkt()}</SRS>'
        f"<GeoTransform>{t.c}, {t.a}, 0, {t.f}, 0, {t.e}</GeoTransform>{bands}</VRTDataset>"
    )
    return path


def seen_at(raster: Raster, column: float, row: float, shift: ShiftField | None = None, crs: CRS = METRES) -> bool:
    """Whether the square of 10 pixels around a pixel of the mosaic may show something."""
    grid = raster.grid.crop(round(row) - 5, round(column) - 5, 10, 10)
    coverage = coverage_of(raster)
    assert coverage is not None
    return bool(coverage.share(np.array([grid.bounds_in(crs)]), crs, shift)[0] > 0)


def test_a_mosaic_tells_where_its_sources_are(tmp_path: Path) -> None:
    raster = open_raster(mosaic(tmp_path, [(128, 256), (1900, 1900)]))
    assert seen_at(raster, 160, 288)
    assert seen_at(raster, 1932, 1932)
    assert not seen_at(raster, 1000, 288)
    assert not seen_at(raster, 160, 1000)
    assert not seen_at(raster, -500, -500)


def test_a_shift_and_another_crs_are_heeded(tmp_path: Path) -> None:
    raster = open_raster(mosaic(tmp_path, [(128, 256)]))
    east = ShiftField.constant(200 * 0.25, 0.0)
    assert seen_at(raster, 160 - 200, 288, east)
    assert not seen_at(raster, 160 + 200, 288, east)
    degrees = CRS.from_epsg(4490)
    assert seen_at(raster, 160, 288, crs=degrees)
    assert not seen_at(raster, 1000, 1288, crs=degrees)


@pytest.mark.parametrize(
    ("rect", "kind"),
    [("", ""), ('<DstRect xOff="a{}{}"/>', ""), (RECT, ' subClass="VRTDerivedRasterBand"')],
    ids=["no place", "no number", "derived"],
)
def test_a_mosaic_of_another_kind_tells_nothing(tmp_path: Path, rect: str, kind: str) -> None:
    plain = open_raster(mosaic(tmp_path, [(128, 256)]))
    mosaic(tmp_path, [(128, 256)], rect=rect, kind=kind)
    assert coverage_of(plain) is None


def test_a_small_file_may_have_data_anywhere(tmp_path: Path) -> None:
    assert coverage_of(open_raster(write(tmp_path / "a.tif", np.ones((3, 64, 64), np.uint8)))) is None


def test_a_tiff_tells_which_blocks_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rasterio
    from rasterio.windows import Window

    profile = {"count": 3, "height": 1024, "width": 1024, "dtype": "uint8", "nodata": 0, "crs": METRES.to_wkt()}
    tiled = {"tiled": True, "blockxsize": 128, "blockysize": 128, "SPARSE_OK": True}
    with rasterio.open(tmp_path / "a.tif", "w", transform=north_up(0.25), **profile, **tiled) as file:
        file.write(np.full((3, 128, 128), 9, np.uint8), window=Window(256, 512, 128, 128))
    monkeypatch.setattr(room, "_LARGE", 1000)
    raster = open_raster(tmp_path / "a.tif")
    assert seen_at(raster, 300, 560)
    assert not seen_at(raster, 300, 100)


def test_windows_are_chosen_where_every_date_may_show_something(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    both = [
        open_raster(mosaic(tmp_path, [(128, 256), (1280, 1280)])),
        open_raster(mosaic(tmp_path / "b", [(1280, 1280)])),
    ]
    grid = both[0].grid
    reach = Reach.of(METRES, ((both[0],), None), ((both[1], None), ShiftField.constant(0.0, 0.0)))
    parts = reach.parts_of(grid, 250)
    assert np.flatnonzero(parts).tolist() == [5 * 8 + 5]
    corners = [grid.crop(row, column, 32, 32) for row in (0, 1900) for column in (0, 1900)]
    chosen = reach.spread(grid, 32, 9, corners)
    assert 0 < len(chosen) <= 9
    west, north = LEFT + 1280 * 0.25, TOP - 1280 * 0.25
    assert all(abs(w.bounds[0] - west) < 30 and abs(w.bounds[3] - north) < 30 for w in chosen)


def test_where_nothing_is_told_windows_stay_as_they_are() -> None:
    grid = PixelGrid.over((0, 0, 100, 100), 1.0, METRES)
    lattice = [grid.crop(0, 0, 10, 10)]
    assert Reach(METRES).spread(grid, 10, 4, lattice) is lattice
    assert Reach(METRES).parts_of(grid, 30).all()
    assert len(Reach(METRES).parts_of(grid, 30)) == grid.count_of_parts(30)

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp

from unit.imagery.rasters import LEFT, TOP, north_up, picture, write
from weijian.domain.errors import (
    CrsContradicted,
    CrsMissing,
    CrsNotMetric,
    CrsNotOfEarth,
    FileMissing,
    FileUnreadable,
    InputError,
    NotARaster,
    NotGeoreferenced,
    RasterDamaged,
    RasterKindWrong,
)
from weijian.domain.grid import PixelGrid
from weijian.imagery.raster import RasterKind, open_raster, require_metric
from weijian.imagery.windows import read_image, read_surface

RGBA = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)


def test_three_bands_are_read_as_they_are(tmp_path: Path) -> None:
    raster = open_raster(write(tmp_path / "a.tif", picture()))
    image, valid = read_image(raster, raster.grid)
    assert raster.kind is RasterKind.IMAGE
    assert raster.grid.crs == CRS.from_epsg(4549)
    assert raster.grid.bounds == (LEFT, TOP - 15, LEFT + 20, TOP)
    assert valid.all()
    np.testing.assert_array_equal(image, picture())


def test_opening_and_reading_leave_the_folder_as_it_was(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", picture())
    bytes_before = path.read_bytes()
    raster = open_raster(path)
    read_image(raster, raster.grid)
    assert [p.name for p in tmp_path.iterdir()] == ["a.tif"]
    assert path.read_bytes() == bytes_before


def test_grey_becomes_three_equal_colours(tmp_path: Path) -> None:
    raster = open_raster(write(tmp_path / "a.tif", picture()[:1]))
    image, _ = read_image(raster, raster.grid)
    np.testing.assert_array_equal(image, np.repeat(picture()[:1], 3, axis=0))


def test_palette_is_looked_up(tmp_path: Path) -> None:
    indices = np.arange(12, dtype=np.uint8).reshape(1, 3, 4)
    colours = {i: (10 * i, 200 - 10 * i, i, 255) for i in range(256) if i <= 20} | {255: (0, 0, 0, 255)}
    raster = open_raster(write(tmp_path / "a.tif", indices, colormap=colours, photometric="palette"))
    image, valid = read_image(raster, raster.grid)
    assert valid.all()
    np.testing.assert_array_equal(image[:, 1, 2], [60, 140, 6])


def test_fourth_band_is_infra_red_and_left_alone(tmp_path: Path) -> None:
    bands = np.concatenate([picture(), np.zeros((1, 60, 80), np.uint8)])
    meaning = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.undefined)
    raster = open_raster(write(tmp_path / "a.tif", bands, colorinterp=meaning, alpha="NO"))
    image, valid = read_image(raster, raster.grid)
    assert (raster.bands, raster.alpha) == ((1, 2, 3), None)
    assert valid.all()
    np.testing.assert_array_equal(image, picture())


def test_alpha_is_found_by_its_meaning(tmp_path: Path) -> None:
    opacity = np.full((1, 60, 80), 255, np.uint8)
    opacity[:, :, :30] = 0
    raster = open_raster(write(tmp_path / "a.tif", np.concatenate([picture(), opacity]), colorinterp=RGBA))
    image, valid = read_image(raster, raster.grid)
    assert raster.alpha == 4
    assert not valid[:, :30].any()
    assert valid[:, 30:].all()
    assert not image[:, :, :30].any()


def test_mask_is_honoured(tmp_path: Path) -> None:
    mask = np.full((60, 80), 255, np.uint8)
    mask[:20] = 0
    raster = open_raster(write(tmp_path / "a.tif", picture(), mask=mask))
    _, valid = read_image(raster, raster.grid)
    np.testing.assert_array_equal(valid, mask > 0)


@pytest.mark.parametrize("nodata", [0, 255])
@pytest.mark.parametrize("declared", [True, False])
def test_nodata_of_a_picture_declared_or_evident(tmp_path: Path, nodata: int, declared: bool) -> None:
    bands = picture()
    bands[:, :, 60:] = nodata
    bands[0, 5, 5] = nodata  # one colour alone says nothing
    more = {"nodata": nodata} if declared else {}
    raster = open_raster(write(tmp_path / "a.tif", bands, **more))
    _, valid = read_image(raster, raster.grid)
    assert raster.nodata == nodata
    assert not valid[:, 60:].any()
    assert valid[:, :60].all()


def test_sixteen_bits_are_stretched_by_one_range(tmp_path: Path) -> None:
    bands = picture(200, 200).astype(np.uint16) * 10 + 2500  # hazy, and far from the full scale of 13 bits
    bands[0, 0, 0] = 65535
    raster = open_raster(write(tmp_path / "a.tif", bands))
    image, _ = read_image(raster, raster.grid)
    assert raster.stretch is not None
    low, high = raster.stretch
    assert low == pytest.approx(np.percentile(bands, 0.05), rel=1e-3)
    assert high == pytest.approx(np.percentile(bands, 99.95), rel=1e-3)
    expected = np.clip((bands - low) / (high - low) * 255, 0, 255)
    assert np.abs(image - expected).max() <= 0.51


@pytest.mark.parametrize(("gain", "bits"), [(257, 16), (16, 12), (1, 8)])
def test_an_eight_bit_image_in_more_bits_looks_the_same(tmp_path: Path, gain: int, bits: int) -> None:
    bands = picture(200, 200)
    raster = open_raster(write(tmp_path / "a.tif", bands.astype(np.uint16) * gain))
    image, _ = read_image(raster, raster.grid)
    assert raster.stretch == (0.0, 2.0**bits - 1)
    assert np.abs(image.astype(int) - bands).max() <= 1


@pytest.mark.parametrize("declared", [True, False])
def test_surface_with_holes(tmp_path: Path, declared: bool) -> None:
    heights = np.linspace(20, 30, 4800, dtype=np.float32).reshape(1, 60, 80)
    heights[0, 10:20, 10:20] = -9999
    heights[0, 0, :3] = np.nan, np.inf, -np.inf
    more = {"nodata": -9999} if declared else {}
    raster = open_raster(write(tmp_path / "a.tif", heights, **more))
    surface = read_surface(raster, raster.grid)
    assert raster.kind is RasterKind.SURFACE
    hole = np.zeros((60, 80), bool)
    hole[10:20, 10:20] = True
    hole[0, :3] = True
    np.testing.assert_array_equal(np.isnan(surface), hole)
    np.testing.assert_allclose(surface[~hole], heights[0][~hole])


def test_undeclared_holes_do_not_leak_into_averages(tmp_path: Path) -> None:
    heights = np.full((1, 64, 64), 25, np.float32)
    heights[0, 11:30, 13:40] = -9999
    raster = open_raster(write(tmp_path / "a.tif", heights))
    coarse = replace(raster.grid, transform=raster.grid.transform @ Affine.scale(4), width=16, height=16)
    surface = read_surface(raster, coarse)
    assert np.nanmin(surface) == pytest.approx(25)
    assert np.isnan(surface).any()


@pytest.mark.parametrize(("unit", "metres"), [("ft", 0.3048), ("US survey foot", 1200 / 3937), ("metre", 1), ("", 1)])
def test_heights_in_other_units(tmp_path: Path, unit: str, metres: float) -> None:
    raster = open_raster(write(tmp_path / "a.tif", np.full((1, 9, 9), 100, np.float32), units=(unit,)))
    assert read_surface(raster, raster.grid)[4, 4] == pytest.approx(100 * metres)


def test_heights_in_decimetres(tmp_path: Path) -> None:
    raster = open_raster(write(tmp_path / "a.tif", np.full((1, 9, 9), 251, np.int16), scales=(0.1,)))
    assert raster.kind is RasterKind.SURFACE
    assert read_surface(raster, raster.grid)[4, 4] == pytest.approx(25.1)


def test_file_placed_by_control_points(tmp_path: Path) -> None:
    corners = [(0, 0), (0, 80), (60, 0), (60, 80)]
    gcps = [GroundControlPoint(r, c, LEFT + 0.25 * c, TOP - 0.25 * r) for r, c in corners]
    raster = open_raster(write(tmp_path / "a.tif", picture(), gcps=gcps))
    image, valid = read_image(raster, raster.grid)
    assert raster.warped
    assert raster.grid.bounds == pytest.approx((LEFT, TOP - 15, LEFT + 20, TOP), abs=0.3)
    inner = slice(5, 50), slice(5, 70)
    assert valid[inner].all()
    assert np.abs(image[:, 5:50, 5:70].astype(int) - picture()[:, 5:50, 5:70]).mean() < 6


def test_world_file_and_prj_beside(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", picture(), transform=Affine.identity(), crs=None)
    (tmp_path / "a.tfw").write_text(f"0.25\n0\n0\n-0.25\n{LEFT + 0.125}\n{TOP - 0.125}\n", encoding="ascii")
    with pytest.raises(CrsMissing):
        open_raster(path)
    (tmp_path / "a.prj").write_text(CRS.from_epsg(4549).to_wkt("WKT1_ESRI"), encoding="ascii")
    raster = open_raster(path)
    assert raster.grid.crs == CRS.from_epsg(4549)
    assert raster.grid.bounds[0] == LEFT


def test_crs_given_by_hand_goes_before_none(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", picture(), crs=None)
    with pytest.raises(CrsMissing, match="--crs"):
        open_raster(path)
    assert open_raster(path, CRS.from_epsg(4549)).grid.crs == CRS.from_epsg(4549)


def test_no_place_at_all(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", picture(), transform=Affine.identity(), crs=None)
    with pytest.raises(NotGeoreferenced, match="does not say where"):
        open_raster(path)


def test_missing_empty_folder_text_and_cut_off(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.tif", picture(400, 400)).read_bytes()
    (tmp_path / "empty.tif").write_bytes(b"")
    (tmp_path / "text.tif").write_text("not a picture", encoding="utf-8")
    (tmp_path / "cut.tif").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileMissing):
        open_raster(tmp_path / "none.tif")
    for name in ("empty.tif", "text.tif", "folder"):
        with pytest.raises(NotARaster) as caught:
            open_raster(tmp_path / name)
        assert name in caught.value.sentence("zh")
    with pytest.raises(FileUnreadable, match=r"cut\.tif"):
        open_raster(tmp_path / "cut.tif")


def test_cut_off_after_it_was_opened(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    bands = chance.integers(1, 250, (3, 600, 600)).astype(np.uint8)
    path = write(tmp_path / "a.tif", bands, tiled=True, blockxsize=128, blockysize=128)
    raster = open_raster(path)
    path.write_bytes(path.read_bytes()[:400_000])
    with pytest.raises(RasterDamaged, match=r"a\.tif"):
        read_image(raster, raster.grid)


@pytest.mark.parametrize(
    ("crs", "left", "found"),
    [
        ("EPSG:4549", 40_500_120.0, "EPSG:4528"),  # zone number in the easting, CRS without
        ("EPSG:4528", 500_120.0, "EPSG:4549"),  # the other way round
        ("EPSG:4528", 39_500_120.0, "EPSG:4527"),  # the neighbouring zone
        ("EPSG:4549", 120.5, "°"),  # degrees
    ],
)
def test_zone_that_contradicts_the_coordinates(tmp_path: Path, crs: str, left: float, found: str) -> None:
    top = 30.2 if left < 180 else TOP
    path = write(tmp_path / "a.tif", picture(), north_up(1e-6 if left < 180 else 0.25, left, top), crs)
    with pytest.raises(CrsContradicted) as caught:
        open_raster(path)
    for language in ("zh", "en"):
        sentence = caught.value.sentence(language)
        assert crs in sentence
        assert found in sentence
        assert "a.tif" in sentence


def test_axes_swapped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", picture(), north_up(0.25, TOP, LEFT))
    with pytest.raises(CrsContradicted, match="N, E"):
        open_raster(path)


@pytest.mark.parametrize("crs", ["EPSG:4528", "EPSG:2360", "EPSG:2436"])
def test_zones_that_agree(tmp_path: Path, crs: str) -> None:
    east = {"EPSG:4528": 40_500_120.0, "EPSG:2360": 36_500_120.0, "EPSG:2436": 500_120.0}[crs]
    assert open_raster(write(tmp_path / "a.tif", picture(), north_up(0.25, east), crs)).grid.width == 80


def test_local_frame_and_other_bodies_are_not_of_this_earth(tmp_path: Path) -> None:
    local = 'LOCAL_CS["site grid",UNIT["metre",1],AXIS["x",EAST],AXIS["y",NORTH]]'
    europa = (
        'GEOGCS["Europa",DATUM["D_Europa",SPHEROID["Europa",1560800,0]],PRIMEM["Reference_Meridian",0],'
        'UNIT["degree",0.0174532925199433]]'
    )
    for name, crs in {"local": local, "europa": europa}.items():
        transform = north_up(0.25, 10.0, 20.0) if name == "europa" else north_up(0.25)
        with pytest.raises(CrsNotOfEarth, match=name):
            open_raster(write(tmp_path / f"{name}.tif", picture(), transform, crs))


def test_degrees_open_but_are_not_metric(tmp_path: Path) -> None:
    raster = open_raster(write(tmp_path / "a.tif", picture(), north_up(1e-6, 120.0, 30.0), "EPSG:4490"))
    with pytest.raises(CrsNotMetric, match="EPSG:4490"):
        require_metric(raster)
    feet = open_raster(write(tmp_path / "b.tif", picture(), north_up(1.0, 2e6, 5e5), "EPSG:2263"))
    with pytest.raises(CrsNotMetric, match="EPSG:2263"):
        require_metric(feet)
    metric = open_raster(write(tmp_path / "c.tif", picture()))
    assert require_metric(metric) is metric


def test_image_and_surface_swapped(tmp_path: Path) -> None:
    image = write(tmp_path / "image.tif", picture())
    surface = write(tmp_path / "surface.tif", np.ones((1, 9, 9), np.float32))
    with pytest.raises(RasterKindWrong, match=r"image\.tif"):
        open_raster(image, kind=RasterKind.SURFACE)
    with pytest.raises(RasterKindWrong, match=r"surface\.tif"):
        open_raster(surface, kind=RasterKind.IMAGE)
    with pytest.raises(RasterKindWrong):
        read_surface(open_raster(image), open_raster(image).grid)
    unsigned = write(tmp_path / "u.tif", np.full((1, 9, 9), 31, np.uint16))
    assert open_raster(unsigned).kind is RasterKind.IMAGE
    assert open_raster(unsigned, kind=RasterKind.SURFACE).kind is RasterKind.SURFACE


def test_every_refusal_is_one_sentence_in_two_languages(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        open_raster(tmp_path / "none.tif")
    assert "\n" not in caught.value.sentence("zh") + caught.value.sentence("en")


def mosaic_of(folder: Path, layers: dict[str, np.ndarray]) -> Path:
    """A mosaic of one file a band, each of its own type of number."""
    bands = []
    for number, (meaning, values) in enumerate(layers.items(), start=1):
        write(folder / f"{meaning}.tif", values[None])
        kind = {"uint8": "Byte", "uint16": "UInt16"}[values.dtype.name]
        bands.append(
            f'<VRTRasterBand dataType="{kind}" band="{number}"><ColorInterp>{meaning}</ColorInterp><SimpleSource>'
            f'<SourceFilename relativeToVRT="1">{meaning}.tif</SourceFilename></SimpleSource></VRTRasterBand>'
        )
    height, width = next(iter(layers.values())).shape
    place = ", ".join(map(repr, north_up(0.25).to_gdal()))
    path = folder / "mosaic.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>EPSG:4549</SRS>'
        f"<GeoTransform>{place}</GeoTransform>{''.join(bands)}</VRTDataset>",
        encoding="utf-8",
    )
    return path


def test_opacity_may_be_of_another_type(tmp_path: Path) -> None:
    colours = dict(zip(("Red", "Green", "Blue"), picture(), strict=True))
    opacity = np.full((60, 80), 65535, np.uint16)
    opacity[:, 40:] = 20_000  # less than half
    raster = open_raster(mosaic_of(tmp_path, {**colours, "Alpha": opacity}))
    for coarser in (1.0, 2.0):
        transform = north_up(0.25 * coarser)
        grid = PixelGrid(raster.grid.crs, transform, int(80 / coarser), int(60 / coarser))
        valid = read_image(raster, grid)[1]
        assert valid[:, : valid.shape[1] // 2].all()
        assert not valid[:, valid.shape[1] // 2 :].any()


def test_colours_of_different_types_are_refused(tmp_path: Path) -> None:
    red, green, blue = picture()
    mixed = mosaic_of(tmp_path, {"Red": red, "Green": green.astype(np.uint16), "Blue": blue})
    with pytest.raises(RasterKindWrong, match="uint16 / uint8"):
        open_raster(mixed)


def test_opacity_alone_is_no_image(tmp_path: Path) -> None:
    alone = mosaic_of(tmp_path, {"Alpha": np.full((60, 80), 255, np.uint8)})
    with pytest.raises(RasterKindWrong):
        open_raster(alone)

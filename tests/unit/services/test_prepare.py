from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS

from unit.services.made import EAST, NORTH, SIZE_M, Flight, write_raster
from weijian.domain.errors import CrsMissing, CrsUnusable, FileMissing, NoOverlap, RasterKindWrong
from weijian.domain.finding import Method
from weijian.domain.grid import Bounds, PixelGrid
from weijian.domain.job import Progress, finish
from weijian.domain.parallel import Threads
from weijian.imagery.alignment import HandShift
from weijian.imagery.content import NothingShown
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster, RasterKind
from weijian.services import prepare as room
from weijian.services.placing import SurfacesDisagree
from weijian.services.prepare import (
    EarlierImageMissing,
    HeightsMissing,
    NoComparison,
    Opened,
    Products,
    SurveyTooCoarse,
    choose_method,
    detection_grid,
    open_products,
    prepare,
)
from weijian.services.profile import Profile
from weijian.services.survey_files import open_placed

HERE, NEXT_ZONE = CRS.from_epsg(4549), CRS.from_epsg(4548)
BOX = (EAST, NORTH, EAST + 100, NORTH + 80)


def raster(bounds: Bounds = BOX, pixel: float = 0.1, kind: RasterKind = RasterKind.IMAGE, crs: CRS = HERE) -> Raster:
    return Raster(Path(f"{kind}.tif"), PixelGrid.over(bounds, pixel, crs), kind, "uint8", (1, 2, 3))


IMAGE, SURFACE = raster(), raster(kind=RasterKind.SURFACE)
ALL = Opened(IMAGE, IMAGE, SURFACE, SURFACE)


@pytest.mark.parametrize(
    ("before", "after_dsm", "before_dsm", "archive", "asked", "method"),
    [
        (True, True, True, False, None, Method.HEIGHT),
        (True, True, True, True, Method.SPECTRAL, Method.SPECTRAL),
        (True, True, False, False, None, Method.SPECTRAL),
        (True, False, True, False, None, Method.SPECTRAL),
        (True, False, False, True, None, Method.SPECTRAL),
        (False, True, False, True, None, Method.HEIGHT),
        (False, True, False, True, Method.HEIGHT, Method.HEIGHT),
        (False, True, False, False, None, NoComparison),
        (False, False, False, False, None, NoComparison),
        (False, False, False, True, None, Method.SPECTRAL),
        (False, True, False, True, Method.SPECTRAL, Method.SPECTRAL),
        (False, False, False, True, Method.MODEL, EarlierImageMissing),
        (False, True, True, True, None, EarlierImageMissing),
        (False, True, True, False, None, EarlierImageMissing),
        (True, False, True, False, Method.HEIGHT, HeightsMissing),
        (True, True, False, False, Method.HEIGHT, HeightsMissing),
        (False, False, False, True, Method.HEIGHT, HeightsMissing),
    ],
)
def test_the_data_decide_the_method(
    before: bool, after_dsm: bool, before_dsm: bool, archive: bool, asked: Method | None, method: Method | type
) -> None:
    opened = Opened(IMAGE, IMAGE if before else None, SURFACE if after_dsm else None, SURFACE if before_dsm else None)
    if isinstance(method, Method):
        assert choose_method(opened, archive, asked) is method
    else:
        with pytest.raises(method):
            choose_method(opened, archive, asked)


def test_missing_heights_are_named() -> None:
    with pytest.raises(HeightsMissing) as refusal:
        choose_method(replace(ALL, after_dsm=None, before_dsm=None), False, Method.HEIGHT)
    assert "--after-dsm" in refusal.value.sentence("zh")


def test_only_ground_that_all_cover_is_worked() -> None:
    x0, y0, x1, y1 = BOX
    opened = Opened(
        raster((x0, y0, x1, y1)),
        raster((x0 + 10, y0, x1 + 10, y1)),
        raster((x0, y0 - 5, x1, y1 - 5), 0.4, RasterKind.SURFACE),
        raster((x0, y0 + 20, x1, y1 + 20), 0.4, RasterKind.SURFACE),
    )
    by_height, by_image = (detection_grid(opened, method, True) for method in (Method.HEIGHT, Method.SPECTRAL))
    assert by_height.bounds == pytest.approx((x0 + 10, y0 + 20, x1, y1 - 5), abs=0.4)
    assert by_image.bounds == pytest.approx((x0 + 10, y0, x1, y1), abs=0.25)


@pytest.mark.parametrize("moved", [(200, 0), (0, 200), (100, 0), (-100, 0)])
def test_no_common_ground_is_told(moved: tuple[float, float]) -> None:
    x0, y0, x1, y1 = BOX
    elsewhere = raster((x0 + moved[0], y0 + moved[1], x1 + moved[0], y1 + moved[1]))
    with pytest.raises(NoOverlap) as refusal:
        detection_grid(replace(ALL, before=elsewhere), Method.HEIGHT, True)
    assert refusal.value.data == {"first": IMAGE.path, "second": elsewhere.path}


@pytest.mark.parametrize(
    ("image", "surface", "method", "pixel"),
    [
        (0.03, 0.05, Method.HEIGHT, room.HEIGHT_PIXEL_M),
        (0.03, 0.5, Method.HEIGHT, 0.5),
        (0.03, 1.5, Method.HEIGHT, room.COARSEST_PIXEL_M),
        (0.03, 0.05, Method.SPECTRAL, room.IMAGE_PIXEL_M),
        (0.6, 0.05, Method.SPECTRAL, 0.6),
        (1.8, 0.05, Method.SPECTRAL, room.COARSEST_PIXEL_M),
    ],
)
def test_pixels_are_as_coarse_as_the_data_and_no_coarser_than_buildings(
    image: float, surface: float, method: Method, pixel: float
) -> None:
    heights = raster(pixel=surface, kind=RasterKind.SURFACE)
    opened = Opened(raster(pixel=image), raster(pixel=0.02), heights, heights)
    assert detection_grid(opened, method, True).resolution == pytest.approx(pixel)


def test_pixels_that_show_no_building_are_refused() -> None:
    satellite = replace(raster(pixel=10.0), path=Path("sentinel.tif"))
    with pytest.raises(SurveyTooCoarse) as refusal:
        detection_grid(replace(ALL, before=satellite), Method.SPECTRAL, True)
    assert "sentinel.tif" in refusal.value.sentence("zh")
    assert detection_grid(replace(ALL, before=satellite), Method.HEIGHT, True).resolution < 1  # the surfaces decide


def test_another_crs_is_carried_over() -> None:
    there = PixelGrid.over(BOX, 0.1, HERE).bounds_in(NEXT_ZONE)
    grid = detection_grid(replace(ALL, before=raster(there, 0.5, crs=NEXT_ZONE)), Method.SPECTRAL, True)
    assert grid.crs == HERE
    assert grid.bounds == pytest.approx(BOX, abs=10)  # a box turned by the convergence of the meridians
    assert grid.resolution == pytest.approx(0.5, rel=0.1)


def test_degrees_come_east_before_north() -> None:
    west, south, east, north = PixelGrid.over(BOX, 0.1, HERE).bounds_in(CRS.from_epsg(4490))
    assert 119 < west < east < 121
    assert 29 < south < north < 31


def opened_of(products: Products) -> Opened:
    with Threads(2) as crew:
        return finish(open_products(products, crew))


def test_a_stated_crs_serves_only_where_the_file_states_none(tmp_path: Path) -> None:
    pixels = np.full((3, 40, 40), 100, np.uint8)
    stated = write_raster(tmp_path / "stated.tif", pixels, 0.25)
    silent = write_raster(tmp_path / "silent.tif", pixels, 0.25, crs=None)
    assert open_placed(stated, NEXT_ZONE, RasterKind.IMAGE).grid.crs == HERE
    assert open_placed(silent, HERE, RasterKind.IMAGE).grid.crs == HERE
    with pytest.raises(CrsMissing):
        open_placed(silent, None, RasterKind.IMAGE)
    opened = opened_of(Products(stated, silent, before_crs=HERE))
    assert opened.before.grid.crs == HERE


def test_products_that_cannot_be_used(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    before, after = flights
    degrees = write_raster(
        tmp_path / "度.tif", np.full((3, 9, 9), 9, np.uint8), 1e-6, crs="EPSG:4490", corner=(120.0, 30.0)
    )
    with pytest.raises(CrsUnusable):
        opened_of(Products(degrees))
    with pytest.raises(FileMissing):
        opened_of(Products(after.ortho, tmp_path / "none.tif"))
    with pytest.raises(RasterKindWrong):
        opened_of(Products(after.dsm, before.ortho))
    with pytest.raises(RasterKindWrong):
        opened_of(Products(after.ortho, before.ortho, after.ortho))


def run(products: Products, method: Method, hand: HandShift | None = None) -> tuple[room.Prepared, list[Progress]]:
    steps = []
    with OpenFiles() as files, Threads(2) as crew:
        job = prepare(opened_of(products), method, (), files, crew, Profile(), hand)
        while True:
            try:
                steps.append(next(job))
            except StopIteration as stop:
                return stop.value, steps


def test_two_surveys_are_aligned_levelled_and_given_ground(flights: tuple[Flight, Flight]) -> None:
    before, after = flights
    prepared, steps = run(Products(after.ortho, before.ortho, after.dsm, before.dsm), Method.HEIGHT)
    assert list(dict.fromkeys(step.stage for step in steps)) == ["open", "align", "level", "terrain"]
    assert all(0 <= step.done <= step.total for step in steps)
    assert np.hypot(*prepared.alignment.mean_shift) < 0.1
    assert prepared.levelling.bias_m == pytest.approx(-0.6, abs=0.03)
    assert prepared.source.noise.height_m == pytest.approx(0.03, abs=0.02)
    ground = prepared.source.terrain.heights
    assert np.isfinite(ground).all()
    assert 18 < ground.min() < ground.max() < 23.5  # not the roofs, six metres above


def test_images_alone_need_no_ground(flights: tuple[Flight, Flight]) -> None:
    before, after = flights
    prepared, steps = run(Products(after.ortho, before.ortho, after.dsm), Method.SPECTRAL)
    assert {step.stage for step in steps} == {"align"}
    assert (prepared.levelling, prepared.source.terrain) == (None, None)
    assert prepared.source.after.surface is None


def test_one_survey_is_as_uncertain_as_the_archive(flights: tuple[Flight, Flight]) -> None:
    after = flights[1]
    prepared, steps = run(Products(after.ortho, None, after.dsm), Method.HEIGHT)
    assert {step.stage for step in steps} == {"open", "terrain"}
    assert (prepared.alignment, prepared.source.before) == (None, None)
    assert prepared.source.noise.registration_m == room.ARCHIVE_SIGMA_M


def test_a_surface_without_any_height_is_refused(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    empty = write_raster(tmp_path / "空.tif", np.full((1, 280, 280), np.nan, np.float32), 0.25)
    with pytest.raises(NothingShown) as refusal:
        run(Products(flights[1].ortho, None, empty), Method.HEIGHT)
    assert "空.tif" in refusal.value.sentence("zh")


def test_a_surface_in_feet_is_refused(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    before, after = flights
    rows, columns = np.mgrid[0:140, 0:140]
    slope = (0.1 * columns + 0.02 * rows).astype(np.float32)
    in_metres = write_raster(tmp_path / "metres.tif", slope[None], 0.5)
    in_feet = write_raster(tmp_path / "feet.tif", slope[None] / np.float32(0.3048), 0.5)
    with pytest.raises(SurfacesDisagree) as refused:
        run(Products(after.ortho, before.ortho, in_feet, in_metres), Method.HEIGHT, HandShift(0.0, 0.0))
    assert "feet.tif" in refused.value.sentence("zh")


def test_half_a_surface_serves_where_it_is(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    heights = np.full((1, 280, 280), 20, np.float32)
    heights[:, :, :140] = np.nan
    heights[:, 0, 200] = 20.001  # a surface of one height would be none
    half = write_raster(tmp_path / "半.tif", heights, 0.25)
    prepared, _ = run(Products(flights[1].ortho, None, half), Method.HEIGHT)
    assert prepared.source.terrain.heights[:, 40:] == pytest.approx(np.full((70, 30), 20.0), abs=0.01)


def test_a_shift_by_hand_holds_where_pictures_tell_nothing(tmp_path: Path) -> None:
    blank = np.full((3, 280, 280), 120, np.uint8)
    one, other = (write_raster(tmp_path / f"{name}.tif", blank, 0.25) for name in "ab")
    prepared, _ = run(Products(one, other), Method.SPECTRAL, HandShift(-1.0, 2.0, sigma_m=0.7))
    assert prepared.alignment.model == "hand"
    assert prepared.alignment.mean_shift == (1.0, -2.0)
    assert prepared.source.noise.registration_m == pytest.approx(0.7)


def test_the_terrain_of_a_long_valley_can_be_sampled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "TERRAIN_SIDE", 35)
    heights = np.full((1, 20, 280), 20, np.float32)
    heights[:, 0, 200] = 20.0005  # a surface of one height would be none
    dsm = write_raster(tmp_path / "dsm.tif", heights, 0.25, corner=(EAST, NORTH))
    dom = write_raster(tmp_path / "dom.tif", np.full((3, 20, 280), 99, np.uint8), 0.25, corner=(EAST, NORTH))
    prepared, _ = run(Products(dom, None, dsm), Method.HEIGHT)
    terrain = prepared.source.terrain
    assert terrain.grid.resolution == pytest.approx(SIZE_M / 35)
    assert terrain.grid.width <= 36
    assert terrain.heights == pytest.approx(np.full(terrain.grid.shape, 20.0), abs=1e-3)

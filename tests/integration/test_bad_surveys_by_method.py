"""Surveys of every odd kind through each way to compare: the findings of a sound file, or one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image
from rasterio.control import GroundControlPoint
from rasterio.enums import ColorInterp, Resampling
from rasterio.warp import reproject

from helpers.commands import CommandLine, Outcome
from helpers.ways import BY_HEIGHT, PAIRS, WAYS, Ways
from integration.test_bad_input import assert_refused
from integration.test_bad_surveys import remade
from unit.services.made import AFTER, BEFORE, EPSG, Flight

Pixels = NDArray[Any]
Made = Callable[[Path, Path], Path]
"""Writes an odd copy of a raster (source, target)."""


class Bench(Ways):
    """Detects in each way on the small village; keeps what the sound files give."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder
        self._sound: dict[str, gpd.GeoDataFrame] = {}

    def detect(
        self, weijian: CommandLine, method: str, before: Flight, after: Flight, out: Path, *more: object
    ) -> Outcome:
        return weijian("detect", *self.options(method, before, after), "--out", out, *more)

    def sound(self, weijian: CommandLine, method: str) -> gpd.GeoDataFrame:
        """Findings from the files as they are."""
        if method not in self._sound:
            out = self._folder / f"{method}.gpkg"
            assert self.detect(weijian, method, self.before, self.after, out).code == 0
            self._sound[method] = gpd.read_file(out)
        return self._sound[method]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


def assert_like(found: gpd.GeoDataFrame, sound: gpd.GeoDataFrame) -> None:
    """The same changes, on the same ground but for a pixel of their rims."""
    assert len(sound) > 0
    assert sorted(found.change_type) == sorted(sound.change_type)
    for finding in sound.itertuples():
        same = found[found.change_type == finding.change_type].geometry
        shared = same.intersection(finding.geometry).area / same.union(finding.geometry).area
        assert shared.max() > 0.9


def sixteen_bits_and_infrared(source: Path, target: Path) -> Path:
    chance = np.random.default_rng(1)

    def widened(pixels: Pixels) -> Pixels:
        infrared = chance.integers(0, 60_000, (1, *pixels.shape[1:])).astype(np.uint16)
        return np.concatenate([pixels.astype(np.uint16) * 257, infrared])

    return remade(source, target, widened)


def palette(source: Path, target: Path) -> Path:
    with rasterio.open(source) as file:
        drawn = Image.fromarray(file.read().transpose(1, 2, 0)).quantize(256, dither=Image.Dither.NONE)
    colours = np.array(drawn.getpalette(), np.uint8).reshape(-1, 3)
    remade(source, target, lambda _: np.array(drawn)[None])
    with rasterio.open(target, "r+") as file:
        file.write_colormap(1, {index: tuple(map(int, colour)) for index, colour in enumerate(colours)})
        file.colorinterp = [ColorInterp.palette]
    return target


def transposed(source: Path, target: Path) -> Path:
    """Columns that run north and rows that run east."""
    with rasterio.open(source) as file:
        t = file.transform
    turned = Affine(t.b, t.a, t.c, t.e, t.d, t.f)
    return remade(source, target, lambda pixels: pixels.transpose(0, 2, 1).copy(), transform=turned)


def turned(source: Path, target: Path) -> Path:
    """A grid that lies 20 degrees askew to north."""
    with rasterio.open(source) as file:
        pixels, t = file.read(), file.transform
        middle = t @ (file.width / 2, file.height / 2)
        side = round(1.6 * max(file.width, file.height))
    empty = 0 if pixels.dtype == np.uint8 else np.nan
    half = side / 2 * t.a
    askew = Affine.translation(*middle) @ Affine.rotation(20) @ Affine.translation(-half, half) @ Affine.scale(t.a, t.e)
    shown = np.full((pixels.shape[0], side, side), empty, pixels.dtype)
    places = {"src_transform": t, "src_crs": EPSG, "dst_transform": askew, "dst_crs": EPSG}
    reproject(pixels, shown, resampling=Resampling.bilinear, dst_nodata=empty, **places)
    return remade(source, target, lambda _: shown, transform=askew, nodata=empty)


def control_points(source: Path, target: Path) -> Path:
    with rasterio.open(source) as file:
        pixels, transform, crs = file.read(), file.transform, file.crs
    ends = [(0, side // 2, side) for side in pixels.shape[1:]]
    points = [GroundControlPoint(row, column, *(transform @ (column, row))) for row in ends[0] for column in ends[1]]
    shape = {"count": pixels.shape[0], "height": pixels.shape[1], "width": pixels.shape[2], "dtype": pixels.dtype.name}
    with rasterio.open(target, "w", driver="GTiff", **shape) as file:
        file.write(pixels)
        file.gcps = points, crs
    return target


def beside_much_nothing(source: Path, target: Path) -> Path:
    return remade(source, target, lambda p: np.pad(p, ((0, 0), (0, 0), (0, 1500))).astype(p.dtype), nodata=0)


def odd(flight: Flight, folder: Path, ortho: Made | None = None, dsm: Made | None = None) -> Flight:
    """A flight with other files under the same names."""
    return Flight(
        flight.ortho if ortho is None else ortho(flight.ortho, folder / flight.ortho.name),
        flight.dsm if dsm is None else dsm(flight.dsm, folder / flight.dsm.name),
    )


@pytest.mark.parametrize("method", WAYS)
@pytest.mark.parametrize(
    ("ortho", "dsm"),
    [
        (sixteen_bits_and_infrared, None),
        (palette, None),
        (transposed, transposed),
        (turned, turned),
        (control_points, control_points),
    ],
    ids=lambda made: "-" if made is None else made.__name__,
)
def test_another_form_gives_the_same_findings(
    weijian: CommandLine, bench: Bench, tmp_path: Path, method: str, ortho: Made, dsm: Made | None
) -> None:
    after = odd(bench.after, tmp_path, ortho, dsm)
    assert bench.detect(weijian, method, bench.before, after, tmp_path / "f.gpkg").code == 0
    assert_like(gpd.read_file(tmp_path / "f.gpkg"), bench.sound(weijian, method))


@pytest.mark.parametrize("method", WAYS)
def test_windows_without_data_change_nothing(weijian: CommandLine, bench: Bench, tmp_path: Path, method: str) -> None:
    wide = [odd(flight, tmp_path, beside_much_nothing, beside_much_nothing) for flight in (bench.before, bench.after)]
    assert bench.detect(weijian, method, wide[0], wide[1], tmp_path / "f.gpkg").code == 0
    assert_like(gpd.read_file(tmp_path / "f.gpkg"), bench.sound(weijian, method))


def of_one_value(value: float) -> Made:
    return lambda source, target: remade(source, target, lambda pixels: np.full_like(pixels, value))


def transparent(source: Path, target: Path) -> Path:
    with rasterio.open(source) as file:
        pixels, profile = file.read(), file.profile
    with rasterio.open(target, "w", **(profile | {"count": 4}), photometric="RGB", alpha="YES") as file:
        file.write(np.concatenate([pixels, np.zeros_like(pixels[:1])]))
    return target


@pytest.mark.parametrize("method", WAYS)
@pytest.mark.parametrize("made", [of_one_value(0), transparent], ids=["nodata", "transparent"])
def test_an_image_without_data_is_refused_by_name(
    weijian: CommandLine, bench: Bench, tmp_path: Path, method: str, made: Made
) -> None:
    for place_in_pair in range(1 if method == "archive" else 0, 2):
        pair = [bench.before, bench.after]
        pair[place_in_pair] = odd(pair[place_in_pair], tmp_path, made)
        refused = bench.detect(weijian, method, pair[0], pair[1], tmp_path / "f.gpkg")
        assert_refused(refused, str(pair[place_in_pair].ortho), "没有任何影像")
        assert not (tmp_path / "f.gpkg").exists()


@pytest.mark.parametrize("method", WAYS)
def test_an_image_of_one_colour(weijian: CommandLine, bench: Bench, tmp_path: Path, method: str) -> None:
    for place_in_pair in range(1 if method == "archive" else 0, 2):
        pair = [bench.before, bench.after]
        grey = pair[place_in_pair] = odd(pair[place_in_pair], tmp_path, of_one_value(120))
        outcome = bench.detect(weijian, method, pair[0], pair[1], tmp_path / "f.gpkg")
        if method in BY_HEIGHT:
            assert outcome.code == 0
            assert_like(gpd.read_file(tmp_path / "f.gpkg"), bench.sound(weijian, method))
        else:
            assert_refused(outcome, str(grey.ortho), "一种颜色")


@pytest.mark.parametrize("method", BY_HEIGHT)
@pytest.mark.parametrize(
    ("value", "told"), [(np.nan, "没有任何有效高程"), (np.inf, "没有任何有效高程"), (20.0, "高程全都相同")]
)
def test_a_surface_without_heights_is_refused_by_name(
    weijian: CommandLine, bench: Bench, tmp_path: Path, method: str, value: float, told: str
) -> None:
    flat = odd(bench.after, tmp_path, None, of_one_value(value))
    refused = bench.detect(weijian, method, bench.before, flat, tmp_path / "f.gpkg")
    assert_refused(refused, str(flat.dsm), told)
    assert not (tmp_path / "f.gpkg").exists()


@pytest.mark.parametrize("method", BY_HEIGHT)
def test_holes_and_impossible_heights(weijian: CommandLine, bench: Bench, tmp_path: Path, method: str) -> None:
    def spoiled(source: Path, target: Path) -> Path:
        def spoil(pixels: Pixels) -> Pixels:
            coarse = pixels[:, ::2, ::2].copy()
            for rows, columns, value in (
                (slice(5, 8), slice(60, 64), np.nan),
                (slice(100, 104), slice(5, 9), np.inf),
                (slice(120, 122), slice(120, 122), -np.inf),
                (slice(20, 22), slice(100, 102), 3.4e38),
            ):
                coarse[0, rows, columns] = value
            return coarse

        with rasterio.open(source) as file:
            return remade(source, target, spoil, transform=file.transform @ Affine.scale(2.0))

    pair = [odd(flight, tmp_path, None, spoiled) for flight in (bench.before, bench.after)]
    assert bench.detect(weijian, method, pair[0], pair[1], tmp_path / "f.gpkg").code == 0
    assert_like(gpd.read_file(tmp_path / "f.gpkg"), bench.sound(weijian, method))


def in_feet(source: Path, target: Path) -> Path:
    return remade(source, target, lambda pixels: (pixels / 0.3048).astype(np.float32))


@pytest.mark.parametrize("method", BY_HEIGHT)
def test_heights_in_feet(weijian: CommandLine, bench: Bench, tmp_path: Path, method: str) -> None:
    feet = odd(bench.after, tmp_path, None, in_feet)
    refused = bench.detect(weijian, method, bench.before, feet, tmp_path / "f.gpkg")
    assert_refused(refused, feet.dsm.name, "英尺")
    with rasterio.open(feet.dsm, "r+") as file:
        file.units = ["ft"]
    assert bench.detect(weijian, method, bench.before, feet, tmp_path / "f.gpkg").code == 0
    assert_like(gpd.read_file(tmp_path / "f.gpkg"), bench.sound(weijian, method))


def test_two_surveys_in_feet_are_known_by_the_archive(weijian: CommandLine, bench: Bench, tmp_path: Path) -> None:
    pair = [odd(flight, tmp_path, None, in_feet) for flight in (bench.before, bench.after)]
    refused = bench.detect(weijian, "heights and archive", pair[0], pair[1], tmp_path / "f.gpkg")
    assert_refused(refused, pair[1].dsm.name, "英尺")


@pytest.mark.parametrize("method", WAYS)
@pytest.mark.parametrize("pixels", [1, 3])
def test_a_pixel_in_common_is_no_overlap(
    weijian: CommandLine, bench: Bench, tmp_path: Path, method: str, pixels: int
) -> None:
    def aside(source: Path, target: Path) -> Path:
        with rasterio.open(source) as file:
            moved = Affine.translation((file.width - pixels) * file.transform.a, 0) @ file.transform
        return remade(source, target, transform=moved)

    far = odd(bench.after, tmp_path, aside, aside)
    assert_refused(bench.detect(weijian, method, bench.before, far, tmp_path / "f.gpkg"), far.ortho.name, "重叠")


@pytest.mark.parametrize("method", PAIRS)
def test_days_that_run_backwards(weijian: CommandLine, bench: Bench, tmp_path: Path, method: str) -> None:
    refused = bench.detect(weijian, method, bench.after, bench.before, tmp_path / "f.gpkg")
    assert_refused(refused, str(BEFORE), str(AFTER))


@pytest.mark.parametrize("method", PAIRS)
def test_other_ground_is_refused_with_the_residual(
    weijian: CommandLine, bench: Bench, tmp_path: Path, method: str
) -> None:
    chance = np.random.default_rng(3)

    def noise(source: Path, target: Path) -> Path:
        return remade(source, target, lambda pixels: chance.integers(1, 255, pixels.shape).astype(np.uint8))

    def hills(source: Path, target: Path) -> Path:
        return remade(source, target, lambda pixels: chance.normal(20, 2, pixels.shape).astype(np.float32))

    strange = odd(bench.after, tmp_path, noise, hills)
    refused = bench.detect(weijian, method, bench.before, strange, tmp_path / "f.gpkg")
    assert_refused(refused, "无法配准", "残差", "个一致", strange.ortho.name)
    assert not (tmp_path / "f.gpkg").exists()


def test_one_image_without_shadows_is_no_comparison(weijian: CommandLine, bench: Bench, tmp_path: Path) -> None:
    alone = ("--after", bench.after.ortho, "--archive", bench.archive, "--out", tmp_path / "f.gpkg")
    assert_refused(weijian("detect", *alone), bench.after.ortho.name, "阴影", "--after-dsm")
    assert not (tmp_path / "f.gpkg").exists()

"""Surveys of every odd kind: handled, warned of or refused in one sentence; no traceback, no wrong result."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from helpers.commands import CommandLine, Outcome
from integration.test_bad_input import assert_refused
from unit.services.made import AFTER, BEFORE, GONE_HOUSE, NEW_HOUSE, Flight, fly, fly_twice, place

ODD = Path(__file__).parents[2].parent / "shared" / "data" / "odd" / "raster"


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    return fly_twice(tmp_path_factory.mktemp("flights"))


class Run:
    """Detects, and keeps what came of it."""

    def __init__(self, weijian: CommandLine, folder: Path) -> None:
        self._weijian = weijian
        self.out, self.report = folder / "f.gpkg", folder / "r.json"

    def __call__(self, before: Flight, after: Flight, *more: object, heights: bool = True) -> Outcome:
        surfaces = ("--before-dsm", before.dsm, "--after-dsm", after.dsm) if heights else ()
        files = ("--before", before.ortho, "--after", after.ortho, *surfaces, "--out", self.out)
        return self._weijian("detect", *files, "--report", self.report, *more)

    @property
    def told(self) -> Any:
        return json.loads(self.report.read_text(encoding="utf-8"))

    def assert_both_houses_found(self) -> None:
        found = gpd.read_file(self.out)
        assert sorted(found.change_type) == ["demolished", "new"]
        for kind, house in (("new", NEW_HOUSE), ("demolished", GONE_HOUSE)):
            outline = found.geometry[found.change_type == kind].iloc[0]
            true = place(*house)
            assert outline.intersection(true).area > 0.8 * outline.union(true).area


@pytest.fixture
def run(weijian: CommandLine, tmp_path: Path) -> Run:
    return Run(weijian, tmp_path)


Pixels = NDArray[Any]


def remade(source: Path, target: Path, change: Callable[[Pixels], Pixels] = lambda p: p, **profile: Any) -> Path:
    """A copy of a raster with other pixels and another profile."""
    with rasterio.open(source) as file:
        kept, pixels = file.profile, change(file.read())
    kept |= {"count": pixels.shape[0], "height": pixels.shape[1], "width": pixels.shape[2], "dtype": pixels.dtype.name}
    with rasterio.open(target, "w", **(kept | profile)) as file:
        file.write(pixels)
    return target


def test_sixteen_bits_and_near_infrared(run: Run, flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    before, after = flights
    chance = np.random.default_rng(1)

    def four_bands(pixels: Pixels) -> Pixels:
        infrared = chance.integers(0, 60_000, (1, *pixels.shape[1:])).astype(np.uint16)
        return np.concatenate([pixels.astype(np.uint16) * 200, infrared])

    after = Flight(remade(after.ortho, tmp_path / f"{AFTER}_16.tif", four_bands), after.dsm)
    assert run(before, after).code == 0
    run.assert_both_houses_found()


def test_a_sixteen_bit_copy_of_an_image_shows_no_change(
    run: Run, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    survey = flights[1]
    copy = remade(survey.ortho, tmp_path / f"{BEFORE}.tif", lambda pixels: pixels.astype(np.uint16) * 257)
    for one, other in ((Flight(copy, survey.dsm), survey), (survey, Flight(copy, survey.dsm))):
        assert run(one, other, "--before-date", "2024-01-01", "--after-date", "2025-01-01", heights=False).code == 0
        assert run.told["findings"] == {}


def test_heights_in_feet_are_read_by_their_unit_and_refused_without(
    run: Run, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    before, after = flights
    feet = remade(after.dsm, tmp_path / f"{AFTER}_ft.tif", lambda p: (p / 0.3048).astype(np.float32))
    refused = run(before, Flight(after.ortho, feet))
    assert_refused(refused, feet.name, "英尺")
    assert not run.out.exists()
    with rasterio.open(feet, "r+") as file:
        file.units = ["ft"]
    assert run(before, Flight(after.ortho, feet)).code == 0
    run.assert_both_houses_found()


def test_a_survey_in_feet_is_known_by_the_archives_heights(weijian: CommandLine, run: Run, tmp_path: Path) -> None:
    houses = [(x, y, x + 9, y + 8) for y in (6, 30, 52) for x in (6, 28, 50)]
    survey = fly(tmp_path, AFTER, tuple(houses))
    feet = remade(survey.dsm, tmp_path / f"{AFTER}_ft.tif", lambda p: (p / 0.3048).astype(np.float32))
    rows = {"FWBH": [f"F{n}" for n in range(9)], "GD": [6.0] * 9, "geometry": [place(*house) for house in houses]}
    archive = tmp_path / "房屋.gpkg"
    gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4549").to_file(archive)
    alone = ("--after", survey.ortho, "--archive", archive, "--out", run.out, "--report", run.report, "--after-dsm")
    assert_refused(weijian("detect", *alone, feet), feet.name, "英尺")
    assert weijian("detect", *alone, survey.dsm).code == 0
    assert run.told["findings"] == {}


def test_another_datum_is_told_with_its_size(run: Run, flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    before, after = flights
    raised = remade(after.dsm, tmp_path / f"{AFTER}_dsm.tif", lambda p: (p + 12.5).astype(np.float32))
    outcome = run(before, Flight(after.ortho, raised))
    assert outcome.code == 0
    assert "+11.9" in outcome.err  # the earlier flight is 0.6 m too high already
    run.assert_both_houses_found()


def test_a_surface_that_lies_off_its_image_is_told_and_compared_where_it_lies(
    run: Run, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    before, after = flights
    with rasterio.open(before.dsm) as file:
        moved = Affine.translation(1.5, -2.0) @ file.transform
    outcome = run(Flight(before.ortho, remade(before.dsm, tmp_path / "dsm.tif", transform=moved)), after)
    assert outcome.code == 0
    assert "2.5 米" in outcome.err
    run.assert_both_houses_found()


def test_days_in_the_files_that_run_backwards_are_told(
    run: Run, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    named = []
    for name, flight, day in (("a", flights[0], "2025:10:28"), ("b", flights[1], "2024:04:16")):
        named.append(Flight(remade(flight.ortho, tmp_path / f"{name}.tif"), flight.dsm))
        with rasterio.open(named[-1].ortho, "r+") as file:
            file.update_tags(TIFFTAG_DATETIME=f"{day} 12:00:00")
    outcome = run(*named)
    assert outcome.code == 0
    assert "2025-10-28" in outcome.err
    assert run.told["warnings"]
    days = ("--before-date", "2024-04-16", "--after-date", "2025-10-28")
    assert run(*named, *days).err == ""
    days = ("--before-date", "2025-10-28", "--after-date", "2024-04-16")
    assert_refused(run(*named, *days), "2025-10-28", "2024-04-16")


def blank(value: int) -> Callable[[Pixels], Pixels]:
    return lambda pixels: np.full_like(pixels, value)


@pytest.mark.parametrize(("value", "heights"), [(0, True), (0, False), (120, False), (255, True), (255, False)])
def test_an_image_without_content_is_refused(
    run: Run, flights: tuple[Flight, Flight], tmp_path: Path, value: int, heights: bool
) -> None:
    before, after = flights
    empty = Flight(remade(after.ortho, tmp_path / f"{AFTER}.tif", blank(value)), after.dsm)
    assert_refused(run(before, empty, heights=heights), empty.ortho.name)
    assert not run.out.exists()


def test_a_blank_image_leaves_the_heights(run: Run, flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    before, after = flights
    assert run(before, Flight(remade(after.ortho, tmp_path / f"{AFTER}.tif", blank(120)), after.dsm)).code == 0
    run.assert_both_houses_found()


def test_a_surface_that_shares_a_pixel_with_its_image(
    weijian: CommandLine, run: Run, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    before, after = flights
    with rasterio.open(after.dsm) as file:
        moved = Affine.translation((file.width - 1) * file.transform.a, 0) @ file.transform
    aside = remade(after.dsm, tmp_path / f"{AFTER}_dsm.tif", transform=moved)
    assert_refused(run(before, Flight(after.ortho, aside)), "重叠")
    archive = tmp_path / "房屋.gpkg"
    rows = {"FWBH": ["F1"], "CS": [2], "geometry": [place(8, 8, 18, 20)]}
    gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4549").to_file(archive)
    alone = ("--after", after.ortho, "--after-dsm", aside, "--archive", archive, "--out", run.out)
    assert_refused(weijian("detect", *alone), "重叠")


@pytest.mark.skipif(not ODD.is_dir(), reason="the odd rasters that others made are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in ODD.glob("*.tif")) if ODD.is_dir() else ["none"])
def test_odd_files_of_others(run: Run, flights: tuple[Flight, Flight], name: str) -> None:
    odd = ODD / name
    kept = odd.read_bytes()
    for pair in ((Flight(odd, odd), flights[1]), (flights[0], Flight(odd, odd)), (Flight(odd, odd), Flight(odd, odd))):
        for heights in (True, False):
            assert_refused(run(*pair, heights=heights), name)
            assert not run.out.exists()
    assert odd.read_bytes() == kept

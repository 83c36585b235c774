"""A placing by hand: how it is typed, what becomes of it, and where it is recorded."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from helpers.commands import CommandLine
from integration.test_bad_input import assert_refused
from unit.services.made import AFTER, BEFORE, OLD_HOUSES, Flight, fly, fly_twice, place


@pytest.fixture
def flights(tmp_path: Path) -> tuple[Flight, Flight]:
    (tmp_path / "flights").mkdir()
    return fly_twice(tmp_path / "flights")


def moved(ortho: Path, target: Path, east: float) -> Path:
    import rasterio
    from affine import Affine

    with rasterio.open(ortho) as file:
        profile, pixels = file.profile, file.read()
    profile["transform"] = Affine.translation(east, 0) @ profile["transform"]
    with rasterio.open(target, "w", **profile) as file:
        file.write(pixels)
    return target


def test_a_nudge_brings_together_what_no_search_finds(
    weijian: CommandLine, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    before, after = flights
    astray = moved(before.ortho, tmp_path / f"{BEFORE}_astray.tif", 25.0)
    files = ("--before", astray, "--after", after.ortho, "--out", tmp_path / "f.gpkg")
    assert_refused(weijian("detect", *files), astray.name)
    report = tmp_path / "r.json"
    outcome = weijian("detect", *files, "--nudge", "-24.6,0.3", "--report", report)
    assert outcome.code == 0, outcome.err
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["nudge"] == {"east_m": -24.6, "north_m": 0.3, "turn_deg": 0.0, "exact": False}
    assert told["alignment"]["model"] != "hand"
    assert told["alignment"]["shift_m"] == pytest.approx([25.0, 0.0], abs=0.1)
    assert told["warnings"] == []


def test_a_nudge_against_the_pictures_is_kept_and_warned_of(
    weijian: CommandLine, flights: tuple[Flight, Flight], tmp_path: Path
) -> None:
    before, after = flights
    report = tmp_path / "r.json"
    files = ("--before", before.ortho, "--after", after.ortho, "--out", tmp_path / "f.gpkg", "--report", report)
    outcome = weijian("detect", *files, "--nudge", "1,0,0.1", "--nudge-exact")
    assert outcome.code == 0
    assert "手工" in outcome.err
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["alignment"]["model"] == "hand"
    assert told["alignment"]["shift_m"] == pytest.approx([-1.0, 0.0], abs=0.01)
    assert told["warnings"][0]["zh"] in outcome.err


@pytest.mark.parametrize("typed", [("--nudge", "east"), ("--nudge", "1"), ("--nudge-exact",)])
def test_a_nudge_that_is_none(
    weijian: CommandLine, flights: tuple[Flight, Flight], tmp_path: Path, typed: tuple[str, ...]
) -> None:
    before, after = flights
    files = ("--before", before.ortho, "--after", after.ortho, "--out", tmp_path / "f.gpkg")
    assert_refused(weijian("detect", *files, *typed), "--nudge")
    assert not (tmp_path / "f.gpkg").exists()


def test_the_archive_can_be_shifted_but_not_turned(weijian: CommandLine, tmp_path: Path) -> None:
    after = fly(tmp_path, AFTER, OLD_HOUSES)
    houses = [place(*house) for house in OLD_HOUSES]
    rows = {"FWBH": [f"F{n}" for n in range(3)], "CS": [2] * 3}
    shifted = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(houses, crs="EPSG:4549").translate(-2.0, 0.0))
    shifted.to_file(tmp_path / "房屋.gpkg")
    report, out = tmp_path / "r.json", tmp_path / "f.gpkg"
    files = ("--after", after.ortho, "--after-dsm", after.dsm, "--archive", tmp_path / "房屋.gpkg", "--out", out)
    assert_refused(weijian("detect", *files, "--nudge", "2,0,1"), "--nudge")
    outcome = weijian("detect", *files, "--nudge", "2,0", "--report", report)
    assert outcome.code == 0, outcome.err
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["archive_offset_m"] == [2.0, 0.0]
    assert told["findings"] == {}


def test_a_nudge_in_a_workspace(
    weijian: CommandLine, flights: tuple[Flight, Flight], workspace: Path, tmp_path: Path
) -> None:
    before, after = flights
    for day, flight in ((BEFORE, before), (AFTER, after)):
        assert weijian("add-survey", "-w", workspace, "--date", day, "--ortho", flight.ortho).code == 0
    report = tmp_path / "r.json"
    pair = ("--workspace", workspace, "--before-survey", 1, "--after-survey", 2)
    outcome = weijian("detect", *pair, "--nudge", "0.3,0", "--report", report)
    assert outcome.code == 0, outcome.err
    assert json.loads(report.read_text(encoding="utf-8"))["nudge"]["east_m"] == 0.3

"""What people type wrong: one sentence in their language, exit code 2, nothing written and nothing destroyed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import pytest

from helpers.commands import CommandLine
from helpers.stores import on_a_file
from integration.test_bad_input import GOOD, assert_refused, digest, write_buildings, write_raster
from weijian import assets


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    folder = tmp_path / "surveys"
    folder.mkdir()
    return write_raster(folder / "2024-04-16.tif"), write_raster(folder / "2025-10-28.tif")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("bogus",), "add-survey"),
        (("export",), "web-map"),
        (("detect", "--bogus"), "--bogus"),
        (("detect", "--out"), "--out"),
        (("detect", "a", "b"), "detect"),
        (("detect", "--workers", "0"), "--workers"),
        (("detect", "--min-area", "-5"), "-5"),
        (("import", "roads", "x.shp", "-w", "w"), "KIND"),
        (("add-survey", "-w", "w", "--date", "2024-13-45", "--ortho", "x.tif"), "2024-13-45"),
        (("new", "w", "--crs", "EPSG:4549"), "--name"),
        (("check", "\udcb7\udcbf.shp"), "改名"),
    ],
)
def test_what_is_typed_wrong_is_named(weijian: CommandLine, typed: tuple[str, ...], told: str) -> None:
    assert_refused(weijian(*typed), told)


def test_alone_it_says_what_there_is(weijian: CommandLine) -> None:
    outcome = weijian()
    assert outcome.code == 0
    assert "add-survey" in outcome.out
    assert outcome.err == ""


def test_one_survey_given_twice(weijian: CommandLine, pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "findings.gpkg"
    again = pair[1].parent / "." / pair[1].name
    assert_refused(weijian("detect", "--before", pair[1], "--after", again, "--out", out), pair[1].name)
    assert not out.exists()


def test_surveys_the_wrong_way_round(weijian: CommandLine, pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "findings.gpkg"
    assert_refused(weijian("detect", "--before", pair[1], "--after", pair[0], "--out", out), "2025-10-28", "2024-04-16")


@on_a_file
def test_results_never_fall_on_what_they_are_made_from(
    weijian: CommandLine, pair: tuple[Path, Path], workspace: Path, tmp_path: Path
) -> None:
    archive = write_buildings(tmp_path / "房屋.gpkg", [GOOD])
    kept = digest(tmp_path), digest(pair[0].parent), digest(workspace)
    files = ("--before", pair[0], "--after", pair[1], "--archive", archive)
    assert_refused(weijian("detect", *files, "--out", archive), archive.name)
    out = tmp_path / "findings.gpkg"
    assert_refused(weijian("detect", *files, "--out", out, "--report", pair[0]), pair[0].name)
    database = workspace / "workspace.gpkg"
    assert_refused(weijian("export", "findings", "--workspace", workspace, "--out", database), database.name)
    assert (digest(tmp_path), digest(pair[0].parent)) == kept[:2]
    assert set(kept[2]) <= set(digest(workspace))


@pytest.mark.parametrize("target", ["missing/f.gpkg", "file/f.gpkg", "f.shp", "f", "folder.gpkg"])
def test_targets_are_looked_at_before_the_work(
    weijian: CommandLine, pair: tuple[Path, Path], tmp_path: Path, target: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.gpkg").mkdir()
    assert_refused(weijian("detect", "--before", pair[0], "--after", pair[1], "--out", tmp_path / target), target)


def test_an_archive_of_another_place_or_of_nothing(
    weijian: CommandLine, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    elsewhere = write_buildings(tmp_path / "邻带.gpkg", [GOOD], crs="EPSG:4548")
    gpd.GeoDataFrame({"FWBH": []}, geometry=[], crs="EPSG:4549").to_file(tmp_path / "空.gpkg")
    for archive in (elsewhere, tmp_path / "空.gpkg"):
        files = ("--before", pair[0], "--after", pair[1], "--archive", archive)
        assert_refused(weijian("detect", *files, "--out", tmp_path / "f.gpkg"), "档案")


def test_names_in_slipped_columns_are_not_told(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    rows = [{**GOOD, "CS": "张三丰", "HZXM": "2"}]
    outcome = weijian("import", "buildings", write_buildings(tmp_path / "房屋.gpkg", rows), "--workspace", workspace)
    assert outcome.code == 2
    assert "CS" in outcome.err
    assert "张" not in outcome.err + outcome.out


def test_every_file_is_checked_though_the_first_is_bad(weijian: CommandLine, tmp_path: Path) -> None:
    good = write_buildings(tmp_path / "good.geojson", [GOOD])
    outcome = weijian("check", tmp_path / "missing.shp", good)
    assert_refused(outcome, "missing.shp")
    assert "good.geojson" in outcome.out
    (tmp_path / "letter.docx").write_text("信", encoding="utf-8")
    assert_refused(weijian("check", tmp_path / "letter.docx"), "letter.docx", ".shp", ".tif")


def test_a_demo_spares_a_folder_that_somebody_uses(weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "report.json").touch()
    (folder / "letter.txt").touch()
    assert_refused(weijian("demo", "--headless", "--out", folder), str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["letter.txt", "report.json"]


def test_reports_keep_to_their_format(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    period = ("--from", "2025-10-27", "--to", "2025-11-02")
    assert_refused(weijian("report", "weekly", "-w", workspace, *period, "--out", tmp_path / "a.pdf"), ".xlsx")


LISTENING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from weijian.cli import main; main()"
)
"""The program as a terminal starts it: what runs in the background of a shell inherits that Ctrl-C is ignored."""


def start(*arguments: object, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LISTENING, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(command, encoding="utf-8", **pipes)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    running = start("demo", "--headless", "--out", tmp_path / "demo")
    until = time.monotonic() + 20
    while not list(tmp_path.glob(".weijian-demo-*/workspace")) and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=10)[1]
    assert running.returncode in (130, -signal.SIGINT)
    assert told.strip().splitlines() == ["已取消。"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_nobody_listens(sample: Path) -> None:
    archive = assets.sample_data("archive", "房屋.shp")
    reader, writer = os.pipe()
    os.close(reader)
    gone = start("check", archive, stdout=writer)
    os.close(writer)
    assert gone.communicate(timeout=30)[1] == ""
    assert gone.returncode == 0
    with Path("/dev/full").open("w") as full:
        stuck = start("check", archive, stdout=full)
        assert len(stuck.communicate(timeout=30)[1].splitlines()) == 1
        assert stuck.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locales")
def test_a_bare_locale_is_no_trouble(tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C"}
    checked = start("check", assets.sample_data("archive", "房屋.shp"), env=environment)
    out, err = checked.communicate(timeout=30)
    assert (checked.returncode, err) == (0, "")
    assert "GBK" in out


def test_a_survey_too_coarse_for_buildings(weijian: CommandLine, pair: tuple[Path, Path], tmp_path: Path) -> None:
    import numpy as np
    import rasterio
    from affine import Affine

    coarse = tmp_path / "coarse.tif"
    profile = {"driver": "GTiff", "width": 40, "height": 40, "count": 3, "dtype": "uint8", "crs": "EPSG:4549"}
    with rasterio.open(coarse, "w", transform=Affine(10, 0, 499_900, 0, -10, 3_300_100), **profile) as file:
        file.write(np.random.default_rng(3).integers(1, 255, (3, 40, 40)).astype(np.uint8))
    assert_refused(weijian("detect", "--before", coarse, "--after", pair[1], "--out", tmp_path / "f.gpkg"), coarse.name)

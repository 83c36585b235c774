"""Bad input is normal input: one sentence, exit code 2, nothing half-written, originals untouched."""

import hashlib
import os
import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from affine import Affine
from shapely import Polygon, box

from helpers.commands import CommandLine, Outcome


def assert_refused(outcome: Outcome, *told: str) -> None:
    assert outcome.code == 2
    lines = outcome.err.strip().splitlines()
    assert len(lines) == 1, outcome.err
    assert "Traceback" not in outcome.err
    for word in told:
        assert word in lines[0]


def write_raster(path: Path, *, left: float = 500_000, crs: str | None = "EPSG:4549", bands: int = 3) -> Path:
    pixels = np.random.default_rng(7).integers(1, 255, (bands, 120, 120)).astype(np.uint8)
    profile = {"driver": "GTiff", "width": 120, "height": 120, "count": bands, "dtype": "uint8", "crs": crs}
    with rasterio.open(path, "w", transform=Affine(0.2, 0, left, 0, -0.2, 3_300_000), **profile) as file:
        file.write(pixels)
    return path


def digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir()) if p.is_file()}


@pytest.fixture
def surveys(tmp_path: Path) -> Path:
    folder = tmp_path / "surveys"
    folder.mkdir()
    write_raster(folder / "before.tif")
    write_raster(folder / "after.tif")
    write_raster(folder / "elsewhere.tif", left=540_000)
    write_raster(folder / "nowhere.tif", crs=None)
    (folder / "empty.tif").touch()
    (folder / "text.tif").write_text("不是影像", encoding="utf-8")
    whole = (folder / "after.tif").read_bytes()
    (folder / "cut.tif").write_bytes(whole[: len(whole) // 3])
    return folder


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("missing.tif", "after.tif"),
        ("before.tif", "missing.tif"),
        ("before.tif", "empty.tif"),
        ("before.tif", "text.tif"),
        ("before.tif", "cut.tif"),
        ("elsewhere.tif", "after.tif"),
        ("before.tif", "nowhere.tif"),
    ],
)
def test_surveys_that_cannot_be_compared(
    weijian: CommandLine, surveys: Path, tmp_path: Path, before: str, after: str
) -> None:
    kept = digest(surveys)
    out = tmp_path / "findings.gpkg"
    outcome = weijian("detect", "--before", surveys / before, "--after", surveys / after, "--out", out)
    guilty = before if before in ("missing.tif", "elsewhere.tif") else after
    assert_refused(outcome, guilty)
    assert not out.exists()
    assert digest(surveys) == kept


def test_a_survey_alone_has_nothing_to_be_compared_with(weijian: CommandLine, surveys: Path, tmp_path: Path) -> None:
    assert_refused(weijian("detect", "--after", surveys / "after.tif", "--out", tmp_path / "f.gpkg"), "--before")


def test_options_that_are_missing_are_named(weijian: CommandLine, surveys: Path, workspace: Path) -> None:
    assert_refused(weijian("detect", "--before", surveys / "before.tif"), "--after")
    assert_refused(weijian("detect", "--workspace", workspace), "--after-survey")
    beside = weijian("detect", "--workspace", workspace, "--after-survey", 1, "--archive", "房屋.shp")
    assert_refused(beside, "--archive", "--workspace")
    assert_refused(weijian("detect", "--after-survey", 1, "--out", "f.gpkg"), "--workspace")


def test_image_and_surface_swapped(weijian: CommandLine, workspace: Path, sample: Path) -> None:
    dom, dsm = sample / "surveys/2024-04-16_dom.tif", sample / "surveys/2024-04-16_dsm.tif"
    outcome = weijian("add-survey", "--workspace", workspace, "--date", "2024-04-16", "--ortho", dsm, "--dsm", dom)
    assert_refused(outcome, dsm.name)


def test_english_by_locale(tmp_path: Path, sample: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "weijian", "check", str(tmp_path / "missing.shp")]
    english = subprocess.run(
        command, capture_output=True, env={**os.environ, "WEIJIAN_LANG": "en"}, encoding="utf-8", check=False
    )
    assert english.returncode == 2
    assert "was not found" in english.stderr


def write_buildings(path: Path, rows: list[dict[str, object]], crs: str | None = "EPSG:4549") -> Path:
    gpd.GeoDataFrame(rows, geometry="geometry", crs=crs).to_file(path, encoding="utf-8")
    return path


GOOD = {"FWBH": "F1", "CS": 2, "geometry": box(500_000, 3_300_000, 500_010, 3_300_010)}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([GOOD, {**GOOD, "FWBH": None}], "FWBH"),
        ([GOOD, GOOD], "FWBH"),
        ([GOOD, {**GOOD, "FWBH": "F2", "CS": 900}], "CS"),
    ],
)
def test_bad_rows_stop_an_import_unless_they_are_skipped(
    weijian: CommandLine, workspace: Path, tmp_path: Path, rows: list[dict[str, object]], told: str
) -> None:
    file = write_buildings(tmp_path / "房屋.geojson", rows)
    refused = weijian("import", "buildings", file, "--workspace", workspace)
    assert refused.code == 2
    assert told in refused.err
    assert "2" in refused.err
    assert stored(workspace) == []
    assert weijian("import", "buildings", file, "--workspace", workspace, "--skip-bad-rows").code == 0
    assert stored(workspace) == ["F1"]


def test_an_invalid_polygon_is_repaired_and_told(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    x, y = 500_000, 3_300_000
    spiked = Polygon([(x, y), (x + 10, y), (x + 10, y + 10), (x + 15, y + 10), (x + 10, y + 10), (x, y + 10)])
    file = write_buildings(tmp_path / "房屋.gpkg", [{**GOOD, "geometry": spiked}])
    outcome = weijian("import", "buildings", file, "--workspace", workspace)
    assert outcome.code == 0
    assert "1" in outcome.err
    assert stored(workspace) == ["F1"]


def test_a_dry_run_writes_nothing(weijian: CommandLine, workspace: Path, sample: Path) -> None:
    before = digest(sample / "archive")
    outcome = weijian("import", "buildings", sample / "archive/房屋.shp", "--workspace", workspace, "--dry-run")
    assert outcome.code == 0
    assert stored(workspace) == []
    assert digest(sample / "archive") == before


def stored(workspace: Path) -> list[str]:
    from weijian.storage.workspace import open_workspace

    with open_workspace(workspace) as opened, opened.read() as work:
        return [building.building_no for building in work.buildings.all()]


def test_an_archive_in_another_zone_is_refused(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    prefixed = {**GOOD, "geometry": box(40_500_000, 3_300_000, 40_500_010, 3_300_010)}
    file = write_buildings(tmp_path / "房屋.gpkg", [prefixed])
    assert_refused(weijian("import", "buildings", file, "--workspace", workspace), "房屋.gpkg", "4549")


def test_an_archive_without_crs_is_refused_until_one_is_named(
    weijian: CommandLine, workspace: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    write_buildings(folder / "房屋.shp", [GOOD])
    (folder / "房屋.prj").unlink()
    file = folder / "房屋.shp"
    assert_refused(weijian("import", "buildings", file, "--workspace", workspace), "房屋.shp", "--crs")
    assert weijian("import", "buildings", file, "--workspace", workspace, "--crs", "EPSG:4549").code == 0


@pytest.mark.parametrize("name", ["missing.shp", "empty.shp", "text.gpkg", "picture.jpg"])
def test_files_that_are_no_archive(weijian: CommandLine, workspace: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name != "missing.shp":
        file.write_bytes(b"" if name.startswith("empty") else b"\x00\x01 not a layer")
    assert_refused(weijian("import", "buildings", file, "--workspace", workspace), name)


def test_a_workspace_is_never_made_over_something(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    assert_refused(weijian("new", workspace, "--crs", "EPSG:4549", "--name", "村"), str(workspace))
    assert_refused(weijian("new", tmp_path / "度", "--crs", "EPSG:4490", "--name", "村"))
    assert_refused(weijian("new", tmp_path / "无", "--crs", "EPSG:1", "--name", "村"), "EPSG:1")
    assert not (tmp_path / "度").exists()
    assert not (tmp_path / "无").exists()


def test_a_folder_that_is_no_workspace(weijian: CommandLine, tmp_path: Path) -> None:
    assert_refused(weijian("verify", "--workspace", tmp_path), str(tmp_path))
    assert_refused(weijian("verify", "--workspace", tmp_path / "missing"))


def test_a_demo_never_replaces_what_no_demo_made(weijian: CommandLine, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep", encoding="utf-8")
    assert_refused(weijian("demo", "--headless", "--out", mine), str(mine))
    assert (mine / "letter.txt").read_text(encoding="utf-8") == "keep"


@pytest.mark.skipif(not Path("/dev/full").exists() or os.geteuid() != 0, reason="needs root to mount a tiny disk")
def test_a_full_disk_leaves_nothing_behind(weijian: CommandLine, tmp_path: Path, sample: Path) -> None:
    import subprocess

    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("no right to mount")
    try:
        outcome = weijian("new", disk / "村", "--crs", "EPSG:4549", "--name", "村")
        assert_refused(outcome, str(disk))
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_target_that_is_a_file(weijian: CommandLine, tmp_path: Path, sample: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert_refused(weijian("demo", "--headless", "--out", blocked / "demo"), "file")


def test_check_tells_row_by_row(weijian: CommandLine, tmp_path: Path) -> None:
    file = write_buildings(tmp_path / "房屋.geojson", [GOOD, {**GOOD, "FWBH": "F2"}])
    told = weijian("check", file)
    assert told.code == 0  # a repeated outline is worth knowing, and usable
    assert "第 2 行" in told.out
    shutil.copy(file, tmp_path / "cut.geojson")
    (tmp_path / "cut.geojson").write_bytes(file.read_bytes()[:-60])
    assert_refused(weijian("check", tmp_path / "cut.geojson"), "cut.geojson")

"""Data on the network and documents that point elsewhere: refused in one sentence, unless they are allowed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.commands import CommandLine
from integration.test_bad_input import GOOD, assert_refused, digest, stored, write_buildings, write_raster


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address it is served at, by a process of its own and on this machine alone."""
    folder = tmp_path / "served"
    folder.mkdir()
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        port = re.search(r"port (\d+)", server.stdout.readline())
        assert port is not None
        yield folder, f"http://127.0.0.1:{port[1]}"
        server.terminate()


def mosaic(path: Path, source: str) -> Path:
    """A mosaic of three bands of one picture of `write_raster`."""
    colours = ("Red", "Green", "Blue")
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{n}"><ColorInterp>{colour}</ColorInterp><SimpleSource>'
        f"<SourceFilename>{source}</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource></VRTRasterBand>"
        for n, colour in enumerate(colours, start=1)
    )
    place = "<SRS>EPSG:4549</SRS><GeoTransform>500000, 0.2, 0, 3300000, 0, -0.2</GeoTransform>"
    path.write_text(f'<VRTDataset rasterXSize="120" rasterYSize="120">{place}{bands}</VRTDataset>', encoding="utf-8")
    return path


def pointer(path: Path, source: str) -> Path:
    layer = f'<OGRVRTLayer name="buildings"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
    path.write_text(f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>", encoding="utf-8")
    return path


def test_a_table_on_the_network(weijian: CommandLine, workspace: Path, served: tuple[Path, str]) -> None:
    folder, address = served
    write_buildings(folder / "buildings.geojson", [GOOD])
    name = f"{address}/buildings.geojson"
    assert_refused(weijian("check", name), "127.0.0.1", "--allow-remote")
    for more in ((), ("--dry-run",)):
        assert_refused(weijian("import", "buildings", name, "--workspace", workspace, *more), "127.0.0.1")
    assert stored(workspace) == []
    assert weijian("check", name, "--allow-remote").code == 0
    assert weijian("import", "buildings", name, "--workspace", workspace, "--allow-remote").code == 0
    assert stored(workspace) == ["F1"]
    assert_refused(weijian("check", f"{address}/missing.geojson", "--allow-remote"), "missing.geojson")


def test_a_workspace_that_lets_such_data_in(weijian: CommandLine, workspace: Path, served: tuple[Path, str]) -> None:
    folder, address = served
    write_buildings(folder / "buildings.geojson", [GOOD])
    name = f"/vsicurl/{address}/buildings.geojson"
    assert_refused(weijian("import", "buildings", name, "--workspace", workspace), "--allow-remote")
    assert weijian("settings", "--workspace", workspace, "remote_data=yes").code == 0
    assert weijian("import", "buildings", name, "--workspace", workspace).code == 0
    assert stored(workspace) == ["F1"]
    assert_refused(weijian("settings", "--workspace", workspace, "remote_data=perhaps"), "perhaps")


def test_a_document_that_points_to_a_file_on_this_machine(
    weijian: CommandLine, workspace: Path, tmp_path: Path
) -> None:
    write_buildings(tmp_path / "buildings.geojson", [GOOD])
    for name in ("buildings.vrt", "buildings.gml", "buildings.gpkg"):
        document = pointer(tmp_path / name, str(tmp_path / "buildings.geojson"))
        assert_refused(weijian("import", "buildings", document, "--workspace", workspace), name, "--allow-remote")
    assert stored(workspace) == []
    allowed = weijian("import", "buildings", tmp_path / "buildings.vrt", "--workspace", workspace, "--allow-remote")
    assert allowed.code == 0
    assert stored(workspace) == ["F1"]


def test_surveys_on_the_network(
    weijian: CommandLine, workspace: Path, served: tuple[Path, str], tmp_path: Path
) -> None:
    folder, address = served
    write_raster(folder / "a.tif")
    whole = write_raster(tmp_path / "b.tif")
    for name in (f"{address}/a.tif", mosaic(tmp_path / "m.vrt", f"/vsicurl/{address}/a.tif")):
        before = digest(tmp_path)
        assert_refused(weijian("check", name), "--allow-remote")
        survey = ("--workspace", workspace, "--date", "2024-04-16", "--ortho", name)
        assert_refused(weijian("add-survey", *survey), "--allow-remote")
        pair = ("--before", name, "--after", whole, "--out", tmp_path / "f.gpkg")
        assert_refused(weijian("detect", *pair), "--allow-remote")
        assert digest(tmp_path) == before
        assert weijian("check", name, "--allow-remote").code == 0
        assert weijian("add-survey", *survey, "--allow-remote").code == 0


def test_a_mosaic_of_files_needs_no_leave(weijian: CommandLine, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    name = mosaic(tmp_path / "m" / "m.vrt", str(write_raster(tmp_path / "a.tif")))
    assert weijian("check", name).code == 0
    assert weijian("add-survey", "--workspace", workspace, "--date", "2024-04-16", "--ortho", name).code == 0

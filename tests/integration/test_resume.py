"""A detection whose process is killed goes on from its finished windows, with the same result to the byte."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.ways import Ways

DETECT = """
import sys
from weijian import cli, terminal
from weijian.services import detect

detect.TILE_PIXELS = 70  # 16 windows
stage, done, *arguments = sys.argv[1:]
watch = terminal.watch


def halting(job):
    while True:
        try:
            step = next(job)
        except StopIteration as stop:
            return stop.value
        if (step.stage, str(step.done)) == (stage, done):
            print("halted", flush=True)
            sys.stdin.read()  # until killed
        yield step


terminal.watch = lambda job, *others: watch(halting(job), *others)
sys.argv = ["weijian", "detect", *arguments]
cli.main()
"""


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Ways:
    return Ways(tmp_path_factory.mktemp("flights"))


def start(arguments: list[str], stage: str = "", done: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DETECT, stage, str(done), *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def finish(arguments: list[str]) -> str:
    """Run to the end; what was said on stderr."""
    process = start(arguments)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return said


def kill_at(arguments: list[str], stage: str, done: int) -> None:
    process = start(arguments, stage, done)
    assert process.stdout is not None
    assert process.stdout.readline() == "halted\n"
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode != 0


def files(ways: Ways, folder: Path, way: str) -> list[str]:
    results = ["--out", folder / "findings.gpkg", "--report", folder / "report.json"]
    return [str(part) for part in (*ways.options(way), *results)]


@pytest.mark.parametrize(
    ("way", "stage", "done"),
    [
        ("heights", "evidence", 6),
        ("heights and archive", "outlines", 1),
        ("archive", "evidence", 6),
        ("images", "evidence", 11),
        ("images and archive", "outlines", 1),
        ("model", "evidence", 2),
        ("model", "outlines", 1),
    ],
)
def test_a_killed_run_goes_on_with_the_same_result(tmp_path: Path, ways: Ways, way: str, stage: str, done: int) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        folder.mkdir()
    assert "going on" not in finish(files(ways, whole, way))
    kill_at(files(ways, broken, way), stage, done)
    assert [path.name for path in broken.iterdir()] == ["findings.gpkg.resume"]
    windows = 4 if way == "model" else 16  # the model's pixels are twice as large
    finished = windows if stage == "outlines" else done
    said = finish(files(ways, broken, way))
    assert f"{finished} of {windows} windows" in said or f"{windows} 个窗口中已完成 {finished} 个" in said
    assert sorted(path.name for path in broken.iterdir()) == ["findings.gpkg", "report.json"]
    assert (broken / "findings.gpkg").read_bytes() == (whole / "findings.gpkg").read_bytes()
    reports = [json.loads((folder / "report.json").read_text()) for folder in (whole, broken)]
    assert reports[1]["resumed"]["windows"] == finished
    assert (reports[1]["resumed"]["candidates"] == 1) is (stage == "outlines")
    for report in reports:
        for measured in ("seconds", "peak_memory_bytes", "resumed"):
            del report[measured]
        for cost in report["stages"].values():
            del cost["seconds"]
    assert reports[0] == reports[1]


def test_a_changed_parameter_or_file_starts_afresh(tmp_path: Path) -> None:
    ways = Ways(tmp_path)
    (tmp_path / "out").mkdir()
    arguments = files(ways, tmp_path / "out", "heights")
    kill_at(arguments, "evidence", 6)
    kill_at([*arguments, "--min-area", "12"], "evidence", 3)  # "resumed" would never be at 3
    ways.after.ortho.touch()
    finish([*arguments, "--min-area", "12"])
    assert json.loads((tmp_path / "out" / "report.json").read_text())["resumed"] == {"windows": 0, "candidates": 0}

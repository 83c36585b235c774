"""A detection on a Dask cluster of separate processes gives the local result to the byte, whatever dies meanwhile."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from unit.services.made import Flight, fly_twice

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    options = dict(processes=True, threads_per_worker=1, dashboard_address=None, protocol="tcp", host="127.0.0.1")
    with LocalCluster(n_workers=int(sys.argv[1]), **options) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()  # until the test is done
"""

DETECT = """
import sys
from weijian import cli, terminal
from weijian.services import detect

detect.TILE_PIXELS = 70  # 16 windows
stage, done, *arguments = sys.argv[1:]
watch = terminal.watch


def halting(job):
    halted = False
    while True:
        try:
            step = next(job)
        except StopIteration as stop:
            return stop.value
        if (step.stage, str(step.done)) == (stage, done) and not halted:
            halted = True
            print("halted", flush=True)
            sys.stdin.readline()  # until a worker is killed
        yield step


terminal.watch = lambda job, *others: watch(halting(job), *others)
sys.argv = ["weijian", "detect", *arguments]
cli.main()
"""


class Cluster:
    """A LocalCluster in a process of its own; every worker is another one, with a nanny."""

    def __init__(self, script: Path, workers: int) -> None:
        script.write_text(CLUSTER)
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, str(script), str(workers)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def workers(self) -> list[psutil.Process]:
        children = psutil.Process(self._process.pid).children(recursive=True)
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def kill(self) -> None:
        for process in (*self.workers(), self._process):
            process.kill()
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    return fly_twice(tmp_path_factory.mktemp("flights"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster") / "cluster.py", 2)
    yield cluster
    cluster.close()


def start(arguments: list[object], stage: str = "", done: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DETECT, stage, str(done), *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def run(arguments: list[object], code: int = 0) -> str:
    """What was said on stderr."""
    process = start(arguments)
    _, said = process.communicate(timeout=300)
    assert process.returncode == code, said
    assert "Traceback" not in said
    return said


def asked(flights: tuple[Flight, Flight], folder: Path, heights: bool = True) -> list[object]:
    before, after = flights
    folder.mkdir(exist_ok=True)
    surfaces = ["--before-dsm", before.dsm, "--after-dsm", after.dsm] if heights else []
    results = ["--out", folder / "findings.gpkg", "--report", folder / "report.json"]
    return ["--before", before.ortho, "--after", after.ortho, *surfaces, *results]


def result_in(folder: Path) -> tuple[bytes, object]:
    """Findings and report, but for what was measured of the run itself."""
    report = json.loads((folder / "report.json").read_text())
    for measured in ("seconds", "peak_memory_bytes"):
        del report[measured]
    for cost in report["stages"].values():
        del cost["seconds"]
    return (folder / "findings.gpkg").read_bytes(), report


@pytest.mark.parametrize("heights", [True, False], ids=["height", "spectral"])
def test_a_killed_worker_leaves_no_trace(
    tmp_path: Path, flights: tuple[Flight, Flight], cluster: Cluster, heights: bool
) -> None:
    run(asked(flights, tmp_path / "local", heights))
    process = start([*asked(flights, tmp_path / "cluster", heights), "--scheduler", cluster.address], "evidence", 3)
    assert process.stdout is not None
    assert process.stdout.readline() == "halted\n"
    cluster.workers()[0].kill()
    _, said = process.communicate("\n", timeout=300)
    assert process.returncode == 0, said
    assert result_in(tmp_path / "cluster") == result_in(tmp_path / "local")
    assert sorted(path.name for path in (tmp_path / "cluster").iterdir()) == ["findings.gpkg", "report.json"]


def test_a_lost_scheduler_is_told_and_the_work_goes_on_here(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    cluster = Cluster(tmp_path / "cluster.py", 1)
    arguments = asked(flights, tmp_path / "out")
    process = start([*arguments, "--scheduler", cluster.address], "evidence", 3)
    assert process.stdout is not None
    assert process.stdout.readline() == "halted\n"
    cluster.kill()
    _, said = process.communicate("\n", timeout=300)
    assert process.returncode == 2
    assert said.count("\n") <= 2
    assert cluster.address in said
    run(arguments)
    resumed = json.loads((tmp_path / "out" / "report.json").read_text())["resumed"]
    assert resumed["windows"] >= 3


def test_nobody_at_the_address(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    for address in ("tcp://127.0.0.1:9", "nonsense", "tcp://", "http://127.0.0.1:8786"):
        said = run([*asked(flights, tmp_path / "out"), "--scheduler", address], code=2)
        assert address in said.splitlines()[-1]
        assert not list((tmp_path / "out").iterdir())


def test_without_the_extra(tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    without = f"import sys; sys.modules['distributed'] = None\n{DETECT}"
    arguments = [*asked(flights, tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(
        [sys.executable, "-c", without, "", "0", *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 2
    assert "weijian[cluster]" in done.stderr


def test_a_file_inside_an_archive_is_read_through_gdal(
    tmp_path: Path, flights: tuple[Flight, Flight], cluster: Cluster
) -> None:
    with zipfile.ZipFile(tmp_path / "flight.zip", "w") as packed:
        for flight in flights:
            packed.write(flight.ortho, flight.ortho.name)
    before, after = (Path(f"/vsizip/{{{tmp_path}/flight.zip}}/{flight.ortho.name}") for flight in flights)
    stored = Flight(before, flights[0].dsm), Flight(after, flights[1].dsm)
    run([*asked(stored, tmp_path / "out", heights=False), "--scheduler", cluster.address])
    run(asked(flights, tmp_path / "local", heights=False))
    assert result_in(tmp_path / "out")[0] == result_in(tmp_path / "local")[0]

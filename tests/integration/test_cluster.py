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

from helpers.ways import WAYS, Ways
from unit.services.made import Flight

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    options = dict(processes=True, threads_per_worker=1, dashboard_address=None, protocol="tcp", host="127.0.0.1")
    with LocalCluster(n_workers=int(sys.argv[1]), **options) as cluster:
        print(cluster.scheduler_address, flush=True)
        for line in sys.stdin:  # until the test is done
            cluster.scale(int(line))
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

    def scale(self, workers: int) -> None:
        """Have so many workers, and wait for them."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{workers}\n")
        self._process.stdin.flush()
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)

    def close(self) -> None:
        self._process.communicate(timeout=60)

    def kill(self) -> None:
        for process in (*self.workers(), self._process):
            process.kill()
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Ways:
    return Ways(tmp_path_factory.mktemp("flights"))


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


def asked(ways: Ways, folder: Path, way: str = "heights", *flights: Flight) -> list[object]:
    """A detection of the village's own flights unless others are given."""
    folder.mkdir(exist_ok=True)
    results = ["--out", folder / "findings.gpkg", "--report", folder / "report.json"]
    return [*ways.options(way, *flights), *results]


def result_in(folder: Path) -> tuple[bytes, object]:
    """Findings and report, but for what was measured of the run itself."""
    report = json.loads((folder / "report.json").read_text())
    for measured in ("seconds", "peak_memory_bytes", "scheduler"):
        del report[measured]
    for cost in report["stages"].values():
        del cost["seconds"]
    return (folder / "findings.gpkg").read_bytes(), report


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_worker_leaves_no_trace(tmp_path: Path, ways: Ways, cluster: Cluster, way: str) -> None:
    run(asked(ways, tmp_path / "local", way))
    process = start([*asked(ways, tmp_path / "cluster", way), "--scheduler", cluster.address], "evidence", 3)
    assert process.stdout is not None
    assert process.stdout.readline() == "halted\n"
    cluster.workers()[0].kill()
    _, said = process.communicate("\n", timeout=300)
    assert process.returncode == 0, said
    assert result_in(tmp_path / "cluster") == result_in(tmp_path / "local")
    assert sorted(path.name for path in (tmp_path / "cluster").iterdir()) == ["findings.gpkg", "report.json"]


def test_a_worker_that_comes_later_takes_part(tmp_path: Path, ways: Ways) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    cluster = Cluster(tmp_path / "cluster.py", 1)
    try:
        process = start([*asked(ways, tmp_path / "cluster"), "--scheduler", cluster.address], "evidence", 3)
        assert process.stdout is not None
        assert process.stdout.readline() == "halted\n"
        first = cluster.workers()
        cluster.scale(2)
        for worker in first:  # what it has not done is done by the other
            worker.kill()
        _, said = process.communicate("\n", timeout=300)
        assert process.returncode == 0, said
    finally:
        cluster.close()
    run(asked(ways, tmp_path / "local"))
    assert result_in(tmp_path / "cluster") == result_in(tmp_path / "local")


def test_a_lost_scheduler_is_told_and_the_work_goes_on_here(tmp_path: Path, ways: Ways) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    cluster = Cluster(tmp_path / "cluster.py", 1)
    arguments = asked(ways, tmp_path / "out")
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


def test_nobody_at_the_address(tmp_path: Path, ways: Ways) -> None:
    for address in ("tcp://127.0.0.1:9", "nonsense", "tcp://", "http://127.0.0.1:8786"):
        said = run([*asked(ways, tmp_path / "out"), "--scheduler", address], code=2)
        assert address in said.splitlines()[-1]
        assert not list((tmp_path / "out").iterdir())


def test_without_the_extra(tmp_path: Path, ways: Ways) -> None:
    without = f"import sys; sys.modules['distributed'] = None\n{DETECT}"
    arguments = [*asked(ways, tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(
        [sys.executable, "-c", without, "", "0", *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 2
    assert "weijian[cluster]" in done.stderr


def test_a_file_inside_an_archive_is_read_through_gdal(tmp_path: Path, ways: Ways, cluster: Cluster) -> None:
    with zipfile.ZipFile(tmp_path / "flight.zip", "w") as packed:
        for flight in (ways.before, ways.after):
            packed.write(flight.ortho, flight.ortho.name)
    before, after = (
        Flight(Path(f"/vsizip/{{{tmp_path}/flight.zip}}/{flight.ortho.name}"), flight.dsm)
        for flight in (ways.before, ways.after)
    )
    run([*asked(ways, tmp_path / "out", "images", before, after), "--scheduler", cluster.address])
    run(asked(ways, tmp_path / "local", "images"))
    assert result_in(tmp_path / "out")[0] == result_in(tmp_path / "local")[0]

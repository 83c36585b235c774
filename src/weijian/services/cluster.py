"""The workers of a Dask cluster as a crew for the windows of a detection."""

from __future__ import annotations

import pickle
import platform
import re
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Executor, Future
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from weijian.domain.errors import InputError
from weijian.elsewhere import through_gdal
from weijian.imagery.files import environment, open_file

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Versions = tuple[tuple[str, str], ...]
"""Packages and their versions."""

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://(\[[0-9A-Fa-f:.]+\]|[^\s/:]+):\d{1,5}/?")
_PATIENCE_S = 15
"""How long a scheduler may take to answer, and a worker to appear."""
_SAME = ("weijian", "numpy", "opencv-python-headless", "rasterio", "scipy", "shapely", "pyproj")
"""What must be of one version everywhere, or the result might not be the local one."""
_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "2GiB",
    "logging": {"distributed": "critical", "distributed.client": "critical"},
}
"""The work goes to the scheduler once, with the survey's terrain: Dask need not remark on its size. What becomes of the
cluster is told in our own words."""


class ClusterExtraMissing(InputError):
    """The libraries of the cluster are not installed."""

    zh = "使用 --scheduler 需要安装集群组件：pip install weijian[cluster]。"
    en = "--scheduler needs the cluster libraries: pip install weijian[cluster]."


class SchedulerUnreachable(InputError):
    """Nobody answers as a scheduler."""

    zh = "无法连接调度器 {address}：请检查地址（如 tcp://192.168.1.10:8786）、防火墙，以及调度器是否已启动。"
    en = (
        "No scheduler answers at {address}; check the address (such as tcp://192.168.1.10:8786), the firewall, "
        "and that the scheduler runs."
    )


class NoWorkers(InputError):
    """A scheduler without any worker."""

    zh = "调度器 {address} 上没有工作机；请先在各机器上启动 dask worker。"
    en = "The scheduler {address} has no workers; start dask worker on the machines first."


class WorkerDiffers(InputError):
    """A worker has another version of what makes the result."""

    zh = "工作机 {worker} 上 {package} 的版本是 {theirs}，本机是 {ours}；请在各机器上安装同一版本。"
    en = "Worker {worker} has {package} {theirs}, this computer has {ours}; install the same version everywhere."


class WorkerCannotRead(InputError):
    """A worker does not see a file as this computer does."""

    zh = "工作机 {worker} 读不到本机所见的文件 {path}；请把影像放在各机器以同一路径可达的共享目录或对象存储上。"
    en = (
        "Worker {worker} does not see the file {path} that this computer sees; keep imagery on a share or object "
        "store that every machine reaches by the same path."
    )


class ClusterLost(InputError):
    """The scheduler went away during the work."""

    zh = "与调度器 {address} 的连接中断；再次运行同一命令，会从已完成的窗口接着做。"
    en = "The scheduler {address} was lost; the same command goes on from the windows that are finished."


class WorkersDie(InputError):
    """Several workers died over one window."""

    zh = (
        "多台工作机在处理同一窗口时退出（常因内存上限过低）；请调高 --memory-limit 后再次运行，会从已完成的窗口接着做。"
    )
    en = (
        "Several workers died over the same window, mostly because their memory limit is too low; raise "
        "--memory-limit, then the same command goes on from the windows that are finished."
    )


class ClusterCrew:
    """Hands of a cluster, from :func:`join`; ``size`` is the number of its threads then.

    Use as a context manager: at its end what has not begun is cancelled.

    Raises
    ------
    ClusterLost, WorkersDie
        At its end, for what became of the work.
    """

    def __init__(self, client: Client, address: str) -> None:
        self.size = sum(client.nthreads().values())
        self._client = client
        self._address = address
        self._executor: Executor = client.get_executor(pure=False)

    def __enter__(self) -> ClusterCrew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        from distributed import KilledWorker

        self._client.close(timeout=1)
        if isinstance(fault, CancelledError):
            raise ClusterLost(address=self._address) from fault
        if isinstance(fault, KilledWorker):
            raise WorkersDie from fault

    def taking(self, work: Callable[[Item], Outcome]) -> Callable[[Item], Future[Outcome]]:
        """A call that has ``work`` done on an item by any worker; when that dies, by another.

        The work is sent once, as a task of its own: where it is lost the scheduler has it made again.
        """
        sent = self._client.submit(pickle.loads, pickle.dumps(work, protocol=5), pure=False)
        return partial(self._take, sent, _versions())

    def _take(self, sent: Any, versions: Versions, item: Item) -> Future[Outcome]:
        return self._executor.submit(_done, sent, versions, pickle.dumps(item, protocol=5))


def _done(work: Callable[[Item], Outcome], versions: Versions, item: bytes) -> Outcome:
    """Work done by a worker, which may have come after the others were asked for their versions."""
    for (package, ours), (_, theirs) in zip(versions, _versions(), strict=True):
        if theirs != ours:
            raise WorkerDiffers(worker=platform.node(), package=package, theirs=theirs, ours=ours)
    return work(pickle.loads(item))  # noqa: S301 - from our own client


@cache
def _versions() -> Versions:
    """What is installed here of what makes the result."""
    return tuple((package, metadata.version(package)) for package in _SAME)


def join(address: str, files: Iterable[Path]) -> ClusterCrew:
    """Join the cluster of a scheduler, whose workers must be like this computer and able to read ``files``.

    Raises
    ------
    ClusterExtraMissing, SchedulerUnreachable, NoWorkers, WorkerDiffers, WorkerCannotRead
    """
    try:
        import dask

        dask.config.set(_SETTINGS)
        from distributed import Client
    except ImportError as fault:
        raise ClusterExtraMissing from fault
    if not _ADDRESS.fullmatch(address):
        raise SchedulerUnreachable(address=address)
    try:
        client = Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:
        raise SchedulerUnreachable(address=address) from fault
    try:
        _require_workers(client, address)
        _require_same_versions(client)
        _require_same_files(client, files)
    except BaseException:
        client.close(timeout=1)
        raise
    return ClusterCrew(client, address)


def _require_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as fault:
        raise NoWorkers(address=address) from fault


def _require_same_versions(client: Client) -> None:
    for package, ours in _versions():
        for worker, theirs in client.run(metadata.version, package, on_error="return").items():
            if theirs != ours:
                missing = isinstance(theirs, Exception)
                raise WorkerDiffers(worker=worker, package=package, theirs="-" if missing else theirs, ours=ours)


def _require_same_files(client: Client, files: Iterable[Path]) -> None:
    states = {str(path): _state(path) for path in files}
    for worker, unlike in client.run(_unlike, states).items():
        if unlike:
            raise WorkerCannotRead(worker=worker, path=unlike[0])


def _unlike(states: dict[str, int | None]) -> list[str]:
    """Files that are not here or not the same here."""
    return [name for name, state in states.items() if _state(Path(name)) != state]


def _state(path: Path) -> int | None:
    """Size of a file, 0 for one in an object store that can be opened; None where there is none."""
    try:
        if not through_gdal(path):
            return path.stat().st_size
        with environment(), open_file(path):
            return 0
    except (OSError, InputError):
        return None

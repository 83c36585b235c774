"""Drawing tiles in other threads, and keeping them."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, wait
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import NamedTuple

from pyproj import CRS
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from weijian.qt.map.layers import TileSource
from weijian.qt.map.tiles import TILE, Cell

CACHE_BYTES = 384 * 1024 * 1024
_TILE_BYTES = TILE * TILE * 4
_WORKERS = max(2, min(3, os.cpu_count() or 2))  # more than there are cores would take the window's share
_PATIENCE_S = 0.3  # at most so long does closing wait for tiles under way; a share that hangs must not hold the window


class Wanted(NamedTuple):
    """A tile of a source."""

    source: TileSource
    cell: Cell


class TileCache:
    """Tiles by source and cell, those unused for longest dropped when there are too many bytes of them."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._images: dict[TileSource, dict[Cell, QImage]] = {}
        self._order: OrderedDict[tuple[int, Cell], TileSource] = OrderedDict()
        self._seen: frozenset[Wanted] = frozenset()
        self.used_bytes = 0

    def of(self, source: TileSource) -> dict[Cell, QImage]:
        """The tiles of a source; only to look at."""
        return self._images.get(source, {})

    @property
    def room(self) -> int:
        """How many tiles it is meant to hold."""
        return self._limit // _TILE_BYTES

    def hold(self, seen: Iterable[Wanted], near: Iterable[Wanted]) -> None:
        """Note which tiles are to be seen, which never go, and which near them are the last to go."""
        self._seen = frozenset(seen)
        for source, cell in (*near, *self._seen):
            kept = self._images.get(source)
            if kept is not None and cell in kept:
                self._order.move_to_end((id(kept), cell))

    def put(self, source: TileSource, cell: Cell, image: QImage) -> None:
        """Keep a tile."""
        kept = self._images.setdefault(source, {})
        old = kept.get(cell)
        self.used_bytes += image.sizeInBytes() - (0 if old is None else old.sizeInBytes())
        kept[cell] = image
        self._order[id(kept), cell] = source
        self._order.move_to_end((id(kept), cell))
        while self.used_bytes > self._limit:
            key, owner = next(iter(self._order.items()))
            if (owner, key[1]) in self._seen or (owner, key[1]) == (source, cell):
                break
            del self._order[key]
            self.used_bytes -= self._images[owner].pop(key[1]).sizeInBytes()

    def keep_only(self, sources: Iterable[TileSource]) -> None:
        """Drop what belongs to other sources."""
        for source in self._images.keys() - set(sources):
            dropped = self._images.pop(source)
            for cell, image in dropped.items():
                self.used_bytes -= image.sizeInBytes()
                del self._order[id(dropped), cell]


class TileLoader(QObject):
    """Draws tiles in worker threads, in the order in which they are wanted now.

    Nothing waits in a queue that a newer view no longer wants: workers are given one tile at a time. All methods are
    for the GUI thread.

    Attributes
    ----------
    arrived : Signal()
        A wanted tile came, or failed.
    failed : Signal(object, object)
        A source and the error; the tile is not tried again before :meth:`keep_only` has dropped its source.
    """

    arrived = Signal()
    failed = Signal(object, object)
    _posted = Signal(object, object)

    def __init__(self, crs: CRS, parent: QObject | None = None, *, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self.cache = TileCache(cache_bytes)
        self._wanted: list[Wanted] = []
        self._spare: list[Wanted] = []
        self._seen: frozenset[Wanted] = frozenset()
        self._under_way: dict[Wanted, Future[QImage]] = {}
        self._failures: dict[TileSource, set[Cell]] = {}
        self._workers = _Workers(crs)
        self._lock = Lock()
        self._closed = False
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def failures(self, source: TileSource) -> set[Cell]:
        """Tiles of a source that could not be drawn; only to look at."""
        return self._failures.get(source, set())

    def is_settled(self, wanted: Wanted) -> bool:
        """Whether a tile is there, or will not come."""
        return wanted.cell in self.cache.of(wanted.source) or wanted.cell in self.failures(wanted.source)

    def want(self, wanted: Sequence[Wanted], spare: Sequence[Wanted] = ()) -> None:
        """Draw these, the first first, and forget what was wanted before and has not begun.

        Parameters
        ----------
        wanted
            What is to be seen.
        spare
            What may be wanted next: drawn by one worker when all that is wanted is there, as far as there is room.
            Nothing is told of it, neither its coming nor its failing.
        """
        spare = spare[: max(0, self.cache.room - len(wanted))]
        self.cache.hold(wanted, spare)
        self._seen = frozenset(wanted)
        self._wanted = [each for each in reversed(wanted) if not self.is_settled(each)]
        self._spare = [each for each in reversed(spare) if not self.is_settled(each)]
        self._hand_out()

    def keep_only(self, sources: Iterable[TileSource]) -> None:
        """Forget tiles and failures of other sources."""
        kept = set(sources)
        self.cache.keep_only(kept)
        self._failures = {source: cells for source, cells in self._failures.items() if source in kept}

    def close(self) -> None:
        """Begin nothing any more and tell nothing any more."""
        with self._lock:
            self._closed = True
        self._wanted, self._spare = [], []
        self._workers.dismiss()
        wait(list(self._under_way.values()), timeout=_PATIENCE_S)

    def _hand_out(self) -> None:
        while self._wanted and len(self._under_way) < _WORKERS:
            self._begin(self._wanted.pop())
        # A wish that comes while spare tiles are drawn finds a worker free.
        while self._spare and len(self._under_way) < _WORKERS - 1:
            self._begin(self._spare.pop())

    def _begin(self, wanted: Wanted) -> None:
        if not self._closed and wanted not in self._under_way and not self.is_settled(wanted):
            future = self._workers.draw(wanted)
            self._under_way[wanted] = future
            future.add_done_callback(partial(self._post, wanted))

    def _post(self, wanted: Wanted, future: Future[QImage]) -> None:
        """Tell the GUI thread, unless nobody is there any more; called in a worker thread."""
        with self._lock:
            if not self._closed:
                self._posted.emit(wanted, future)

    @Slot(object, object)
    def _take(self, wanted: Wanted, future: Future[QImage]) -> None:
        self._under_way.pop(wanted, None)
        if self._closed:
            return
        error = future.exception()
        if error is None:
            self.cache.put(wanted.source, wanted.cell, future.result())
        elif wanted in self._seen:
            self._failures.setdefault(wanted.source, set()).add(wanted.cell)
            self.failed.emit(wanted.source, error)
        self._hand_out()
        if wanted in self._seen:
            self.arrived.emit()


class _Workers:
    """Threads that draw. Unlike those of a `ThreadPoolExecutor`, the end of the program does not wait for them."""

    def __init__(self, crs: CRS) -> None:
        self._tasks: SimpleQueue[tuple[Wanted, Future[QImage]] | None] = SimpleQueue()
        for number in range(_WORKERS):
            Thread(target=_work, args=(self._tasks, crs), name=f"tiles-{number}", daemon=True).start()

    def draw(self, wanted: Wanted) -> Future[QImage]:
        """Have a tile drawn."""
        future: Future[QImage] = Future()
        self._tasks.put((wanted, future))
        return future

    def dismiss(self) -> None:
        """Let every thread end after the tile that it draws."""
        for _ in range(_WORKERS):
            self._tasks.put(None)


def _work(tasks: SimpleQueue[tuple[Wanted, Future[QImage]] | None], crs: CRS) -> None:
    while (task := tasks.get()) is not None:
        wanted, future = task
        try:
            image = wanted.source.tile(wanted.cell.grid(crs))
        except BaseException as error:  # noqa: BLE001 - handed on to who asked for the tile, as in concurrent.futures
            future.set_exception(error)
        else:
            future.set_result(image)
        del task, wanted, future

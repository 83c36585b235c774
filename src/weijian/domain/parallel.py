"""Work on many items by several hands, in order, with few of them in memory at a time.

Who works is a :class:`Crew`: threads of this process (:class:`Threads`), or the workers of a cluster
(`weijian.services.cluster`). Long single steps go to a crew too, so that whoever waits can be stopped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from functools import partial
from types import TracebackType
from typing import Protocol, TypeVar

from weijian.domain.job import Job, Progress

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_PATIENCE_S = 0.1
"""Longest time without a sign of life to whoever waits."""
_GRACE_S = 0.4
"""What is still being worked on when nobody wants it any more is waited for so long, then left to itself."""


class Crew(Protocol):
    """Hands that work on items; ``size`` is how many work at once."""

    @property
    def size(self) -> int: ...  # noqa: D102

    def taking(self, work: Callable[[Item], Outcome]) -> Callable[[Item], Future[Outcome]]:
        """A call that has ``work`` done on an item as soon as there is a free hand."""
        ...


class Threads:
    """Threads of this process: decoding and array work release the interpreter lock.

    Use as a context manager. At its end nothing new is begun; what is under way is waited for a moment, then left
    to itself: what it reads from must bear that (as `weijian.imagery.files.OpenFiles` does).
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._pool = ThreadPoolExecutor(size, "hand")
        self._unfinished: set[Future[object]] = set()

    def __enter__(self) -> Threads:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        _, left = wait(tuple(self._unfinished), timeout=_GRACE_S)
        self._pool.shutdown(wait=not left)

    def taking(self, work: Callable[[Item], Outcome]) -> Callable[[Item], Future[Outcome]]:
        """A call that has ``work`` done on an item as soon as there is a free thread."""
        return partial(self._take, work)

    def _take(self, work: Callable[[Item], Outcome], item: Item) -> Future[Outcome]:
        future = self._pool.submit(work, item)
        self._unfinished.add(future)  # type: ignore[arg-type]
        future.add_done_callback(self._unfinished.discard)
        return future


def in_order(
    work: Callable[[Item], Outcome], items: Iterable[Item], crew: Crew
) -> Generator[tuple[Item, Outcome] | None, None, None]:
    """Every item with what ``work`` made of it, in the order of the items.

    Items are drawn only as fast as results are taken, so that neither list grows with the job. None comes between
    results when one takes its time: the chance to show a sign of life, or to stop. Closing the iterator cancels
    what has not begun.
    """
    take = crew.taking(work)
    waiting: deque[tuple[Item, Future[Outcome]]] = deque()
    try:
        for item in items:
            waiting.append((item, take(item)))
            if len(waiting) > 2 * crew.size:
                yield from _first(waiting)
        while waiting:
            yield from _first(waiting)
    finally:
        for _, future in waiting:
            future.cancel()


def _first(
    waiting: deque[tuple[Item, Future[Outcome]]],
) -> Generator[tuple[Item, Outcome] | None, None, None]:
    while not wait((waiting[0][1],), timeout=_PATIENCE_S).done:
        yield None
    item, future = waiting.popleft()
    yield item, future.result()


def aside(stage: str, call: Callable[[], Outcome], crew: Crew) -> Job[Outcome]:
    """Have one long step done by a hand of the crew, with signs of life in the meantime."""
    yield Progress(stage, 0, 1)
    with closing(in_order(lambda _: call(), (None,), crew)) as steps:
        for step in steps:
            if step is not None:
                return step[1]
            yield Progress(stage, 0, 1)
    raise AssertionError("in_order answers for every item")

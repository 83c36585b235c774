"""Work on many items with all cores, in order, with few of them in memory at a time."""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


def in_order(work: Callable[[Item], Outcome], items: Iterable[Item], workers: int) -> Generator[Outcome, None, None]:
    """Results of ``work`` on every item, in the order of the items.

    Items are drawn only as fast as results are taken, so that neither list grows with the job. Closing the
    iterator cancels what has not begun. Threads serve, since decoding and array work release the interpreter lock.
    """
    with ThreadPoolExecutor(workers) as pool:
        running: deque[Future[Outcome]] = deque()
        try:
            for item in items:
                running.append(pool.submit(work, item))
                if len(running) > 2 * workers:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for future in running:
                future.cancel()

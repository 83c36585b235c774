"""Long jobs for tests; they run in a process of their own and are found there by name."""

import time
from pathlib import Path

from weijian.domain.errors import FileMissing
from weijian.domain.job import Job, Progress


def counting(number: int, wait_s: float = 0.0, mark: Path | None = None) -> Job[None]:
    try:
        for done in range(number):
            yield Progress("evidence", done, number)
            time.sleep(wait_s)
    finally:
        if mark is not None:
            mark.write_text("put back", encoding="utf-8")


def missing() -> Job[None]:
    yield Progress("read", 3, 7)
    raise FileMissing(path="a.tif")


def faulty() -> Job[None]:
    yield Progress("read", 0, 1)
    raise ZeroDivisionError("oh")

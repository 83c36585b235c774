"""Progress of long work. A long use case is a generator that yields these and returns its result."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Progress:
    """How far a stage of a job is.

    ``stage`` is a stable word (``align``, ``evidence`` ...), ``done`` and ``total`` count its steps.
    """

    stage: str
    done: int
    total: int


Job = Generator[Progress, None, Result]


def finish(job: Job[Result]) -> Result:
    """Run a job to its end without looking at its progress."""
    while True:
        try:
            next(job)
        except StopIteration as stop:
            result: Result = stop.value
            return result

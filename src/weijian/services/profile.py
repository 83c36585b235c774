"""Where a job's time and memory go."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class StageCost:
    """Seconds a stage took and bytes of pixels it decoded."""

    seconds: float = 0.0
    bytes_read: int = 0


@dataclass
class Profile:
    """Collects the cost of a job's stages while it runs, in the order they were first met."""

    stages: dict[str, StageCost] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[StageCost]:
        """Time the block as part of the stage."""
        cost = self.stages.setdefault(name, StageCost())
        start = time.perf_counter()
        try:
            yield cost
        finally:
            cost.seconds += time.perf_counter() - start

    def part(self, name: str, seconds: float, *within: str) -> None:
        """Tell a part of stages as a stage of its own; it is taken off theirs, in the measure of their length."""
        whole = sum(self.stages[stage].seconds for stage in within)
        seconds = min(seconds, whole)
        for stage in within:
            self.stages[stage].seconds -= seconds * self.stages[stage].seconds / whole if whole else 0.0
        self.stages[name] = StageCost(seconds)


def peak_memory_bytes() -> int | None:
    """Most memory this process has held, in bytes; None where the system does not tell."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process(os.getpid()).memory_info().peak_wset)
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit

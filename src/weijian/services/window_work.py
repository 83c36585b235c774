"""What is done on each window and each candidate: a value that can be sent to whoever does it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from weijian.detection.patch import Patch
from weijian.detection.segments import Fragment, Segment
from weijian.domain.finding import Change
from weijian.domain.grid import Tile
from weijian.imagery.files import environment
from weijian.services.checkpoint import Cost, Described, Proposed
from weijian.services.patches import PatchSource, bytes_of

HALO_M = 24.0
"""Ground around a tile that ``propose`` may look at; models ask for more."""
CONTEXT_M = 20.0
"""Ground around a segment that ``describe`` may look at."""
LARGEST_PATCH = 4096
"""Pixels a side; a larger candidate is no building and would break the bound on memory."""


@dataclass(frozen=True)
class Detector:
    """A method of detection: candidates within a patch's core, and the changes a candidate turns out to be.

    A method that can tell at once what lies wholly within the core proposes changes beside the pieces. ``halo_m`` is
    the ground around the core that ``propose`` looks at.
    """

    propose: Callable[[Patch], Sequence[Fragment | Change]]
    describe: Callable[[Segment, Patch], list[Change]]
    halo_m: float = HALO_M


@dataclass(frozen=True)
class WindowWork:
    """A detector and the surveys it looks at; pickles, and opens its files where it is unpickled."""

    detector: Detector
    source: PatchSource

    def propose(self, numbered: tuple[int, Tile]) -> Proposed:
        """Candidate pieces and finished changes of a window (its number, the window)."""
        with environment():  # once for all that reads and burns within
            patch, cost = self._read(numbered[1])
            found = () if patch.empty else self.detector.propose(patch)
        pieces = tuple(one for one in found if isinstance(one, Fragment))
        return Proposed(pieces, cost, tuple(one for one in found if isinstance(one, Change)))

    def describe(self, numbered: tuple[int, Segment]) -> Described:
        """What a candidate (its number, the candidate) turns out to be."""
        segment = numbered[1]
        block = self.source.grid.block_over(segment.polygon.bounds, CONTEXT_M)
        if max(block.shape) > LARGEST_PATCH:
            return Described(None)
        with environment():
            patch, cost = self._read(Tile(block, 0))
            return Described(tuple(self.detector.describe(segment, patch)), cost)

    def _read(self, tile: Tile) -> tuple[Patch, Cost]:
        start = time.perf_counter()
        patch = self.source.patch(tile)
        return patch, Cost(bytes_of(patch), time.perf_counter() - start)

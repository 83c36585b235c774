"""Demolition progress (拆除进度): square metres done against square metres ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ObservationSource(StrEnum):
    """How an observation was made: by hand on site, or by a re-flight."""

    SITE = "site"
    REFLIGHT = "reflight"


@dataclass(frozen=True)
class DemolitionObservation:
    """What was left of the ordered area on a day.

    ``finding_no`` names the structure; None speaks of the case as a whole. ``sha256`` names a photograph among the
    evidence.
    """

    case_no: str
    observed_on: date
    area_left_m2: float
    source: ObservationSource
    finding_no: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class DemolitionProgress:
    """State of the demolition of one structure or one case."""

    ordered_m2: float
    done_m2: float

    @property
    def left_m2(self) -> float:
        """What still stands."""
        return max(0.0, self.ordered_m2 - self.done_m2)

    @property
    def share(self) -> float:
        """Done part of what was ordered, 0 to 1."""
        return self.done_m2 / self.ordered_m2 if self.ordered_m2 else 0.0


def demolition_progress(
    ordered_m2: float,
    observations: Sequence[DemolitionObservation],
    structures: Mapping[str, float] | None = None,
) -> DemolitionProgress:
    """Progress of a case by the latest observations; nothing is done before the first.

    Parameters
    ----------
    ordered_m2 : float
        What the decision orders.
    observations : sequence of DemolitionObservation
        In the order they were entered: of one day, the last entered counts.
    structures : mapping of str to float, optional
        Area of each structure by number of its finding; without it only observations of the whole case count.
    """
    if structures:
        parts = structure_progress(ordered_m2, observations, structures)
        return DemolitionProgress(ordered_m2, min(ordered_m2, sum(part.done_m2 for part in parts.values())))
    latest = _latest([observation for observation in observations if observation.finding_no is None])
    return DemolitionProgress(ordered_m2, 0.0 if latest is None else _done(ordered_m2, latest.area_left_m2))


def structure_progress(
    ordered_m2: float, observations: Sequence[DemolitionObservation], structures: Mapping[str, float]
) -> dict[str, DemolitionProgress]:
    """Progress of each structure.

    The ordered area is shared out by the structures' areas, should these have been measured anew since the decision;
    what is left of the case as a whole likewise.
    """
    total = sum(structures.values())
    progress = {}
    for number, area in structures.items():
        share = area / total if total else 0.0
        ordered = ordered_m2 * share
        latest = _latest([each for each in observations if each.finding_no in (None, number)])
        if latest is None:
            done = 0.0
        else:
            left = latest.area_left_m2 if latest.finding_no else latest.area_left_m2 * share
            done = _done(ordered, left)
        progress[number] = DemolitionProgress(ordered, done)
    return progress


def _latest(observations: Sequence[DemolitionObservation]) -> DemolitionObservation | None:
    return max(reversed(observations), key=lambda o: o.observed_on, default=None)


def _done(ordered_m2: float, left_m2: float) -> float:
    return min(ordered_m2, max(0.0, ordered_m2 - left_m2))

"""Demolition progress (拆除进度): square metres done against square metres ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ObservationSource(StrEnum):
    """How an observation was made: by hand on site, or by a re-flight."""

    SITE = "site"
    REFLIGHT = "reflight"


@dataclass(frozen=True)
class DemolitionObservation:
    """What was left of the ordered area on a day."""

    case_no: str
    observed_on: date
    area_left_m2: float
    source: ObservationSource


@dataclass(frozen=True)
class DemolitionProgress:
    """State of one case's demolition."""

    ordered_m2: float
    done_m2: float

    @property
    def share(self) -> float:
        """Done part of what was ordered, 0 to 1."""
        return self.done_m2 / self.ordered_m2 if self.ordered_m2 else 0.0


def demolition_progress(ordered_m2: float, observations: Sequence[DemolitionObservation]) -> DemolitionProgress:
    """Progress by the latest observation; nothing is done before the first."""
    if not observations:
        return DemolitionProgress(ordered_m2, 0.0)
    latest = max(observations, key=lambda o: o.observed_on)
    return DemolitionProgress(ordered_m2, min(ordered_m2, max(0.0, ordered_m2 - latest.area_left_m2)))

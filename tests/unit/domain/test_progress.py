from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.domain.progress import (
    DemolitionObservation,
    DemolitionProgress,
    ObservationSource,
    demolition_progress,
    structure_progress,
)


def seen(day: int, left: float) -> DemolitionObservation:
    return DemolitionObservation("2025案0001", date(2025, 11, day), left, ObservationSource.REFLIGHT)


def test_nothing_is_done_before_the_first_observation() -> None:
    progress = demolition_progress(120.0, [])
    assert (progress.done_m2, progress.share) == (0.0, 0.0)


def test_the_latest_observation_counts_in_whatever_order_they_come() -> None:
    observations = [seen(9, 30.0), seen(12, 60.0), seen(1, 120.0)]
    assert demolition_progress(120.0, observations).done_m2 == 60.0
    assert demolition_progress(120.0, observations[::-1]).done_m2 == 60.0


@pytest.mark.parametrize(("left", "done", "share"), [(0.0, 120.0, 1.0), (150.0, 0.0, 0.0), (-5.0, 120.0, 1.0)])
def test_no_more_is_done_than_was_ordered(left: float, done: float, share: float) -> None:
    progress = demolition_progress(120.0, [seen(2, left)])
    assert (progress.done_m2, progress.share) == (done, share)


def test_nothing_ordered_is_no_division() -> None:
    assert DemolitionProgress(0.0, 0.0).share == 0.0
    assert demolition_progress(0.0, [seen(2, 10.0)]).share == 0.0


@given(st.floats(0, 1e6), st.lists(st.tuples(st.integers(1, 28), st.floats(-1e6, 1e6))))
def test_the_share_is_a_share(ordered: float, observed: list[tuple[int, float]]) -> None:
    progress = demolition_progress(ordered, [seen(day, left) for day, left in observed])
    assert 0.0 <= progress.share <= 1.0
    assert progress.ordered_m2 == ordered


def of(finding_no: str | None, day: int, left: float) -> DemolitionObservation:
    return DemolitionObservation("2025案0001", date(2025, 11, day), left, ObservationSource.SITE, finding_no)


def test_structures_go_down_one_by_one() -> None:
    observations = [of("T1", 5, 40.0), of("T2", 6, 0.0)]
    assert demolition_progress(150.0, observations, {"T1": 100.0, "T2": 50.0}) == DemolitionProgress(150.0, 110.0)
    parts = structure_progress(150.0, observations, {"T1": 100.0, "T2": 50.0})
    assert [part.done_m2 for part in parts.values()] == [60.0, 50.0]


def test_an_observation_of_the_case_is_shared_out() -> None:
    observations = [of("T1", 5, 40.0), of(None, 9, 30.0)]
    parts = structure_progress(150.0, observations, {"T1": 100.0, "T2": 50.0})
    assert [part.done_m2 for part in parts.values()] == pytest.approx([80.0, 40.0])


def test_a_correction_of_the_same_day_counts() -> None:
    assert demolition_progress(120.0, [seen(9, 30.0), seen(9, 50.0)]).done_m2 == 70.0

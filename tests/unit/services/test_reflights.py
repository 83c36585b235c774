"""What a re-flight shows of a demolition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shapely import Polygon

from unit.services.made import finding, place
from unit.services.test_cases import TO_DECISION, go, open_on
from weijian.domain.errors import InputError
from weijian.domain.finding import ChangeType, Finding, ReviewStatus
from weijian.domain.progress import ObservationSource
from weijian.services.alignments import Placement, keep_placement
from weijian.services.case_files import read_case
from weijian.services.observations import NothingOrdered, ObservationMistimed
from weijian.services.reflights import NotCompared, measure_reflight, observe_reflight
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
CASE, NUMBER = "2025案0001", finding().finding_no
HOUSE = place(30, 30, 42, 40)
WEST, EAST = place(25, 25, 36, 45), place(39, 25, 50, 45)
TODAY = date(2026, 2, 1)


def gone(number: int, ground: Polygon, **others: object) -> Finding:
    return finding(number, finding_no=f"T2026-{number}", change_type=ChangeType.DEMOLISHED, geometry=ground, **others)


@pytest.fixture
def decided(keep: Keep) -> Path:
    """A case on a house of 120 m², with its decision; surveys 3 and 4 are flown after it."""
    folder = keep(finding(geometry=HOUSE))
    open_on(folder)
    go(folder, CASE, *TO_DECISION)
    with open_workspace(folder) as workspace, workspace.transaction("test", "fly") as work:
        former = work.surveys.get(2)
        for day in (date(2025, 12, 1), date(2026, 1, 1)):
            work.surveys.add(replace(former, survey_id=0, name=f"复飞{day}", flown_on=day))
    return folder


def detect(folder: Path, before: int, after: int, *found: Finding) -> None:
    """Keep what a detection found."""
    with open_workspace(folder) as workspace, workspace.transaction("test", "detect") as work:
        keep_placement(work, before, after, Placement(None))
        work.findings.add_many(found, before, after)


def left(folder: Path, survey: int) -> float:
    (remainder,) = measure_reflight(folder, CASE, survey, today=TODAY)
    assert (remainder.finding_no, remainder.ordered_m2) == (NUMBER, pytest.approx(120.0))
    return remainder.left_m2


def test_what_is_gone_is_entered_with_the_day_of_the_flight(decided: Path) -> None:
    detect(decided, 2, 3, gone(1, WEST))
    (seen,) = observe_reflight(decided, CASE, 3, today=TODAY).value
    assert (seen.observed_on, seen.source) == (date(2025, 12, 1), ObservationSource.REFLIGHT)
    assert seen.area_left_m2 == pytest.approx(60.0)
    view = read_case(decided, CASE)
    assert view.observations == (seen,)
    assert view.progress is not None
    assert view.progress.share == pytest.approx(0.5)


def test_flights_add_up_and_overlaps_count_once(decided: Path) -> None:
    detect(decided, 2, 3, gone(1, WEST))
    detect(decided, 3, 4, gone(2, EAST), gone(3, WEST))
    detect(decided, 2, 4)
    assert left(decided, 3) == pytest.approx(60.0)
    assert left(decided, 4) == pytest.approx(30.0)


def test_a_flight_that_found_nothing_gone_says_that_all_stands(decided: Path) -> None:
    detect(decided, 2, 3, finding(7, geometry=WEST))
    assert left(decided, 3) == pytest.approx(120.0)


def test_what_was_rebuilt_stands(decided: Path) -> None:
    rebuilt = replace(gone(1, HOUSE), change_type=ChangeType.REBUILT)
    detect(decided, 2, 3, replace(rebuilt, after_outline=place(30, 30, 33, 40)))
    assert left(decided, 3) == pytest.approx(30.0)
    detect(decided, 3, 4, replace(rebuilt, finding_no="T2026-9"))  # what stands is not known
    assert left(decided, 4) == pytest.approx(30.0)


def test_what_was_dismissed_or_gone_before_does_not_count(decided: Path) -> None:
    detect(decided, 2, 3, gone(1, WEST, review=ReviewStatus.DISMISSED))
    detect(decided, 1, 3, gone(2, EAST))  # an older house may have stood here
    assert left(decided, 3) == pytest.approx(120.0)


@pytest.mark.parametrize(("survey", "kind"), [(3, NotCompared), (2, ObservationMistimed)])
def test_a_flight_that_shows_nothing_is_refused(decided: Path, survey: int, kind: type[InputError]) -> None:
    detect(decided, 1, 3, gone(1, WEST))
    with pytest.raises(kind, match="2025-10-28"):
        observe_reflight(decided, CASE, survey, today=TODAY)
    assert read_case(decided, CASE).observations == ()


def test_without_a_decision_nothing_is_measured(keep: Keep) -> None:
    folder = keep(finding())
    open_on(folder)
    with pytest.raises(NothingOrdered):
        measure_reflight(folder, CASE, 2, today=TODAY)

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import finding, household
from weijian.domain.errors import TargetUnwritable
from weijian.domain.finding import ReviewStatus
from weijian.domain.progress import DemolitionObservation, ObservationSource
from weijian.domain.stage import Stage
from weijian.publish.weekly import PlaceFigures, WeeklyReport
from weijian.services import weekly as room
from weijian.services.cases import move_case, open_case
from weijian.services.weekly import NOWHERE, PeriodBackwards, export_weekly
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
MONDAY, SUNDAY = date(2025, 10, 27), date(2025, 11, 2)
NEXT = date(2025, 11, 9)
STEPS = (
    (Stage.VERIFICATION, date(2025, 10, 30)),
    (Stage.FILED, date(2025, 10, 31)),
    (Stage.INVESTIGATION, date(2025, 10, 31)),
    (Stage.STOP_NOTICE, date(2025, 11, 1)),
    (Stage.PRIOR_NOTICE, date(2025, 11, 3)),
    (Stage.LEGAL_REVIEW, date(2025, 11, 4)),
    (Stage.DECISION, date(2025, 11, 5)),
    (Stage.SERVED, date(2025, 11, 6)),
)


@pytest.fixture
def folder(keep: Keep) -> Path:
    """Findings in two villages and nowhere; a case that was decided in the second week."""
    places = [household(1), household(2, village="下沙村"), household(3, town=None, village=None)]
    found = [
        finding(1, area_m2=100.0),
        finding(2, household_no="H1", review=ReviewStatus.DISMISSED),
        finding(3, household_no="H2"),
        finding(4, household_no=None),
        finding(5, household_no="H9"),
        finding(6, household_no="H3"),
        finding(7, after_date=MONDAY),
        finding(8, after_date=SUNDAY),
        finding(9, after_date=date(2025, 10, 26)),
        finding(10, after_date=date(2025, 11, 3)),
        finding(11, after_date=None),
    ]
    folder = keep(*found, households=places)
    case_no = open_case(folder, found[0].finding_no, ("甲", "乙"), date(2025, 10, 30)).value.case_no
    for stage, on in STEPS:
        move_case(folder, case_no, stage, on=on, officers=("甲", "乙"), reason="依法", document_no=f"{stage}")
    with open_workspace(folder) as workspace, workspace.transaction("test", "observe") as work:
        for day, left in ((date(2025, 11, 8), 60.0), (date(2025, 11, 20), 0.0)):
            work.cases.observe(DemolitionObservation(case_no, day, left, ObservationSource.SITE))
    return folder


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> Callable[[date, date], WeeklyReport]:
    def made(first: date, last: date) -> WeeklyReport:
        reports: list[WeeklyReport] = []
        monkeypatch.setattr(room, "write_weekly", lambda report, path: reports.append(report))
        export_weekly(folder, first, last, tmp_path / "周报.xlsx", made_on=last)
        return reports[0]

    return made


def by_place(report: WeeklyReport) -> dict[tuple[str, str], PlaceFigures]:
    return {(place.town, place.village): place for place in report.places}


def test_a_week_counts_what_fell_into_it(report: Callable[[date, date], WeeklyReport]) -> None:
    made = report(MONDAY, SUNDAY)
    assert (made.bureau, made.first_day, made.last_day) == ("样例区综合行政执法局", MONDAY, SUNDAY)
    assert len(made.findings) == 8
    places = by_place(made)
    stone_bridge = places["青石镇", "石桥村"]
    assert (stone_bridge.found, stone_bridge.reviewed, stone_bridge.confirmed) == (4, 2, 1)
    assert (stone_bridge.leads, stone_bridge.cases_filed) == (1, 1)
    assert places["青石镇", "下沙村"].found == 1
    assert places["", ""].found == 1  # a household whose village is not archived
    assert places[NOWHERE].found == 2
    assert made.places[-1].town == NOWHERE[0]


def test_cases_stand_as_they_stood_on_the_last_day(report: Callable[[date, date], WeeklyReport]) -> None:
    figures = by_place(report(MONDAY, SUNDAY))["青石镇", "石桥村"]
    assert dict(figures.stages) == {Stage.STOP_NOTICE: 1}
    assert (figures.ordered_m2, figures.demolished_m2) == (0.0, 0.0)
    opened = by_place(report(date(2025, 10, 30), date(2025, 10, 30)))["青石镇", "石桥村"]
    assert dict(opened.stages) == {Stage.VERIFICATION: 1}


def test_areas_add_up_over_the_weeks(report: Callable[[date, date], WeeklyReport]) -> None:
    figures = by_place(report(date(2025, 11, 3), NEXT))["青石镇", "石桥村"]
    assert dict(figures.stages) == {Stage.SERVED: 1}
    assert (figures.cases_filed, figures.leads) == (0, 0)
    assert (figures.ordered_m2, figures.demolished_m2) == (100.0, 40.0)
    later = by_place(report(date(2025, 11, 17), date(2025, 11, 23)))["青石镇", "石桥村"]
    assert later.demolished_m2 == 100.0


def test_before_anything_there_is_nothing(report: Callable[[date, date], WeeklyReport]) -> None:
    made = report(date(2025, 1, 6), date(2025, 1, 12))
    assert (made.places, made.findings) == ((), ())


def test_a_period_runs_forward(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PeriodBackwards):
        export_weekly(folder, SUNDAY, MONDAY, tmp_path / "周报.xlsx", made_on=SUNDAY)
    path = export_weekly(folder, MONDAY, MONDAY, tmp_path / "周报.xlsx", made_on=SUNDAY)
    assert path.stat().st_size > 3000


def test_a_target_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TargetUnwritable):
        export_weekly(folder, MONDAY, SUNDAY, tmp_path / "file" / "周报.xlsx", made_on=SUNDAY)

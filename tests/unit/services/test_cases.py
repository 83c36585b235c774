from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import AFTER, finding, household, parcel
from weijian.domain.case import Case
from weijian.domain.errors import MoveForbidden, NotFound
from weijian.domain.finding import ReviewStatus
from weijian.domain.lead import LeadSource
from weijian.domain.progress import ObservationSource
from weijian.domain.stage import Stage
from weijian.services.case_files import read_case
from weijian.services.cases import CaseExists, OfficersAlike, find_case, move_case, open_case
from weijian.services.observations import observe
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
OFFICERS = ("甲", "乙")
ON = date(2025, 11, 3)
TO_DECISION = (
    Stage.VERIFICATION,
    Stage.FILED,
    Stage.INVESTIGATION,
    Stage.STOP_NOTICE,
    Stage.PRIOR_NOTICE,
    Stage.LEGAL_REVIEW,
    Stage.DECISION,
)


def open_on(folder: Path, number: int = 1, on: date = ON) -> Case:
    return open_case(folder, finding(number).finding_no, OFFICERS, on).value


def go(folder: Path, case_no: str, *stages: Stage) -> None:
    for stage in stages:
        move_case(folder, case_no, stage, on=ON, officers=OFFICERS, reason="依法", document_no=f"{stage}号")


def case_of(folder: Path, wanted: str = "1") -> Case:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return find_case(work, wanted)


def test_a_case_rests_on_its_finding(keep: Keep) -> None:
    folder = keep(finding(), households=[household()], parcels=[parcel()])
    case = open_on(folder)
    assert case == case_of(folder)
    assert (case.case_no, case.stage, case.opened_on) == ("2025案0001", Stage.LEAD, ON)
    assert (case.party, case.place) == ("张三", "青石镇石桥村12号")
    assert (case.lead_officer, case.second_officer) == OFFICERS
    assert case.finding_nos == (finding().finding_no,)
    assert case.ordered_area_m2 is None
    with open_workspace(folder) as workspace, workspace.read() as work:
        (lead,) = work.leads.all()
        assert (lead.lead_no, lead.source, lead.finding_no) == ("2025线0001", LeadSource.FINDING, finding().finding_no)
        assert (lead.reported_on, lead.household_no, lead.note) == (ON, "H1", finding().reason)
        assert work.findings.get(finding().finding_no).review is ReviewStatus.CONFIRMED


def test_a_finding_has_one_case(keep: Keep) -> None:
    folder = keep(finding())
    first = open_on(folder)
    with pytest.raises(CaseExists) as refusal:
        open_on(folder)
    assert first.case_no in refusal.value.sentence("zh")
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert (len(work.cases.all()), len(work.leads.all())) == (1, 1)


def test_two_officers_are_two_people(keep: Keep) -> None:
    folder = keep(finding())
    with pytest.raises(OfficersAlike):
        open_case(folder, finding().finding_no, ("甲", " 甲"), ON)
    assert open_on(folder).case_no == "2025案0001"


def test_numbers_run_without_gaps_by_year(keep: Keep) -> None:
    folder = keep(*(finding(n) for n in range(1, 5)))
    with pytest.raises(NotFound):
        open_on(folder, 99)
    numbers = [open_on(folder, n, on).case_no for n, on in ((1, ON), (2, ON), (3, date(2026, 1, 2)), (4, ON))]
    assert numbers == ["2025案0001", "2025案0002", "2026案0001", "2025案0003"]


@pytest.mark.parametrize(
    ("registers", "others", "party"),
    [
        ({"households": [household()], "parcels": [parcel()]}, {}, "张三"),
        ({"households": [household(holder=None)], "parcels": [parcel()]}, {}, "李四"),
        ({"households": [household(holder="")], "parcels": [parcel()]}, {}, "李四"),
        ({"households": [household()], "parcels": [parcel()]}, {"household_no": None}, "李四"),
        ({"parcels": [parcel(holder=None)]}, {}, None),
        ({}, {}, None),  # the archive's building names a household and a parcel that nobody has archived
        ({"households": [household()]}, {"household_no": None, "parcel_no": None}, None),
    ],
)
def test_the_party_is_the_holder_of_household_or_parcel(
    keep: Keep, registers: dict[str, list[object]], others: dict[str, None], party: str | None
) -> None:
    assert open_on(keep(finding(**others), **registers)).party == party


@pytest.mark.parametrize(
    ("address", "town", "village", "place"),
    [
        ("12号", "青石镇", "石桥村", "青石镇石桥村12号"),
        ("石桥村12号", "青石镇", "石桥村", "青石镇石桥村12号"),
        ("青石镇石桥村12号", "青石镇", "石桥村", "青石镇石桥村12号"),
        ("青石镇12号", "青石镇", "石桥村", "青石镇石桥村12号"),
        ("临溪县青石镇石桥村12号", "青石镇", "石桥村", "临溪县青石镇石桥村12号"),
        ("12号", None, "石桥村", "石桥村12号"),
        ("12号", "青石镇", None, "青石镇12号"),
        ("12号", "", "", "12号"),
    ],
)
def test_an_address_names_town_and_village_once(
    keep: Keep, address: str, town: str | None, village: str | None, place: str
) -> None:
    folder = keep(finding(), households=[household(address=address, town=town, village=village)])
    assert open_on(folder).place == place


def test_without_an_address_coordinates_tell_the_place(keep: Keep) -> None:
    folder = keep(finding(), households=[household(address=None)])
    assert open_on(folder).place == "新增建筑，坐标 X=3300135.0 Y=500136.0"  # X is the northing on Chinese maps


def test_cases_are_found_by_number_or_place_in_the_list(keep: Keep) -> None:
    folder = keep(finding(1), finding(2))
    cases = [open_on(folder, n) for n in (1, 2)]
    assert [case_of(folder, str(n)) for n in (1, 2)] == cases
    assert case_of(folder, "2025案0002") == cases[1]
    for wanted in ("0", "3", "-1", "", "2025案0009", "１"):
        if wanted != "１":
            with pytest.raises(NotFound):
                case_of(folder, wanted)
    assert case_of(folder, "１") == cases[0]  # as a Chinese keyboard types it


def test_the_decision_fixes_what_is_ordered(keep: Keep) -> None:
    folder = keep(finding(area_m2=86.4))
    case_no = open_on(folder).case_no
    go(folder, case_no, *TO_DECISION[:-1])
    assert case_of(folder).ordered_area_m2 is None
    go(folder, case_no, Stage.DECISION)
    assert case_of(folder).ordered_area_m2 == 86.4
    go(folder, case_no, Stage.SUSPENDED, Stage.DECISION, Stage.SERVED)
    assert case_of(folder).ordered_area_m2 == 86.4
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert [event.target for event in work.cases.events(case_no)][:7] == list(TO_DECISION)


def test_what_still_stands_is_not_accepted(keep: Keep) -> None:
    folder = keep(finding(area_m2=86.4))
    case_no = open_on(folder).case_no
    go(folder, case_no, *TO_DECISION, Stage.SERVED, Stage.DEMOLITION)
    with pytest.raises(MoveForbidden) as refused:
        go(folder, case_no, Stage.ACCEPTANCE)
    assert "违法建筑不拆除不放过" in refused.value.sentence("zh")
    acceptance = next(move for move in read_case(folder, case_no).moves if move.target is Stage.ACCEPTANCE)
    assert not acceptance.open
    number = case_of(folder).finding_nos[0]
    for left in (20.0, 0.5):
        observe(folder, case_no, number, on=ON, area_left_m2=left, source=ObservationSource.SITE, today=ON)
    go(folder, case_no, Stage.ACCEPTANCE, Stage.CLOSED)
    assert case_of(folder).stage is Stage.CLOSED


def test_a_move_that_is_refused_leaves_no_trace(keep: Keep) -> None:
    folder = keep(finding())
    case_no = open_on(folder).case_no
    with pytest.raises(MoveForbidden):
        move_case(folder, case_no, Stage.DECISION, on=ON, officers=OFFICERS, reason="依法", document_no="1号")
    with pytest.raises(MoveForbidden):
        move_case(folder, case_no, Stage.VERIFICATION, on=AFTER, officers=OFFICERS, reason="依法")  # before the opening
    assert case_of(folder).stage is Stage.LEAD
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.cases.events(case_no) == []


def test_a_move_is_an_event(keep: Keep) -> None:
    folder = keep(finding())
    open_on(folder)
    event = move_case(folder, "1", Stage.VERIFICATION, on=ON, officers=["甲"], reason="现场核查").value
    assert (event.case_no, event.origin, event.target) == ("2025案0001", Stage.LEAD, Stage.VERIFICATION)
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.cases.events("2025案0001") == [event]

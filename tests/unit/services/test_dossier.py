from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import AFTER, NEW_HOUSE, building, finding, household, parcel, permit, place
from weijian.domain.change_set import Part
from weijian.domain.disposal import DisposalClass
from weijian.domain.errors import NotFound
from weijian.domain.finding import ChangeType, ReviewStatus
from weijian.domain.legality import LegalityRules
from weijian.services import household_edits, personal_data
from weijian.services.dossier import Dossier, dossier, household_of, search_households
from weijian.services.household_edits import PersonEntry
from weijian.services.rules import disposal_rules

Keep = Callable[..., Path]
NEIGHBOURS = [household(1), household(2, holder="H1"), household(3, household_no="XH1"), household(11, holder=None)]


def read(folder: Path) -> Dossier:
    return dossier(folder, "H1", on=AFTER, rules=LegalityRules())


def test_a_whole_number_comes_before_what_only_has_it_in_it(keep: Keep) -> None:
    folder = keep(households=NEIGHBOURS, buildings=[building(1, household_no="H2")])
    assert [hit.household_no for hit in search_households(folder, "H1", 9)] == ["H1", "H2", "XH1", "H11"]
    assert [hit.household_no for hit in search_households(folder, "H1", 2)] == ["H1", "H2"]
    (by_building,) = search_households(folder, "B1", 9)
    assert (by_building.household_no, by_building.building_no) == ("H2", "B1")
    assert [hit.holder for hit in search_households(folder, "张三 石桥", 9)] == ["张某", "张某"]
    assert search_households(folder, "%", 9) == search_households(folder, " ", 9) == ()


def test_things_lead_to_their_household(keep: Keep) -> None:
    folder = keep(finding(household_no=None, building_no="B1"), households=NEIGHBOURS, buildings=[building(1)])
    assert household_of(folder, Part.FINDINGS, finding().finding_no) == "H1"
    assert household_of(folder, Part.BUILDINGS, "B9") is None


def test_what_stands_is_held_against_the_permit(keep: Keep) -> None:
    raised = finding(change_type=ChangeType.RAISED, building_no="B1", height_change_m=3.1)
    dismissed = finding(2, change_type=ChangeType.EXTENDED, building_no="B1", review=ReviewStatus.DISMISSED)
    house = building(1, geometry=place(*NEW_HOUSE), storeys=2)
    allowed = permit(1, household_no="H1", max_storeys=2, max_height_m=7.0, max_footprint_m2=100.0)
    lapsed = permit(2, household_no="H1", geometry=place(0, 0, 2, 2), expires_on=date(2025, 1, 1))
    folder = keep(raised, dismissed, households=NEIGHBOURS, buildings=[house], permits=[allowed, lapsed])
    found = read(folder)
    (entry,) = found.buildings
    assert entry.permit == allowed
    assert (entry.excess.footprint_m2, entry.excess.storeys, entry.excess.height_m) == (20.0, 1, 2.1)
    assert [each.expired for each in found.permits] == [False, True]


def test_no_name_is_in_a_dossier(keep: Keep) -> None:
    found = read(keep(households=NEIGHBOURS, parcels=[parcel()], buildings=[building(1, holder="张三")]))
    assert found.household.holder == "张某"
    assert [found.parcels[0].holder, found.buildings[0].building.holder] == [None, None]


def test_a_household_that_is_not_there(empty: Path) -> None:
    with pytest.raises(NotFound):
        read(empty)


def test_persons_disposals_and_history_are_told_without_names_and_numbers(keep: Keep, key_store: object) -> None:
    folder = keep(households=[household(1)], buildings=[building(1, built_on=date(1995, 5, 1))])
    personal_data.protect(folder)
    household_edits.add_person(folder, "H1", PersonEntry("李小妹", "妻", None, "13800001234"))
    sets = disposal_rules()
    household_edits.set_disposal(folder, "B1", DisposalClass.FINE, "影响规划", on=AFTER, sets=sets)
    base = household_edits.household_to_edit(folder, "H1").value
    household_edits.edit_household(folder, base, replace(base, holder="张三丰", village="新村"))
    seen = dossier(folder, "H1", on=AFTER, rules=LegalityRules(), disposal_rules=sets)
    assert [(p.name, p.relation, p.phone) for p in seen.persons] == [("李某某", "妻", "138****1234")]
    decided = seen.buildings[0].disposal
    assert decided is not None
    assert (decided.disposal.disposal, decided.outdated) == (DisposalClass.FINE, False)
    assert decided.rules is not None
    assert decided.rules.key == "law-1993"
    latest = seen.history[0]
    assert (latest.action, latest.part, latest.verb) == ("edit-household", "households", "updated")
    assert latest.fields == (("holder", "张某", "张某某"), ("village", base.village, "新村"))
    assert [entry.part for entry in seen.history] == ["households", "disposals", "persons", "buildings", "households"]
    assert not any(secret in repr(seen.history) for secret in ("13800001234", "李小妹", "张三"))
    household_edits.edit_building(folder, building(1, built_on=date(1995, 5, 1)), building(1), today=AFTER)
    again = dossier(folder, "H1", on=AFTER, rules=LegalityRules(), disposal_rules=sets).buildings[0].disposal
    assert again is not None
    assert again.outdated

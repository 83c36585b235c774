from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers.key_store import MemoryKeyStore
from unit.services.made import building, household, permit
from weijian.domain.disposal import Disposal, DisposalClass, rule_set_on
from weijian.domain.errors import EditConflict
from weijian.domain.permit import Permit, PermitKind
from weijian.services import household_edits, personal_data
from weijian.services.household_edits import ClassNotInRules, Edit, EntryUnusable, PersonEntry
from weijian.services.rules import disposal_rules
from weijian.storage.repositories.history import ChangedSince
from weijian.storage.repositories.persons import KeptPerson
from weijian.storage.workspace import open_workspace

TODAY = date(2025, 11, 1)
ID = "11010519491231002X"


@pytest.fixture
def village(empty: Path, key_store: MemoryKeyStore) -> Path:
    personal_data.protect(empty)
    with open_workspace(empty) as workspace, workspace.transaction("test", "keep") as work:
        work.households.upsert_many([household(1), household(2)])
        work.buildings.upsert_many([building(1, household_no="H1", storeys=2, built_on=date(1995, 1, 1))])
    return empty


def kept(folder: Path, repository: str, number: str) -> object:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return getattr(work, repository).get(number)


def with_permit(folder: Path) -> Permit:
    """A permit of the first household is kept."""
    days = {"issued_on": date(2015, 3, 1), "expires_on": date(2017, 3, 1)}
    allowed = permit(1, household_no="H1", max_storeys=2, max_height_m=7.5, max_footprint_m2=120.0, **days)
    with open_workspace(folder) as workspace, workspace.transaction("test", "keep") as work:
        work.permits.upsert_many([allowed])
        return work.permits.get("X1")


def persons(folder: Path) -> list[KeptPerson]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.persons.of_household("H1")


def test_a_household_is_edited_taken_back_and_done_again(village: Path) -> None:
    base = household_edits.household_to_edit(village, "H1").value
    edit = household_edits.edit_household(village, base, replace(base, holder="  王  五 ", village="")).value
    assert edit.household_no == "H1"
    edited = kept(village, "households", "H1")
    assert edited == replace(base, holder="王 五", village=None)
    undone = household_edits.undo_edit(village, edit).value
    assert kept(village, "households", "H1") == base
    household_edits.undo_edit(village, undone)
    assert kept(village, "households", "H1") == edited
    with pytest.raises(ChangedSince):
        household_edits.undo_edit(village, edit)


def test_of_two_edits_the_second_sees_both_versions(village: Path) -> None:
    base = household_edits.household_to_edit(village, "H1").value
    household_edits.edit_household(village, base, replace(base, holder="甲"))
    with pytest.raises(EditConflict) as refused:
        household_edits.edit_household(village, base, replace(base, holder="乙"))
    assert refused.value.theirs == replace(base, holder="甲")
    assert "乙" not in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [{"storeys": 0}, {"height_m": 700.0}, {"built_area_m2": -1.0}, {"built_on": date(2025, 12, 1)}, {"use": "x" * 201}],
)
def test_what_cannot_be_is_refused(village: Path, wrong: dict[str, object]) -> None:
    base = kept(village, "buildings", "B1")
    with pytest.raises(EntryUnusable):
        household_edits.edit_building(village, base, replace(base, **wrong), today=TODAY)
    assert kept(village, "buildings", "B1") == base


@pytest.mark.parametrize(
    "wrong",
    [{"max_storeys": 0}, {"max_height_m": 700.0}, {"max_footprint_m2": -1.0}, {"expires_on": date(2010, 1, 1)}],
)
def test_a_permit_that_cannot_be_is_refused(village: Path, wrong: dict[str, object]) -> None:
    base = with_permit(village)
    with pytest.raises(EntryUnusable):
        household_edits.edit_permit(village, base, replace(base, **wrong))
    assert kept(village, "permits", "X1") == base


def test_a_permit_is_edited_and_taken_back(village: Path) -> None:
    base = with_permit(village)
    mine = replace(base, kind=PermitKind.RURAL, max_storeys=3, max_height_m=None, geometry=None)
    edit = household_edits.edit_permit(village, base, mine).value
    assert kept(village, "permits", "X1") == replace(mine, geometry=base.geometry)
    with pytest.raises(EditConflict):
        household_edits.edit_permit(village, base, replace(base, max_storeys=9))
    household_edits.undo_edit(village, edit)
    assert kept(village, "permits", "X1") == base


def test_a_building_is_edited(village: Path) -> None:
    base = kept(village, "buildings", "B1")
    household_edits.edit_building(village, base, replace(base, storeys=3, use="住宅", geometry=None), today=TODAY)
    assert kept(village, "buildings", "B1") == replace(base, storeys=3, use="住宅")


def test_persons_are_added_edited_and_removed(village: Path) -> None:
    household_edits.add_person(village, "H1", PersonEntry("李四", "妻", ID, "138 0000 1234"))
    (wife,) = persons(village)
    edit = household_edits.edit_person(village, wife, PersonEntry("李四", "妻子", None, "")).value
    (edited,) = persons(village)
    assert (edited.relation, edited.id_number, edited.phone) == ("妻子", wife.id_number, None)
    with pytest.raises(EditConflict):
        household_edits.edit_person(village, wife, PersonEntry("李四"))
    household_edits.undo_edit(village, edit)
    assert persons(village) == [wife]
    gone = household_edits.remove_person(village, "P1").value
    assert persons(village) == []
    household_edits.undo_edit(village, gone)
    assert persons(village) == [wife]


@pytest.mark.parametrize(
    "entry", [PersonEntry(" "), PersonEntry("张", id_number=ID[:-1] + "1"), PersonEntry("张", phone="12")]
)
def test_a_wrong_number_is_refused_without_being_repeated(village: Path, entry: PersonEntry) -> None:
    with pytest.raises(EntryUnusable) as refused:
        household_edits.add_person(village, "H1", entry)
    assert ID[:-1] not in refused.value.sentence("zh")
    assert persons(village) == []


def test_the_class_of_disposal_goes_by_the_rules_of_the_day_of_building(village: Path) -> None:
    sets = disposal_rules()
    decide = household_edits.set_disposal
    edit = decide(village, "B1", DisposalClass.CONFISCATE, "严重影响规划", on=TODAY, sets=sets).value
    decided = Disposal("B1", DisposalClass.CONFISCATE, "严重影响规划", "law-1993", TODAY)
    assert kept(village, "disposals", "B1") == decided
    with pytest.raises(EntryUnusable):
        decide(village, "B1", DisposalClass.FINE, " ", on=TODAY, sets=sets)
    base = kept(village, "buildings", "B1")
    household_edits.edit_building(village, base, replace(base, built_on=date(1980, 1, 1)), today=TODAY)
    with pytest.raises(ClassNotInRules) as refused:
        decide(village, "B1", DisposalClass.FINE, "理由", on=TODAY, sets=sets)
    assert "1984" in refused.value.sentence("zh")
    assert "罚款" in refused.value.sentence("zh")
    household_edits.undo_edit(village, edit)
    with open_workspace(village) as workspace, workspace.read() as work:
        assert work.disposals.all() == []


def test_every_day_has_its_rules() -> None:
    sets = disposal_rules()
    days = {date(1983, 1, 1): "before-1984", date(1984, 1, 5): "regulation-1984", date(2007, 12, 31): "law-1993"}
    days |= {date(1993, 10, 31): "law-1990", TODAY: "law-2008"}
    for day, key in days.items():
        found = rule_set_on(day, sets)
        assert found is not None
        assert found.key == key
    assert rule_set_on(None, sets) is None


def test_an_edit_says_nothing_personal() -> None:
    assert repr(Edit(3, "H1")) == "Edit(action_id=3, household_no='H1')"

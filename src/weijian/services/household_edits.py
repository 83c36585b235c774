"""Editing what the archive says of a household, its persons, buildings and permits, and taking an edit back."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from weijian.domain.building import Building
from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.disposal import Disposal, DisposalClass, RuleSet, rule_set_on
from weijian.domain.errors import InputError
from weijian.domain.household import Household
from weijian.domain.language import Words
from weijian.domain.permit import Permit
from weijian.domain.person import Person, plain_id_number, plain_phone
from weijian.services.actor import current_actor
from weijian.services.personal_data import masked
from weijian.storage.repositories.persons import KeptPerson
from weijian.storage.workspace import open_workspace

LONGEST_TEXT = 200
STOREYS, HEIGHT_M, AREA_M2 = (1, 120), (0.5, 600.0), (0.01, 1e8)
"""What may be entered, as in an import."""
EARLIEST = date(1800, 1, 1)

Number = TypeVar("Number", int, float)


class EntryUnusable(InputError):
    """Something that was entered cannot be kept; what was entered is not repeated."""

    zh = "“{field}”不能这样填写：{why}。"
    en = "'{field}' cannot be entered so: {why}."


class ClassNotInRules(InputError):
    """The rules of the day a building was built do not know a disposal class."""

    zh = "建筑 {building_no} 适用的“{rules}”没有“{disposal}”这一处置类别；请另选。"
    en = "The rules '{rules}' that apply to building {building_no} have no class '{disposal}'; choose another."


@dataclass(frozen=True)
class Edit:
    """An edit that can be taken back: the action, and the household to look at then."""

    action_id: int
    household_no: str


@dataclass(frozen=True)
class PersonToEdit:
    """A person as kept, and the numbers masked as a form may show them; locked ones are not told."""

    base: KeptPerson
    id_number: str | None = field(repr=False)
    phone: str | None = field(repr=False)


@dataclass(frozen=True)
class PersonEntry:
    """A person as entered; a number left None stays as it is, an empty one is taken away."""

    name: str = field(repr=False)
    relation: str | None = None
    id_number: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


def household_to_edit(folder: Path, household_no: str) -> Done[Household]:
    """A household with its holder's name in clear; that it was shown goes to the audit.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "show-holder") as work:
            household = work.households.get(household_no)
            work.households.note_shown(household_no)
        return Done(household, ChangeSet())


def edit_household(folder: Path, base: Household, mine: Household) -> Done[Edit]:
    """Keep a household as it was edited from ``base``.

    Raises
    ------
    EntryUnusable
    EditConflict
        Somebody else edited it meanwhile.
    """
    fields = {
        "holder": Words("户主", "holder"),
        "address": Words("地址", "address"),
        "village": Words("村", "village"),
        "town": Words("镇", "town"),
    }
    texts = {name: _text(getattr(mine, name), words) for name, words in fields.items()}
    kept = replace(mine, household_no=base.household_no, **texts)
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "edit-household") as work:
            work.households.edit(kept, base)
        return Done(Edit(work.action_id, base.household_no), work.changes)


def building_to_edit(folder: Path, building_no: str) -> Building:
    """A building as it is kept.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.buildings.get(building_no)


def edit_building(folder: Path, base: Building, mine: Building, *, today: date) -> Done[Edit]:
    """Keep a building's storeys, height, area, structure, use and day of building as edited from ``base``.

    Raises
    ------
    EntryUnusable
    EditConflict
        Somebody else edited it meanwhile.
    """
    if mine.built_on is not None and not EARLIEST <= mine.built_on <= today:
        why = Words(f"应在 {EARLIEST} 与今天之间", f"it must be between {EARLIEST} and today")
        raise EntryUnusable(field=Words("建成日期", "built on"), why=why)
    kept = replace(
        base,
        storeys=_within(mine.storeys, STOREYS, Words("层数", "storeys")),
        height_m=_within(mine.height_m, HEIGHT_M, Words("高度", "height")),
        built_area_m2=_within(mine.built_area_m2, AREA_M2, Words("建筑面积", "built area")),
        structure=_text(mine.structure, Words("结构", "structure")),
        use=_text(mine.use, Words("用途", "use")),
        built_on=mine.built_on,
    )
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "edit-building") as work:
            work.buildings.edit(kept, base)
        return Done(Edit(work.action_id, base.household_no or ""), work.changes)


def permit_to_edit(folder: Path, permit_no: str) -> Permit:
    """A permit as it is kept.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.permits.get(permit_no)


def edit_permit(folder: Path, base: Permit, mine: Permit) -> Done[Edit]:
    """Keep a permit's kind, days and limits as edited from ``base``; its outline comes by import only.

    Raises
    ------
    EntryUnusable
    EditConflict
        Somebody else edited it meanwhile.
    """
    for day, name in (
        (mine.issued_on, Words("发证日期", "issued on")),
        (mine.expires_on, Words("有效期至", "expires on")),
    ):
        if day is not None and day < EARLIEST:
            raise EntryUnusable(field=name, why=Words(f"不早于 {EARLIEST}", f"it must not be before {EARLIEST}"))
    if mine.issued_on is not None and mine.expires_on is not None and mine.expires_on < mine.issued_on:
        why = Words("早于发证日期", "it is before the day of issue")
        raise EntryUnusable(field=Words("有效期至", "expires on"), why=why)
    kept = replace(
        base,
        kind=mine.kind,
        issued_on=mine.issued_on,
        expires_on=mine.expires_on,
        max_storeys=_within(mine.max_storeys, STOREYS, Words("许可层数", "permitted storeys")),
        max_height_m=_within(mine.max_height_m, HEIGHT_M, Words("许可高度", "permitted height")),
        max_footprint_m2=_within(mine.max_footprint_m2, AREA_M2, Words("许可占地面积", "permitted footprint")),
    )
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "edit-permit") as work:
            work.permits.edit(kept, base)
        return Done(Edit(work.action_id, base.household_no or ""), work.changes)


def person_to_edit(folder: Path, person_no: str) -> Done[PersonToEdit]:
    """A person with the name in clear; that it was shown goes to the audit. Numbers are masked.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "show-person") as work:
            kept = work.persons.get(person_no)
            work.persons.note_shown(kept.household_no)
            shown = masked(work, kept)
        return Done(PersonToEdit(kept, shown.id_number, shown.phone), ChangeSet())


def add_person(folder: Path, household_no: str, entry: PersonEntry) -> Done[Edit]:
    """Add a person to a household.

    Raises
    ------
    NotFound, EntryUnusable, NotProtected, NumbersLocked
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "add-person") as work:
            work.households.get(household_no)
            work.persons.add(_person(household_no, entry))
        return Done(Edit(work.action_id, household_no), work.changes)


def edit_person(folder: Path, base: KeptPerson, entry: PersonEntry) -> Done[Edit]:
    """Keep a person as edited from ``base``.

    Raises
    ------
    EntryUnusable, NotProtected, NumbersLocked
    EditConflict
        Somebody else edited the person meanwhile.
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "edit-person") as work:
            stays = {name for name in ("id_number", "phone") if getattr(entry, name) is None}
            work.persons.edit(base, _person(base.household_no, entry), stays)
        return Done(Edit(work.action_id, base.household_no), work.changes)


def remove_person(folder: Path, person_no: str) -> Done[Edit]:
    """Take a person off a household; the history keeps them.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "remove-person") as work:
            household_no = work.persons.get(person_no).household_no
            work.persons.remove(person_no)
        return Done(Edit(work.action_id, household_no), work.changes)


def set_disposal(
    folder: Path, building_no: str, disposal: DisposalClass, reason: str, *, on: date, sets: Sequence[RuleSet]
) -> Done[Edit]:
    """Decide what is to become of a building, by the rules of the day it was built.

    Raises
    ------
    NotFound, ClassNotInRules
    EntryUnusable
        No reason was given.
    """
    said = _text(reason, Words("理由", "reason"))
    if said is None:
        raise EntryUnusable(field=Words("理由", "reason"), why=Words("必须写明", "it must be given"))
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "set-disposal") as work:
            building = work.buildings.get(building_no)
            rules = rule_set_on(building.built_on, sets)
            if rules is not None and disposal not in rules.bases:
                raise ClassNotInRules(building_no=building_no, rules=rules.name, disposal=DISPOSAL_NAMES[disposal])
            decided = Disposal(building_no, disposal, said, None if rules is None else rules.key, on)
            work.disposals.upsert_many([decided])
        return Done(Edit(work.action_id, building.household_no or ""), work.changes)


DISPOSAL_NAMES = {
    DisposalClass.KEEP: Words("保留补办", "keep, permit later"),
    DisposalClass.CORRECT: Words("限期改正", "correct in time"),
    DisposalClass.FINE: Words("罚款", "fine"),
    DisposalClass.CONFISCATE: Words("没收", "confiscate"),
    DisposalClass.DEMOLISH: Words("拆除", "demolish"),
    DisposalClass.DEFER: Words("历史遗留暂缓", "legacy, deferred"),
}
"""What each class is called in messages."""


def undo_edit(folder: Path, edit: Edit) -> Done[Edit]:
    """Take an edit back; taking the answer back does it again.

    Raises
    ------
    ChangedSince
        Something it had changed was changed again.
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "undo-edit") as work:
            work.history.undo(edit.action_id)
        return Done(Edit(work.action_id, edit.household_no), work.changes)


def _person(household_no: str, entry: PersonEntry) -> Person:
    name = _text(entry.name, Words("姓名", "name"))
    if name is None:
        raise EntryUnusable(field=Words("姓名", "name"), why=Words("不能为空", "it is needed"))
    id_number, phone = (entry.id_number or "").strip(), (entry.phone or "").strip()
    if id_number and plain_id_number(id_number) is None:
        why = Words("位数或校验码不对", "its length or its check character is wrong")
        raise EntryUnusable(field=Words("证件号码", "identity number"), why=why)
    if phone and plain_phone(phone) is None:
        why = Words("不像电话号码", "it is no telephone number")
        raise EntryUnusable(field=Words("电话", "telephone"), why=why)
    relation = _text(entry.relation, Words("与户主关系", "relation"))
    return Person(
        household_no,
        name,
        relation,
        plain_id_number(id_number) if id_number else None,
        plain_phone(phone) if phone else None,
    )


def _text(text: str | None, field: Words) -> str | None:
    """Text without the space around it; None when nothing is left."""
    plain = " ".join((text or "").split())
    if len(plain) > LONGEST_TEXT:
        why = Words(f"超过 {LONGEST_TEXT} 个字", f"it has more than {LONGEST_TEXT} characters")
        raise EntryUnusable(field=field, why=why)
    return plain or None


def _within(number: Number | None, bounds: tuple[Number, Number], field: Words) -> Number | None:
    low, high = bounds
    if number is not None and not low <= number <= high:
        raise EntryUnusable(field=field, why=Words(f"应在 {low:g} 与 {high:g} 之间", f"it must be {low:g} to {high:g}"))
    return number

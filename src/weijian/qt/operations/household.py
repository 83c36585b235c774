"""What a user does to the archive's record of a household: edit, decide, split, merge; all can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from shapely import LineString

from weijian.domain.building import Building
from weijian.domain.change_set import Done
from weijian.domain.disposal import DisposalClass, RuleSet, rule_set_on
from weijian.domain.errors import EditConflict
from weijian.domain.household import Household
from weijian.domain.permit import Permit, PermitKind
from weijian.qt.desk import Desk
from weijian.qt.dialogs.conflict_dialog import ConflictDialog, Difference
from weijian.qt.dialogs.record_dialog import Entry, EntryKind, RecordDialog
from weijian.qt.plain_text import plain_text
from weijian.qt.wording import name_of
from weijian.services.archive_parts import merge_buildings, merge_households, split_building, split_household
from weijian.services.dossier import BuildingEntry, Dossier
from weijian.services.household_edits import (
    Edit,
    PersonEntry,
    PersonToEdit,
    add_person,
    building_to_edit,
    edit_building,
    edit_household,
    edit_permit,
    edit_person,
    household_to_edit,
    permit_to_edit,
    person_to_edit,
    remove_person,
    set_disposal,
)

Verb = Callable[[], Done[Edit]]


def ask_to_edit_household(desk: Desk, parent: QWidget, household_no: str) -> None:
    """Edit holder and address; the holder's name is shown for it, which is recorded."""
    translate = QCoreApplication.translate

    def show(base: Household) -> None:
        entries = [
            Entry("holder", translate("household", "&Holder"), base.holder),
            Entry("town", translate("household", "&Town"), base.town),
            Entry("village", translate("household", "&Village"), base.village),
            Entry("address", translate("household", "&Address"), base.address),
        ]
        title = translate("household", "Household {number}").format(number=household_no)

        def edit(read: Household, values: dict[str, Any]) -> Verb:
            return partial(edit_household, desk.folder, read, replace(read, **values))

        _ask(desk, parent, title, entries, partial(edit, base), anew=edit)

    desk.jobs.keep(parent, partial(household_to_edit, desk.folder, household_no), show)


def ask_to_edit_building(desk: Desk, parent: QWidget, building_no: str) -> None:
    """Edit what the archive says of a building."""
    translate, today = QCoreApplication.translate, desk.program.today

    def show(base: Building) -> None:
        entries = [
            Entry("structure", translate("household", "&Structure"), base.structure),
            Entry("use", translate("household", "&Use"), base.use),
            Entry("storeys", translate("household", "S&toreys"), base.storeys, EntryKind.WHOLE),
            Entry("height_m", translate("household", "Hei&ght (m)"), base.height_m, EntryKind.NUMBER),
            Entry("built_area_m2", translate("household", "Built &area (m²)"), base.built_area_m2, EntryKind.NUMBER),
            Entry("built_on", translate("household", "&Built on"), base.built_on, EntryKind.DAY, "2019-05-31"),
        ]
        title = translate("household", "Building {number}").format(number=building_no)

        def edit(read: Building, values: dict[str, Any]) -> Verb:
            return partial(edit_building, desk.folder, read, replace(read, **values), today=today)

        _ask(desk, parent, title, entries, partial(edit, base), anew=edit)

    desk.jobs.ask(parent, partial(building_to_edit, desk.folder, building_no), show)


def ask_to_edit_permit(desk: Desk, parent: QWidget, permit_no: str) -> None:
    """Edit what a permit allows and until when."""
    translate = QCoreApplication.translate

    def show(base: Permit) -> None:
        kinds = [(None, translate("household", "not known")), *((kind, name_of(kind)) for kind in PermitKind)]
        footprint = translate("household", "&Footprint (m²)")
        entries = [
            Entry("kind", translate("household", "&Kind"), base.kind, EntryKind.CHOICE, options=kinds),
            Entry("issued_on", translate("household", "&Issued on"), base.issued_on, EntryKind.DAY, "2019-05-31"),
            Entry("expires_on", translate("household", "&Expires on"), base.expires_on, EntryKind.DAY, "2021-05-31"),
            Entry("max_footprint_m2", footprint, base.max_footprint_m2, EntryKind.NUMBER),
            Entry("max_storeys", translate("household", "S&toreys"), base.max_storeys, EntryKind.WHOLE),
            Entry("max_height_m", translate("household", "Hei&ght (m)"), base.max_height_m, EntryKind.NUMBER),
        ]
        title = translate("household", "Permit {number}").format(number=permit_no)
        note = translate(
            "household", "A limit that is left empty allows anything. The permitted outline comes by import."
        )

        def edit(read: Permit, values: dict[str, Any]) -> Verb:
            return partial(edit_permit, desk.folder, read, replace(read, **values))

        _ask(desk, parent, title, entries, partial(edit, base), note, edit)

    desk.jobs.ask(parent, partial(permit_to_edit, desk.folder, permit_no), show)


def ask_to_add_person(desk: Desk, parent: QWidget, household_no: str) -> None:
    """Enter another person of a household."""
    translate = QCoreApplication.translate
    title = translate("household", "Add a person to {number}").format(number=household_no)

    def verb(values: dict[str, Any]) -> Verb:
        return partial(add_person, desk.folder, household_no, _person(values))

    _ask(desk, parent, title, _person_entries(None), verb)


def ask_to_edit_person(desk: Desk, parent: QWidget, person_no: str) -> None:
    """Edit a person; the name is shown for it, which is recorded. Numbers stay unless others are typed."""
    translate = QCoreApplication.translate

    def show(person: PersonToEdit) -> None:
        def edit(read: Any, values: dict[str, Any]) -> Verb:
            return partial(edit_person, desk.folder, read, _person(values))

        note = translate("household", "Numbers that are left empty stay as they are; a hyphen (-) takes one away.")
        title = translate("household", "Person {number}").format(number=person_no)
        _ask(desk, parent, title, _person_entries(person), partial(edit, person.base), note, edit)

    desk.jobs.keep(parent, partial(person_to_edit, desk.folder, person_no), show)


def take_person_off(desk: Desk, person_no: str) -> None:
    """Take a person off a household."""
    desk.undoing.do(partial(remove_person, desk.folder, person_no))


def ask_disposal(desk: Desk, parent: QWidget, entry: BuildingEntry) -> None:
    """Decide what is to become of a building, by the rules of the day it was built."""
    translate, building, sets = QCoreApplication.translate, entry.building, desk.program.disposals
    rules = rule_set_on(building.built_on, sets)
    classes = tuple(DisposalClass) if rules is None else tuple(rules.bases)
    options = [(each, name_of(each)) for each in classes]
    now = entry.disposal
    entries = [
        Entry(
            "disposal",
            translate("household", "&Class"),
            now and now.disposal.disposal,
            EntryKind.CHOICE,
            options=options,
            details={} if rules is None else rules.bases,
        ),
        Entry("reason", translate("household", "&Reason"), now and now.disposal.reason),
    ]
    title = translate("household", "What becomes of building {number}").format(number=building.building_no)

    def verb(values: dict[str, Any]) -> Verb:
        disposal, reason = DisposalClass(values["disposal"]), values["reason"] or ""
        on = desk.program.today
        return partial(set_disposal, desk.folder, building.building_no, disposal, reason, on=on, sets=sets)

    _ask(desk, parent, title, entries, verb, _on_rules(entry, rules))


def _on_rules(entry: BuildingEntry, rules: RuleSet | None) -> str:
    """Which rules apply; and that they are not those of what was built on later."""
    words = rules_words(entry.building, rules)
    if entry.stands.seen_on is None:
        return words
    later = QCoreApplication.translate(
        "household",
        "Findings up to {day} show that it was changed since. What was added or rebuilt goes by the rules of its own "
        "day, in the case on that finding.",
    )
    return f"{words}\n{later.format(day=entry.stands.seen_on)}"


def rules_words(building: Building, rules: RuleSet | None) -> str:
    """Which rules apply to a building, and why."""
    translate = QCoreApplication.translate
    if building.built_on is None:
        return translate("household", "The day it was built is not known, so no rules of that day can be named.")
    if rules is None:
        return translate("household", "No rules are entered for {day}.").format(day=building.built_on)
    until = translate("household", "today") if rules.valid_to is None else rules.valid_to.isoformat()
    text = translate("household", "Built on {day}: {rules} apply ({first} to {last}).")
    return text.format(day=building.built_on, rules=rules.name, first=rules.valid_from, last=until)


def ask_to_merge_households(desk: Desk, parent: QWidget, household_no: str) -> None:
    """Ask for the household that is to become part of this one."""
    translate = QCoreApplication.translate
    note = translate(
        "household", "Everything of the other household goes to {number}; its number is still found and leads here."
    )
    entries = [Entry("gone", translate("household", "&Number of the other household"))]
    title = translate("household", "Merge another household into this one")

    def verb(values: dict[str, Any]) -> Verb:
        return partial(merge_households, desk.folder, household_no, values["gone"] or "")

    _ask(desk, parent, title, entries, verb, note.format(number=household_no))


def ask_to_split_household(desk: Desk, parent: QWidget, dossier: Dossier) -> None:
    """Ask what goes to a new household."""
    translate, old = QCoreApplication.translate, dossier.household
    buildings = [(each.building.building_no, each.building.building_no) for each in dossier.buildings]
    persons = [(each.person_no, f"{each.name}  {each.relation or ''}".strip()) for each in dossier.persons]
    several = EntryKind.SEVERAL
    entries = [
        Entry("household_no", translate("household", "&Number of the new household")),
        Entry("holder", translate("household", "Its &holder")),
        Entry("address", translate("household", "Its &address"), old.address),
        Entry("buildings", translate("household", "&Buildings that go to it"), (), several, options=buildings),
        Entry("persons", translate("household", "&Persons that go to it"), (), several, options=persons),
    ]
    note = translate(
        "household",
        "Permits, findings and cases follow their buildings, and so do parcels on which nothing else stands.",
    )
    title = translate("household", "Split household {number}").format(number=old.household_no)

    def verb(values: dict[str, Any]) -> Verb:
        new = Household(values["household_no"] or "", values["holder"], values["address"], old.village, old.town)
        which = {"buildings": tuple(values["buildings"]), "persons": tuple(values["persons"])}
        return partial(split_household, desk.folder, old.household_no, new, **which)

    _ask(desk, parent, title, entries, verb, note)


def ask_to_merge_buildings(desk: Desk, parent: QWidget, building_no: str, others: Sequence[str]) -> None:
    """Ask for the building that is to become part of this one."""
    translate = QCoreApplication.translate
    options = [(each, each) for each in others]
    entries = [Entry("gone", translate("household", "&Other building"), None, EntryKind.CHOICE, options=options)]
    note = translate("household", "The other building becomes part of {number}; its number is still found.")
    title = translate("household", "Merge another building into this one")

    def verb(values: dict[str, Any]) -> Verb:
        return partial(merge_buildings, desk.folder, building_no, values["gone"])

    _ask(desk, parent, title, entries, verb, note.format(number=building_no))


def divide_building(desk: Desk, building_no: str, line: LineString) -> None:
    """Divide a building by a line that was drawn."""
    desk.undoing.do(partial(split_building, desk.folder, building_no, line))


def _ask(
    desk: Desk,
    parent: QWidget,
    title: str,
    entries: Sequence[Entry],
    verb: Callable[[dict[str, Any]], Verb],
    note: str = "",
    anew: Callable[[Any, dict[str, Any]], Verb] | None = None,
) -> None:
    """Ask in a dialog that stays open until what was entered is kept.

    ``anew`` edits from the version that somebody else has kept meanwhile, where the user decides against that.
    """
    dialog = RecordDialog(desk, title, entries, note=note, parent=parent.window())

    def kept(_: object) -> None:
        if shiboken6.isValid(dialog):
            dialog.accept()

    def refused(values: dict[str, Any], error: BaseException) -> None:
        if not shiboken6.isValid(dialog):
            desk.messages.problem(error)
            return
        dialog.refuse(error)
        if isinstance(error, EditConflict) and anew is not None:
            choose = _conflict(desk, dialog, error, values)
            choose.theirs_kept.connect(dialog.reject)
            choose.mine_kept.connect(lambda: keep(values, anew(error.theirs, values)))
            choose.open()

    def keep(values: dict[str, Any], action: Verb) -> None:
        desk.undoing.do(action, kept, partial(refused, values))

    dialog.entered.connect(lambda values: keep(values, verb(values)))
    dialog.open()


def _conflict(desk: Desk, dialog: RecordDialog, error: EditConflict, values: dict[str, Any]) -> ConflictDialog:
    """Both versions of what was edited, field by field; of sealed numbers, whether they were changed."""

    def words(value: object) -> str:
        return "" if value is None else f"{value}"

    def difference(entry: Entry) -> Difference:
        name, mine = plain_text(entry.label), values[entry.name]
        before, theirs = (getattr(version, entry.name, None) for version in (error.base, error.theirs))
        if not any(_is_sealed(value) for value in (before, theirs)):
            return Difference(name, words(mine), words(theirs))
        as_it_was = QCoreApplication.translate("household", "as it was")
        changed = QCoreApplication.translate("household", "changed (sealed)")
        gone = QCoreApplication.translate("household", "taken away")
        told = as_it_was if theirs == before else gone if theirs is None else changed
        return Difference(name, as_it_was if mine is None else words(mine), told)

    fields = [difference(entry) for entry in dialog.entries]
    return ConflictDialog(error.sentence(desk.language), fields, removed=error.theirs is None, parent=dialog)


def _is_sealed(value: object) -> bool:
    return not (value is None or isinstance(value, str | int | float | date))


def _person_entries(person: PersonToEdit | None) -> list[Entry]:
    translate = QCoreApplication.translate
    masked = (None, None) if person is None else (person.id_number, person.phone)
    return [
        Entry("name", translate("household", "&Name"), person and person.base.name),
        Entry("relation", translate("household", "&Relation to the holder"), person and person.base.relation),
        Entry("phone", translate("household", "&Telephone"), hint=masked[1] or ""),
        Entry("id_number", translate("household", "&Identity number"), hint=masked[0] or ""),
    ]


def _person(values: dict[str, Any]) -> PersonEntry:
    numbers = {name: "" if values[name] == "-" else values[name] for name in ("id_number", "phone")}
    return PersonEntry(values["name"] or "", values["relation"], **numbers)

"""The persons of the archive as a workbook: masked, or in clear for those who may see it."""

from dataclasses import replace
from pathlib import Path

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.household import masked_name
from weijian.domain.job import Job
from weijian.services.actor import current_actor
from weijian.services.personal_data import ShownPerson, in_clear, masked, require_allowed
from weijian.services.register_export import SheetColumn, SheetTable, export_register
from weijian.services.registers import ColumnKind
from weijian.storage.workspace import open_workspace

LOCKED = "（已锁定）"
"""Stands for a number that this account cannot open."""


def export_persons(folder: Path, path: Path, *, clear: bool = False) -> Job[Done[Path]]:
    """Write every person with household, relation and numbers as XLSX.

    Parameters
    ----------
    folder : Path
        The workspace.
    path : Path
        Where to.
    clear : bool
        Names and numbers in full: who did it and of how many households goes to the audit before anything is written.

    Raises
    ------
    NumbersNotAllowed, NumbersLocked, TargetUnwritable
    """
    actor = current_actor()
    with open_workspace(folder) as workspace:
        if clear:
            with workspace.transaction(actor, "export-numbers") as work:
                require_allowed(work, actor)
                kept = work.persons.all()
                persons = [in_clear(work, each) for each in kept]
                work.persons.note_shown(*sorted({each.household_no for each in kept}))
        else:
            with workspace.read() as work:
                kept = work.persons.all()
                persons = [_without_name(masked(work, each)) for each in kept]
    columns: dict[str, list[str | None]] = {
        "户号": [each.household_no for each in kept],
        "姓名": [each.name for each in persons],
        "与户主关系": [each.relation for each in persons],
        "电话": [LOCKED if each.locked else each.phone for each in persons],
        "证件号码": [LOCKED if each.locked else each.id_number for each in persons],
    }
    table = SheetTable("人员", tuple(SheetColumn(name, ColumnKind.TEXT, values) for name, values in columns.items()))
    written = yield from export_register(table, path)
    return Done(written, ChangeSet())


def _without_name(person: ShownPerson) -> ShownPerson:
    return replace(person, name=masked_name(person.name))

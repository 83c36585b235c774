"""The history of the archive's rows, and taking an action back by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, func, insert, or_, select

from weijian.domain.errors import InputError
from weijian.storage import tables
from weijian.storage.row_journal import (
    ADDED,
    NUMBER_OF,
    REMOVED,
    RowChange,
    added_rows,
    removed_row,
    updated_row,
    value_of,
)
from weijian.storage.rows import Scope
from weijian.storage.tables import audit_entries, row_changes

_AT_ONCE = 500
_HIDDEN = ("id_mark", "phone_mark", "tail_mark")
"""Fields that only follow a number."""


class ChangedSince(InputError):
    """Something else happened to what an action had changed."""

    zh = "{number} 此后又有改动，不能撤销；请查看它现在的内容后直接修改。"
    en = "{number} was changed since, so this cannot be taken back; look at it and edit it."


class NothingToTakeBack(InputError):
    """An action left no history."""

    zh = "没有可以撤销的改动。"
    en = "There is nothing to take back."


@dataclass(frozen=True)
class HistoryLine:
    """A change with who made it, when, and in which action; numbers of persons are not told."""

    action_id: int
    at: datetime
    actor: str
    action: str
    change: RowChange


class History:
    """The journal of rows; see `weijian.storage.row_journal`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def of_household(self, household_no: str, things: Mapping[str, Sequence[str]], limit: int) -> list[HistoryLine]:
        """What changed in a household and in what it has now, the latest first.

        Parameters
        ----------
        household_no : str
        things : mapping
            From table to the numbers of what belongs to the household now.
        limit : int
            At most so many lines.
        """
        c = row_changes.c
        owned = [and_(c.part == part, c.number.in_(numbers)) for part, numbers in things.items() if numbers]
        about = or_(c.household_no == household_no, and_(c.part == "households", c.number == household_no), *owned)
        wanted = (
            select(audit_entries.c.at, audit_entries.c.actor, audit_entries.c.action, row_changes)
            .join(audit_entries, audit_entries.c.id == c.action_id)
            .where(about, or_(c.field.is_(None), c.field.not_in(_HIDDEN)))
            .order_by(c.id.desc())
            .limit(limit)
        )
        return [
            HistoryLine(row["action_id"], row["at"], row["actor"], row["action"], _change(row))
            for row in self._scope.connection.execute(wanted).mappings()
        ]

    def changed_after(self, part: str, action_id: int) -> dict[str, int]:
        """Numbers of the rows of a table that were added, changed or removed after an action, each with the last."""
        c = row_changes.c
        latest = select(c.number, func.max(c.action_id).label("latest")).where(c.part == part, c.action_id > action_id)
        return {row.number: row.latest for row in self._scope.connection.execute(latest.group_by(c.number))}

    def undo(self, action_id: int) -> None:
        """Put every row back that an action changed, unless one of them was changed again since.

        Raises
        ------
        NothingToTakeBack, ChangedSince
        """
        c = row_changes.c
        wanted = select(row_changes).where(c.action_id == action_id).order_by(c.id.desc())
        changes = [_change(row) for row in self._scope.connection.execute(wanted).mappings()]
        if not changes:
            raise NothingToTakeBack
        changed = self._changed_since(action_id)
        if changed:
            raise ChangedSince(number=min(number for _, number in changed))
        self._put_all_back(_by_row(changes))

    def undo_untouched(self, action_id: int) -> tuple[int, list[str]]:
        """Put every row back that an action changed and nobody changed again since.

        Returns
        -------
        int, list of str
            How many rows were put back, and the numbers of those that were left as they are now.

        Raises
        ------
        NothingToTakeBack
        """
        c = row_changes.c
        wanted = select(row_changes).where(c.action_id == action_id).order_by(c.id.desc())
        by_row = _by_row([_change(row) for row in self._scope.connection.execute(wanted).mappings()])
        if not by_row:
            raise NothingToTakeBack
        left = self._changed_since(action_id)
        untouched = {row: lines for row, lines in by_row.items() if row not in left}
        self._put_all_back(untouched)
        return len(untouched), sorted(number for _, number in left)

    def _put_all_back(self, by_row: Mapping[tuple[str, str], Sequence[RowChange]]) -> None:
        added: dict[str, list[str]] = defaultdict(list)
        for (part, number), lines in by_row.items():
            verbs = {line.verb for line in lines}
            if ADDED in verbs:
                added[part].append(number)
            elif REMOVED in verbs:
                self._put_back(part, lines)
            else:
                self._restore(part, number, lines)
        for part, numbers in added.items():
            self._take_away(part, numbers)

    def former_numbers(self, part: str, successor: str) -> list[str]:
        """Numbers that are no longer used, of what is now known by ``successor``."""
        c = tables.former_numbers.c
        wanted = select(c.number).where(c.part == part, c.successor == successor).order_by(c.number)
        return list(self._scope.connection.scalars(wanted))

    def note_successor(self, part: str, number: str, *successors: str) -> None:
        """Remember what became of a number that is no longer used."""
        rows = [{"part": part, "number": number, "successor": successor} for successor in successors]
        self._scope.insert(tables.former_numbers, rows, "number")

    def relink(
        self, part: str, column: str, before: str, after: str, numbers: Sequence[str] | None = None
    ) -> list[str]:
        """Let rows that named ``before`` name ``after``; all of them, or those of some ``numbers``. Answer which."""
        table = tables.metadata.tables[part]
        wanted = select(table).where(table.c[column] == before)
        if numbers is not None:
            wanted = wanted.where(table.c[NUMBER_OF[part]].in_(numbers))
        rows = [dict(row) for row in self._scope.connection.execute(wanted).mappings()]
        named = [str(row[NUMBER_OF[part]]) for row in rows]
        if rows:
            ids = [row["id"] for row in rows]
            self._scope.connection.execute(table.update().where(table.c.id.in_(ids)).values(**{column: after}))
            self._scope.journal.note(table, "updated", named)
            for row in rows:
                self._scope.journal.rows.extend(updated_row(table, row, {column: after}))
        return named

    def take_away(self, part: str, number: str) -> None:
        """Remove one row of the archive; its history stays."""
        self._take_away(part, [number])

    def _changed_since(self, action_id: int) -> set[tuple[str, str]]:
        """Rows of an action that a later one changed; an import and its undoing together changed nothing."""
        mine, later = row_changes.alias(), row_changes.alias()
        same = and_(later.c.part == mine.c.part, later.c.number == mine.c.number, later.c.action_id > action_id)
        wanted = select(mine.c.part, mine.c.number, later.c.action_id).join(later, same)
        wanted = wanted.where(mine.c.action_id == action_id).distinct()
        actions: dict[tuple[str, str], set[int]] = defaultdict(set)
        for part, number, action in self._scope.connection.execute(wanted):
            actions[part, number].add(action)
        c = tables.import_batches.c
        undone = select(c.action_id, c.taken_back_by).where(c.taken_back_by.is_not(None))
        for pair in (set(row) for row in self._scope.connection.execute(undone)):
            for those in actions.values():
                if pair <= those:
                    those -= pair
        return {row for row, those in actions.items() if those}

    def _restore(self, part: str, number: str, lines: Sequence[RowChange]) -> None:
        table = tables.metadata.tables[part]
        here = table.c[NUMBER_OF[part]] == number
        before = dict(self._scope.connection.execute(select(table).where(here)).mappings().one())
        former = _values(table, lines, self._scope.srs_id)
        self._scope.connection.execute(table.update().where(here).values(**former, **_box(former)))
        self._scope.journal.note(table, "updated", [number])
        self._scope.journal.rows.extend(updated_row(table, before, former))

    def _put_back(self, part: str, lines: Sequence[RowChange]) -> None:
        table = tables.metadata.tables[part]
        row = {
            line.field: value_of(table.c[line.field], line.before, self._scope.srs_id) for line in lines if line.field
        }
        whole = {**row, **_box(row)}
        self._scope.connection.execute(insert(table).values(**whole))
        former = tables.former_numbers
        self._scope.connection.execute(former.delete().where(former.c.part == part, former.c.number == lines[0].number))
        self._scope.journal.note(table, "added", [lines[0].number])
        self._scope.journal.rows.extend(added_rows(table, [whole]))

    def _take_away(self, part: str, numbers: Sequence[str]) -> None:
        table = tables.metadata.tables[part]
        named = table.c[NUMBER_OF[part]]
        for start in range(0, len(numbers), _AT_ONCE):
            some = named.in_(numbers[start : start + _AT_ONCE])
            for row in self._scope.connection.execute(select(table).where(some)).mappings():
                self._scope.journal.rows.extend(removed_row(table, dict(row)))
            self._scope.connection.execute(table.delete().where(some))
        self._scope.journal.note(table, "removed", numbers)


def _by_row(changes: Sequence[RowChange]) -> dict[tuple[str, str], list[RowChange]]:
    by_row: dict[tuple[str, str], list[RowChange]] = defaultdict(list)
    for change in changes:
        by_row[change.part, change.number].append(change)
    return by_row


def _change(row: Mapping[Any, Any]) -> RowChange:
    return RowChange(**{name: row[name] for name in RowChange.__dataclass_fields__})


def _values(table: Table, lines: Sequence[RowChange], srs_id: int) -> dict[str, Any]:
    """What fields were before."""
    return {line.field: value_of(table.c[line.field], line.before, srs_id) for line in lines if line.field}


def _box(row: Mapping[str, Any]) -> dict[str, float]:
    if "geometry" not in row:
        return {}
    return dict(zip(("min_x", "min_y", "max_x", "max_y"), row["geometry"].bounds, strict=True))

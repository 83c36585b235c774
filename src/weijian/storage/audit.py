"""The audit chain: one entry a user action, each sealed with the hash of the one before."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table, select

from weijian.storage import journal_seal
from weijian.storage.column_types import utc_text
from weijian.storage.many_rows import insert_rows
from weijian.storage.row_journal import RowChange
from weijian.storage.tables import audit_entries, row_changes

START = "0" * 64
"""What the first entry follows."""

_NAMED_AT_MOST = 20
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Sealed:
    """An entry of the chain: its number, and the hash that seals it and all before it."""

    number: int
    seal: str


@dataclass
class Journal:
    """What one action has changed so far: for each table and verb, the numbers of the rows.

    ``rows`` tells it field by field, for the tables whose history is kept; ``entry`` is that in the chain, None until
    it is made.
    """

    changes: dict[Table, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    rows: list[RowChange] = field(default_factory=list)
    entry: Sealed | None = None

    def note(self, table: Table, verb: str, numbers: Iterable[object]) -> None:
        """Remember rows that were ``added``, ``updated`` or ``removed``."""
        changed = [str(number) for number in numbers]
        if changed:
            self.changes[table][verb].extend(changed)

    def summary(self) -> dict[str, Mapping[str, object]]:
        """Counts by table and verb; the numbers too where they are few."""
        return {
            table.name: {verb: _counted(numbers) for verb, numbers in verbs.items()}
            for table, verbs in self.changes.items()
        }


def _counted(numbers: list[str]) -> dict[str, object]:
    counted: dict[str, object] = {"count": len(numbers)}
    return counted | {"numbers": numbers} if len(numbers) <= _NAMED_AT_MOST else counted


def append(connection: Connection, *, at: datetime, actor: str, action: str, journal: Journal) -> None:
    """Seal an action into the chain, its lines in the journal of rows with it."""
    lines = {journal_seal.ADDED: journal_seal.seal_of(journal.rows)} if journal.rows else None
    entry = _enter(connection, at, actor, action, journal.summary() | ({row_changes.name: lines} if lines else {}))
    journal.entry = entry
    for start in range(0, len(journal.rows), _ROWS_AT_ONCE):
        some = journal.rows[start : start + _ROWS_AT_ONCE]
        insert_rows(connection, row_changes, [vars(row) | {"action_id": entry.number} for row in some])


def seal_former_lines(connection: Connection, at: datetime) -> None:
    """Seal, by an entry of its own, the lines of the journal from before entries held the hash of theirs."""
    if connection.scalar(select(row_changes.c.id).limit(1)) is not None:
        lines = {journal_seal.FORMER: journal_seal.seal_of_all(connection)}
        _enter(connection, at, "weijian", "seal-history", {row_changes.name: lines})


def _enter(connection: Connection, at: datetime, actor: str, action: str, told: Mapping[str, object]) -> Sealed:
    """Put an entry behind the last; a lock on that lets one writer in at a time."""
    newest = select(audit_entries.c.id, audit_entries.c.entry_hash).order_by(audit_entries.c.id.desc()).limit(1)
    row = connection.execute(newest.with_for_update()).first()
    entry_id, previous = (row.id + 1, row.entry_hash) if row else (1, START)
    changes = _canonical(told)
    entry_hash = _seal(previous, entry_id, at, actor, action, changes)
    entry = {"id": entry_id, "at": at, "actor": actor, "action": action, "changes": changes}
    connection.execute(audit_entries.insert(), [entry | {"previous_hash": previous, "entry_hash": entry_hash}])
    return Sealed(entry_id, entry_hash)


def last(connection: Connection) -> Sealed | None:
    """The entry at the chain's end; None before the first."""
    c = audit_entries.c
    row = connection.execute(select(c.id, c.entry_hash).order_by(c.id.desc()).limit(1)).first()
    return None if row is None else Sealed(row.id, row.entry_hash)


def next_number(connection: Connection) -> int:
    """Number that the action at hand will have: writers come one at a time."""
    end = last(connection)
    return 1 if end is None else end.number + 1


def holds(connection: Connection, entry: Sealed) -> bool:
    """Whether an entry is still in the chain, as it was."""
    c = audit_entries.c
    return connection.scalar(select(c.entry_hash).where(c.id == entry.number)) == entry.seal


def broken_links(connection: Connection) -> Iterator[int]:
    """Ids of the entries that were altered, or that do not follow the one before."""
    previous, expected = START, 1
    wanted = select(audit_entries).order_by(audit_entries.c.id).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(wanted):
        seal = _seal(row.previous_hash, row.id, row.at, row.actor, row.action, row.changes)
        if row.id != expected or row.previous_hash != previous or row.entry_hash != seal:
            yield row.id
        previous, expected = row.entry_hash, row.id + 1


def _seal(previous: str, entry_id: int, at: datetime, actor: str, action: str, changes: str) -> str:
    content = {"id": entry_id, "at": utc_text(at), "actor": actor, "action": action, "changes": changes}
    return hashlib.sha256((previous + _canonical(content)).encode()).hexdigest()


def _canonical(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

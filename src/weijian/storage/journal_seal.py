"""The journal of rows under the audit's chain.

What an audit entry says of the changes of its action, and seals, holds how many lines of the journal belong to it and
the SHA-256 of them: ``"row_changes": {"added": {"count": 2, "sha256": ...}}``. Lines from before there were such seals
are sealed together by one later entry (``former``), made when the workspace was brought forward.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter

from sqlalchemy import Connection, func, select

from weijian.domain.job import Job, Progress
from weijian.storage.row_journal import RowChange
from weijian.storage.tables import audit_entries, row_changes

ADDED, FORMER = "added", "former"
Told = dict[str, object]
"""How many lines, and their hash."""

_LINES_AT_ONCE = 10_000
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FIELDS = [field.name for field in fields(RowChange)]
_fields_of = attrgetter(*_FIELDS)


class Seal:
    """Lines that are taken in one after the other."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._count = 0

    def take(self, line: Iterable[str | None]) -> None:
        """Take in the fields of a line."""
        self._digest.update(_canonical(list(line)).encode())
        self._count += 1

    def told(self) -> Told:
        """What an entry holds."""
        return {"count": self._count, "sha256": self._digest.hexdigest()}


@dataclass(frozen=True)
class Actions:
    """Actions by number, from the first to the last."""

    first: int
    last: int

    def __str__(self) -> str:
        """``12`` or ``1-11``."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def seal_of(lines: Iterable[RowChange]) -> Told:
    """What the entry of an action holds of its lines."""
    seal = Seal()
    for line in lines:
        seal.take(_fields_of(line))
    return seal.told()


def seal_of_all(connection: Connection) -> Told:
    """What an entry holds that seals every line there is."""
    seal = Seal()
    for _, line in _lines(connection):
        seal.take(line)
    return seal.told()


def broken(connection: Connection) -> Job[list[Actions]]:
    """Actions whose lines are not those that were sealed: altered, added or removed since."""
    told = _told(connection)
    formers_entry = min((number for number, seals in told.items() if FORMER in seals), default=0)
    former, kept = Seal(), defaultdict[int, Seal](Seal)
    total = connection.scalar(select(func.count()).select_from(row_changes)) or 0
    for done, (action_id, line) in enumerate(_lines(connection)):
        if done % _LINES_AT_ONCE == 0:
            yield Progress("verify-history", done, total)
        (former if action_id < formers_entry else kept[action_id]).take(line)
    nothing = Seal().told()
    found = [
        Actions(action_id, action_id)
        for action_id in sorted({number for number in (*told, *kept) if number >= formers_entry})
        if kept[action_id].told() != told.get(action_id, {}).get(ADDED, nothing)
    ]
    if formers_entry and former.told() != told[formers_entry][FORMER]:
        found.insert(0, Actions(1, formers_entry - 1))
    return found


def _told(connection: Connection) -> dict[int, dict[str, Told]]:
    """What each entry holds of the journal; an entry that was altered beyond reading holds nothing."""
    wanted = select(audit_entries.c.id, audit_entries.c.changes).where(
        audit_entries.c.changes.contains(f'"{row_changes.name}"')
    )
    return {number: _held(changes) for number, changes in connection.execute(wanted)}


def _held(changes: str) -> dict[str, Told]:
    try:
        return dict(json.loads(changes)[row_changes.name])
    except (ValueError, KeyError, TypeError):
        return {}


def _lines(connection: Connection) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """Every line with its action, in the order they were written."""
    order = (row_changes.c.action_id, row_changes.c.id)
    wanted = select(row_changes.c.action_id, *(row_changes.c[name] for name in _FIELDS)).order_by(*order)
    with connection.execute(wanted.execution_options(yield_per=_LINES_AT_ONCE)) as rows:
        for row in rows:
            yield row[0], tuple(row[1:])

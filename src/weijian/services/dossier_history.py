"""The history of a household as its dossier tells it: action by action, names masked, numbers of persons never."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import shapely

from weijian.domain.household import masked_name
from weijian.storage.repositories.history import HistoryLine
from weijian.storage.row_journal import UPDATED

_SEALED = ("id_number", "phone")
_NAMES = ("holder", "name", "party")
_HIDDEN = "•••"


@dataclass(frozen=True)
class HistoryEntry:
    """What one action changed in one thing. Names are masked, numbers of persons never told.

    ``fields`` has field, before and after of each change, as the journal writes them; of an outline its area (m²).
    """

    action_id: int
    at: datetime
    actor: str
    action: str
    part: str
    number: str
    verb: str
    fields: tuple[tuple[str, str | None, str | None], ...]


def history_entries(lines: Sequence[HistoryLine]) -> tuple[HistoryEntry, ...]:
    """Lines of one action about one thing together, the latest action first."""
    entries = []
    for (action, part, number, verb), some in itertools.groupby(
        lines, key=lambda line: (line.action_id, line.change.part, line.change.number, line.change.verb)
    ):
        listed = list(some)
        first = listed[0]
        fields = () if verb != UPDATED else tuple(_told(line) for line in reversed(listed))
        entries.append(HistoryEntry(action, first.at, first.actor, first.action, part, number, verb, fields))
    return tuple(entries)


def _told(line: HistoryLine) -> tuple[str, str | None, str | None]:
    change = line.change
    if change.field in _SEALED:
        return str(change.field), change.before and _HIDDEN, change.after and _HIDDEN
    if change.field in _NAMES:
        return (
            str(change.field),
            change.before and masked_name(change.before),
            change.after and masked_name(change.after),
        )
    if change.field == "geometry":
        return "geometry", _area(change.before), _area(change.after)
    return str(change.field), change.before, change.after


def _area(outline: str | None) -> str | None:
    """Area of an outline as the journal keeps it (m²)."""
    return None if outline is None else f"{shapely.from_wkt(outline).area:.1f}"

"""What households are found by: kept in a table of its own, refreshed in the transaction that changes them.

A household has one row: its number, its holder's name, initials and pinyin under indexes, and one text with everything
that may be typed a piece of (number, names of all its persons and their initials, the whole address).
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, or_, select, union_all

from weijian.domain.job import Job, Progress
from weijian.domain.parallel import Threads, aside
from weijian.domain.person import plain_id_number, plain_phone
from weijian.storage.many_rows import insert_rows
from weijian.storage.name_sounds import initials_of, pinyin_of
from weijian.storage.sealed import Sealer
from weijian.storage.tables import buildings, former_numbers, household_search, households, parcels, persons
from weijian.storage.text_index import (
    ENDING,
    begins,
    forget_all_texts,
    forget_texts,
    having_pieces,
    index_texts,
    unindexed,
)

_AT_ONCE = 500
_TAIL = 4
_WHOLE = 12
"""So long a number is looked for as one begins it; that it stands inside another is not asked once it was found."""
_FEW = 200
"""Households that one number typed can lead to; more say that it was no number of a person or thing."""
PHONE, TAIL, ID = "persons.phone", "persons.phone-tail", "persons.id-number"
"""What marks and seals of persons' numbers are bound to."""
_NUMBERED = ((buildings, "building_no"), (parcels, "parcel_no"))
_GENEROUS = 4
"""So many times the rows asked for are ranked, since an index hands them out in no order of ours."""


def plain(text: str) -> str:
    """Text as it is compared: one width and case."""
    return unicodedata.normalize("NFKC", text).casefold()


def tail_of(phone: str) -> str:
    """The last four digits."""
    return phone[-_TAIL:]


def refresh(connection: Connection, household_nos: Iterable[str]) -> None:
    """Write anew what some households are found by; those that are gone are found no more."""
    for numbers in _portions(household_nos):
        _refresh(connection, numbers)


def rebuild(connection: Connection) -> None:
    """Write anew what every household is found by, whatever is there."""
    forget_all_texts(connection)
    connection.execute(household_search.delete())
    refresh(connection, _numbers_of(connection, households))


@dataclass(frozen=True)
class SearchFaults:
    """How many households are not found, found by what they were, or found and gone; how many texts are not indexed."""

    missing: int
    stale: int
    gone: int
    unindexed: int

    def __bool__(self) -> bool:
        """Whether there are any."""
        return any((self.missing, self.stale, self.gone, self.unindexed))


def faults(connection: Connection) -> Job[SearchFaults]:
    """Compare what households are found by with what they are, each of them."""
    yield Progress("verify-search", 0, 1)
    there, kept = (set(_numbers_of(connection, table)) for table in (households, household_search))
    both, stale = there & kept, 0
    for place, numbers in enumerate(_portions(both)):
        yield Progress("verify-search", place * _AT_ONCE, len(both))
        entries = connection.execute(select(household_search).where(household_search.c.household_no.in_(numbers)))
        found_by = {row["household_no"]: row for row in entries.mappings()}
        stale += sum(
            not (entry.items() <= dict(found_by[entry["household_no"]]).items())
            for entry in _entries(connection, numbers)
        )
    with Threads(1) as hand:
        wrong = yield from aside("verify-index", partial(_unindexed, connection.engine), hand)
    return SearchFaults(len(there - kept), stale, len(kept - there), wrong)


def _unindexed(engine: Engine) -> int:
    with engine.connect() as connection:  # of its own: whoever cancels leaves this to itself
        return unindexed(connection, household_search)


def _numbers_of(connection: Connection, table: Table) -> Sequence[str]:
    return connection.scalars(select(table.c.household_no)).all()


def _portions(household_nos: Iterable[str]) -> Iterator[list[str]]:
    numbers = sorted(set(household_nos))
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _refresh(connection: Connection, numbers: Sequence[str]) -> None:
    c = household_search.c
    former = connection.execute(select(c.id, c.text).where(c.household_no.in_(numbers))).all()
    forget_texts(connection, [(row.id, row.text) for row in former])
    if former:
        connection.execute(household_search.delete().where(c.household_no.in_(numbers)))
    rows = _entries(connection, numbers)
    if rows:
        insert_rows(connection, household_search, rows)
        entered = connection.execute(select(c.id, c.text).where(c.household_no.in_(numbers)))
        index_texts(connection, [(row.id, row.text) for row in entered])


def _entries(connection: Connection, numbers: Sequence[str]) -> list[dict[str, str | None]]:
    """What those of some households that are there are to be found by."""
    names = defaultdict(list)
    of = persons.c
    named = select(of.household_no, of.name).where(of.household_no.in_(numbers)).order_by(of.id)
    for number, name in connection.execute(named):
        names[number].append(name)
    kept = connection.execute(select(households).where(households.c.household_no.in_(numbers))).mappings()
    return [_entry(row, names[row["household_no"]]) for row in kept]


def _entry(household: Any, names: Sequence[str]) -> dict[str, str | None]:
    holder = household["holder"]
    everybody = dict.fromkeys([holder, *names] if holder else names)
    place = "".join(household[part] or "" for part in ("town", "village", "address"))
    others = [f"{name} {initials_of(name)}" for name in everybody if name != holder]
    text = " ".join([household["household_no"], holder or "", household["address"] or "", place, *others])
    return {
        "household_no": household["household_no"],
        "holder": None if holder is None else plain(holder),
        "initials": None if holder is None else initials_of(holder),
        "pinyin": None if holder is None else pinyin_of(holder),
        "text": plain(text) + ENDING,
    }


def find(connection: Connection, words: Sequence[str], limit: int, sealer: Callable[[], Sealer | None]) -> list[str]:
    """Numbers of households in which every word occurs, the likeliest first.

    A word may be a piece of what the household is found by, the beginning of its holder's pinyin or initials, a
    piece of the number of one of its buildings or parcels, a number it or they had before, or, where ``sealer`` gives
    a key, a whole telephone or identity number or the last four digits of a telephone.

    Each step is answered by an index; a later one is asked only while there is room.
    """
    typed = [plain(word) for word in words]
    found: dict[str, int] = {}
    for step in _steps(connection, words, typed, sealer):
        for row in connection.execute(step.limit(limit * _GENEROUS)):
            found.setdefault(row.household_no, _rank(row.household_no, row.holder or "", row.text, typed[0]))
        if len(found) >= limit or (found and len(typed) == 1 and len(words[0]) >= _WHOLE):
            break
    if not found:
        for last in _last_resort(connection, words, typed):
            found |= {row.household_no: 0 for row in connection.execute(last.limit(limit))}
    return sorted(found, key=lambda number: (found[number], number))[:limit]


def _steps(
    connection: Connection, words: Sequence[str], typed: Sequence[str], sealer: Callable[[], Sealer | None]
) -> Iterator[Select[Any]]:
    c = household_search.c
    rows = select(c.household_no, c.holder, c.text)
    if len(typed) == 1:
        (word,) = typed
        yield rows.where(c.household_no == words[0])
        yield rows.where(or_(c.household_no == word.upper(), c.holder == word))
        yield rows.where(begins(connection, c.household_no, words[0]))
        yield rows.where(begins(connection, c.holder, word))
    for step in (_by_sound, _by_numbers):
        for place, word in enumerate(typed):
            condition = step(connection, words[place], word, sealer)
            if condition is not None:
                rest = [other for at, other in enumerate(typed) if at != place]
                yield having_pieces(connection, rows.where(condition), household_search, rest)
    yield having_pieces(connection, rows, household_search, typed)


def _last_resort(connection: Connection, words: Sequence[str], typed: Sequence[str]) -> Iterator[Select[Any]]:
    """Every number of a building or parcel is looked at, in its index, for a piece that is a number."""
    for place, piece in enumerate(words):
        if len(piece) >= _TAIL and any(letter.isdigit() for letter in piece):
            ways = [
                select(table.c.household_no).where(
                    table.c.id.in_(select(table.c.id).where(table.c[column].contains(piece, autoescape=True)))
                )
                for table, column in _NUMBERED
            ]
            rows = select(household_search.c.household_no).where(household_search.c.household_no.in_(union_all(*ways)))
            rest = [other for at, other in enumerate(typed) if at != place]
            yield having_pieces(connection, rows, household_search, rest)


def _by_sound(connection: Connection, _: str, word: str, __: object) -> ColumnElement[bool] | None:
    if not (word.isascii() and word.isalpha()):
        return None
    c = household_search.c
    return or_(begins(connection, c.initials, word), begins(connection, c.pinyin, word))


def _by_numbers(
    connection: Connection, typed: str, _: str, sealer: Callable[[], Sealer | None]
) -> ColumnElement[bool] | None:
    """Households that a number leads to: of a building or parcel, one that is no longer used, or of a person."""
    if not any(letter.isdigit() for letter in typed):
        return None
    numbers: set[str] = set()
    for table, column in _NUMBERED:
        begun = begins(connection, table.c[column], typed)
        numbers |= _some(connection, select(table.c.household_no).where(begun))
    numbers |= _successors(connection, typed)
    numbers |= _with_person(connection, typed, sealer)
    return household_search.c.household_no.in_(sorted(numbers)) if numbers else None


def _some(connection: Connection, statement: Select[Any]) -> set[str]:
    return {number for number in connection.scalars(statement.limit(_FEW)) if number is not None}


def _successors(connection: Connection, typed: str) -> set[str]:
    """Households that have what a former number stood for."""
    c = former_numbers.c
    found: set[str] = set()
    asked, ahead = set(), {typed}
    while ahead:
        asked |= ahead
        rows = connection.execute(select(c.part, c.successor).where(c.number.in_(sorted(ahead)))).all()
        found |= {row.successor for row in rows if row.part == households.name}
        things = [row.successor for row in rows if row.part == buildings.name]
        found |= _some(connection, select(buildings.c.household_no).where(buildings.c.building_no.in_(things)))
        ahead = {row.successor for row in rows} - asked
    return found


def _with_person(connection: Connection, typed: str, sealer: Callable[[], Sealer | None]) -> set[str]:
    c = persons.c
    tail = typed if len(typed) == _TAIL and typed.isdigit() else None
    phone, id_number = plain_phone(typed), plain_id_number(typed)
    key = sealer() if tail or phone or id_number else None
    if key is None:
        return set()
    marks = [
        (column, key.mark(number, field))
        for column, number, field in (
            (c.tail_mark, tail, TAIL),
            (c.phone_mark, phone, PHONE),
            (c.id_mark, id_number, ID),
        )
        if number is not None
    ]
    return _some(connection, select(c.household_no).where(or_(*(column == mark for column, mark in marks))))


def _rank(number: str, holder: str, text: str, word: str) -> int:
    folded = number.casefold()
    address = text.removeprefix(folded).removeprefix(f" {holder}")
    ranks = (
        folded == word,
        holder == word or address.startswith(f" {word} "),
        folded.endswith(word),
        folded.startswith(word),
        holder.startswith(word),
        address.startswith(f" {word}"),
    )
    return next((rank for rank, fits in enumerate(ranks) if fits), len(ranks))

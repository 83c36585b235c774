"""Persons (家庭成员) of households; their numbers are sealed on the way in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from weijian.domain.errors import EditConflict, NotFound
from weijian.domain.language import Words
from weijian.domain.person import Person
from weijian.storage.household_search import ID, PHONE, TAIL, tail_of
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.repositories.settings import NumberSeries
from weijian.storage.row_journal import removed_row, updated_row
from weijian.storage.rows import Scope, from_row
from weijian.storage.sealed import Sealed
from weijian.storage.tables import persons
from weijian.storage.vault import Vault

_CALLED = Words("人员", "person")
_AT_ONCE = 500


@dataclass(frozen=True)
class KeptPerson:
    """A person as kept; numbers are sealed."""

    person_no: str
    household_no: str
    name: str = field(repr=False)
    relation: str | None
    id_number: Sealed | None
    phone: Sealed | None


class Persons:
    """Persons by number (``P1``, ``P2`` ..., given here and never again)."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def of_household(self, household_no: str) -> list[KeptPerson]:
        """Persons of a household, in the order they came in."""
        return [from_row(KeptPerson, row) for row in self._rows([household_no])]

    def all(self) -> list[KeptPerson]:
        """Every person, in the order they came in."""
        rows = self._scope.connection.execute(select(persons).order_by(persons.c.id)).mappings()
        return [from_row(KeptPerson, row) for row in rows]

    def get(self, person_no: str) -> KeptPerson:
        """The person of that number.

        Raises
        ------
        NotFound
        """
        return from_row(KeptPerson, self._row(person_no))

    def opened(self, kept: KeptPerson) -> Person:
        """A person with the numbers in clear.

        Raises
        ------
        NumbersLocked, SealBroken
        """
        return Person(
            kept.household_no,
            kept.name,
            kept.relation,
            None if kept.id_number is None else self._vault.sealer.open(kept.id_number, ID),
            None if kept.phone is None else self._vault.sealer.open(kept.phone, PHONE),
        )

    def upsert_many(self, values: Iterable[Person]) -> UpsertCount:
        """Add persons and complete those that are there: the same identity number or else the same name in a household.

        What ``values`` leave open stays as it is.

        Raises
        ------
        NotProtected, NumbersLocked
            Numbers are to be kept and there is no key.
        """
        listed, count = list(values), UpsertCount()
        for start in range(0, len(listed), _AT_ONCE):
            count += self._upsert(listed[start : start + _AT_ONCE])
        return count

    def add(self, person: Person) -> str:
        """Keep another person and answer the number given."""
        return self._insert([self._sealed_row(person)])[0]

    def edit(self, base: KeptPerson, mine: Person, stays: Collection[str] = ()) -> None:
        """Keep a person as edited from ``base``; the numbers in ``stays`` (``id_number``, ``phone``) are not touched.

        Raises
        ------
        EditConflict
            Somebody else changed or removed the person meanwhile.
        NotProtected, NumbersLocked
        """
        wanted = select(persons).where(persons.c.person_no == base.person_no)
        row = self._scope.connection.execute(wanted).mappings().first()
        theirs = None if row is None else from_row(KeptPerson, row)
        if row is None or theirs != base:
            raise EditConflict(kind=_CALLED, number=base.person_no, base=base, mine=mine, theirs=theirs)
        changed = {name: value for name, value in self._sealed_row(mine).items() if name not in _staying(stays)}
        self._put(dict(row), self._only_new_seals(dict(row), changed))

    def update(self, person_no: str, person: Person) -> None:
        """Keep a person as they now are. A number that stays the same keeps its seal.

        Raises
        ------
        NotFound, NotProtected, NumbersLocked
        """
        before = self._row(person_no)
        self._put(before, self._only_new_seals(before, self._sealed_row(person)))

    def move(self, person_no: str, household_no: str) -> None:
        """Give a person to another household.

        Raises
        ------
        NotFound
        """
        self._put(self._row(person_no), {"household_no": household_no})

    def remove(self, person_no: str) -> None:
        """Take a person away.

        Raises
        ------
        NotFound
        """
        before = self._row(person_no)
        self._scope.connection.execute(persons.delete().where(persons.c.person_no == person_no))
        self._scope.journal.note(persons, "removed", [person_no])
        self._scope.journal.rows.extend(removed_row(persons, before))

    def note_shown(self, *household_nos: str) -> None:
        """Note for the audit that numbers of some households were shown in clear."""
        self._scope.journal.note(persons, "shown", household_nos)

    def _upsert(self, batch: Sequence[Person]) -> UpsertCount:
        there = defaultdict(list)
        for row in self._rows({person.household_no for person in batch}):
            there[row["household_no"]].append(row)
        new, updated = [], 0
        for person in batch:
            row = self._sealed_row(person)
            before = _same_person(row, there[person.household_no])
            if before is None:
                new.append(row)
                there[person.household_no].append(row)
            elif "person_no" in before:
                told = {name: value for name, value in row.items() if value is not None}
                updated += self._put(before, self._only_new_seals(before, told))
                before |= told
            else:
                before |= {name: value for name, value in row.items() if value is not None}
        self._insert(new)
        return UpsertCount(len(new), updated, len(batch) - len(new) - updated)

    def _insert(self, rows: Sequence[dict[str, Any]]) -> list[str]:
        if not rows:
            return []
        first = NumberSeries(self._scope).next_number("person", 0, len(rows))
        numbers = [f"P{number}" for number in range(first, first + len(rows))]
        numbered = [{"person_no": number, **row} for number, row in zip(numbers, rows, strict=True)]
        self._scope.insert(persons, numbered, "person_no")
        return numbers

    def _put(self, before: Mapping[str, Any], changed: Mapping[str, Any]) -> bool:
        """Write the fields that differ; whether there were any."""
        lines = list(updated_row(persons, before, changed))
        if lines:
            number = before["person_no"]
            self._scope.connection.execute(persons.update().where(persons.c.person_no == number).values(**changed))
            self._scope.journal.note(persons, "updated", [number])
            self._scope.journal.rows.extend(lines)
        return bool(lines)

    def _sealed_row(self, person: Person) -> dict[str, Any]:
        row: dict[str, Any] = {
            **{"household_no": person.household_no, "name": person.name, "relation": person.relation},
            **dict.fromkeys(("id_number", "id_mark", "phone", "phone_mark", "tail_mark")),
        }
        if person.id_number is not None:
            sealer = self._vault.sealer
            row |= {"id_number": sealer.seal(person.id_number, ID), "id_mark": sealer.mark(person.id_number, ID)}
        if person.phone is not None:
            sealer = self._vault.sealer
            row |= {"phone": sealer.seal(person.phone, PHONE), "phone_mark": sealer.mark(person.phone, PHONE)}
            row["tail_mark"] = sealer.mark(tail_of(person.phone), TAIL)
        return row

    def _only_new_seals(self, before: Mapping[str, Any], after: dict[str, Any]) -> dict[str, Any]:
        """Leave out the seal of a number whose mark is the same: sealed anew it would look like a change."""
        for number, mark in (("id_number", "id_mark"), ("phone", "phone_mark")):
            if mark in after and after[mark] == before[mark]:
                after.pop(number)
        return after

    def _rows(self, household_nos: Iterable[str]) -> list[dict[str, Any]]:
        wanted = select(persons).where(persons.c.household_no.in_(sorted(household_nos))).order_by(persons.c.id)
        return [dict(row) for row in self._scope.connection.execute(wanted).mappings()]

    def _row(self, person_no: str) -> dict[str, Any]:
        wanted = select(persons).where(persons.c.person_no == person_no)
        row = self._scope.connection.execute(wanted).mappings().first()
        if row is None:
            raise NotFound(kind=_CALLED, number=person_no)
        return dict(row)


def _staying(numbers: Collection[str]) -> set[str]:
    """Columns of numbers that are not touched."""
    columns = {"id_number": ("id_number", "id_mark"), "phone": ("phone", "phone_mark", "tail_mark")}
    return {column for number in numbers for column in columns[number]}


def _same_person(row: Mapping[str, Any], there: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Who of a household a row is about."""
    by_number = (each for each in there if row["id_mark"] is not None and each["id_mark"] == row["id_mark"])
    by_name = (each for each in there if each["name"] == row["name"] and not _another(each, row))
    return next(by_number, None) or next(by_name, None)


def _another(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether identity numbers say that these are two."""
    return None not in (one["id_mark"], other["id_mark"]) and one["id_mark"] != other["id_mark"]

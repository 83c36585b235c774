"""A register: values of one kind, each known by its number."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from itertools import islice
from typing import Any, Generic

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, bindparam, select

from weijian.domain.errors import DuplicateNumber, EditConflict, NotFound
from weijian.domain.grid import Bounds
from weijian.domain.language import Words
from weijian.storage.geometry import blob_of, decode_many, meets
from weijian.storage.row_journal import JOURNALED, updated_row
from weijian.storage.rows import Scope, V, as_kept, from_row, to_rows

_BATCH = 500


@dataclass(frozen=True)
class UpsertCount:
    """What an import did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "UpsertCount") -> "UpsertCount":
        return UpsertCount(self.added + other.added, self.updated + other.updated, self.unchanged + other.unchanged)


@dataclass(frozen=True, eq=False)
class Footprints:
    """The footprints of a whole layer, by number; the n-th of each belong together."""

    numbers: tuple[str, ...]
    geometry: NDArray[np.object_]
    columns: Mapping[str, tuple[Any, ...]]


class Register(Generic[V]):
    """Values of one dataclass in one table.

    Parameters
    ----------
    scope : Scope
        The transaction.
    table : sqlalchemy.Table
        Its columns are named as the dataclass's fields.
    kind : type
        The dataclass.
    number : str
        The field that names a value.
    called : Words
        What a value is called in messages.
    """

    def __init__(self, scope: Scope, table: Table, kind: type[V], number: str, called: Words) -> None:
        self._scope = scope
        self._table = table
        self._kind = kind
        self._number = table.c[number]
        self._called = called

    def upsert_many(self, values: Iterable[V], fields: Collection[str] | None = None) -> UpsertCount:
        """Add the values whose number is new, update those that differ, leave the rest.

        Parameters
        ----------
        values : iterable
        fields : collection of str, optional
            Fields that the values speak of; the others of a value that is there already stay. All by default.

        Raises
        ------
        DuplicateNumber
            When a number comes twice among ``values``.
        """
        seen: set[str] = set()
        remaining = iter(values)
        count = UpsertCount()
        anew = self._scope.connection.scalar(select(self._number).limit(1)) is None
        while batch := list(islice(remaining, _BATCH)):
            for value in batch:
                number = getattr(value, self._number.name)
                if number in seen:
                    raise DuplicateNumber(kind=self._called, number=number)
                seen.add(number)
            count += self._upsert(batch, fields, anew=anew)
        return count

    def expected(self, values: Iterable[V], fields: Collection[str] | None = None) -> UpsertCount:
        """What :meth:`upsert_many` would do; nothing is written."""
        remaining = iter(values)
        count = UpsertCount()
        while batch := list(islice(remaining, _BATCH)):
            new, changed, kept = self._compared(batch, fields)
            count += UpsertCount(len(new), len(changed), len(kept) - len(changed))
        return count

    def edit(self, mine: V, base: V) -> None:
        """Keep a value that was edited from ``base``, unless somebody has changed or removed it since that was read.

        Raises
        ------
        EditConflict
            Carries both versions. Where ``theirs`` is what the user decides against, edit again with it as ``base``.
        """
        number = getattr(base, self._number.name)
        theirs = self.find([number]).get(number)
        if theirs != as_kept(base):
            raise EditConflict(kind=self._called, number=number, base=base, mine=mine, theirs=theirs)
        self._upsert([mine])

    def all(self) -> list[V]:
        """Every value, by number."""
        return list(self._select())

    def get(self, number: str) -> V:
        """The value of that number.

        Raises
        ------
        NotFound
        """
        for value in self._select(self._number == number):
            return value
        raise NotFound(kind=self._called, number=number)

    def find(self, numbers: Iterable[str]) -> dict[str, V]:
        """The values of those numbers that are there."""
        found: dict[str, V] = {}
        remaining = iter(numbers)
        while batch := list(islice(remaining, _BATCH)):
            found |= {getattr(v, self._number.name): v for v in self._select(self._number.in_(batch))}
        return found

    def of_household(self, household_no: str) -> list[V]:
        """The values that belong to a household, by number."""
        return list(self._select(self._table.c.household_no == household_no))

    def _compared(
        self, batch: list[V], fields: Collection[str] | None, *, anew: bool = False
    ) -> tuple[dict[str, V], dict[str, V], dict[str, V]]:
        """By number: values that are new, values as they will be where that differs, and what is kept now."""
        wanted = {getattr(value, self._number.name): value for value in batch}
        kept = {} if anew else self.find(wanted)
        new = {number: value for number, value in wanted.items() if number not in kept}
        merged = {number: _merged(value, as_kept(wanted[number]), fields) for number, value in kept.items()}
        return new, {number: value for number, value in merged.items() if value != kept[number]}, kept

    def _upsert(self, batch: list[V], fields: Collection[str] | None = None, *, anew: bool = False) -> UpsertCount:
        """Add or update some values; ``anew`` says that none of them can be there yet."""
        new, changed, kept = self._compared(batch, fields, anew=anew)
        self._scope.insert(self._table, self._rows(list(new.values())), self._number.name)
        if changed:
            rows = self._rows(list(changed.values()))
            columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != self._number.name}
            statement = self._table.update().where(self._number == bindparam("number_is")).values(**columns)
            if self._table.name in JOURNALED:
                former = self._rows([kept[number] for number in changed])
                for before, after in zip(former, rows, strict=True):
                    self._scope.journal.rows.extend(updated_row(self._table, before, after))
            self._scope.connection.execute(statement, [self._bound(row) for row in rows])
            self._scope.journal.note(self._table, "updated", changed)
        return UpsertCount(len(new), len(changed), len(kept) - len(changed))

    def _bound(self, row: dict[str, Any]) -> dict[str, Any]:
        number = row.pop(self._number.name)
        return {f"new_{name}": value for name, value in row.items()} | {"number_is": number}

    def _rows(self, values: list[V]) -> list[dict[str, Any]]:
        return to_rows(values, self._table, self._scope.srs_id)

    def _select(self, *conditions: Any) -> Iterator[V]:
        statement = select(self._table).where(*conditions).order_by(self._number)
        for row in self._scope.connection.execute(statement).mappings():
            yield from_row(self._kind, row)


def _merged(kept: V, wanted: V, fields: Collection[str] | None) -> V:
    """What a value becomes."""
    if fields is None:
        return wanted
    spoken_of = {f.name for f in fields_of(wanted)} & set(fields)
    return replace(kept, **{name: getattr(wanted, name) for name in spoken_of})


class Layer(Register[V]):
    """A register of values with a footprint."""

    def within(self, bounds: Bounds) -> list[V]:
        """Values whose bounding box meets ``bounds`` (workspace CRS)."""
        min_x, min_y, max_x, max_y = bounds
        c = self._table.c
        box = (c.min_x <= max_x, c.max_x >= min_x, c.min_y <= max_y, c.max_y >= min_y)
        if self._scope.connection.dialect.name == "postgresql":
            return list(self._select(meets(c.geometry, bounds, self._scope.srs_id), *box))
        return list(self._select(*box))

    def footprints(self, *columns: str) -> Footprints:
        """Every footprint with the named fields, without making a value of each: for maps of half a million.

        Geometry is as :meth:`all` gives it: flat, a polygon where there is a single part.
        """
        c = self._table.c
        wanted = select(self._number, blob_of(c.geometry), *(c[name] for name in columns)).order_by(self._number)
        rows = self._scope.connection.execute(wanted).all()
        if not rows:
            return Footprints((), np.empty(0, dtype=object), dict.fromkeys(columns, ()))
        numbers, blobs, *fields = zip(*rows, strict=True)
        return Footprints(numbers, decode_many(blobs), dict(zip(columns, fields, strict=True)))

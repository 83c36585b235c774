"""Households (户): the register, the search in it, and which household a thing belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Table, func, or_, select

from weijian.domain.household import Household
from weijian.domain.language import Words
from weijian.storage import household_search, tables
from weijian.storage.repositories.register import Register
from weijian.storage.rows import Scope
from weijian.storage.sealed import Sealer
from weijian.storage.tables import buildings, households, parcels
from weijian.storage.vault import Vault


@dataclass(frozen=True)
class FoundHousehold:
    """A household that a search found; the number of a building or parcel when that is what was looked for."""

    household: Household
    building_no: str | None = None
    parcel_no: str | None = None


class Households(Register[Household]):
    """Households by number."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        super().__init__(scope, households, Household, "household_no", Words("户", "household"))
        self._vault = vault

    def search(self, words: Iterable[str], limit: int) -> list[FoundHousehold]:
        """Households in which every word occurs, the likeliest first; see `weijian.storage.household_search.find`.

        A whole number comes before its beginning or end, that before the name, and that before everything else.
        """
        listed = list(words)
        if not listed:
            return []
        numbers = household_search.find(self._scope.connection, listed, limit, self._sealer)
        found = self.find(numbers)
        by_building = self._numbers_with(buildings, "building_no", listed, numbers)
        by_parcel = self._numbers_with(parcels, "parcel_no", listed, numbers)
        return [FoundHousehold(found[n], by_building.get(n), by_parcel.get(n)) for n in numbers if n in found]

    def _sealer(self) -> Sealer | None:
        """The key to numbers of persons, where there is one and anything it could find."""
        sealed = select(tables.persons.c.id).where(
            or_(tables.persons.c.tail_mark.is_not(None), tables.persons.c.id_mark.is_not(None))
        )
        if self._scope.connection.scalar(sealed.limit(1)) is None or self._vault.is_locked:
            return None
        return self._vault.sealer

    def note_shown(self, household_no: str) -> None:
        """Note for the audit that the holder's name was shown in full."""
        self._scope.journal.note(households, "shown", [household_no])

    def of(self, table_name: str, number: str) -> str | None:
        """Number of the household that a row of a table belongs to, directly or through its building or parcel."""
        table, column = _NUMBERED[table_name]
        row = self._scope.connection.execute(select(table).where(table.c[column] == number)).mappings().first()
        if row is None:
            return None
        if row["household_no"]:
            return str(row["household_no"])
        for other in (buildings, parcels):
            name = f"{other.name.removesuffix('s')}_no"
            through = None if other is table else row.get(name)
            if through:
                owner = self._scope.connection.scalar(select(other.c.household_no).where(other.c[name] == through))
                if owner:
                    return str(owner)
        return None

    def _numbers_with(self, table: Table, column: str, words: list[str], of: list[str]) -> dict[str, str]:
        """By household: a number that has one of the words in it, where the household itself does not say it."""
        told = or_(*(table.c[column].ilike(_pattern(word), escape="\\") for word in words))
        untold = [~households.c.household_no.ilike(_pattern(word), escape="\\") for word in words]
        statement = select(households.c.household_no, func.min(table.c[column]))
        statement = statement.join(table, table.c.household_no == households.c.household_no)
        statement = statement.where(households.c.household_no.in_(of), told, *untold)
        rows = self._scope.connection.execute(statement.group_by(households.c.household_no))
        return {row[0]: row[1] for row in rows}


_NUMBERED = {
    "findings": (tables.findings, "finding_no"),
    "buildings": (buildings, "building_no"),
    "parcels": (parcels, "parcel_no"),
    "permits": (tables.permits, "permit_no"),
    "cases": (tables.cases, "case_no"),
}


def _pattern(word: str) -> str:
    return f"%{_literal(word)}%"


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

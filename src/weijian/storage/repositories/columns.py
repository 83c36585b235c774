"""Whole tables, a few columns of them, for those who show many rows at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from weijian.domain.finding import ReviewStatus
from weijian.storage import tables
from weijian.storage.rows import Scope

_NUMBERS = {
    "households": "household_no",
    "buildings": "building_no",
    "findings": "finding_no",
    "cases": "case_no",
}


class Columns:
    """Rows as plain tuples: no values are built that a table of 200 000 rows would throw away again."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def rows(self, table_name: str, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """Some columns of a table, by number."""
        table = tables.metadata.tables[table_name]
        statement = select(*(table.c[name] for name in names)).order_by(table.c[_NUMBERS[table_name]])
        return [tuple(row) for row in self._scope.connection.execute(statement)]

    def built_by_household(self) -> dict[str, tuple[int, float | None]]:
        """Number of buildings and their built area (m², None when none is known), by household."""
        c = tables.buildings.c
        found = self._grouped(c.household_no, func.count(), func.sum(c.built_area_m2))
        return {number: (count, area) for number, count, area in found}

    def findings_by_household(self) -> dict[str, int]:
        """Number of findings that were not dismissed, by household."""
        c = tables.findings.c
        return dict(self._grouped(c.household_no, func.count(), where=(c.review != ReviewStatus.DISMISSED,)))

    def cases_by_household(self) -> dict[str, int]:
        """Number of cases, by household."""
        return dict(self._grouped(tables.cases.c.household_no, func.count()))

    def _grouped(
        self, by: ColumnElement[Any], *what: ColumnElement[Any], where: Sequence[ColumnElement[bool]] = ()
    ) -> list[Any]:
        statement = select(by, *what).where(by.is_not(None), *where).group_by(by)
        return [tuple(row) for row in self._scope.connection.execute(statement)]

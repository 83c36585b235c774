"""The registers as tables: households, buildings, findings and cases, a column at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from weijian.domain.evidence import EvidenceKind
from weijian.domain.household import masked_name
from weijian.storage.repositories.columns import Columns
from weijian.storage.workspace import open_workspace


class RegisterKind(StrEnum):
    """The registers that are shown as tables."""

    HOUSEHOLDS = "households"
    BUILDINGS = "buildings"
    FINDINGS = "findings"
    CASES = "cases"
    PHOTOS = "photos"
    CHECKS = "checks"


class ColumnKind(StrEnum):
    """What the values of a column are; any of them may be None."""

    TEXT = "text"
    COUNT = "count"
    AREA = "area"
    METRES = "metres"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"
    """A day with its time, local."""
    WORD = "word"
    """A word of the glossary."""
    WORDS = "words"
    """Several of them."""


@dataclass(frozen=True, eq=False)
class RegisterColumn:
    """One column: ``name`` is the field's, areas are in m², heights in m, shares 0 to 1."""

    name: str
    kind: ColumnKind
    values: Sequence[Any]


@dataclass(frozen=True, eq=False)
class Register:
    """One register; the first column is the number by which its rows are known, names are masked."""

    kind: RegisterKind
    columns: tuple[RegisterColumn, ...]

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.columns[0].values)


_TEXT, _COUNT, _AREA, _METRES, _DAY = (
    ColumnKind.TEXT,
    ColumnKind.COUNT,
    ColumnKind.AREA,
    ColumnKind.METRES,
    ColumnKind.DAY,
)

_KEPT: dict[RegisterKind, dict[str, ColumnKind]] = {
    RegisterKind.HOUSEHOLDS: {
        "household_no": _TEXT,
        "holder": _TEXT,
        "town": _TEXT,
        "village": _TEXT,
        "address": _TEXT,
    },
    RegisterKind.BUILDINGS: {
        "building_no": _TEXT,
        "household_no": _TEXT,
        "parcel_no": _TEXT,
        "structure": _TEXT,
        "use": _TEXT,
        "storeys": _COUNT,
        "height_m": _METRES,
        "built_area_m2": _AREA,
        "built_on": _DAY,
    },
    RegisterKind.FINDINGS: {
        "finding_no": _TEXT,
        "change_type": ColumnKind.WORD,
        "review": ColumnKind.WORD,
        "permit_status": ColumnKind.WORD,
        "area_m2": _AREA,
        "area_sigma_m2": _AREA,
        "height_change_m": _METRES,
        "excess_area_m2": _AREA,
        "zones": ColumnKind.WORDS,
        "household_no": _TEXT,
        "building_no": _TEXT,
        "before_date": _DAY,
        "after_date": _DAY,
        "confidence": ColumnKind.SHARE,
    },
    RegisterKind.CASES: {
        "case_no": _TEXT,
        "stage": ColumnKind.WORD,
        "opened_on": _DAY,
        "place": _TEXT,
        "party": _TEXT,
        "lead_officer": _TEXT,
        "second_officer": _TEXT,
        "ordered_area_m2": _AREA,
        "household_no": _TEXT,
        "building_no": _TEXT,
    },
}
_PHOTO_COLUMNS = {
    "sha256": _TEXT,
    "original_name": _TEXT,
    "taken_at": ColumnKind.MOMENT,
    "position_from": ColumnKind.WORD,
    "building_no": _TEXT,
    "sensor": _TEXT,
    "heading_deg": _METRES,
    "relative_altitude_m": _METRES,
}
_NAMES_OF_PEOPLE = ("holder", "party")


def read_register(folder: Path, kind: RegisterKind) -> Register:
    """A whole register, by number; photographs by name, those without position first.

    Of checks there is no register: they are made when they are asked for (`weijian.services.archive_checks`).
    Takes little more than the database needs to hand the rows over, so that 200 000 households are there at once.
    """
    if kind is RegisterKind.PHOTOS:
        return _photos(folder)
    kept = _KEPT[kind]
    with open_workspace(folder) as workspace, workspace.read() as work:
        rows = work.columns.rows(kind.value, tuple(kept))
        values = list(zip(*rows, strict=True)) if rows else [()] * len(kept)
        columns = [RegisterColumn(name, kept[name], v) for name, v in zip(kept, values, strict=True)]
        columns = [_masked(column) if column.name in _NAMES_OF_PEOPLE else column for column in columns]
        if kind is RegisterKind.HOUSEHOLDS:
            columns += _attached(work.columns, columns[0].values)
    return Register(kind, tuple(columns))


def _photos(folder: Path) -> Register:
    """The photographs among the evidence, those without position first."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        photos = [each for each in work.evidence.all() if each.kind is EvidenceKind.PHOTO]
    photos.sort(key=lambda each: (each.longitude is not None, each.original_name or "", each.sha256))
    columns = (
        RegisterColumn(name, kind, tuple(getattr(each, name) for each in photos))
        for name, kind in _PHOTO_COLUMNS.items()
    )
    return Register(RegisterKind.PHOTOS, tuple(columns))


def _masked(column: RegisterColumn) -> RegisterColumn:
    return RegisterColumn(column.name, column.kind, tuple(name and masked_name(name) for name in column.values))


def _attached(columns: Columns, household_nos: Sequence[str]) -> list[RegisterColumn]:
    """What each household has: buildings with their area, findings, cases."""
    built = columns.built_by_household()

    def column(name: str, kind: ColumnKind, value: Callable[[str], float | None]) -> RegisterColumn:
        return RegisterColumn(name, kind, tuple(value(number) for number in household_nos))

    findings, cases = columns.findings_by_household(), columns.cases_by_household()
    nothing = (0, None)
    return [
        column("building_count", _COUNT, lambda number: built.get(number, nothing)[0]),
        column("built_area_m2", _AREA, lambda number: built.get(number, nothing)[1]),
        column("finding_count", _COUNT, lambda number: findings.get(number, 0)),
        column("case_count", _COUNT, lambda number: cases.get(number, 0)),
    ]

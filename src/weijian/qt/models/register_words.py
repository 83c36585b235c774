"""Headings of the registers' columns and their values as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from weijian.qt.wording import name_of
from weijian.services.registers import ColumnKind, RegisterColumn, RegisterKind

_HEADINGS: Mapping[str, object] = MappingProxyType(
    {
        "household_no": QT_TRANSLATE_NOOP("registers", "Household no."),
        "holder": QT_TRANSLATE_NOOP("registers", "Holder"),
        "town": QT_TRANSLATE_NOOP("registers", "Town"),
        "village": QT_TRANSLATE_NOOP("registers", "Village"),
        "address": QT_TRANSLATE_NOOP("registers", "Address"),
        "building_count": QT_TRANSLATE_NOOP("registers", "Buildings"),
        "built_area_m2": QT_TRANSLATE_NOOP("registers", "Built area (m²)"),
        "finding_count": QT_TRANSLATE_NOOP("registers", "Findings"),
        "case_count": QT_TRANSLATE_NOOP("registers", "Cases"),
        "building_no": QT_TRANSLATE_NOOP("registers", "Building no."),
        "parcel_no": QT_TRANSLATE_NOOP("registers", "Parcel no."),
        "structure": QT_TRANSLATE_NOOP("registers", "Structure"),
        "use": QT_TRANSLATE_NOOP("registers", "Use"),
        "storeys": QT_TRANSLATE_NOOP("registers", "Storeys"),
        "height_m": QT_TRANSLATE_NOOP("registers", "Height (m)"),
        "built_on": QT_TRANSLATE_NOOP("registers", "Built on"),
        "finding_no": QT_TRANSLATE_NOOP("registers", "Finding no."),
        "change_type": QT_TRANSLATE_NOOP("registers", "Type"),
        "review": QT_TRANSLATE_NOOP("registers", "Review"),
        "permit_status": QT_TRANSLATE_NOOP("registers", "Permit"),
        "area_m2": QT_TRANSLATE_NOOP("registers", "Area (m²)"),
        "area_sigma_m2": QT_TRANSLATE_NOOP("registers", "Area ± (m²)"),
        "height_change_m": QT_TRANSLATE_NOOP("registers", "Height change (m)"),
        "excess_area_m2": QT_TRANSLATE_NOOP("registers", "Excess area (m²)"),
        "zones": QT_TRANSLATE_NOOP("registers", "Zones"),
        "before_date": QT_TRANSLATE_NOOP("registers", "Before"),
        "after_date": QT_TRANSLATE_NOOP("registers", "After"),
        "confidence": QT_TRANSLATE_NOOP("registers", "Confidence"),
        "case_no": QT_TRANSLATE_NOOP("registers", "Case no."),
        "stage": QT_TRANSLATE_NOOP("registers", "Stage"),
        "opened_on": QT_TRANSLATE_NOOP("registers", "Opened on"),
        "place": QT_TRANSLATE_NOOP("registers", "Place"),
        "party": QT_TRANSLATE_NOOP("registers", "Party"),
        "lead_officer": QT_TRANSLATE_NOOP("registers", "Lead officer"),
        "second_officer": QT_TRANSLATE_NOOP("registers", "Second officer"),
        "sha256": QT_TRANSLATE_NOOP("registers", "Hash (SHA-256)"),
        "original_name": QT_TRANSLATE_NOOP("registers", "File"),
        "taken_at": QT_TRANSLATE_NOOP("registers", "Taken at"),
        "position_from": QT_TRANSLATE_NOOP("registers", "Position by"),
        "sensor": QT_TRANSLATE_NOOP("registers", "Camera"),
        "heading_deg": QT_TRANSLATE_NOOP("registers", "Direction (°)"),
        "relative_altitude_m": QT_TRANSLATE_NOOP("registers", "Above take-off (m)"),
        "fault_no": QT_TRANSLATE_NOOP("registers", "No."),
        "fault_kind": QT_TRANSLATE_NOOP("registers", "Of"),
        "fault_number": QT_TRANSLATE_NOOP("registers", "Number"),
        "fault": QT_TRANSLATE_NOOP("registers", "Fault"),
        "easting_m": QT_TRANSLATE_NOOP("registers", "Easting (m)"),
        "northing_m": QT_TRANSLATE_NOOP("registers", "Northing (m)"),
        "ordered_area_m2": QT_TRANSLATE_NOOP("registers", "Ordered area (m²)"),
    }
)

_TITLES: Mapping[RegisterKind, object] = MappingProxyType(
    {
        RegisterKind.HOUSEHOLDS: QT_TRANSLATE_NOOP("registers", "Households"),
        RegisterKind.BUILDINGS: QT_TRANSLATE_NOOP("registers", "Buildings"),
        RegisterKind.FINDINGS: QT_TRANSLATE_NOOP("registers", "Findings"),
        RegisterKind.CASES: QT_TRANSLATE_NOOP("registers", "Cases"),
        RegisterKind.PHOTOS: QT_TRANSLATE_NOOP("registers", "Photographs"),
        RegisterKind.CHECKS: QT_TRANSLATE_NOOP("registers", "Checks"),
    }
)


def title_of(kind: RegisterKind) -> str:
    """What a register is called."""
    return QCoreApplication.translate("registers", str(_TITLES[kind]))


def heading_of(name: str) -> str:
    """Heading of the column of that name, with its unit."""
    return QCoreApplication.translate("registers", str(_HEADINGS[name]))


def worded(column: RegisterColumn) -> tuple[Any, ...]:
    """A column's values with the glossary's words in the window's language; numbers and days as they are."""
    if column.kind is ColumnKind.WORD:
        words = {value: name_of(value) for value in set(column.values) if value is not None}
        return tuple(words.get(value) for value in column.values)
    if column.kind is ColumnKind.WORDS:
        joint = QCoreApplication.translate("registers", ", ")
        return tuple(joint.join(map(name_of, values)) or None for values in column.values)
    return tuple(column.values)


def cell_text(name: str, kind: ColumnKind, value: Any) -> str:
    """A value as a cell shows it; what is not known is empty."""
    if value is None:
        return ""
    if kind is ColumnKind.AREA or kind is ColumnKind.METRES:
        return f"{value:+.1f}" if name == "height_change_m" else f"{value:.1f}"
    if kind is ColumnKind.SHARE:
        return f"{value:.0%}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)

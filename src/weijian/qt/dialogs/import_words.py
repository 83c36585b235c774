"""What kinds of tables and their fields are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from weijian.domain.permit import PermitKind
from weijian.domain.table_kind import Kind
from weijian.domain.zone import ZoneKind
from weijian.qt.wording import name_of

_KINDS: Mapping[Kind, object] = MappingProxyType(
    {
        Kind.HOUSEHOLDS: QT_TRANSLATE_NOOP("imports", "Households"),
        Kind.PERSONS: QT_TRANSLATE_NOOP("imports", "Persons"),
        Kind.PARCELS: QT_TRANSLATE_NOOP("imports", "Parcels"),
        Kind.BUILDINGS: QT_TRANSLATE_NOOP("imports", "Buildings"),
        Kind.PERMITS: QT_TRANSLATE_NOOP("imports", "Permits"),
        Kind.ZONES: QT_TRANSLATE_NOOP("imports", "Control zones"),
    }
)
_FIELDS: Mapping[str, object] = MappingProxyType(
    {
        "household_no": QT_TRANSLATE_NOOP("imports", "Household number"),
        "holder": QT_TRANSLATE_NOOP("imports", "Holder"),
        "phone": QT_TRANSLATE_NOOP("imports", "Telephone"),
        "id_number": QT_TRANSLATE_NOOP("imports", "Identity number"),
        "relation": QT_TRANSLATE_NOOP("imports", "Relation to the holder"),
        "address": QT_TRANSLATE_NOOP("imports", "Address"),
        "village": QT_TRANSLATE_NOOP("imports", "Village"),
        "town": QT_TRANSLATE_NOOP("imports", "Town"),
        "parcel_no": QT_TRANSLATE_NOOP("imports", "Parcel number"),
        "area_m2": QT_TRANSLATE_NOOP("imports", "Area (m²)"),
        "building_no": QT_TRANSLATE_NOOP("imports", "Building number"),
        "storeys": QT_TRANSLATE_NOOP("imports", "Storeys"),
        "height_m": QT_TRANSLATE_NOOP("imports", "Height (m)"),
        "built_area_m2": QT_TRANSLATE_NOOP("imports", "Built area (m²)"),
        "structure": QT_TRANSLATE_NOOP("imports", "Structure"),
        "built_on": QT_TRANSLATE_NOOP("imports", "Built in"),
        "use": QT_TRANSLATE_NOOP("imports", "Use"),
        "permit_no": QT_TRANSLATE_NOOP("imports", "Permit number"),
        "kind": QT_TRANSLATE_NOOP("imports", "Kind"),
        "issued_on": QT_TRANSLATE_NOOP("imports", "Issued on"),
        "expires_on": QT_TRANSLATE_NOOP("imports", "Valid until"),
        "max_storeys": QT_TRANSLATE_NOOP("imports", "Permitted storeys"),
        "max_height_m": QT_TRANSLATE_NOOP("imports", "Permitted height (m)"),
        "max_footprint_m2": QT_TRANSLATE_NOOP("imports", "Permitted footprint (m²)"),
        "zone_no": QT_TRANSLATE_NOOP("imports", "Zone number"),
        "name": QT_TRANSLATE_NOOP("imports", "Name"),
    }
)


def kind_name(kind: Kind) -> str:
    """The word for a kind of table."""
    return QCoreApplication.translate("imports", str(_KINDS[kind]))


def field_name(field: str) -> str:
    """The word for a field."""
    return QCoreApplication.translate("imports", str(_FIELDS.get(field, field)))


def value_name(kind: Kind, value: str) -> str:
    """The word for a value that every row may be given."""
    if kind is Kind.BUILDINGS:
        return value
    return name_of(ZoneKind(value) if kind is Kind.ZONES else PermitKind(value))

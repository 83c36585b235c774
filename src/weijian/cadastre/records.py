"""Rows of a table made into values of the domain, with a fault for every row that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from pyproj import CRS

from weijian.cadastre.collecting import Outlines, Parser, Records, area, collect
from weijian.cadastre.errors import FieldMissing
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.fields import field_rules
from weijian.cadastre.mapping import FieldMapping, known_value
from weijian.cadastre.table import VectorTable
from weijian.cadastre.text import object_array
from weijian.cadastre.values import (
    METRE_UNITS,
    STOREY_UNITS,
    Parsed,
    Unreadable,
    has_lost_digits,
    parse_date,
    parse_key,
    parse_number,
    parse_reference,
    parse_text,
    parse_whole,
    plain_text,
)
from weijian.domain.building import Building
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.person import HOLDER, Person, plain_id_number, plain_phone
from weijian.domain.table_kind import Kind
from weijian.domain.zone import Zone, ZoneKind

_MASKED = re.compile(r"\S某+")

_storeys = partial(parse_whole, units=STOREY_UNITS, low=1, high=120)
_height = partial(parse_number, units=METRE_UNITS, low=0.5, high=600.0)
_rough_date = partial(parse_date, coarse=True)


def households(
    table: VectorTable,
    mapping: FieldMapping,
    target_crs: str | CRS | None = None,
    archive: Outlines | None = None,
) -> Records[Household]:
    """Households of a table; geometry and ``target_crs``, if any, are not looked at.

    Raises
    ------
    FieldMissing
    """
    del target_crs, archive  # accepted so that every kind is called alike
    parsers: dict[str, Parser] = {
        "household_no": parse_key,
        "holder": _parse_name,
        "address": parse_text,
        "village": parse_text,
        "town": parse_text,
    }
    return collect(Household, table, mapping, parsers, None, None)


def persons(
    table: VectorTable,
    mapping: FieldMapping,
    target_crs: str | CRS | None = None,
    archive: Outlines | None = None,
) -> Records[Person]:
    """Persons of a table, a row each; geometry and ``target_crs``, if any, are not looked at.

    A telephone or identity number with a mistake in it is left out and told; the person is kept.

    Raises
    ------
    FieldMissing
    """
    del target_crs, archive
    parsers: dict[str, Parser] = {
        "household_no": parse_key,
        "name": _needed_text,
        "relation": parse_text,
        "phone": _phone,
        "id_number": _id_number,
    }
    if "name" not in mapping.columns:
        names = " / ".join(field_rules().fields[Kind.PERSONS]["name"][:4])
        raise FieldMissing(path=table.path, expected=names, headings=", ".join(table.headings) or "-")
    return collect(Person, table, mapping, parsers, None, None, key="")


def holders(table: VectorTable, mapping: FieldMapping) -> Records[Person]:
    """The holders of a table of households as persons, where it has their telephone or identity numbers.

    A number beside which no name is written is told; a household without either is no matter.

    Raises
    ------
    FieldMissing
    """
    told = {"phone", "id_number"} & set(mapping.columns)
    if not told or "holder" not in mapping.columns:
        return Records((), (), (), ())
    of_persons = {"holder": "name"}
    columns = {of_persons.get(target, target): heading for target, heading in mapping.columns.items()}
    found = persons(table, FieldMapping(Kind.PERSONS, columns))
    nameless = {fault.row for fault in found.faults if fault.why is Why.VALUE_MISSING}
    numbers = [table.columns[mapping.columns[target]] for target in sorted(told)]
    lost = tuple(
        RowFault(table.path, row, None, Why.NUMBER_OF_NOBODY)
        for place, row in enumerate(table.row_numbers.tolist())
        if row in nameless and any(plain_text(column[place]) for column in numbers)
    )
    return replace(
        found,
        values=tuple(replace(person, relation=HOLDER) for person in found.values),
        faults=tuple(fault for fault in found.faults if fault.row not in nameless),
        repairs=(*found.repairs, *lost),
    )


def parcels(
    table: VectorTable, mapping: FieldMapping, target_crs: str | CRS, archive: Outlines | None = None
) -> Records[Parcel]:
    """Parcels of a table, geometry in ``target_crs``.

    Where the table has none, ``archive`` (in ``target_crs``, by number) gives it: attributes are joined by the key.

    Raises
    ------
    FieldMissing, GeometryMissing, GeometryUnfit, CrsMissing, CrsContradicted, CrsUnknown, CrsNotMetric, OutsideChina
    """
    parsers: dict[str, Parser] = {
        "parcel_no": parse_key,
        "household_no": parse_reference,
        "holder": _parse_name,
        "address": parse_text,
        "area_m2": area,
    }
    return collect(Parcel, table, mapping, parsers, target_crs, archive)


def buildings(
    table: VectorTable, mapping: FieldMapping, target_crs: str | CRS, archive: Outlines | None = None
) -> Records[Building]:
    """Buildings of a table, geometry in ``target_crs``; raises as `parcels` does."""
    parsers: dict[str, Parser] = {
        "building_no": parse_key,
        "household_no": parse_reference,
        "parcel_no": parse_reference,
        "holder": _parse_name,
        "storeys": _storeys,
        "height_m": _height,
        "built_area_m2": area,
        "structure": parse_text,
        "built_on": _rough_date,
        "use": parse_text,
    }
    return collect(Building, table, mapping, parsers, target_crs, archive)


def permits(
    table: VectorTable, mapping: FieldMapping, target_crs: str | CRS, archive: Outlines | None = None
) -> Records[Permit]:
    """Permits of a table, geometry in ``target_crs``; raises as `parcels` does."""
    parsers: dict[str, Parser] = {
        "permit_no": parse_key,
        "kind": partial(_choice, options=PermitKind, kind=Kind.PERMITS),
        "household_no": parse_reference,
        "issued_on": parse_date,
        "expires_on": parse_date,
        "max_storeys": _storeys,
        "max_height_m": _height,
        "max_footprint_m2": area,
    }
    return collect(Permit, table, mapping, parsers, target_crs, archive)


def zones(
    table: VectorTable, mapping: FieldMapping, target_crs: str | CRS, archive: Outlines | None = None
) -> Records[Zone]:
    """Zones of a table, geometry in ``target_crs``; numbered Z0001 ... where it has no column of numbers.

    Raises as `parcels` does.
    """
    parsers: dict[str, Parser] = {
        "zone_no": parse_key,
        "kind": partial(_choice, options=ZoneKind, kind=Kind.ZONES, needed=True),
        "name": parse_text,
    }
    if "zone_no" in mapping.columns:
        return collect(Zone, table, mapping, parsers, target_crs, archive, key="zone_no")
    numbers = object_array([f"Z{i:04d}" for i in range(1, len(table) + 1)])
    numbered = replace(table, columns={**table.columns, "zone_no": numbers})
    numbering = replace(mapping, columns={**mapping.columns, "zone_no": "zone_no"})
    found = collect(Zone, numbered, numbering, parsers, target_crs, None, key="zone_no")
    made = RowFault(table.path, None, None, Why.NUMBER_MADE)
    return replace(found, repairs=(made, *found.repairs))


def _needed_text(cell: object) -> Parsed[str]:
    text = plain_text(cell)
    if text is None:
        raise Unreadable(Why.VALUE_MISSING)
    return Parsed(text)


def _phone(cell: object) -> Parsed[str]:
    return _number_of_person(cell, plain_phone, Why.NOT_A_PHONE)


def _id_number(cell: object) -> Parsed[str]:
    return _number_of_person(cell, plain_id_number, Why.NOT_AN_ID)


def _number_of_person(cell: object, read: Callable[[str], str | None], refusal: Why) -> Parsed[str]:
    """A number of a person; one that was rounded might pass its check digit by chance."""
    text = plain_text(cell)
    if text is None:
        return Parsed(None)
    number = None if has_lost_digits(cell) else read(text)
    return Parsed(number, refusal if number is None else None)


def _parse_name(cell: object) -> Parsed[str]:
    """A name; a masked one, as our own exports have it, must not come back into the archive."""
    parsed = parse_text(cell)
    if parsed.value is not None and _MASKED.fullmatch(parsed.value):
        raise Unreadable(Why.NAME_MASKED)
    return parsed


def _choice(cell: object, options: type[PermitKind] | type[ZoneKind], kind: Kind, needed: bool = False) -> Parsed[Any]:
    text = plain_text(cell)
    if text is None:
        if needed:
            raise Unreadable(Why.VALUE_MISSING)
        return Parsed(None)
    value = known_value(kind, "kind", text)
    if value is None:
        raise Unreadable(
            Why.UNKNOWN_VALUE, " / ".join(words[0] for words in field_rules().values[kind]["kind"].values())
        )
    return Parsed(options(value))

"""What is known of a thing, in rows of words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.evidence import Evidence
from weijian.domain.finding import Finding
from weijian.domain.household import Household, masked_name
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.survey import Survey
from weijian.domain.zone import Zone
from weijian.qt.wording import measured, name_of
from weijian.services.places import Record

Row = tuple[str, str]
translate = QCoreApplication.translate


def rows_of(record: Record) -> tuple[Row, ...]:
    """What is known of a thing: words and values; what is not known is left out, names are masked."""
    rows: list[tuple[str, str | None]]
    if isinstance(record, Finding):
        rows = _of_finding(record)
    elif isinstance(record, Building):
        rows = _of_building(record)
    elif isinstance(record, Permit):
        rows = _of_permit(record)
    elif isinstance(record, Case):
        rows = _of_case(record)
    elif isinstance(record, Evidence):
        rows = _of_photo(record)
    else:
        rows = _of_place(record)
    return tuple((label, value) for label, value in rows if value)


def _of_finding(finding: Finding) -> list[tuple[str, str | None]]:
    height = finding.height_change_m
    return [
        (translate("identify", "Type"), name_of(finding.change_type)),
        (translate("identify", "Area"), measured(finding.area_m2, finding.area_sigma_m2, "m²")),
        (
            translate("identify", "Height change"),
            None if height is None else measured(height, finding.height_sigma_m, "m"),
        ),
        (translate("identify", "Permit"), finding.permit_status and name_of(finding.permit_status)),
        (translate("identify", "Zones"), _listed(name_of(zone) for zone in finding.zones)),
        (translate("identify", "Review"), name_of(finding.review)),
        (translate("identify", "Household"), finding.household_no),
    ]


def _of_photo(photo: Evidence) -> list[tuple[str, str | None]]:
    return [
        (translate("identify", "File"), photo.original_name),
        (translate("identify", "Taken at"), None if photo.taken_at is None else photo.taken_at.isoformat(" ")),
        (translate("identify", "Camera"), photo.sensor),
        (translate("identify", "Position by"), photo.position_from and name_of(photo.position_from)),
        (translate("identify", "Direction"), None if photo.heading_deg is None else f"{photo.heading_deg:.0f}°"),
        (translate("identify", "Above take-off"), _number(photo.relative_altitude_m, "m")),
        (translate("identify", "Shows building"), photo.building_no),
    ]


def _of_building(building: Building) -> list[tuple[str, str | None]]:
    return [
        (translate("identify", "Household"), building.household_no),
        (translate("identify", "Holder"), _masked(building.holder)),
        (translate("identify", "Storeys"), _text(building.storeys)),
        (translate("identify", "Height"), _number(building.height_m, "m")),
        (translate("identify", "Floor area"), _number(building.built_area_m2, "m²")),
        (translate("identify", "Footprint"), _number(building.geometry.area, "m²")),
        (translate("identify", "Structure"), building.structure),
        (translate("identify", "Built"), _text(building.built_on)),
        (translate("identify", "Use"), building.use),
    ]


def _of_permit(permit: Permit) -> list[tuple[str, str | None]]:
    return [
        (translate("identify", "Kind"), permit.kind and name_of(permit.kind)),
        (translate("identify", "Household"), permit.household_no),
        (translate("identify", "Issued"), _text(permit.issued_on)),
        (translate("identify", "Expires"), _text(permit.expires_on)),
        (translate("identify", "Storeys at most"), _text(permit.max_storeys)),
        (translate("identify", "Height at most"), _number(permit.max_height_m, "m")),
        (translate("identify", "Footprint at most"), _number(permit.max_footprint_m2, "m²")),
    ]


def _of_case(case: Case) -> list[tuple[str, str | None]]:
    return [
        (translate("identify", "Stage"), name_of(case.stage)),
        (translate("identify", "Opened"), _text(case.opened_on)),
        (translate("identify", "Party"), _masked(case.party)),
        (translate("identify", "Place"), case.place),
        (
            translate("identify", "Officers"),
            _listed(each for each in (case.lead_officer, case.second_officer) if each),
        ),
        (translate("identify", "Ordered"), _number(case.ordered_area_m2, "m²")),
    ]


def _of_place(record: Household | Parcel | Zone | Survey) -> list[tuple[str, str | None]]:
    if isinstance(record, Zone):
        return [(translate("identify", "Kind"), name_of(record.kind)), (translate("identify", "Name"), record.name)]
    if isinstance(record, Survey):
        return [
            (translate("identify", "Flown"), _text(record.flown_on)),
            (translate("identify", "Name"), record.name),
            (translate("identify", "Pixel"), f"{100 * record.gsd_m:.1f} cm"),
        ]
    rows = [
        (translate("identify", "Holder"), _masked(record.holder)),
        (translate("identify", "Address"), record.address),
    ]
    if isinstance(record, Parcel):
        return [
            (translate("identify", "Household"), record.household_no),
            *rows,
            (translate("identify", "Area"), _number(record.area_m2, "m²")),
        ]
    return [*rows, (translate("identify", "Village"), record.village), (translate("identify", "Town"), record.town)]


def _listed(words: Iterable[str]) -> str:
    return translate("identify", ", ").join(words)


def _masked(name: str | None) -> str | None:
    return masked_name(name) if name else None


def _text(value: int | date | None) -> str | None:
    return None if value is None else str(value)


def _number(value: float | None, unit: str) -> str | None:
    return None if value is None else f"{value:,.2f} {unit}"

"""The sections of a dossier: parcels, buildings against their permits, permits, findings, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QToolButton
from shapely import MultiPolygon, Polygon

from weijian.domain.measured import with_sigma
from weijian.qt.desk import Desk
from weijian.qt.operations.household import (
    ask_disposal,
    ask_to_edit_building,
    ask_to_edit_permit,
    ask_to_merge_buildings,
    rules_words,
)
from weijian.qt.panels.dossier_parts import (
    UNKNOWN,
    Ask,
    Section,
    SubjectLink,
    figures,
    linked,
    marked,
    menu_button,
    muted,
    pairs,
    plain,
    small_button,
)
from weijian.qt.selection import SubjectKind
from weijian.qt.wording import measured, name_of
from weijian.services.dossier import BuildingEntry, Dossier, PermitEntry

SplitAsked = Callable[[str], None]


def sections(desk: Desk, dossier: Dossier, split_asked: SplitAsked) -> list[Section]:
    """All sections that are words and figures, from top to bottom; ``split_asked`` is told a building's number."""
    ask = desk.selection.ask_for
    return [
        _parcels(dossier, ask),
        _buildings(desk, dossier, split_asked),
        _permits(desk, dossier),
        _findings(dossier, ask),
        _cases(dossier, ask),
    ]


def _parcels(dossier: Dossier, ask: Ask) -> Section:
    translate = QCoreApplication.translate
    section = Section(
        "parcels",
        translate("dossier", "Parcels"),
        len(dossier.parcels),
        translate("dossier", "No parcel is registered for this household."),
    )
    for parcel in dossier.parcels:
        section.body.addLayout(linked(SubjectLink(SubjectKind.PARCEL, parcel.parcel_no, ask)))
        section.body.addLayout(
            pairs(
                [
                    (translate("dossier", "On paper"), _square_metres(parcel.area_m2)),
                    (translate("dossier", "Computed"), _computed(parcel.geometry, parcel.area_m2)),
                ]
            )
        )
    return section


def _buildings(desk: Desk, dossier: Dossier, split_asked: SplitAsked) -> Section:
    translate, ask = QCoreApplication.translate, desk.selection.ask_for
    section = Section(
        "buildings",
        translate("dossier", "Buildings"),
        len(dossier.buildings),
        translate("dossier", "No building is registered for this household."),
    )
    for entry in dossier.buildings:
        building = entry.building
        link = SubjectLink(SubjectKind.BUILDING, building.building_no, ask)
        section.body.addLayout(linked(link, "", _verbs(desk, section, dossier, entry, split_asked)))
        if entry.former_numbers:
            text = translate("dossier", "Formerly: {numbers}").format(numbers="、".join(entry.former_numbers))
            section.body.addWidget(muted(text))
        section.body.addLayout(
            pairs(
                [
                    (translate("dossier", "Structure"), building.structure),
                    (translate("dossier", "Use"), building.use),
                    (translate("dossier", "Archived area"), _square_metres(building.built_area_m2)),
                    (translate("dossier", "Built on"), _day(building.built_on)),
                ]
            )
        )
        _add_comparison(section, entry)
        _add_disposal(section, entry)
    return section


def _verbs(
    desk: Desk, section: Section, dossier: Dossier, entry: BuildingEntry, split_asked: SplitAsked
) -> QToolButton:
    translate, number = QCoreApplication.translate, entry.building.building_no
    others = [other for each in dossier.buildings if (other := each.building.building_no) != number]
    verbs: list[tuple[str, Callable[[], None]]] = [
        (translate("dossier", "Edit…"), partial(ask_to_edit_building, desk, section, number)),
        (translate("dossier", "Decide what becomes of it…"), partial(ask_disposal, desk, section, entry)),
        (translate("dossier", "Split by a line on the map"), partial(split_asked, number)),
    ]
    if others:
        words = translate("dossier", "Merge another building into it…")
        verbs.append((words, partial(ask_to_merge_buildings, desk, section, number, others)))
    return menu_button("editBuilding", translate("dossier", "Edit building {number}").format(number=number), verbs)


def _add_disposal(section: Section, entry: BuildingEntry) -> None:
    """The class, its reason and the rules it goes by."""
    translate, decided = QCoreApplication.translate, entry.disposal
    if decided is None:
        return
    text = translate("dossier", "Disposal: {words} (decided on {day})")
    words = name_of(decided.disposal.disposal)
    section.body.addWidget(marked("gavel", text.format(words=words, day=decided.disposal.decided_on), bold=True))
    section.body.addWidget(plain(decided.disposal.reason))
    section.body.addWidget(muted(rules_words(entry.building, decided.rules)))
    if decided.rules is not None:
        section.body.addWidget(muted(decided.rules.bases.get(decided.disposal.disposal, "")))
    if decided.outdated:
        text = translate("dossier", "The day it was built was corrected since: other rules apply, decide again.")
        section.body.addWidget(marked("triangle-alert", text, bold=True))


def _add_comparison(section: Section, entry: BuildingEntry) -> None:
    """Archive, what stands, and what was permitted, side by side; the excess in words."""
    translate = QCoreApplication.translate
    building, permit, stands, excess = entry.building, entry.permit, entry.stands, entry.excess
    rows = [
        (
            translate("dossier", "Footprint (m²)"),
            (
                _number(building.geometry.area),
                _number(stands.footprint_m2, stands.footprint_sigma_m2),
                _number(None if permit is None else permit.max_footprint_m2),
                _plus(excess.footprint_m2),
            ),
            excess.footprint_m2 is not None,
        ),
        (
            translate("dossier", "Storeys"),
            (
                _count(building.storeys),
                _count(stands.storeys),
                _count(None if permit is None else permit.max_storeys),
                _plus_count(excess.storeys),
            ),
            excess.storeys is not None,
        ),
        (
            translate("dossier", "Height (m)"),
            (
                _number(building.height_m),
                _number(stands.height_m, stands.height_sigma_m),
                _number(None if permit is None else permit.max_height_m),
                _plus(excess.height_m),
            ),
            excess.height_m is not None,
        ),
    ]
    headings = (
        translate("dossier", "Archive"),
        translate("dossier", "Standing"),
        translate("dossier", "Permitted"),
        translate("dossier", "Excess"),
    )
    section.body.addLayout(figures(headings, rows))
    if permit is None:
        section.body.addWidget(muted(translate("dossier", "No permit of this household covers this building.")))
    elif excess.is_any:
        words = translate("dossier", ", ").join(_excess_words(entry))
        text = translate("dossier", "Above permit {number}: {words}.").format(number=permit.permit_no, words=words)
        section.body.addWidget(marked("triangle-alert", text, bold=True))
    else:
        text = translate("dossier", "Within permit {number}.").format(number=permit.permit_no)
        section.body.addWidget(marked("check", text))
    if stands.seen_on is not None:
        text = translate("dossier", "Standing: archive, brought forward by findings up to {day}.")
        section.body.addWidget(muted(text.format(day=stands.seen_on.isoformat())))


def _excess_words(entry: BuildingEntry) -> list[str]:
    translate, excess = QCoreApplication.translate, entry.excess
    words = []
    if excess.footprint_m2 is not None:
        words.append(translate("dossier", "{value} m² more ground").format(value=f"{excess.footprint_m2:.1f}"))
    if excess.storeys is not None:
        words.append(translate("dossier", "{value} storey(s) too many").format(value=excess.storeys))
    if excess.height_m is not None:
        words.append(translate("dossier", "{value} m too high").format(value=f"{excess.height_m:.1f}"))
    return words


def _permits(desk: Desk, dossier: Dossier) -> Section:
    translate, ask = QCoreApplication.translate, desk.selection.ask_for
    section = Section(
        "permits",
        translate("dossier", "Permits"),
        len(dossier.permits),
        translate("dossier", "No permit was issued to this household."),
    )
    for entry in dossier.permits:
        permit = entry.permit
        pencil = small_button("editPermit", "pencil", translate("dossier", "Edit the permit"))
        pencil.clicked.connect(partial(_edit_permit, desk, section, permit.permit_no))
        section.body.addLayout(linked(SubjectLink(SubjectKind.PERMIT, permit.permit_no, ask), "", pencil))
        section.body.addLayout(
            pairs([(translate("dossier", "Kind"), None if permit.kind is None else name_of(permit.kind))], 1)
        )
        section.body.addLayout(
            pairs(
                [
                    (translate("dossier", "Issued"), _day(permit.issued_on)),
                    (translate("dossier", "Expires"), _day(permit.expires_on)),
                    (translate("dossier", "Footprint"), _square_metres(permit.max_footprint_m2)),
                    (translate("dossier", "Storeys"), _count(permit.max_storeys)),
                    (translate("dossier", "Height"), measured(permit.max_height_m, None, "m")),
                ]
            )
        )
        _add_expiry(section, entry)
    return section


def _edit_permit(desk: Desk, section: Section, permit_no: str, _checked: bool = False) -> None:
    ask_to_edit_permit(desk, section, permit_no)


def _add_expiry(section: Section, entry: PermitEntry) -> None:
    if entry.expired and entry.permit.expires_on is not None:
        text = QCoreApplication.translate("dossier", "Expired on {day}.").format(
            day=entry.permit.expires_on.isoformat()
        )
        section.body.addWidget(marked("triangle-alert", text, bold=True))


def _findings(dossier: Dossier, ask: Ask) -> Section:
    translate = QCoreApplication.translate
    section = Section(
        "findings",
        translate("dossier", "Findings"),
        len(dossier.findings),
        translate("dossier", "Nothing was found here by comparing flights."),
    )
    for finding in dossier.findings:
        link = SubjectLink(SubjectKind.FINDING, finding.finding_no, ask)
        section.body.addLayout(linked(link, name_of(finding.review)))
        status = None if finding.permit_status is None else name_of(finding.permit_status)
        section.body.addLayout(
            pairs(
                [
                    (translate("dossier", "Type"), name_of(finding.change_type)),
                    (translate("dossier", "Area"), measured(finding.area_m2, finding.area_sigma_m2, "m²")),
                    (translate("dossier", "Permit"), status),
                    (translate("dossier", "Seen on"), _day(finding.after_date)),
                ]
            )
        )
    return section


def _cases(dossier: Dossier, ask: Ask) -> Section:
    translate = QCoreApplication.translate
    section = Section(
        "cases",
        translate("dossier", "Cases"),
        len(dossier.cases),
        translate("dossier", "No case against this household."),
    )
    for case in dossier.cases:
        section.body.addLayout(linked(SubjectLink(SubjectKind.CASE, case.case_no, ask), name_of(case.stage)))
        section.body.addLayout(
            pairs(
                [
                    (translate("dossier", "Opened on"), _day(case.opened_on)),
                    (translate("dossier", "Lead officer"), case.lead_officer),
                ]
            )
        )
    return section


def _computed(geometry: Polygon | MultiPolygon, on_paper: float | None) -> str:
    """The area of the outline, with its difference from the paper where there is one to speak of."""
    area = geometry.area
    difference = 0.0 if on_paper is None else area - on_paper
    told = f"{area:.1f} m²"
    return told if abs(difference) < 0.05 else f"{told} ({difference:+.1f})"


def _square_metres(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f} m²"


def _number(value: float | None, sigma: float | None = None) -> str:
    return UNKNOWN if value is None else with_sigma(value, sigma)


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)


def _plus(value: float | None) -> str:
    return UNKNOWN if value is None else f"+{value:.1f}"


def _plus_count(value: int | None) -> str:
    return UNKNOWN if value is None else f"+{value}"


def _day(day: date | None) -> str:
    return UNKNOWN if day is None else day.isoformat()

"""The history of a household: every change with who made it and when."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QPushButton

from weijian.domain.disposal import DisposalClass
from weijian.domain.permit import PermitKind
from weijian.qt.panels.dossier_parts import UNKNOWN, Section, muted, plain
from weijian.qt.wording import name_of
from weijian.services.dossier_history import HistoryEntry

_AT_FIRST = 8

_PARTS: Mapping[str, object] = MappingProxyType(
    {
        "households": QT_TRANSLATE_NOOP("dossier_history", "Household"),
        "persons": QT_TRANSLATE_NOOP("dossier_history", "Person"),
        "parcels": QT_TRANSLATE_NOOP("dossier_history", "Parcel"),
        "buildings": QT_TRANSLATE_NOOP("dossier_history", "Building"),
        "disposals": QT_TRANSLATE_NOOP("dossier_history", "Disposal of building"),
        "permits": QT_TRANSLATE_NOOP("dossier_history", "Permit"),
        "findings": QT_TRANSLATE_NOOP("dossier_history", "Finding"),
        "leads": QT_TRANSLATE_NOOP("dossier_history", "Lead"),
        "cases": QT_TRANSLATE_NOOP("dossier_history", "Case"),
    }
)
_VERBS: Mapping[str, object] = MappingProxyType(
    {
        "added": QT_TRANSLATE_NOOP("dossier_history", "{thing} added"),
        "updated": QT_TRANSLATE_NOOP("dossier_history", "{thing} changed"),
        "removed": QT_TRANSLATE_NOOP("dossier_history", "{thing} removed"),
    }
)
_ACTIONS: Mapping[str, object] = MappingProxyType(
    {
        "import-households": QT_TRANSLATE_NOOP("dossier_history", "import of households"),
        "import-persons": QT_TRANSLATE_NOOP("dossier_history", "import of persons"),
        "import-parcels": QT_TRANSLATE_NOOP("dossier_history", "import of parcels"),
        "import-buildings": QT_TRANSLATE_NOOP("dossier_history", "import of buildings"),
        "import-permits": QT_TRANSLATE_NOOP("dossier_history", "import of permits"),
        "edit-household": QT_TRANSLATE_NOOP("dossier_history", "edit"),
        "edit-building": QT_TRANSLATE_NOOP("dossier_history", "edit"),
        "edit-permit": QT_TRANSLATE_NOOP("dossier_history", "edit"),
        "edit-person": QT_TRANSLATE_NOOP("dossier_history", "edit"),
        "add-person": QT_TRANSLATE_NOOP("dossier_history", "entered by hand"),
        "remove-person": QT_TRANSLATE_NOOP("dossier_history", "taken off"),
        "set-disposal": QT_TRANSLATE_NOOP("dossier_history", "disposal class decided"),
        "undo-edit": QT_TRANSLATE_NOOP("dossier_history", "taken back"),
        "merge-households": QT_TRANSLATE_NOOP("dossier_history", "households merged"),
        "split-household": QT_TRANSLATE_NOOP("dossier_history", "household split"),
        "merge-buildings": QT_TRANSLATE_NOOP("dossier_history", "buildings merged"),
        "split-building": QT_TRANSLATE_NOOP("dossier_history", "building split"),
    }
)
_FIELDS: Mapping[str, object] = MappingProxyType(
    {
        "holder": QT_TRANSLATE_NOOP("dossier_history", "holder"),
        "address": QT_TRANSLATE_NOOP("dossier_history", "address"),
        "village": QT_TRANSLATE_NOOP("dossier_history", "village"),
        "town": QT_TRANSLATE_NOOP("dossier_history", "town"),
        "household_no": QT_TRANSLATE_NOOP("dossier_history", "household"),
        "parcel_no": QT_TRANSLATE_NOOP("dossier_history", "parcel"),
        "building_no": QT_TRANSLATE_NOOP("dossier_history", "building"),
        "name": QT_TRANSLATE_NOOP("dossier_history", "name"),
        "relation": QT_TRANSLATE_NOOP("dossier_history", "relation"),
        "phone": QT_TRANSLATE_NOOP("dossier_history", "telephone"),
        "id_number": QT_TRANSLATE_NOOP("dossier_history", "identity number"),
        "storeys": QT_TRANSLATE_NOOP("dossier_history", "storeys"),
        "height_m": QT_TRANSLATE_NOOP("dossier_history", "height (m)"),
        "built_area_m2": QT_TRANSLATE_NOOP("dossier_history", "built area (m²)"),
        "area_m2": QT_TRANSLATE_NOOP("dossier_history", "area on paper (m²)"),
        "structure": QT_TRANSLATE_NOOP("dossier_history", "structure"),
        "built_on": QT_TRANSLATE_NOOP("dossier_history", "built on"),
        "use": QT_TRANSLATE_NOOP("dossier_history", "use"),
        "geometry": QT_TRANSLATE_NOOP("dossier_history", "outline, area (m²)"),
        "kind": QT_TRANSLATE_NOOP("dossier_history", "kind"),
        "issued_on": QT_TRANSLATE_NOOP("dossier_history", "issued on"),
        "expires_on": QT_TRANSLATE_NOOP("dossier_history", "valid until"),
        "max_storeys": QT_TRANSLATE_NOOP("dossier_history", "permitted storeys"),
        "max_height_m": QT_TRANSLATE_NOOP("dossier_history", "permitted height (m)"),
        "max_footprint_m2": QT_TRANSLATE_NOOP("dossier_history", "permitted footprint (m²)"),
        "disposal": QT_TRANSLATE_NOOP("dossier_history", "class"),
        "reason": QT_TRANSLATE_NOOP("dossier_history", "reason"),
        "rule_set": QT_TRANSLATE_NOOP("dossier_history", "rules"),
        "decided_on": QT_TRANSLATE_NOOP("dossier_history", "decided on"),
    }
)


class HistorySection(Section):
    """The latest changes; the others at a click."""

    def __init__(self, history: tuple[HistoryEntry, ...]) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            "history", translate("dossier", "History"), len(history), translate("dossier", "Nothing has changed yet.")
        )
        self._rest = history[_AT_FIRST:]
        self._add(history[:_AT_FIRST])
        if self._rest:
            self._more = QPushButton(translate("dossier", "Show {count} more").format(count=len(self._rest)))
            self._more.setObjectName("moreHistory")
            self._more.setFlat(True)
            self._more.clicked.connect(self._show_rest)
            self.body.addWidget(self._more)

    def _show_rest(self) -> None:
        self._more.hide()
        self._add(self._rest)

    def _add(self, entries: tuple[HistoryEntry, ...]) -> None:
        for entry in entries:
            self.body.addWidget(plain(what_changed(entry)))
            self.body.addWidget(muted(who_and_when(entry)))


def what_changed(entry: HistoryEntry) -> str:
    """The thing, and each field that changed in it: ``before → after``."""
    translate = QCoreApplication.translate
    part = _said(_PARTS, entry.part)
    thing = part if entry.part == "households" else f"{part} {entry.number}"
    told = _said(_VERBS, entry.verb).format(thing=thing)
    if not entry.fields:
        return told
    line = translate("dossier_history", "{field}: {before} → {after}")
    fields = [
        line.format(field=_said(_FIELDS, name), before=_value(name, before), after=_value(name, after))
        for name, before, after in entry.fields
    ]
    return "\n".join([told, *(f"  {field}" for field in fields)])


def who_and_when(entry: HistoryEntry) -> str:
    """Moment in local time, account and action."""
    moment = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{moment}  {entry.actor}  {_said(_ACTIONS, entry.action)}"


def _said(words: Mapping[str, object], name: str) -> str:
    return QCoreApplication.translate("dossier_history", str(words.get(name, name)))


def _value(field: str, value: str | None) -> str:
    if value is None:
        return UNKNOWN
    if field == "disposal":
        return name_of(DisposalClass(value))
    return name_of(PermitKind(value)) if field == "kind" else value

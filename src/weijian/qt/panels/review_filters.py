"""The filter row of the review panel."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.zone import ZoneKind
from weijian.qt.forms.review_panel import Ui_ReviewPanel
from weijian.qt.models.findings_filter import FindingCriteria
from weijian.qt.wording import name_of
from weijian.services.review import ReviewItem

Kind = TypeVar("Kind", bound=StrEnum)
_NO_CRITERIA = FindingCriteria()


class ReviewFilters(QObject):
    """Reads the fields of the filter. ``changed(FindingCriteria)`` is emitted when something else is asked."""

    changed = Signal(object)

    def __init__(self, form: Ui_ReviewPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        _fill(form.typeFilter, self.tr("Any type"), ChangeType)
        _fill(form.statusFilter, self.tr("Any review status"), ReviewStatus)
        _fill(form.permitFilter, self.tr("Any permit status"), PermitStatus)
        _fill(form.zoneFilter, self.tr("Any zone"), ZoneKind)
        form.placeFilter.addItem(self.tr("Any place"), None)
        for combo in self._combos():
            combo.currentIndexChanged.connect(self._tell)
        form.leastArea.valueChanged.connect(self._tell)
        form.textFilter.textChanged.connect(self._tell)
        form.clearFilter.clicked.connect(self.clear)

    @property
    def criteria(self) -> FindingCriteria:
        """What is asked."""
        form = self._form
        place = form.placeFilter.currentData()
        return FindingCriteria(
            change_type=_chosen(form.typeFilter, ChangeType),
            review=_chosen(form.statusFilter, ReviewStatus),
            permit=_chosen(form.permitFilter, PermitStatus),
            zone=_chosen(form.zoneFilter, ZoneKind),
            place=None if place is None else tuple(place),
            least_area_m2=form.leastArea.value(),
            text=form.textFilter.text(),
        )

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return self.criteria != _NO_CRITERIA

    def clear(self) -> None:
        """Ask for nothing."""
        for combo in self._combos():
            combo.setCurrentIndex(0)
        self._form.leastArea.setValue(0)
        self._form.textFilter.clear()

    def offer_places(self, items: Iterable[ReviewItem]) -> None:
        """Offer the towns with their villages; what is chosen stays."""
        combo = self._form.placeFilter
        places: dict[str, set[str]] = {}
        for item in items:
            if item.town:
                places.setdefault(item.town, set()).update([item.village] if item.village else [])
        offered: list[tuple[str, tuple[str, ...]]] = []
        for town in sorted(places):
            offered.append((town, (town,)))
            offered += [(f"{town} {village}", (town, village)) for village in sorted(places[town])]
        if [tuple(combo.itemData(row)) for row in range(1, combo.count())] == [place for _, place in offered]:
            return
        chosen = self.criteria.place
        combo.blockSignals(True)
        while combo.count() > 1:
            combo.removeItem(1)
        for text, place in offered:
            combo.addItem(text, place)
        combo.setCurrentIndex(next((row for row, (_, place) in enumerate(offered, 1) if place == chosen), 0))
        combo.blockSignals(False)
        self._tell()

    def _combos(self) -> tuple[QComboBox, ...]:
        form = self._form
        return form.typeFilter, form.statusFilter, form.permitFilter, form.zoneFilter, form.placeFilter

    def _tell(self) -> None:
        self.changed.emit(self.criteria)


def _fill(
    combo: QComboBox,
    anything: str,
    kinds: type[ChangeType] | type[ReviewStatus] | type[PermitStatus] | type[ZoneKind],
) -> None:
    combo.addItem(anything, None)
    values: Iterable[StrEnum] = kinds
    for value in values:
        combo.addItem(name_of(value), value)  # type: ignore[arg-type]


def _chosen(combo: QComboBox, kind: type[Kind]) -> Kind | None:
    """What is chosen; Qt gives the words of an enumeration back as plain text."""
    kept = combo.currentData()
    return None if kept is None else kind(kept)

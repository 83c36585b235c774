"""Choosing a coordinate system: by longitude, by zone, by code, or as in a file."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidgetItem, QWidget

from weijian.cadastre.formats import endings
from weijian.domain.language import Language
from weijian.qt.dialogs.sentences import said
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.forms.crs_chooser import Ui_CrsChooser
from weijian.qt.jobs import Jobs, Question
from weijian.qt.messages import Messages
from weijian.services.crs_choices import CrsFacts, ZoneChoice, crs_facts, crs_of_file, zone_choices

_DEGREES = re.compile(
    r"^\s*(\d{1,3}(?:\.\d+)?)\s*°?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′]?\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*[\"″]?\s*)?[Ee]?\s*$"
)
_CHINA = (73.0, 136.0)
_ZONE = Qt.ItemDataRole.UserRole


def longitude_of(text: str) -> float | None:
    """Degrees east as people write them (``117.3``, ``117°18′``); None for what is no longitude of China.

    >>> longitude_of("117°18′36″")
    117.31
    """
    found = _DEGREES.match(text)
    if found is None:
        return None
    degrees, minutes, seconds = (float(part or 0) for part in found.groups())
    longitude = degrees + minutes / 60 + seconds / 3600
    return longitude if _CHINA[0] <= longitude <= _CHINA[1] else None


class CrsChooser(QWidget):
    """Lets a coordinate system be chosen; ``changed`` is emitted whenever the choice, or what is wrong with it, did."""

    changed = Signal()

    def __init__(self, jobs: Jobs, messages: Messages, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._messages, self._language = jobs, messages, language
        self._facts: CrsFacts | None = None
        self._fault = ""
        self._question: Question | None = None
        self._form = Ui_CrsChooser()
        self._form.setupUi(self)
        self.setFocusProxy(self._form.longitude)
        self._fill()
        self._form.longitude.textEdited.connect(self._show_zones)
        self._form.zones.itemSelectionChanged.connect(self._take_zone)
        self._form.code.textEdited.connect(self._look_up)
        self._form.from_file.clicked.connect(self._ask_for_file)
        self._explain()

    @property
    def facts(self) -> CrsFacts | None:
        """What is chosen; None while nothing usable is."""
        return self._facts

    @property
    def fault(self) -> str:
        """Why nothing usable is chosen."""
        return self._fault or ("" if self._facts else self.tr("Choose the coordinate system."))

    def choose(self, code: str) -> None:
        """Choose by code, as if it were typed."""
        self._form.code.setText(code)
        self._look_up(code)

    def take_from(self, path: Path) -> None:
        """Choose what a file is in."""
        self._ask(partial(crs_of_file, path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A file is welcome when drops are accepted."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the system of the file that was dropped."""
        event.acceptProposedAction()
        self.take_from(dropped_paths(event.mimeData())[0])

    def _fill(self) -> None:
        tree = self._form.zones
        tree.setHeaderLabels([self.tr("Zone"), self.tr("Central meridian"), self.tr("Easting (Y) begins with"), "EPSG"])
        groups = {
            3: QTreeWidgetItem(tree, [self.tr("CGCS2000, 3-degree zones")]),
            6: QTreeWidgetItem(tree, [self.tr("CGCS2000, 6-degree zones")]),
        }
        for group in groups.values():
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
        plain, prefixed = self.tr("no zone number"), self.tr("zone number {zone}")
        for choice in zone_choices():
            begins = prefixed.format(zone=choice.zone) if choice.prefixed else plain
            item = QTreeWidgetItem(
                groups[choice.degrees], [str(choice.zone), f"{choice.central_meridian}°", begins, str(choice.epsg)]
            )
            item.setData(0, _ZONE, choice)
        tree.expandAll()
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _items(self) -> list[QTreeWidgetItem]:
        tree = self._form.zones
        groups = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
        return [group.child(index) for group in groups if group for index in range(group.childCount())]

    def _show_zones(self, text: str) -> None:
        """Show the zones around a longitude and take up the first, 3-degree and without zone number."""
        longitude = longitude_of(text)
        first = None
        for item in self._items():
            choice: ZoneChoice = item.data(0, _ZONE)
            fits = longitude is not None and choice.holds(longitude)
            item.setHidden(longitude is not None and not fits)
            first = first or (item if fits else None)
        if first is not None:
            self._form.zones.setCurrentItem(first)
            first.setSelected(True)
        elif text.strip():
            self._settle(None, self.tr("A longitude in China lies between 73° and 136° east."))

    def _take_zone(self) -> None:
        chosen = self._form.zones.selectedItems()
        choice: ZoneChoice | None = chosen[0].data(0, _ZONE) if chosen else None
        if choice is not None:
            self._drop_question()
            self._form.code.setText(choice.code)
            self._settle(CrsFacts(choice.code, choice.code, choice), "")

    def _look_up(self, text: str) -> None:
        self._drop_question()
        if not text.strip():
            self._settle(None, "")
            return
        self._ask(partial(crs_facts, text))

    def _ask(self, work: partial[CrsFacts]) -> None:
        self._drop_question()
        self._question = self._jobs.ask(
            self, work, self._found, lambda error: self._settle(None, said(error, self._language))
        )

    def _found(self, facts: CrsFacts) -> None:
        if facts.zone is None or self._form.code.text() != facts.code:
            typed = self._form.code.hasFocus()
            if not typed:
                self._form.code.setText(facts.code)
        self._settle(facts, "")

    def _settle(self, facts: CrsFacts | None, fault: str) -> None:
        self._facts, self._fault = facts, fault
        self._mark_zone()
        self._explain()
        self.changed.emit()

    def _mark_zone(self) -> None:
        zone = None if self._facts is None else self._facts.zone
        blocker = QSignalBlocker(self._form.zones)
        for item in self._items():
            same = zone is not None and item.data(0, _ZONE) == zone
            item.setSelected(same)
            if same:
                item.setHidden(False)
                self._form.zones.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)
        blocker.unblock()

    def _explain(self) -> None:
        if self._facts is None:
            text = self._fault or self.tr(
                "Type the longitude and take the zone whose eastings look like those of your data: "
                "8 digits before the point begin with the zone number, 6 digits have none."
            )
        else:
            text = self._facts.name(self._language)
            zone = self._facts.zone
            if zone is not None:
                text += "\n" + self._example(zone)
        self._form.explanation.setText(text)

    def _example(self, zone: ZoneChoice) -> str:
        if zone.prefixed:
            text = self.tr("Eastings (Y) begin with the zone number {zone}, such as {example}.")
        else:
            text = self.tr("Eastings (Y) without zone number, such as {example}.")
        return text.format(zone=zone.zone, example=zone.example_easting())

    def _ask_for_file(self) -> None:
        patterns = (
            self.tr("Images and vector files")
            + f" (*.tif *.tiff *.img *.vrt {' '.join(f'*{known}' for known in endings())})"
        )
        chosen = self._messages.open_files(self.tr("Take the coordinate system of a file"), patterns)
        if chosen:
            self.take_from(chosen[0])

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

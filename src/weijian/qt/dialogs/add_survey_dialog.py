"""Adding surveys: files, day and name, and where they fall before they are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.dialogs.crs_chooser import CrsChooser
from weijian.qt.dialogs.file_sorting import sorted_files
from weijian.qt.dialogs.sentences import said
from weijian.qt.dialogs.survey_entry import SurveyEntry
from weijian.qt.dialogs.survey_placement import SurveyPlacement, overlap_words
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.forms.add_survey_dialog import Ui_AddSurveyDialog
from weijian.qt.icons import icon
from weijian.qt.operations.surveys import make_overviews, register_survey
from weijian.services.flight_dates import date_in_name
from weijian.services.survey_preview import (
    KnownGround,
    SurveyPreview,
    Thumbnail,
    known_ground,
    preview_survey,
    read_thumbnail,
)
from weijian.services.survey_sorting import SortedFiles, sort_products

_NO_DAY = QDate(2000, 1, 1)
_IMAGES = " (*.tif *.tiff *.img *.vrt *.jp2)"


class AddSurveyDialog(QDialog):
    """Registers one survey or several; ``added(Survey)`` after each."""

    added = Signal(object)

    def __init__(self, desk: Desk, files: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._desk = desk
        self._entries: list[SurveyEntry] = [SurveyEntry()]
        self._known = KnownGround(None, (), ())
        self._working = False
        self._registered: list[Survey] = []
        self._form = Ui_AddSurveyDialog()
        self._form.setupUi(self)
        self._crs = CrsChooser(desk.jobs, desk.messages, desk.language, self._form.crs_side)
        self._placement = SurveyPlacement(self._form.placement_frame)
        for side, child in ((self._form.crs_side, self._crs), (self._form.placement_frame, self._placement)):
            layout = side.layout()
            if layout is not None:
                layout.addWidget(child)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.day.setMinimumDate(_NO_DAY)
        self._form.day.setSpecialValueText(self.tr("choose the day"))
        self._connect()
        self._refresh_list(0)
        desk.jobs.ask(self, partial(known_ground, desk.folder), self._take_known)
        if files:
            self.take_files(files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Sort files into surveys; each gets an entry."""
        rasters = sorted_files(paths).rasters
        if rasters:
            self._desk.jobs.ask(self, partial(sort_products, rasters, self._desk.folder), self._take_sorted)
        elif paths:
            self._desk.messages.notice(self.tr("These files are no orthophotos or surface models."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Sort what was dropped."""
        event.acceptProposedAction()
        self.take_files(dropped_paths(event.mimeData()))

    def _connect(self) -> None:
        form = self._form
        form.entries.currentRowChanged.connect(lambda _row: self._show_entry())
        form.add_files.clicked.connect(self._ask_for_files)
        form.leave_out.clicked.connect(self._leave_out)
        form.browse_ortho.clicked.connect(lambda: self._browse(for_dsm=False))
        form.browse_dsm.clicked.connect(lambda: self._browse(for_dsm=True))
        form.ortho.editingFinished.connect(self._take_paths)
        form.dsm.editingFinished.connect(self._take_paths)
        form.dsm.textChanged.connect(lambda text: None if text else self._take_paths())
        form.day.dateChanged.connect(self._take_day)
        form.name.textEdited.connect(self._take_name)
        form.buttons.accepted.connect(self._add)
        form.buttons.rejected.connect(self.reject)
        self._crs.changed.connect(self._take_crs)

    # Entries

    @property
    def _entry(self) -> SurveyEntry:
        row: int = self._form.entries.currentRow()
        return self._entries[max(0, row)]

    def _take_sorted(self, found: SortedFiles) -> None:
        for error in found.refused:
            self._desk.messages.problem(error, self)
        fresh = [
            SurveyEntry(
                flight.ortho, flight.dsm, flight.flown_on, "" if flight.flown_on is None else str(flight.flown_on)
            )
            for flight in found.flights
        ]
        if not fresh:
            return
        kept = [entry for entry in self._entries if entry.ortho or entry.dsm]
        self._entries = [*kept, *fresh]
        self._refresh_list(len(kept))
        for entry in fresh:
            self._look_at(entry)

    def _refresh_list(self, row: int) -> None:
        blocker = QSignalBlocker(self._form.entries)
        self._form.entries.clear()
        for entry in self._entries:
            self._form.entries.addItem(entry.title or self.tr("New survey"))
        self._form.entries.setCurrentRow(row)
        blocker.unblock()
        self._form.leave_out.setEnabled(len(self._entries) > 1)
        self._show_entry()

    def _show_entry(self) -> None:
        entry, form = self._entry, self._form
        blockers = [QSignalBlocker(box) for box in (form.ortho, form.dsm, form.day, form.name)]
        form.ortho.setText("" if entry.ortho is None else str(entry.ortho))
        form.dsm.setText("" if entry.dsm is None else str(entry.dsm))
        form.day.setDate(
            _NO_DAY if entry.flown_on is None else QDate(entry.flown_on.year, entry.flown_on.month, entry.flown_on.day)
        )
        form.name.setText(entry.name)
        for blocker in blockers:
            blocker.unblock()
        self._show_seen()

    def _show_seen(self) -> None:
        """Everything that depends on what was seen of the present entry's files."""
        entry, form = self._entry, self._form
        seen = entry.preview
        form.crs_side.setVisible(entry.wants_crs)
        self._placement.show_candidate(entry.title, None if seen is None else seen.ground)
        self._placement.show_thumbnail(entry.thumbnail)
        form.facts.setText("" if seen is None else self._facts(seen))
        form.overlap.setText("" if seen is None else overlap_words(seen.ground, self._known))
        lacking = any(e.preview is not None and e.preview.lacks_overviews for e in self._entries)
        form.overviews.setVisible(lacking)
        form.overviews_note.setVisible(lacking)
        self._check()

    def _facts(self, seen: SurveyPreview) -> str:
        text = self.tr("Pixel {gsd} cm · {width} × {height} pixels · {size} MB · {crs}").format(
            gsd=f"{100 * seen.gsd_m:.1f}",
            width=seen.width,
            height=seen.height,
            size=f"{seen.bytes / 1e6:,.1f}",
            crs=seen.crs,
        )
        if seen.dsm_gsd_m is not None:
            text += " · " + self.tr("DSM {gsd} cm").format(gsd=f"{100 * seen.dsm_gsd_m:.1f}")
        return text

    # What the user says

    def _ask_for_files(self) -> None:
        patterns = self.tr("Orthophotos and surface models") + _IMAGES
        self.take_files(self._desk.messages.open_files(self.tr("Files of surveys"), patterns, many=True))

    def _leave_out(self) -> None:
        row = max(0, self._form.entries.currentRow())
        del self._entries[row]
        self._refresh_list(min(row, len(self._entries) - 1))

    def _browse(self, *, for_dsm: bool) -> None:
        title = self.tr("Surface model") if for_dsm else self.tr("Orthophoto")
        chosen = self._desk.messages.open_files(title, title + _IMAGES)
        if chosen:
            (self._form.dsm if for_dsm else self._form.ortho).setText(str(chosen[0]))
            self._take_paths()

    def _take_paths(self) -> None:
        entry = self._entry
        ortho, dsm = (
            Path(text) if text else None for text in (self._form.ortho.text().strip(), self._form.dsm.text().strip())
        )
        if (ortho, dsm) == (entry.ortho, entry.dsm):
            return
        entry.ortho, entry.dsm = ortho, dsm
        if entry.flown_on is None:
            entry.flown_on = date_in_name(ortho) or date_in_name(dsm)
            entry.name = entry.name or ("" if entry.flown_on is None else str(entry.flown_on))
        self._refresh_list(self._entries.index(entry))
        self._look_at(entry)

    def _take_day(self, day: QDate) -> None:
        entry = self._entry
        before = "" if entry.flown_on is None else str(entry.flown_on)
        entry.flown_on = None if day == _NO_DAY else date(day.year(), day.month(), day.day())
        if entry.name in ("", before) and entry.flown_on is not None:
            self._form.name.setText(str(entry.flown_on))
            self._take_name(str(entry.flown_on))
        self._check()

    def _take_name(self, name: str) -> None:
        self._entry.name = name
        item = self._form.entries.currentItem()
        if item is not None:
            item.setText(self._entry.title or self.tr("New survey"))

    def _take_crs(self) -> None:
        entry, facts = self._entry, self._crs.facts
        if facts is not None and entry.wants_crs and facts.code != entry.crs:
            entry.crs = facts.code
            self._look_at(entry)

    # What is seen of the files

    def _take_known(self, known: KnownGround) -> None:
        self._known = known
        self._placement.show_known(known)
        self._show_seen()

    def _look_at(self, entry: SurveyEntry) -> None:
        serial = entry.begin_to_look()
        if entry.ortho is not None:
            look = partial(preview_survey, self._desk.folder, entry.ortho, entry.dsm, entry.crs)
            self._desk.jobs.ask(
                self, look, partial(self._seen, entry, serial), lambda error: self._not_seen(entry, serial, error)
            )
        self._show_seen()

    def _seen(self, entry: SurveyEntry, serial: int, preview: SurveyPreview) -> None:
        if serial != entry.serial:
            return
        entry.preview, entry.looking = preview, False
        read = partial(read_thumbnail, preview.ortho, entry.crs, self._desk.crs)
        self._desk.jobs.ask(self, read, partial(self._take_thumbnail, entry, serial))
        if preview.lacks_overviews and not self._form.overviews.isChecked():
            self._form.overviews.setChecked(True)
        self._show_seen()

    def _not_seen(self, entry: SurveyEntry, serial: int, error: BaseException) -> None:
        if serial == entry.serial:
            entry.error, entry.looking = error, False
            self._show_seen()

    def _take_thumbnail(self, entry: SurveyEntry, serial: int, thumbnail: Thumbnail | None) -> None:
        if serial == entry.serial:
            entry.thumbnail = thumbnail
            if entry is self._entry:
                self._placement.show_thumbnail(thumbnail)

    # Accepting

    def _missing(self, entry: SurveyEntry) -> str:
        today = self._desk.program.today
        if entry.ortho is None:
            return self.tr("Choose the orthophoto, or drop the files of a flight into this window.")
        if entry.error is not None:
            return said(entry.error, self._desk.language)
        if entry.looking or entry.preview is None:
            return self.tr("Looking at the files…")
        if entry.flown_on is None:
            return self.tr("Say on which day it was flown.")
        if entry.flown_on > today:
            return self.tr("The day of the flight, {day}, has not come yet (today is {today}); check it.").format(
                day=entry.flown_on, today=today
            )
        if entry.preview.registered_as is not None:
            return self.tr("This image is already in the workspace, as {name}.").format(
                name=entry.preview.registered_as
            )
        return ""

    def _check(self) -> None:
        faults = [self._missing(entry) for entry in self._entries]
        for row, fault in enumerate(faults):
            item = self._form.entries.item(row)
            if item is not None:
                item.setIcon(icon("circle-alert") if fault else icon("circle-check"))
                item.setToolTip(fault)
        own = faults[max(0, self._form.entries.currentRow())]
        other = next((row for row, fault in enumerate(faults) if fault), None)
        if own or other is None:
            self._form.hint.setText(own)
        else:
            self._form.hint.setText(f"{self._entries[other].title}: {faults[other]}")
        count = len(self._entries)
        self._ok.setText(self.tr("&Add survey") if count == 1 else self.tr("&Add {count} surveys").format(count=count))
        self._ok.setEnabled(not any(faults) and not self._working)

    def _add(self) -> None:
        new = self._entries[0].described()
        if self._working or new is None or any(self._missing(entry) for entry in self._entries):
            return
        self._working = True
        self._check()
        register_survey(self._desk, self, new, self._one_added, self._refused)

    def _one_added(self, survey: Survey) -> None:
        wants_overviews = self._form.overviews.isChecked() and self._form.overviews.isVisible()
        seen = self._entries.pop(0).preview
        if wants_overviews and seen is not None and seen.lacks_overviews:
            make_overviews(self._desk, survey)
        self._registered.append(survey)
        self.added.emit(survey)
        self._working = False
        if self._entries:
            self._refresh_list(0)
            self._add()
            return
        names = ", ".join(added.name for added in self._registered)
        self._desk.messages.notice(self.tr("Added: {names}").format(names=names))
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._working = False
        self._entries[0].error = error
        self._refresh_list(0)

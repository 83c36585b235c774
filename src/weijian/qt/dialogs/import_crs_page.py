"""In which coordinate system a file is that is imported."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from weijian.domain.language import Language
from weijian.qt.desk import Desk
from weijian.qt.dialogs.crs_chooser import CrsChooser
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.sentences import warning
from weijian.qt.dialogs.survey_placement import SurveyPlacement, overlap_words
from weijian.qt.forms.import_crs_page import Ui_ImportCrsPage
from weijian.services.crs_choices import CrsFacts
from weijian.services.survey_preview import KnownGround, known_ground


def _called(crs: CrsFacts | None, language: Language) -> str:
    """A coordinate system by its name and its code, where it has a short one."""
    if crs is None:
        return "—"
    name = crs.name(language)
    return f"{name} {crs.code}" if crs.code.startswith("EPSG:") else name


class ImportCrsPage(QWidget):
    """In which CRS the coordinates are, and where that puts them."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._known = KnownGround(None, (), ())
        self._form = Ui_ImportCrsPage()
        self._form.setupUi(self)
        self._chooser = CrsChooser(desk.jobs, desk.messages, desk.language, self._form.chooser_side)
        self._placement = SurveyPlacement(self._form.placement_side)
        for side, child in ((self._form.chooser_side, self._chooser), (self._form.placement_side, self._placement)):
            layout = side.layout()
            if layout is not None:
                layout.addWidget(child)
        self._doubted: Path | None = None
        self.setFocusProxy(self._chooser)
        self._chooser.changed.connect(self._take_crs)
        self._form.other.clicked.connect(self._doubt)
        draft.read.connect(self.refresh)
        desk.jobs.ask(self, partial(known_ground, desk.folder), self._take_known)
        self.refresh()

    @property
    def fault(self) -> str:
        """Why one cannot go on."""
        seen = self._draft.preview
        if seen is None or not seen.has_geometry:
            return ""
        return "" if seen.crs_problem is None else warning(seen.crs_problem, self._desk.language)

    def refresh(self) -> None:
        """Show the draft."""
        seen = self._draft.preview
        if seen is None:
            self._form.finding.setText("")
            self._placement.show_candidate("", None)
            return
        self._placement.show_candidate(seen.path.name, seen.ground)
        known = seen.crs_problem is None and self._draft.crs is None
        self._form.other.setVisible(known and self._doubted != self._draft.file)
        self._form.chooser_side.setVisible(not known or self._doubted == self._draft.file)
        told = self.tr("Choose the coordinate system that the file's coordinates are in.")
        if seen.crs_problem is None:
            told = self.tr("Coordinates are in {crs}.").format(crs=_called(seen.crs, self._desk.language))
            if self._draft.crs is None:
                told += " " + self.tr("The file says so; choose another one only if that is wrong.")
            if seen.ground is not None:
                told += "\n" + overlap_words(seen.ground, self._known)
        self._form.finding.setText(told)

    def _doubt(self) -> None:
        """What the file says of itself may be wrong."""
        self._doubted = self._draft.file
        self.refresh()
        self._chooser.setFocus()

    def _take_known(self, known: KnownGround) -> None:
        self._known = known
        self._placement.show_known(known)
        self.refresh()

    def _take_crs(self) -> None:
        if self._chooser.facts is not None:
            self._draft.take_crs(self._chooser.facts.code)

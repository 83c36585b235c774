"""A household's ground in every flight, large and side by side (一处一档)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from weijian.qt.desk import Desk
from weijian.qt.messages import sentence_of
from weijian.qt.panels.chips import ChipPicture, ChipView, picture_in_survey
from weijian.services.dossier import Dossier, SurveyEntry

_SIDE_PX = 900
_LEAST_SHOWN_PX = 320


class FlightsView(QDialog):
    """One picture a flight, from the earliest to the latest; Escape closes it."""

    def __init__(self, desk: Desk, title: str, dossier: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._desk = desk
        self._dossier = dossier
        self._pictures: list[tuple[ChipView, SurveyEntry, ChipPicture]] = []
        self._with_outlines = QCheckBox(self.tr("Show the &outlines of the archive"))
        self._with_outlines.setChecked(True)
        self._with_outlines.toggled.connect(self._draw_again)
        layout = QVBoxLayout(self)
        layout.addWidget(self._strip(), 1)
        layout.addWidget(self._with_outlines)
        room = self.screen().availableGeometry().size()
        self.resize(QSize(420 * max(2, len(dossier.surveys)) + 40, 540).boundedTo(room * 0.94))

    def _strip(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        for survey in self._dossier.surveys:
            row.addLayout(self._column(survey), 1)
        scroll.setWidget(inside)
        return scroll

    def _column(self, survey: SurveyEntry) -> QVBoxLayout:
        desk, chip = self._desk, ChipView()
        chip.setMinimumSize(_LEAST_SHOWN_PX, _LEAST_SHOWN_PX)
        chip.show_text(survey.flown_on.isoformat(), self.tr("Reading…"))
        source = QLabel(self.tr("{name} · pixel {gsd} cm").format(name=survey.name, gsd=f"{100 * survey.gsd_m:.1f}"))
        source.setTextFormat(Qt.TextFormat.PlainText)
        source.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout()
        column.addWidget(chip, 1)
        column.addWidget(source)
        ground = self._dossier.ground
        if ground is not None:
            work = partial(picture_in_survey, desk.folder, survey.survey_id, ground, _SIDE_PX)
            desk.jobs.ask(chip, work, partial(self._show, chip, survey), partial(self._refuse, chip, survey))
        return column

    def _show(self, chip: ChipView, survey: SurveyEntry, picture: ChipPicture) -> None:
        self._pictures.append((chip, survey, picture))
        self._draw(chip, survey, picture)

    def _draw_again(self) -> None:
        for shown in self._pictures:
            self._draw(*shown)

    def _draw(self, chip: ChipView, survey: SurveyEntry, picture: ChipPicture) -> None:
        buildings = (entry.building.geometry for entry in self._dossier.buildings)
        outlines = (*self._dossier.outlines, *buildings) if self._with_outlines.isChecked() else ()
        chip.show_picture(picture, "", survey.flown_on, outlines)
        chip.unsetCursor()  # it is as large as it gets

    def _refuse(self, chip: ChipView, survey: SurveyEntry, error: BaseException) -> None:
        chip.show_text(survey.flown_on.isoformat(), sentence_of(error, self._desk.language))

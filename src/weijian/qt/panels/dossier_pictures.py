"""The pictures of a dossier: photographs of the household's cases, and its ground in every flight."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QToolButton

from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.messages import sentence_of
from weijian.qt.panels.chips import ChipPicture, ChipView, picture_in_survey
from weijian.qt.panels.dossier_parts import Section
from weijian.qt.panels.flights_view import FlightsView
from weijian.qt.panels.photo_view import PhotoView, photo_title
from weijian.services.dossier import Dossier, PhotoEntry, SurveyEntry, full_address
from weijian.services.dossier_pictures import Picture, evidence_picture

THUMBNAIL_PX = 160
_SHOWN_PX = 88
_CHIP_PX = 320
_PHOTOS_A_ROW = 3
_CHIPS_A_ROW = 2


def image_of(picture: Picture) -> QImage:
    """A picture with pixels of its own; may be called in a worker."""
    rows, columns = picture.rgb.shape[:2]
    return QImage(picture.rgb.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


class PhotoSection(Section):
    """Thumbnails; a click shows the photograph large."""

    def __init__(self, desk: Desk, photos: tuple[PhotoEntry, ...]) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            "photos",
            translate("dossier", "Photographs"),
            len(photos),
            translate("dossier", "No photographs. Import a folder of them, or add some in the household's case."),
        )
        self._desk = desk
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, photo in enumerate(photos):
            button = self._button(photo)
            grid.addWidget(button, *divmod(place, _PHOTOS_A_ROW))
            work = partial(_thumbnail, desk.folder, photo.sha256)
            desk.jobs.ask(button, work, partial(_put, button), partial(_put_missing, button))
        grid.setColumnStretch(_PHOTOS_A_ROW, 1)
        self.body.addLayout(grid)

    def _button(self, photo: PhotoEntry) -> QToolButton:
        button = QToolButton()
        button.setObjectName("photo")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setText("" if photo.taken_at is None else photo.taken_at.date().isoformat())
        button.setIconSize(QSize(_SHOWN_PX, round(_SHOWN_PX * 0.75)))
        button.setToolTip(photo_title(photo))
        button.setAccessibleName(photo_title(photo))
        button.clicked.connect(lambda: PhotoView(self._desk, photo.sha256, photo_title(photo), self.window()).open())
        return button


class ChipSection(Section):
    """The household's ground in the image of every flight, side by side."""

    def __init__(self, desk: Desk, dossier: Dossier) -> None:
        translate = QCoreApplication.translate
        ground, surveys = dossier.ground, dossier.surveys
        super().__init__(
            "chips",
            translate("dossier", "Flights"),
            0 if ground is None else len(surveys),
            translate("dossier", "No flight has been added yet.")
            if ground is not None
            else translate("dossier", "This household has nothing on the map."),
        )
        if ground is None:
            return
        title = translate("dossier", "Flights over {place}").format(
            place=full_address(dossier.household) or dossier.household.household_no
        )
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, survey in enumerate(surveys):
            chip = ChipView()
            chip.setObjectName("chip")
            chip.show_text(survey.flown_on.isoformat(), translate("dossier", "Reading…"))
            chip.clicked.connect(lambda _: FlightsView(desk, title, dossier, self.window()).open())
            grid.addWidget(chip, *divmod(place, _CHIPS_A_ROW))
            work = partial(picture_in_survey, desk.folder, survey.survey_id, ground, _CHIP_PX)
            desk.jobs.ask(
                chip, work, partial(_show_chip, chip, survey, dossier), partial(_show_no_chip, chip, survey, desk)
            )
        for column in range(_CHIPS_A_ROW):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)


def _thumbnail(folder: Path, sha256: str) -> QImage:
    return image_of(evidence_picture(folder, sha256, THUMBNAIL_PX))


def _put(button: QToolButton, image: QImage) -> None:
    button.setIcon(QIcon(QPixmap.fromImage(image)))


def _put_missing(button: QToolButton, error: BaseException) -> None:  # noqa: ARG001 - the large view says why
    button.setIcon(icon("file-image"))
    button.setText(QCoreApplication.translate("dossier", "missing"))


def _show_chip(view: ChipView, survey: SurveyEntry, dossier: Dossier, picture: ChipPicture) -> None:
    view.show_picture(picture, "", survey.flown_on, dossier.outlines)


def _show_no_chip(view: ChipView, survey: SurveyEntry, desk: Desk, error: BaseException) -> None:
    view.show_text(survey.flown_on.isoformat(), QCoreApplication.translate("dossier", "The image cannot be read"))
    view.setToolTip(sentence_of(error, desk.language))

"""A photograph, as large as the window over it allows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from weijian.qt.desk import Desk
from weijian.qt.messages import sentence_of
from weijian.services.dossier import PhotoEntry
from weijian.services.dossier_pictures import evidence_picture

_LONGER_SIDE_PX = 2000


def photo_title(photo: PhotoEntry) -> str:
    """When a photograph was taken, and for which case or of which building."""
    taken = QCoreApplication.translate("dossier", "time unknown") if photo.taken_at is None else f"{photo.taken_at}"
    return f"{photo.case_no or photo.building_no}  {taken}"


class Sheet(QWidget):
    """An image as large as fits, or words in its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._text = ""

    def show_image(self, image: QImage) -> None:
        """Show an image."""
        self.image = image
        self.update()

    def say(self, text: str) -> None:
        """Show words."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt's signature
        """Draw it in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image is None:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
        else:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            frame = QRect(self.rect().topLeft(), size)
            frame.moveCenter(self.rect().center())
            painter.drawImage(frame, self.image)
        painter.end()


class PhotoView(QDialog):
    """Shows one photograph; Escape closes it."""

    def __init__(self, desk: Desk, sha256: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.sheet = Sheet(self)
        self.sheet.say(self.tr("Reading…"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sheet)
        room = self.screen().availableGeometry().size()
        self.resize(QSize(960, 720).boundedTo(room * 0.9))
        desk.jobs.ask(
            self,
            lambda: _large(desk.folder, sha256),
            self.sheet.show_image,
            lambda error: self.sheet.say(sentence_of(error, desk.language)),
        )


def _large(folder: Path, sha256: str) -> QImage:
    rgb = evidence_picture(folder, sha256, _LONGER_SIDE_PX).rgb
    return QImage(rgb.data, rgb.shape[1], rgb.shape[0], 3 * rgb.shape[1], QImage.Format.Format_RGB888).copy()

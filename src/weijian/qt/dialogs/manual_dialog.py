"""The user's manual in a window of its own, that stays beside the work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from weijian.assets import manual
from weijian.domain.language import Language
from weijian.qt.dialogs.fitting import fit_screen

_WIDTH, _HEIGHT, _MARGIN = 820, 700, 16


class ManualDialog(QDialog):
    """Shows the manual; it does not keep the user from the main window. Alt+Left goes back after a link."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("User's manual"))
        path = manual(language)
        pages = _Pages(path.parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(pages)
        self.resize(_WIDTH, _HEIGHT)
        fit_screen(self)
        pages.setSource(QUrl.fromLocalFile(str(path)), QTextDocument.ResourceType.MarkdownResource)


class _Pages(QTextBrowser):
    """Text with pictures no wider than the page."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setObjectName("manual")
        self.setOpenExternalLinks(True)
        self.document().setDocumentMargin(_MARGIN)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A picture of the manual, as wide as there is room."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        url = QUrl(name)
        picture = QImage(url.toLocalFile() if url.isLocalFile() else str(self._folder / url.path()))
        room = self.window().width() - 4 * _MARGIN
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)

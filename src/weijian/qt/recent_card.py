"""A workspace on the start page."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from weijian.qt.icons import icon
from weijian.qt.user_settings import RecentWorkspace

_PICTURE = QSize(112, 63)
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RecentCard(QFrame):
    """Picture, name, folder and time of a workspace that was open before.

    ``opened`` when it is wanted (click, Enter), ``forgotten`` when it is to leave the list (button, Delete, menu),
    ``stepped(int)`` when the user goes to the card before (-1) or after (1).
    """

    opened = Signal()
    forgotten = Signal()
    stepped = Signal(int)

    def __init__(self, workspace: RecentWorkspace, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._missing = False
        self.setObjectName("recent-card")
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(workspace.name)
        self._build(today)
        self._make_menu()

    @property
    def is_missing(self) -> bool:
        """Whether the workspace is not where it was."""
        return self._missing

    def show_picture(self, image: QImage) -> None:
        """Show how the workspace was last seen."""
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image).scaled(
            _PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.setProperty("has-picture", True)

    def show_missing(self, missing: bool) -> None:
        """Stand back when the workspace is not where it was, and offer to leave the list."""
        self._missing = missing
        self._name.setEnabled(not missing)
        self._picture.setEnabled(not missing)
        self._forget.setVisible(missing)
        self._open_action.setEnabled(not missing)
        self._when.setText(self.tr("Not found there") if missing else self._opened_words)
        self.setCursor(Qt.CursorShape.ArrowCursor if missing else Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, Delete forgets, arrows go to the neighbours."""
        key = event.key()
        if key in _OPENING:
            self._open()
        elif key == Qt.Key.Key_Delete:
            self.forgotten.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A long folder is cut in its middle."""
        super().resizeEvent(event)
        self._fit_folder()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The drawn sign follows the palette."""
        if event.type() is QEvent.Type.PaletteChange and not self._picture.property("has-picture"):
            self._picture.setPixmap(icon("map").pixmap(32, 32))
        super().changeEvent(event)

    def _build(self, today: date) -> None:
        self._picture = QLabel(self)
        self._picture.setFixedSize(_PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setPixmap(icon("map").pixmap(32, 32))
        self._name = _plain(self.workspace.name, "recent-name", self)
        font = self._name.font()
        font.setBold(True)
        self._name.setFont(font)
        self._folder = _plain("", "recent-folder", self)
        self._folder.setProperty("secondary", True)
        self._folder.setToolTip(str(self.workspace.folder))
        self._opened_words = opened_words(self.workspace.opened_at, today)
        self._when = _plain(self._opened_words, "recent-when", self)
        self._when.setProperty("secondary", True)
        self._forget = QPushButton(icon("x"), self.tr("Remove from list"), self)
        self._forget.setObjectName("recent-forget")
        self._forget.clicked.connect(self.forgotten)
        self._forget.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self._name, self._folder, self._when):
            words.addWidget(label)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        layout.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _fit_folder(self) -> None:
        shown = QFontMetrics(self._folder.font()).elidedText(
            str(self.workspace.folder), Qt.TextElideMode.ElideMiddle, max(40, self._folder.width())
        )
        self._folder.setText(shown)

    def _open(self) -> None:
        if not self._missing:
            self.opened.emit()

    def _make_menu(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._open_action = QAction(icon("folder-open"), self.tr("Open"), self)
        self._open_action.triggered.connect(self._open)
        forget = QAction(icon("x"), self.tr("Remove from list"), self)
        forget.triggered.connect(self.forgotten)
        self.addActions([self._open_action, forget])


def opened_words(opened_at: datetime | None, today: date) -> str:
    """When a workspace was last open; empty when nobody noted it."""
    if opened_at is None:
        return ""
    days = (today - opened_at.date()).days
    if days == 0:
        text = QCoreApplication.translate("recent", "Opened today at {time}")
    elif days == 1:
        text = QCoreApplication.translate("recent", "Opened yesterday at {time}")
    else:
        text = QCoreApplication.translate("recent", "Opened on {date}")
    return text.format(time=opened_at.strftime("%H:%M"), date=opened_at.date().isoformat())


def _plain(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label

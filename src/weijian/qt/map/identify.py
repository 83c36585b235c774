"""What is known of the thing under the pointer, in a small sheet beside it."""

from __future__ import annotations

import functools

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from weijian.domain.errors import NotFound
from weijian.domain.evidence import Evidence
from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.jobs import Question
from weijian.qt.map.identify_rows import Row, rows_of
from weijian.qt.map.select_tool import Identified
from weijian.qt.messages import sentence_of
from weijian.qt.photo_thumbnails import show_thumbnail
from weijian.qt.selection import Subject
from weijian.services.places import Record, record_of

_WIDTH = 300
_PICTURE_PX = 208
_OFFSET = 14


class IdentifySheet(QFrame):
    """Lies on its parent (the map); Esc or its cross closes it.

    Attributes
    ----------
    opened : Signal(Subject)
        The user wants to see the thing's own panel.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._subject: Subject | None = None
        self._said: tuple[Row, ...] = ()
        self._question: Question | None = None
        self.setObjectName("identifySheet")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # a click on the sheet is none on the map below
        self._map = parent
        parent.installEventFilter(self)
        self._whole = QVBoxLayout(self)
        self._build()
        self.hide()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it says, label and value."""
        return self._said

    def show_for(self, found: tuple[Identified, ...], near: QPoint) -> None:
        """Tell of the first of what was found; ``near`` in pixels of the parent. Nothing found closes the sheet."""
        if self._question is not None:
            self._question.drop()
        if not found:
            self.hide()
            return
        subject = found[0].subject
        work = functools.partial(record_of, self._desk.folder, subject.kind.value, subject.number)
        self._question = self._desk.jobs.ask(
            self, work, lambda record: self._show_record(found, record, near), self._not_there
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc closes as well while the map has the focus."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() is QEvent.Type.KeyPress and self.isVisible():
            self._close()
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._title = QLabel(self)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        close = QToolButton(self)
        close.setObjectName("closeSheet")
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        close.setToolTip(self.tr("Close (Esc)"))
        close.clicked.connect(self._close)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._picture = QLabel(self)
        self._picture.setObjectName("photoPreview")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedHeight(_PICTURE_PX * 3 // 4)
        self._rows = QFormLayout()
        self._rows.setVerticalSpacing(3)
        self._below = QLabel(self)
        self._below.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        zoom = QPushButton(icon("locate-fixed"), self.tr("&Zoom"), self)
        zoom.setObjectName("zoomToSubject")
        zoom.clicked.connect(self._zoom)
        opening = QPushButton(icon("external-link"), self.tr("&Open"), self)
        opening.setObjectName("openSubject")
        opening.clicked.connect(self._open)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(zoom)
        foot.addWidget(opening)
        whole = self._whole
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self._picture)
        whole.addLayout(self._rows)
        whole.addWidget(self._below)
        whole.addLayout(foot)

    def _zoom(self) -> None:
        if self._subject is not None:
            self._desk.selection.ask_for(self._subject)

    def _open(self) -> None:
        if self._subject is not None:
            self.opened.emit(self._subject)

    def _show_record(self, found: tuple[Identified, ...], record: Record, near: QPoint) -> None:
        self._subject = found[0].subject
        self._title.setText(found[0].title)
        self._picture.setVisible(isinstance(record, Evidence))
        if isinstance(record, Evidence):
            self._show_picture(record.sha256)
        self._below.setText(self.tr("{count} more below: click again").format(count=len(found) - 1))
        self._below.setVisible(len(found) > 1)
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._said = rows_of(record)
        for label, value in self._said:
            said = QLabel(value, self)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            name = QLabel(label, self)
            name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            self._rows.addRow(name, said)
        self.show()
        self._whole.activate()
        self.resize(_WIDTH, self._whole.totalHeightForWidth(_WIDTH))
        self._place(near)
        self.raise_()

    def _show_picture(self, sha256: str) -> None:
        self._picture.setPixmap(QPixmap())
        self._picture.setText("")

        def take(pixmap: QPixmap) -> None:
            if self._subject is not None and self._subject.number == sha256:
                self._picture.setPixmap(pixmap)

        show_thumbnail(
            self._desk,
            self,
            sha256,
            _PICTURE_PX,
            take,
            lambda e: self._picture.setText(sentence_of(e, self._desk.language)),
        )

    def _not_there(self, error: BaseException) -> None:
        self.hide()
        if not isinstance(error, NotFound):
            self._desk.messages.problem(error)

    def _place(self, near: QPoint) -> None:
        """Right below the pointer, or on the side where there is room."""
        room: QRect = self._map.rect()
        x = near.x() + _OFFSET
        if x + self.width() > room.right():
            x = near.x() - _OFFSET - self.width()
        y = min(near.y() + _OFFSET, room.bottom() - self.height())
        self.move(max(0, x), max(0, y))

    def _close(self) -> None:
        self.hide()
        self._map.setFocus()

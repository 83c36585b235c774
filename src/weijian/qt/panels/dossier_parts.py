"""What the page of a dossier is put together from: sections, links, label and value grids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weijian.qt.icons import icon
from weijian.qt.selection import Subject, SubjectKind

UNKNOWN = "—"
_LABEL_HEIGHTS = 3.1
"""Room for labels of four Chinese characters, in heights of a line."""
Ask = Callable[[Subject], None]


class SubjectLink(QLabel):
    """A number that leads to the thing: by click, or with Tab and Enter."""

    def __init__(self, kind: SubjectKind, number: str, ask: Ask, text: str | None = None) -> None:
        super().__init__(f'<a href="#">{escape(text or number)}</a>')
        self.subject = Subject(kind, number)
        self.setObjectName(f"{kind.value}Link")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.linkActivated.connect(lambda _: ask(self.subject))


class Section(QWidget):
    """A headed part of the page, with ``corner`` at the right end of its heading; says when there is nothing in it."""

    def __init__(self, name: str, title: str, count: int, nothing: str, *corner: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 8, 0, 0)
        self.body.setSpacing(4)
        heading = _heading(title, count)
        for widget in corner:
            heading.addWidget(widget)
        self.body.addLayout(heading)
        self.body.addWidget(line())
        if not count:
            self.body.addWidget(muted(nothing))


def _heading(title: str, count: int) -> QHBoxLayout:
    row = QHBoxLayout()
    heading = QLabel(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    row.addWidget(heading)
    if count:
        row.addWidget(muted(str(count)))
    row.addStretch(1)
    return row


def line() -> QFrame:
    """A thin line across the page."""
    drawn = QFrame()
    drawn.setFrameShape(QFrame.Shape.HLine)
    drawn.setFrameShadow(QFrame.Shadow.Plain)
    drawn.setForegroundRole(QPalette.ColorRole.Mid)
    return drawn


def muted(text: str) -> QLabel:
    """Text that stands back."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(True)
    return label


def plain(text: str | None, *, bold: bool = False) -> QLabel:
    """A value that can be selected and copied; a dash when it is not known."""
    label = QLabel(text or UNKNOWN)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if bold:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def marked(picture: str, text: str, *, bold: bool = False) -> QWidget:
    """Text with a small picture before it, so that what it says is not told by colour alone."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    sign = QLabel()
    sign.setPixmap(icon(picture).pixmap(16, 16))
    sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(plain(text, bold=bold), 1)
    return whole


def small_button(name: str, picture: str, tip: str) -> QToolButton:
    """A button that is only a picture, with its words for those who rest on it or hear it."""
    button = QToolButton()
    button.setObjectName(name)
    button.setAutoRaise(True)
    button.setIcon(icon(picture))
    button.setIconSize(QSize(16, 16))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def menu_button(name: str, tip: str, verbs: Sequence[tuple[str, Callable[[], None]]]) -> QToolButton:
    """A small pencil with a menu of verbs."""
    button = small_button(name, "pencil", tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for words, verb in verbs:
        menu.addAction(words).triggered.connect(partial(_without_checked, verb))
    button.setMenu(menu)
    return button


def _without_checked(verb: Callable[[], None], _checked: bool = False) -> None:
    verb()


def linked(link: SubjectLink, remark: str = "", *buttons: QWidget) -> QHBoxLayout:
    """A link, and a remark and buttons at the right end of the row."""
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(link)
    row.addStretch(1)
    if remark:
        said = plain(remark)
        said.setWordWrap(False)
        row.addWidget(said)
    for button in buttons:
        row.addWidget(button)
    return row


def pairs(values: Sequence[tuple[str, str | QWidget | None]], columns: int = 2) -> QGridLayout:
    """Labels and values side by side, so many pairs in a row; every grid of a page has the same columns."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(6)
    grid.setVerticalSpacing(2)
    top = Qt.AlignmentFlag.AlignTop
    for place, (label, value) in enumerate(values):
        row, column = divmod(place, columns)
        name = muted(label)
        name.setWordWrap(False)
        grid.addWidget(name, row, 2 * column, top)
        shown = value if isinstance(value, QWidget) else plain(value)
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(shown, row, 2 * column + 1, top)
    for column in range(columns):
        grid.setColumnMinimumWidth(2 * column, round(name.fontMetrics().height() * _LABEL_HEIGHTS))
        grid.setColumnStretch(2 * column + 1, 1)
    return grid


def figures(headings: Sequence[str], rows: Sequence[tuple[str, Sequence[str], bool]]) -> QGridLayout:
    """A small table of figures under headings; a row has its name, cells and whether the last stands out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(1)
    right = Qt.AlignmentFlag.AlignRight
    for column, heading in enumerate(headings, start=1):
        grid.addWidget(muted(heading), 0, column, right)
        grid.setColumnStretch(column, 1)
    for row, (name, cells, stands_out) in enumerate(rows, start=1):
        grid.addWidget(muted(name), row, 0)
        for column, cell in enumerate(cells, start=1):
            value = plain(cell, bold=stands_out and column == len(cells))
            value.setAlignment(right)
            grid.addWidget(value, row, column)
    return grid

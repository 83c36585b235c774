"""All keys of the window, and what the mouse does on the map."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.forms.shortcuts_dialog import Ui_ShortcutsDialog

_GESTURES = (
    (QT_TRANSLATE_NOOP("gestures", "Drag"), QT_TRANSLATE_NOOP("gestures", "Move the map")),
    (
        QT_TRANSLATE_NOOP("gestures", "Drag with the middle button"),
        QT_TRANSLATE_NOOP("gestures", "Move the map, whatever tool is in hand"),
    ),
    (QT_TRANSLATE_NOOP("gestures", "Wheel"), QT_TRANSLATE_NOOP("gestures", "Zoom at the pointer")),
    (QT_TRANSLATE_NOOP("gestures", "Double-click"), QT_TRANSLATE_NOOP("gestures", "Zoom in; ends a measurement")),
    (QT_TRANSLATE_NOOP("gestures", "Drag the handle"), QT_TRANSLATE_NOOP("gestures", "Swipe between the two dates")),
    (QT_TRANSLATE_NOOP("gestures", "Space"), QT_TRANSLATE_NOOP("gestures", "Blink: the other date")),
    (QT_TRANSLATE_NOOP("gestures", "Arrow keys"), QT_TRANSLATE_NOOP("gestures", "Move the map")),
)
_MNEMONIC = re.compile(r"\s*\(&?[A-Z0-9]\)")
_WIDTH = 860
_AROUND = 80
"""Height of what stands around the sheet: margins and buttons."""
_HEADING_ROWS = 2
"""What a heading takes, in rows."""

Row = tuple[str, str]


class ShortcutsDialog(QDialog):
    """The keys of groups of actions in two columns.

    Parameters
    ----------
    groups : sequence of (title, actions)
        Actions without a key are left out, and groups without an action that has one.
    """

    def __init__(self, groups: Sequence[tuple[str, Sequence[QAction]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_ShortcutsDialog()
        self._form.setupUi(self)
        self._form.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = self._form.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        self._form.buttons.rejected.connect(self.reject)
        sections = [(_bare(title), _rows(actions)) for title, actions in groups]
        sections = [section for section in sections if section[1]]
        sections.append((self.tr("On the map"), [(_said(key), _said(what)) for key, what in _GESTURES]))
        self._fill(sections)
        self.resize(_WIDTH, self._form.sheet.sizeHint().height() + _AROUND)
        fit_screen(self)
        close.setFocus()

    def _fill(self, sections: Sequence[tuple[str, list[Row]]]) -> None:
        """The first sections stand left, the others right, so that neither column is much longer."""
        lengths = [len(rows) + _HEADING_ROWS for _, rows in sections]
        cut = min(range(len(sections) + 1), key=lambda place: max(sum(lengths[:place]), sum(lengths[place:])))
        columns = ((self._form.left_column, sections[:cut]), (self._form.right_column, sections[cut:]))
        for column, its_sections in columns:
            for title, rows in its_sections:
                self._add(column, title, rows)
            column.addStretch(1)

    def _add(self, column: QVBoxLayout, title: str, rows: Sequence[Row]) -> None:
        if column.count():
            column.addSpacing(12)
        heading = QLabel(title, self._form.sheet)
        heading.setProperty("heading", 2)
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for place, (key, what) in enumerate(rows):
            meaning = QLabel(what, self._form.sheet)
            meaning.setWordWrap(True)
            cap = QLabel(key, self._form.sheet)
            cap.setObjectName("key-cap")
            cap.setTextFormat(Qt.TextFormat.PlainText)
            cap.setProperty("keycap", True)
            grid.addWidget(meaning, place, 0)
            grid.addWidget(cap, place, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(grid)


def _rows(actions: Sequence[QAction]) -> list[Row]:
    rows = []
    for action in actions:
        keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts() if not key.isEmpty()]
        if keys:
            rows.append(("  /  ".join(keys), _bare(action.text()).removesuffix("…")))
    return rows


def _bare(text: str) -> str:
    """A text without the mark of its mnemonic."""
    return _MNEMONIC.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def _said(text: object) -> str:
    return QCoreApplication.translate("gestures", str(text))

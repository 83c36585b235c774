"""The reviewer's actions with their keys."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from weijian.qt.icons import icon
from weijian.qt.plain_text import plain_text

_ACTIONS = {
    "next": (QT_TRANSLATE_NOOP("review_actions", "&Next finding"), "chevron-down", ("N",)),
    "previous": (QT_TRANSLATE_NOOP("review_actions", "&Previous finding"), "chevron-up", ("P",)),
    "next-open": (QT_TRANSLATE_NOOP("review_actions", "Next finding to re&view"), "arrow-down", ("Shift+N",)),
    "confirm": (QT_TRANSLATE_NOOP("review_actions", "&Confirm"), "check", ("C",)),
    "dismiss": (QT_TRANSLATE_NOOP("review_actions", "&Dismiss…"), "ban", ("X",)),
    "reopen": (QT_TRANSLATE_NOOP("review_actions", "Re&open"), "rotate-ccw", ("R",)),
    "edit-outline": (QT_TRANSLATE_NOOP("review_actions", "&Edit outline"), "spline", ("E",)),
    "lead": (QT_TRANSLATE_NOOP("review_actions", "Enter as &lead"), "flag", ("L",)),
    "case": (QT_TRANSLATE_NOOP("review_actions", "Open c&ase…"), "gavel", ("O",)),
    "undo": (QT_TRANSLATE_NOOP("review_actions", "&Undo"), "undo-2", ("Ctrl+Z",)),
    "redo": (QT_TRANSLATE_NOOP("review_actions", "&Redo"), "redo-2", ("Ctrl+Y", "Ctrl+Shift+Z")),
}
"""Name: (text, icon, keys)."""


def make_actions(parent: QObject) -> dict[str, QAction]:
    """All actions of the review by name."""
    actions = {}
    for name, (text, drawing, keys) in _ACTIONS.items():
        action = QAction(icon(drawing), QCoreApplication.translate("review_actions", str(text)), parent)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setAutoRepeat(name in ("next", "previous"))
        said = QCoreApplication.translate("review_actions", "{action} ({key})")
        action.setIconText(plain_text(action.text()))
        action.setToolTip(said.format(action=action.iconText(), key=keys[0]))
        actions[name] = action
    return actions

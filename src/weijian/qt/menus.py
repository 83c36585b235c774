"""How the commands stand in the menus and the toolbar."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton

_MENUS = {
    "file": (
        QT_TRANSLATE_NOOP("menus", "&File"),
        "new open connect demo close | import import-photos add-survey imports"
        " | back-up copy-archive restore verify"
        " | export-findings export-web-map export-weekly | settings quit",
    ),
    "map": (
        QT_TRANSLATE_NOOP("menus", "&Map"),
        "find-household | full-extent zoom-selection zoom-in zoom-out | select measure-length measure-area",
    ),
    "review": (QT_TRANSLATE_NOOP("menus", "&Review"), "detect"),
    "case": (QT_TRANSLATE_NOOP("menus", "&Case"), ""),
    "view": (QT_TRANSLATE_NOOP("menus", "&View"), ""),
    "help": (QT_TRANSLATE_NOOP("menus", "&Help"), "manual shortcuts about"),
}
_TOOLBAR = "open | import add-survey detect | select measure-length measure-area | full-extent zoom-selection"

_WITH_WORDS = ("import", "add-survey", "detect")
"""Those of the toolbar that a newcomer needs first are called by name."""


def fill_menus(bar: QMenuBar, toolbar: QToolBar, commands: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Put the commands into menus and toolbar; answers the menus by name, to which an open workspace adds its own."""
    menus = {}
    for name, (title, entries) in _MENUS.items():
        menu = bar.addMenu(QCoreApplication.translate("menus", str(title)))
        menu.setObjectName(f"{name}-menu")
        _fill(menu, entries, commands)
        menus[name] = menu
    _fill(toolbar, _TOOLBAR, commands)
    for name in _WITH_WORDS:
        button = toolbar.widgetForAction(commands[name])
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return menus


def _fill(target: QMenu | QToolBar, entries: str, commands: Mapping[str, QAction]) -> None:
    for entry in entries.split():
        if entry == "|":
            target.addSeparator()
        else:
            target.addAction(commands[entry])

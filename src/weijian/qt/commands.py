"""The window's commands: what stands in the menus and the toolbar, with its keys and icon."""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from weijian.qt.icons import icon

_COMMANDS = {
    "new": (QT_TRANSLATE_NOOP("commands", "&New workspace…"), "folder-plus", "Ctrl+N"),
    "open": (QT_TRANSLATE_NOOP("commands", "&Open workspace…"), "folder-open", "Ctrl+O"),
    "connect": (QT_TRANSLATE_NOOP("commands", "Connect to a &shared archive…"), "server", "Ctrl+Shift+O"),
    "demo": (QT_TRANSLATE_NOOP("commands", "&Demo village"), "sparkles", ""),
    "close": (QT_TRANSLATE_NOOP("commands", "&Close workspace"), "x", "Ctrl+W"),
    "back-up": (QT_TRANSLATE_NOOP("commands", "&Back up…"), "save", "Ctrl+Shift+B"),
    "copy-archive": (QT_TRANSLATE_NOOP("commands", "Cop&y to another archive…"), "copy", ""),
    "restore": (QT_TRANSLATE_NOOP("commands", "&Restore a backup…"), "rotate-ccw", ""),
    "verify": (QT_TRANSLATE_NOOP("commands", "&Verify the archive"), "check-check", ""),
    "settings": (QT_TRANSLATE_NOOP("commands", "&Settings…"), "settings", "Ctrl+,"),
    "quit": (QT_TRANSLATE_NOOP("commands", "&Quit"), "log-out", "Ctrl+Q"),
    "import": (QT_TRANSLATE_NOOP("commands", "&Import the archive…"), "file-plus", "Ctrl+I"),
    "add-survey": (QT_TRANSLATE_NOOP("commands", "&Add a survey…"), "plane-takeoff", "Ctrl+Shift+A"),
    "import-photos": (QT_TRANSLATE_NOOP("commands", "Import &photographs…"), "camera", "Ctrl+Shift+P"),
    "imports": (QT_TRANSLATE_NOOP("commands", "Imports to ta&ke back…"), "rotate-ccw", ""),
    "detect": (QT_TRANSLATE_NOOP("commands", "&Detect changes…"), "radar", "Ctrl+D"),
    "export-findings": (QT_TRANSLATE_NOOP("commands", "Export &findings…"), "download", ""),
    "export-web-map": (QT_TRANSLATE_NOOP("commands", "Export &web map…"), "globe", ""),
    "export-weekly": (QT_TRANSLATE_NOOP("commands", "Export weekly &report…"), "file-spreadsheet", ""),
    "full-extent": (QT_TRANSLATE_NOOP("commands", "&Full extent"), "maximize", "Ctrl+0"),
    "zoom-selection": (QT_TRANSLATE_NOOP("commands", "Zoom to &selection"), "locate", "Z"),
    "zoom-in": (QT_TRANSLATE_NOOP("commands", "Zoom &in"), "zoom-in", "Ctrl++"),
    "zoom-out": (QT_TRANSLATE_NOOP("commands", "Zoom &out"), "zoom-out", "Ctrl+-"),
    "find-household": (QT_TRANSLATE_NOOP("commands", "Find a &household"), "search", "Ctrl+F"),
    "select": (QT_TRANSLATE_NOOP("commands", "S&elect and identify"), "mouse-pointer-2", "S"),
    "measure-length": (QT_TRANSLATE_NOOP("commands", "Measure &length"), "ruler", "M"),
    "measure-area": (QT_TRANSLATE_NOOP("commands", "Measure &area"), "square-dashed", "A"),
    "manual": (QT_TRANSLATE_NOOP("commands", "User's &manual"), "file-text", ""),
    "shortcuts": (QT_TRANSLATE_NOOP("commands", "&Keys and mouse"), "keyboard", "F1"),
    "about": (QT_TRANSLATE_NOOP("commands", "&About weijian"), "info", ""),
}
"""Name: (text, icon, key)."""

MORE_KEYS = {"shortcuts": ["F1", "?"], "zoom-in": ["Ctrl++", "Ctrl+="]}
TOOLS = ("select", "measure-length", "measure-area")
"""Of which one is in hand."""
OF_A_WORKSPACE = (
    *(
        "close",
        "back-up",
        "copy-archive",
        "verify",
        "find-household",
        "import",
        "add-survey",
        "import-photos",
        "imports",
        "detect",
        "export-findings",
        "export-web-map",
        "export-weekly",
    ),
    *("full-extent", "zoom-selection", "zoom-in", "zoom-out", *TOOLS),
)
"""Those that need an open workspace."""

_MNEMONIC = re.compile(r"\(&.\)|&")


def make_commands(parent: QObject) -> dict[str, QAction]:
    """All commands of a window by name; whoever can do one connects to it."""
    commands = {}
    for name, (text, drawing, _) in _COMMANDS.items():
        action = QAction(icon(drawing), QCoreApplication.translate("commands", str(text)), parent)
        action.setObjectName(name)
        action.setIconText(_MNEMONIC.sub("", action.text()).rstrip("…"))
        action.setShortcuts([QKeySequence(key) for key in _keys(name)])
        commands[name] = action
    tools = QActionGroup(parent)
    for name in TOOLS:
        commands[name].setCheckable(True)
        tools.addAction(commands[name])
    commands["select"].setChecked(True)
    return commands


def _keys(name: str) -> list[str]:
    own = _COMMANDS[name][2]
    return MORE_KEYS.get(name, [own] if own else [])

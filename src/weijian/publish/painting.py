"""Painting needs a Qt application object; this makes sure that there is one, with no window and no widgets."""

import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication


def painting_application() -> QCoreApplication:
    """The running Qt application, or a new one that needs no screen when the machine has none.

    The caller keeps the returned object for as long as it paints.
    """
    running = QGuiApplication.instance()
    if running is not None:
        return running
    arguments = ["weijian"]
    if not _has_screen(os.environ):
        arguments += ["-platform", "offscreen"]
    return QGuiApplication(arguments)


def _has_screen(environment: Mapping[str, str]) -> bool:
    if environment.get("QT_QPA_PLATFORM"):
        return True
    return sys.platform in ("win32", "darwin") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))

"""Painting needs a Qt application object; this makes sure that there is one, with no window and no widgets."""

import logging
import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

LOG = logging.getLogger(__name__)


def painting_application() -> QCoreApplication:
    """The running Qt application, or a new one that needs no screen when the machine has none.

    The caller keeps the returned object for as long as it paints.
    """
    running = QGuiApplication.instance()
    if running is not None:
        return running
    qInstallMessageHandler(_to_log)
    arguments = ["weijian"]
    if not _has_screen(os.environ):
        arguments += ["-platform", "offscreen"]
    return QGuiApplication(arguments)


def _to_log(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt remarks on locale and screen is for developers."""
    LOG.debug(message)


def _has_screen(environment: Mapping[str, str]) -> bool:
    if environment.get("QT_QPA_PLATFORM"):
        return True
    return sys.platform in ("win32", "darwin") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))

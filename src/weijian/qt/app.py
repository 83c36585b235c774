"""Starting the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from weijian import __version__, bootstrap
from weijian.domain.language import language_of
from weijian.qt import look, translation
from weijian.qt.icons import icon
from weijian.qt.main_window import MainWindow
from weijian.qt.user_settings import UserSettings


def run_shell(folder: Path | None = None) -> int:
    """Open the window, with a workspace in it when one is given, and stay until it is closed; answers the exit code."""
    application, window = open_window(folder)
    with _errors_told_by(window):
        return application.exec()


def open_window(folder: Path | None = None) -> tuple[QApplication, MainWindow]:
    """Make the application and show its window, with a workspace in it when one is given."""
    application = make_application()
    settings = UserSettings(settings_file())
    language = settings.language or language_of(os.environ)
    translation.install(application, language)
    look.dress(application, settings.theme, language)
    application.setWindowIcon(icon("map-pinned"))
    window = MainWindow(bootstrap.start(), settings, language)
    window.show()
    if folder is not None:
        window.open_workspace(folder)
    return application, window


def make_application() -> QApplication:
    """The Qt application of this process."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(["weijian"])
    application.setApplicationName("weijian")
    application.setApplicationVersion(__version__)
    return application


def settings_file() -> Path:
    """Where this user's preferences are kept."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)) / "weijian.ini"


@contextmanager
def _errors_told_by(window: MainWindow) -> Iterator[None]:
    """Errors that nobody caught are told by the window, which lives on."""
    before = sys.excepthook

    def tell(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            window.close()
        else:
            window.tell(error.with_traceback(trace))

    sys.excepthook = tell
    try:
        yield
    finally:
        sys.excepthook = before

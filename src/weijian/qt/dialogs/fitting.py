"""Dialogs no larger than the screen, also where everything is shown at twice its size."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

_FRAME = QSize(16, 48)
"""What the window's frame and title take, about."""


def fit_screen(dialog: QDialog) -> None:
    """Make a dialog smaller when it would not fit its screen."""
    dialog.resize(dialog.size().boundedTo(dialog.screen().availableSize() - _FRAME))

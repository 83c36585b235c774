"""Small pictures of workspaces as they were last seen, kept with the user's preferences."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QSaveFile, Qt
from PySide6.QtGui import QImage, QImageWriter

from weijian.qt.user_settings import UserSettings

LOG = logging.getLogger(__name__)

WIDTH, HEIGHT = 320, 180
"""Of a kept picture, in pixels."""

_MIDDLE = 0.7
"""The part of a picture's width and height that is kept."""


def path_of(settings: UserSettings, folder: Path) -> Path:
    """Where the picture of a workspace is, if there is one; the name tells nothing of the workspace."""
    mark = hashlib.sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return settings.folder / "thumbnails" / f"{mark}.png"


def keep(settings: UserSettings, folder: Path, image: QImage) -> None:
    """Keep a picture of a workspace in place of the one before.

    Its middle is taken, without the signs in the corners of a map, and made small first, which leaves some tens of
    kilobytes to write. Where they cannot be written, the workspace just has no picture.
    """
    width, height = round(image.width() * _MIDDLE), round(image.height() * _MIDDLE)
    middle = image.copy((image.width() - width) // 2, (image.height() - height) // 2, width, height)
    filled = middle.scaled(
        WIDTH, HEIGHT, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    cut = filled.copy((filled.width() - WIDTH) // 2, (filled.height() - HEIGHT) // 2, WIDTH, HEIGHT)
    target = path_of(settings, folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        LOG.warning("no place for pictures of workspaces: %s", error.strerror)
        return
    file = QSaveFile(str(target))
    kept = (
        file.open(QSaveFile.OpenModeFlag.WriteOnly)
        and QImageWriter(file, QByteArray(b"png")).write(cut)
        and file.commit()
    )
    if not kept:
        LOG.warning("a picture of a workspace was not kept: %s", file.errorString())


def load(path: Path) -> QImage:
    """Read a kept picture; null when there is none. For a thread that may wait."""
    return QImage(str(path))


def drop(path: Path) -> None:
    """Take a kept picture away. For a thread that may wait."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        LOG.warning("a picture of a workspace was not taken away: %s", error.strerror)

"""Small pictures of evidence, made off the GUI thread and kept in Qt's own bounded cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap, QPixmapCache

from weijian.qt.desk import Desk
from weijian.services.dossier_pictures import evidence_picture


def show_thumbnail(
    desk: Desk,
    owner: QObject,
    sha256: str,
    side_px: int,
    then: Callable[[QPixmap], None],
    otherwise: Callable[[BaseException], None],
) -> None:
    """Give ``then`` a photograph with sides of at most ``side_px``: at once where it was made before."""
    key = f"photo/{sha256}/{side_px}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        then(kept)
        return

    def take(image: QImage) -> None:
        pixmap = QPixmap.fromImage(image)
        QPixmapCache.insert(key, pixmap)
        then(pixmap)

    desk.jobs.ask(owner, partial(_small, desk.folder, sha256, side_px), take, otherwise)


def _small(folder: Path, sha256: str, side_px: int) -> QImage:
    rgb = evidence_picture(folder, sha256, side_px).rgb
    return QImage(rgb.data, rgb.shape[1], rgb.shape[0], 3 * rgb.shape[1], QImage.Format.Format_RGB888).copy()

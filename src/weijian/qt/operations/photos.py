"""Importing photographs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk
from weijian.qt.jobs import Otherwise, RunningJob
from weijian.services.photo_import import import_photos

Then = Callable[[Any], None]
"""Is given the `PhotoImport`."""


def import_folder(
    desk: Desk, owner: QObject, source: Path, distance_m: float, then: Then, otherwise: Otherwise
) -> RunningJob:
    """Take a folder's photographs into the evidence, all of them or none."""
    title = QCoreApplication.translate("photos", "Import photographs of {folder}").format(folder=source.name)
    return desk.jobs.start(owner, title, partial(import_photos, desk.folder, source, distance_m), then, otherwise)

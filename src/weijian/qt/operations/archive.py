"""Importing the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk
from weijian.qt.jobs import Otherwise, RunningJob
from weijian.services.imports import ImportRequest, import_file

Then = Callable[[Any], None]
"""Is given the `ImportSummary`."""


def check_archive(desk: Desk, owner: QObject, request: ImportRequest, then: Then, otherwise: Otherwise) -> RunningJob:
    """See what an import would do, row by row; nothing is written."""
    title = QCoreApplication.translate("archive", "Check {file}").format(file=request.file.name)
    return desk.jobs.start(owner, title, partial(import_file, replace(request, dry_run=True)), then, otherwise)


def import_archive(desk: Desk, owner: QObject, request: ImportRequest, then: Then, otherwise: Otherwise) -> RunningJob:
    """Import a file, all of it or nothing."""
    title = QCoreApplication.translate("archive", "Import {file}").format(file=request.file.name)
    return desk.jobs.start(owner, title, partial(import_file, replace(request, dry_run=False)), then, otherwise)

"""Importing the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk
from weijian.qt.jobs import Otherwise, RunningJob
from weijian.services.import_undo import TakenBack, undo_import
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


def take_back_import(
    desk: Desk, owner: QObject, number: int, then: Callable[[TakenBack], None], otherwise: Otherwise
) -> RunningJob:
    """Take back a whole import by its number."""
    title = QCoreApplication.translate("archive", "Take back import {number}").format(number=number)
    answered: Then = then
    return desk.jobs.start(owner, title, partial(undo_import, desk.folder, number), answered, otherwise)


def taken_back_words(told: TakenBack) -> str:
    """What became of an import that was taken back."""
    text = QCoreApplication.translate(
        "archive",
        "Import {number} ({file}) was taken back: {restored} rows are as before, {left} changed since and stay.",
    )
    return text.format(
        number=told.batch.action_id, file=told.batch.file_name, restored=told.restored, left=len(told.left)
    )

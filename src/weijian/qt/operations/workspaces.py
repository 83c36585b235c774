"""Making workspaces."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from weijian.qt.jobs import Jobs, Otherwise, Question
from weijian.services.workspaces import new_workspace, require_free_place


def look_at_place(
    jobs: Jobs, owner: QObject, folder: Path, then: Callable[[None], None], otherwise: Otherwise
) -> Question:
    """See whether a workspace can be made there."""
    return jobs.ask(owner, partial(require_free_place, folder), then, otherwise)


def make_workspace(
    jobs: Jobs,
    owner: QObject,
    folder: Path,
    *,
    name: str,
    crs: str,
    bureau: str | None,
    then: Callable[[None], None],
    otherwise: Otherwise,
) -> None:
    """Make an empty workspace."""
    jobs.ask(owner, partial(new_workspace, folder, name=name, crs=crs, bureau=bureau), then, otherwise)

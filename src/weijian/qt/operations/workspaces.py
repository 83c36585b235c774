"""Making workspaces."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from weijian.qt.jobs import Jobs, Otherwise, Question
from weijian.services import archives
from weijian.services.archives import Login, ServerFound, connect_archive, keep_login
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
    login: Login | None,
    then: Callable[[bool], None],
    otherwise: Otherwise,
) -> None:
    """Make an empty workspace; ``then`` is told whether the password could be kept."""

    def work() -> bool:
        kept = login is None or keep_login(login)
        new_workspace(folder, name=name, crs=crs, bureau=bureau, login=login)
        return kept

    jobs.ask(owner, work, then, otherwise)


def try_server(
    jobs: Jobs, owner: QObject, login: Login, then: Callable[[ServerFound], None], otherwise: Otherwise
) -> Question:
    """See whether a server answers."""
    return jobs.ask(owner, partial(archives.try_server, login), then, otherwise)


def connect(
    jobs: Jobs, owner: QObject, folder: Path, login: Login, then: Callable[[bool], None], otherwise: Otherwise
) -> None:
    """Let a folder point to a shared archive; ``then`` is told whether the password could be kept."""

    def work() -> bool:
        connect_archive(folder, login)
        return keep_login(login)

    jobs.ask(owner, work, then, otherwise)


def give_password(jobs: Jobs, owner: QObject, folder: Path, password: str, then: Callable[[bool], None]) -> None:
    """Keep the password of a workspace's server; ``then`` is told whether that was possible."""
    jobs.ask(owner, partial(archives.give_password, folder, password), then)

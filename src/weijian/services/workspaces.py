"""Workspaces: making one, checking one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from weijian.cadastre.crs import parse_crs
from weijian.domain.errors import InputError, TargetExists
from weijian.domain.job import Job
from weijian.domain.language import Language
from weijian.services.actor import current_actor
from weijian.storage import verify
from weijian.storage.server_address import Login
from weijian.storage.workspace import create_workspace, open_workspace
from weijian.storage.workspace import is_workspace as looks_like_workspace

Problem = verify.Problem
"""One thing that is wrong with a workspace."""


class ArchiveNotWhole(InputError):
    """What verifying found, in a window; ``details`` lists it."""

    zh = "核验发现 {count} 处问题，第一处：{first}。全部问题见详细信息；请查明原因，必要时从备份恢复。"
    en = (
        "Verifying found {count} problems, the first: {first}. The details list all of them; find out why, "
        "and restore a backup where needed."
    )


@dataclass(frozen=True)
class WorkspaceFacts:
    """What must be known of a workspace to show it."""

    folder: Path
    name: str
    crs: CRS


def new_workspace(folder: Path, *, name: str, crs: str, bureau: str | None = None, login: Login | None = None) -> None:
    """Make an empty workspace, its tables on a server where ``login`` names one.

    The errors are those of `weijian.storage.workspace.create_workspace`.
    """
    create_workspace(folder, name=name, crs=parse_crs(crs, folder), bureau=bureau, login=login).close()


def require_free_place(folder: Path) -> None:
    """Refuse a place for a new workspace before anything else is asked.

    Raises
    ------
    TargetExists
        Something is there already; an empty folder will do.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise TargetExists(path=folder)


def is_workspace(folder: Path) -> bool:
    """Whether a folder looks like a workspace, without opening it."""
    return looks_like_workspace(folder)


def describe_workspace(folder: Path) -> WorkspaceFacts:
    """Open a workspace and say what it is; the errors of `weijian.storage.workspace.open_workspace`."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return WorkspaceFacts(folder, str(work.settings.get("name") or folder.name), workspace.crs)


def latest_action(folder: Path) -> int:
    """Number of the last action on a workspace, whoever did it: when it grows, somebody changed something."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.latest_action


def rebuild_indexes(folder: Path) -> None:
    """Make anew what rows are found by; the archive stays as it is."""
    with open_workspace(folder) as workspace:
        workspace.rebuild_indexes(current_actor())


def verify_workspace(folder: Path) -> Job[list[Problem]]:
    """Everything wrong with a workspace; an empty list when it is whole."""
    with open_workspace(folder) as workspace:
        return (yield from verify.verify(workspace))


def require_whole(problems: Sequence[Problem], language: Language) -> None:
    """Tell in one sentence what verifying found.

    Raises
    ------
    ArchiveNotWhole
    """
    if problems:
        told = [f"{problem.subject}: {problem.what.said_in(language)}" for problem in problems]
        raise ArchiveNotWhole(count=len(told), first=told[0], details="\n".join(told))

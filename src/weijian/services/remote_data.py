"""Whether data elsewhere and on the network may be read: only where the user, or the workspace's setting, allows it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from weijian.elsewhere import require_here

if TYPE_CHECKING:
    from weijian.storage.workspace import Workspace

SETTING = "remote_data"


def is_allowed(workspace: Workspace, asked: bool = False) -> bool:
    """Whether a workspace lets such data in, or the user does this once."""
    if asked:
        return True
    with workspace.read() as work:
        return bool(work.settings.get(SETTING, False))


def is_allowed_in(folder: Path, asked: bool = False) -> bool:
    """`is_allowed` of the workspace in a folder."""
    if asked:
        return True
    from weijian.storage.workspace import open_workspace

    with open_workspace(folder) as workspace:
        return is_allowed(workspace)


def require_allowed(paths: Iterable[Path | None], allowed: bool) -> None:
    """Refuse files that lead elsewhere, where that is not allowed.

    Raises
    ------
    PointsElsewhere
    """
    for path in paths:
        if path is not None and not allowed:
            require_here(path)

"""Whether data elsewhere and on the network may be read: only where the user, or the workspace's setting, allows it."""

from collections.abc import Iterable
from pathlib import Path

from weijian.elsewhere import require_here
from weijian.storage.workspace import Workspace, open_workspace

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

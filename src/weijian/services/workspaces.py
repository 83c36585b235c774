"""Workspaces: making one, checking one."""

from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from weijian.domain.errors import CrsUnusable
from weijian.domain.language import Words
from weijian.storage.verify import Problem, verify
from weijian.storage.workspace import create_workspace, open_workspace


def crs_from(text: str, path: Path) -> CRS:
    """The coordinate reference system a user names, such as ``EPSG:4549``.

    Raises
    ------
    CrsUnusable
        Nobody knows it; ``path`` is what it was to be used for.
    """
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        raise CrsUnusable(crs=text, path=path, why=Words("无法识别", "it is not known")) from error


def new_workspace(folder: Path, *, name: str, crs: str, bureau: str | None = None) -> None:
    """Make an empty workspace; the errors of `weijian.storage.workspace.create_workspace`."""
    create_workspace(folder, name=name, crs=crs_from(crs, folder), bureau=bureau).close()


def verify_workspace(folder: Path) -> list[Problem]:
    """Everything wrong with a workspace; an empty list when it is whole."""
    with open_workspace(folder) as workspace:
        return verify(workspace)

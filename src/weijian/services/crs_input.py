"""Coordinate reference systems as users write them."""

from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from weijian.domain.errors import CrsUnusable
from weijian.domain.language import Words


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

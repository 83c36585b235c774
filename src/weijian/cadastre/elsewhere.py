"""Names and files that point to data elsewhere: GDAL would follow them, to the network as well."""

from __future__ import annotations

import re
from pathlib import Path

from weijian.cadastre.errors import PointsElsewhere

_NAME = re.compile(r"^[\\/]vsi|^[a-z][a-z0-9+.\-]+:[\\/]", re.IGNORECASE)
_CONTENT = (
    b"<OGRVRTDataSource",
    b"<OGRWFSDataSource",
    b"<OGRCSWDataSource",
    b"<VRTDataset",
    b"<GDAL_WMS",
    b"gdal_streamed_alg",
)
"""Beginnings of documents that GDAL knows by their content, whatever they are called."""

_REMOTE = re.compile(rb">\s*(?:/vsi(?:curl|s3|gs|az|adls|oss|swift|hdfs|webhdfs)|https?://|ftp://)", re.IGNORECASE)


def refuse_name(path: Path) -> None:
    """Refuse a name that is no plain path: ``/vsicurl/...``, ``https://...``.

    Raises
    ------
    PointsElsewhere
    """
    if _NAME.match(str(path)):
        raise PointsElsewhere(path=path)


def refuse_content(data: bytes, path: Path) -> None:
    """Refuse a document that only tells where its data are.

    Raises
    ------
    PointsElsewhere
    """
    if any(mark in data for mark in _CONTENT):
        raise PointsElsewhere(path=path)


def refuse_remote_mosaic(path: Path) -> None:
    """Refuse a raster mosaic (VRT) whose pictures lie on the network; those on disks and shares are as good as files.

    Raises
    ------
    PointsElsewhere
    """
    if path.suffix.lower() == ".vrt" and path.is_file() and _REMOTE.search(path.read_bytes()):
        raise PointsElsewhere(path=path)

r"""Names and documents that lead to data elsewhere: what leads there, and what it is called for GDAL.

GDAL follows what it opens, by its content and whatever it is called: to services, to the network, to any file. A file,
a mapped drive and a share of the office (``\\server\share``) are here; so is a mosaic of pictures on those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree as ElementTree
from defusedxml.common import DefusedXmlException

from weijian.domain.errors import PointsElsewhere

_STORES = re.compile(r"/vsi(?:curl|s3|gs|az|adls|oss|swift|hdfs|webhdfs)(?:_streaming)?(?=[/?]|$)", re.IGNORECASE)
_ADDRESS = re.compile(r"^[a-z][a-z0-9+.\-]+:[\\/]", re.IGNORECASE)
_SERVICE = re.compile(
    r"^(?:wms|wmts|wcs|wfs|oapif\w*|ogcapi|csw|pg|postgresql|mysql|mssql|oci|es|carto|ngw|plmosaic|eedai?|daas|stac\w*)"
    r":(?![\\/]?$)",
    re.IGNORECASE,
)
_WEB_FOLDER = re.compile(r"^[\\/]{2}[^\\/]+(?:@ssl\b|[\\/]davwwwroot\b)", re.IGNORECASE)
"""A web server that Windows shows as a share."""

_THROUGH_GDAL = re.compile(r"^[\\/]vsi", re.IGNORECASE)
_WEB = re.compile(r"\b(https?|ftp):[\\/]+", re.IGNORECASE)
_SECRET = re.compile(r"(?<=:/)/?[^/@]*@|\?.*$")

_POINTERS = (
    b"<OGRVRTDataSource",
    b"<OGRWFSDataSource",
    b"<OGRCSWDataSource",
    b"<GDAL_WMS",
    b"<GDAL_WMTS",
    b"<WMS_Capabilities",
    b"<WCS_GDAL",
    b"<GDALTileIndexDataset",
    b"<MRF_META",
    b"gdal_streamed_alg",
)
"""Beginnings of documents that only tell where data are; GDAL knows them by their content, whatever they are called."""

_MOSAIC = b"<VRTDataset"
_HEAD = 4096
_LONGEST_SHOWN = 120


def is_remote(name: str) -> bool:
    """Whether a name leads to the network.

    >>> is_remote("/vsicurl/https://example.com/a.tif"), is_remote("https://example.com/a.tif")
    (True, True)
    >>> is_remote("//server/share/a.tif"), is_remote("D:/a.tif"), is_remote("/vsizip/a.zip/a.tif")
    (False, False, False)
    """
    return any(form.search(name) for form in (_STORES, _ADDRESS, _SERVICE, _WEB_FOLDER))


def through_gdal(path: Path) -> bool:
    """Whether a path leads through GDAL (``/vsis3/...``, ``/vsizip/...``) and not through the system's folders."""
    return _THROUGH_GDAL.match(path.as_posix()) is not None or is_remote(path.as_posix())


def settled(path: Path) -> Path:
    """A path that does not depend on the folder one works in."""
    return path if through_gdal(path) else path.absolute()


def gdal_name(path: Path) -> str:
    """What GDAL calls a path: addresses have their two slashes again, which paths do not keep.

    >>> gdal_name(Path("https://example.com/a.tif"))
    '/vsicurl/https://example.com/a.tif'
    """
    if not through_gdal(path):
        return str(path)
    name = path.as_posix()
    whole = _WEB.sub(lambda found: f"{found[1]}://", name)
    return f"/vsicurl/{whole}" if _WEB.match(whole) else whole


def points_elsewhere(path: Path) -> bool:
    """Whether a name leads to the network, or a file only tells where its data are."""
    return is_remote(path.as_posix()) or _is_pointer(_head(path))


def require_here(path: Path) -> None:
    """Refuse what leads elsewhere: a name, a document, or a mosaic (VRT) with a source that does.

    Sources on disks and shares are as good as files, wherever they are; but bytes that a mosaic takes raw, of which
    GDAL does not ask whether they are a picture, must lie beside it.

    Raises
    ------
    PointsElsewhere
    """
    if is_remote(path.as_posix()):
        raise _refusal(Path(_shown(path.as_posix())), gdal_name(path))
    _require_here(path, path, set())


def refuse_content(data: bytes, path: Path) -> None:
    """Refuse a document that only tells where its data are.

    Raises
    ------
    PointsElsewhere
    """
    if _is_pointer(data) or _MOSAIC in data:
        raise _refusal(path, path.name)


def _require_here(path: Path, asked: Path, seen: set[Path]) -> None:
    if path in seen:
        return
    seen.add(path)
    head = _head(path)
    if _is_pointer(head):
        raise _refusal(asked, path.name)
    if _MOSAIC in head:
        with path.open("rb") as mosaic:
            _require_sources_here(mosaic, path.parent, asked, seen)


def _require_sources_here(mosaic: BinaryIO, folder: Path, asked: Path, seen: set[Path]) -> None:
    try:
        for name, beside, is_raw in _sources(mosaic):
            if name.startswith("<"):
                refuse_content(name.encode("utf-8"), asked)
            if is_remote(name):
                raise _refusal(asked, name)
            source = folder / name if beside else Path(name)
            if is_raw and not source.resolve().is_relative_to(folder.resolve()):
                raise _refusal(asked, name)
            _require_here(source, asked, seen)
    except DefusedXmlException as error:
        raise _refusal(asked, "DOCTYPE") from error
    except ParseError:
        return  # GDAL will not read it either


def _sources(mosaic: BinaryIO) -> Iterator[tuple[str, bool, bool]]:
    """Names that a mosaic gives, whether they count from its folder, and whether their bytes are taken raw.

    What was read is dropped at once: a county's mosaic has a hundred thousand sources.
    """
    is_raw = False
    for event, element in ElementTree.iterparse(mosaic, ("start", "end"), forbid_dtd=True):
        if event == "start":
            is_raw = "Raw" in element.get("subClass", "") if element.tag == "VRTRasterBand" else is_raw
            continue
        if element.tag.endswith(("Filename", "Dataset")) and (element.text or "").strip():
            yield element.text.strip(), element.get("relativeToVRT", element.get("relativetoVRT")) == "1", is_raw
        if element.tag.endswith("Source") or element.tag == "VRTRasterBand":
            element.clear()


def _is_pointer(data: bytes) -> bool:
    return any(mark in data for mark in _POINTERS)


def _head(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(_HEAD)


def _refusal(path: Path, target: str) -> PointsElsewhere:
    return PointsElsewhere(path=path, target=_shown(target))


def _shown(name: str) -> str:
    """A name without what might be a password, and not too long."""
    told = _SECRET.sub("", name)
    return told if len(told) <= _LONGEST_SHOWN else told[:_LONGEST_SHOWN] + "…"

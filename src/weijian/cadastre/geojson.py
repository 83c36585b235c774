"""GeoJSON."""

from __future__ import annotations

import re
from pathlib import Path

from weijian.cadastre.document import utf8_document
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.ogr_layer import OgrSource, read_layer
from weijian.cadastre.table import VectorTable
from weijian.elsewhere import refuse_content

_BEGINNING, _END = re.compile(rb"\s*\{"), re.compile(rb"\}\s*\Z")
_SEEN = 4096
"""Bytes at the end in which the last brace is looked for."""


def read_geojson(path: Path, encoding: str = "auto") -> VectorTable:
    """Read a GeoJSON file; by its standard UTF-8, in offices also GBK.

    Raises
    ------
    FileUnreadable, EncodingUndecided
    """
    data = path.read_bytes()
    refuse_content(data, path)
    text, decided = utf8_document(path, data, encoding)
    if not _BEGINNING.match(text) or not _END.search(text, max(0, len(text) - _SEEN)):
        raise ContentUnexpected(path=path, expected="GeoJSON")
    # GDAL must not make days of texts that look like days: the text is what was written.
    return read_layer(OgrSource(path, text, "GeoJSON", decided, {"DATE_AS_STRING": "YES"}), None)

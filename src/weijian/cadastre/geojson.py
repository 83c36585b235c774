"""GeoJSON."""

from __future__ import annotations

from pathlib import Path

from weijian.cadastre.document import read_document
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.ogr_layer import OgrSource, read_layer
from weijian.cadastre.table import VectorTable
from weijian.elsewhere import refuse_content


def read_geojson(path: Path, encoding: str = "auto") -> VectorTable:
    """Read a GeoJSON file; by its standard UTF-8, in offices also GBK.

    Raises
    ------
    FileUnreadable, EncodingUndecided
    """
    data = path.read_bytes()
    refuse_content(data, path)
    document = read_document(path, data, encoding)
    text = document.text
    if not text.lstrip().startswith("{") or not text.rstrip().endswith("}"):
        raise ContentUnexpected(path=path, expected="GeoJSON")
    # GDAL must not make days of texts that look like days: the text is what was written.
    source = OgrSource(path, text.encode("utf-8"), "GeoJSON", document.encoding, {"DATE_AS_STRING": "YES"})
    return read_layer(source, None)

"""GeoPackages."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from weijian.cadastre.coded_values import Glossaries, Glossary, with_words
from weijian.cadastre.errors import ContentUnexpected, FileEmpty, FileTruncated
from weijian.cadastre.ogr_layer import OgrSource, chosen_layer, layers_of, read_layer
from weijian.cadastre.table import VectorTable

_CODED = """
    SELECT column_name, value, c.description FROM gpkg_data_columns
    JOIN gpkg_data_column_constraints AS c USING (constraint_name)
    WHERE lower(table_name) = lower(?) AND constraint_type = 'enum' AND value <> '' AND c.description <> ''
"""
_SQLITE = b"SQLite format 3\0"


def read_geopackage(path: Path, layer: str | None, wanted: Sequence[str] = ()) -> VectorTable:
    """Read one layer of a GeoPackage.

    Parameters
    ----------
    layer : str or None
        None takes the only layer, or the only one whose name contains one of ``wanted``.

    Raises
    ------
    FileUnreadable, LayerMissing
    """
    source = _source(path)
    name = chosen_layer(path, layers_of(source), layer, wanted, source.expected)
    return with_words(read_layer(source, name), _glossaries(path, name))


def geopackage_layers(path: Path) -> list[str]:
    """Layers of a GeoPackage; raises FileUnreadable."""
    return layers_of(_source(path))


def _glossaries(path: Path, layer: str) -> Glossaries:
    """Words of a layer's coded fields, by the schema extension (OGC 12-128r19, annex F.9); none without it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(_CODED, (layer,)).fetchall()
    except sqlite3.Error:
        return {}
    words: dict[str, dict[str, str]] = {}
    for heading, code, word in rows:
        words.setdefault(str(heading), {})[str(code)] = str(word)
    return {heading: Glossary(own) for heading, own in words.items()}


def _source(path: Path) -> OgrSource:
    size = path.stat().st_size
    if size == 0:
        raise FileEmpty(path=path)
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_SQLITE):
        raise ContentUnexpected(path=path, expected="GeoPackage")
    page_size, change, pages, pages_of = (
        *struct.unpack_from(">H6xII", header, 16),
        *struct.unpack_from(">I", header, 92),
    )
    expected = (65536 if page_size == 1 else page_size) * pages
    if change == pages_of and size < expected:
        raise FileTruncated(path=path, expected=expected, found=size)
    return OgrSource(path, path, "GeoPackage")

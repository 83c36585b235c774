"""ESRI file geodatabases, folders that stand for a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.ogr_layer import OgrSource, chosen_layer, layers_of, read_layer
from weijian.cadastre.table import VectorTable

CATALOGUE = "a00000001.gdbtable"
"""The table that every geodatabase has: the list of its tables."""


def read_file_geodatabase(path: Path, layer: str | None, wanted: Sequence[str] = ()) -> VectorTable:
    """Read one feature class or table; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing
    """
    source = _source(path)
    return read_layer(source, chosen_layer(path, layers_of(source), layer, wanted, source.expected))


def file_geodatabase_layers(path: Path) -> list[str]:
    """Feature classes and tables; raises FileUnreadable."""
    return layers_of(_source(path))


def _source(path: Path) -> OgrSource:
    if not path.is_dir() or not (path / CATALOGUE).is_file():
        raise ContentUnexpected(path=path, expected="File Geodatabase")
    return OgrSource(path, path, "File Geodatabase")

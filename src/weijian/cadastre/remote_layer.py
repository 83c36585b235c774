"""Layers on the network, and documents that tell where layers are, for users who allowed it: GDAL reads them as it can.

What the readers of this room do for files (bytes looked at before any library trusts them, encodings decided by
evidence) cannot be done there: text is decoded as the data declare, and undecodable text is a fault of its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyogrio

from weijian.cadastre.encodings import Source, TextEncoding, given_codec
from weijian.cadastre.ogr_layer import UTF8, OgrSource, chosen_layer, layers_of, read_layer
from weijian.cadastre.table import VectorTable
from weijian.elsewhere import gdal_name

_SETTINGS = {"GDAL_HTTP_CONNECTTIMEOUT": "10", "GDAL_HTTP_TIMEOUT": "300", "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR"}
"""Seconds after which a server that does not answer is given up; no listing of a server's folders."""


def read_remote(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read one layer; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUnknown
    """
    known = UTF8 if encoding.lower() == "auto" else TextEncoding(given_codec(encoding), Source.GIVEN, certain=True)
    source = OgrSource(path, gdal_name(path), "GIS", known)
    with _set():
        return read_layer(source, chosen_layer(path, layers_of(source), layer, wanted, source.expected))


def remote_layers(path: Path) -> list[str]:
    """Layers to choose from; raises FileUnreadable."""
    with _set():
        return layers_of(OgrSource(path, gdal_name(path), "GIS"))


@contextmanager
def _set() -> Iterator[None]:
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_SETTINGS))

"""GML, as web services and the data exchange of land registers hand it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyogrio

from weijian.cadastre.ogr_layer import OgrSource, chosen_layer, layers_of, read_layer
from weijian.cadastre.table import VectorTable
from weijian.cadastre.xml_text import parse_xml, xml_text

_OPTIONS = {"WRITE_GFS": "NO", "EXPOSE_GML_ID": "NO", "EXPOSE_FID": "NO"}
_SETTINGS = {"GML_FIELDTYPES": "ALWAYS_STRING", "GML_DOWNLOAD_SCHEMA": "NO", "GML_SKIP_RESOLVE_ELEMS": "ALL"}


def read_gml(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read one feature type; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUndecided
    """
    source = _source(path, encoding)
    with _set():
        return read_layer(source, chosen_layer(path, layers_of(source), layer, wanted, source.expected))


def gml_layers(path: Path) -> list[str]:
    """Feature types; raises FileUnreadable."""
    source = _source(path, "auto")
    with _set():
        return layers_of(source)


def _source(path: Path, encoding: str) -> OgrSource:
    text = xml_text(path, path.read_bytes(), encoding)
    parse_xml(path, text.data, None, "GML")
    return OgrSource(path, text.data, "GML", text.encoding, _OPTIONS)


@contextmanager
def _set() -> Iterator[None]:
    """GDAL without the network, and without making numbers of texts: where no schema is at hand 0012 would be 12."""
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_SETTINGS))

"""GML, as web services and the data exchange of land registers hand it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from xml.parsers import expat

import pyogrio

from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.ogr_layer import OgrSource, chosen_layer, layers_of, read_layer, read_only_layer
from weijian.cadastre.table import VectorTable
from weijian.cadastre.xml_text import parse_xml, xml_text

_OPTIONS = {"WRITE_GFS": "NO", "EXPOSE_GML_ID": "NO", "EXPOSE_FID": "NO"}
_SETTINGS = {"GML_FIELDTYPES": "ALWAYS_STRING", "GML_DOWNLOAD_SCHEMA": "NO", "GML_SKIP_RESOLVE_ELEMS": "ALL"}

_BEGINNING = 256 * 1024
_LARGE = 4 * _BEGINNING


def read_gml(path: Path, layer: str | None, wanted: Sequence[str] = (), encoding: str = "auto") -> VectorTable:
    """Read one feature type; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing, EncodingUndecided
    """
    source = _source(path, encoding)
    with _set():
        only = _only_layer(source) if layer is None else None
        if only is not None:
            return only
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


def _only_layer(source: OgrSource) -> VectorTable | None:
    """The features of a document whose first members are of one type, if no other type follows."""
    beginning = _beginning(source.data) if isinstance(source.data, bytes) else b""
    try:
        names = layers_of(replace(source, data=beginning)) if beginning else []
    except ContentUnexpected:
        return None
    return read_only_layer(source, names[0]) if len(names) == 1 else None


def _beginning(data: bytes) -> bytes:
    """The first members of a large document and the end of its root; nothing of a small one, which is soon read."""
    if len(data) < _LARGE:
        return b""
    cut, depth, root = 0, 0, ""
    parser = expat.ParserCreate(encoding="utf-8")

    def enter(name: str, _: dict[str, str]) -> None:
        nonlocal cut, depth, root
        root = root or name
        cut = parser.CurrentByteIndex if depth == 1 else cut
        depth += 1

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    parser.Parse(data[:_BEGINNING], False)
    return data[:cut] + f"</{root}>".encode()


@contextmanager
def _set() -> Iterator[None]:
    """GDAL without the network, and without making numbers of texts: where no schema is at hand 0012 would be 12."""
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(_SETTINGS))

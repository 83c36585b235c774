"""ESRI file geodatabases, folders that stand for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree as ElementTree
import pyogrio
from defusedxml.common import DefusedXmlException

from weijian.cadastre.coded_values import Glossaries, Glossary, Words, with_words
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.ogr_layer import OGR_ERRORS, OgrSource, chosen_layer, layers_of, read_layer
from weijian.cadastre.table import VectorTable

CATALOGUE = "a00000001.gdbtable"
"""The table that every geodatabase has: the list of its tables."""

_ITEMS = "GDB_Items"
_FIELD = "GPFieldInfoEx"


def read_file_geodatabase(path: Path, layer: str | None, wanted: Sequence[str] = ()) -> VectorTable:
    """Read one feature class or table; ``layer`` and ``wanted`` as in `geopackage.read_geopackage`.

    Raises
    ------
    FileUnreadable, LayerMissing
    """
    source = _source(path)
    name = chosen_layer(path, layers_of(source), layer, wanted, source.expected)
    return with_words(read_layer(source, name), _glossaries(path, name))


def file_geodatabase_layers(path: Path) -> list[str]:
    """Feature classes and tables; raises FileUnreadable."""
    return layers_of(_source(path))


def _glossaries(path: Path, layer: str) -> Glossaries:
    """Words of a layer's coded fields; none where the list of items, which every geodatabase has, is not to be read.

    The definitions are in XML, as "XML Schema of the Geodatabase" (Esri, 2008) has it.
    """
    try:
        _, _, _, (names, definitions) = pyogrio.raw.read(path, layer=_ITEMS, columns=["Name", "Definition"])
    except (*OGR_ERRORS, ValueError):
        return {}
    items = {str(name): _parsed(text) for name, text in zip(names, definitions, strict=True) if text}
    described = items.get(layer)
    if described is None:
        return {}
    words = {_told(field, "Name"): _coded(items, _told(field, "DomainName")) for field in described.iter(_FIELD)}
    kinds_in = _told(described, "SubtypeFieldName")
    if not kinds_in:
        return {heading: Glossary(own) for heading, own in words.items()}
    of_kind: dict[str, dict[str, Words]] = {}
    for kind in described.iter("Subtype"):
        for field in kind.iter("SubtypeFieldInfo"):
            own = _coded(items, _told(field, "DomainName"))
            if own:
                of_kind.setdefault(_told(field, "FieldName"), {})[_told(kind, "SubtypeCode")] = own
    glossaries = {heading: Glossary(own, kinds_in, of_kind.get(heading, {})) for heading, own in words.items()}
    return {**glossaries, kinds_in: Glossary(_pairs(described, "Subtype", "SubtypeCode", "SubtypeName"))}


def _coded(items: Mapping[str, Element | None], domain: str) -> Words:
    """Words of a domain; none where it is not one of codes."""
    described = items.get(domain)
    return {} if described is None else _pairs(described, "CodedValue", "Code", "Name")


def _pairs(described: Element, of: str, code: str, name: str) -> Words:
    pairs = {_told(each, code): _told(each, name) for each in described.iter(of)}
    return {value: word for value, word in pairs.items() if word}


def _told(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _parsed(text: str) -> Element | None:
    try:
        root: Element = ElementTree.fromstring(text.encode("utf-8"), forbid_dtd=True)
    except (DefusedXmlException, ParseError):
        return None
    return root


def _source(path: Path) -> OgrSource:
    if not path.is_dir() or not (path / CATALOGUE).is_file():
        raise ContentUnexpected(path=path, expected="File Geodatabase")
    return OgrSource(path, path, "File Geodatabase")

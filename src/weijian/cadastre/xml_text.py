"""XML made safe: in UTF-8, without document types and entities, before any library sees it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from weijian.cadastre.elsewhere import refuse_content
from weijian.cadastre.encodings import Source, TextEncoding, decide, known_codec
from weijian.cadastre.errors import ContentUnexpected, EncodingUndecided, FileEmpty, XmlUnsafe

_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([\w.\-]+)[\"']")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True)
class XmlText:
    """A document in UTF-8 without declaration, and what its text was decoded from."""

    data: bytes
    encoding: TextEncoding


def xml_text(path: Path, data: bytes, encoding: str = "auto") -> XmlText:
    """Decode a document; the encoding it declares is believed where it reads all of it.

    Raises
    ------
    FileEmpty, EncodingUndecided, PointsElsewhere
    """
    if not data.strip():
        raise FileEmpty(path=path)
    refuse_content(data, path)
    decided = _decided(data, encoding)
    if decided is None:
        raise EncodingUndecided(path=path)
    try:
        text = data.decode(decided.name).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise EncodingUndecided(path=path) from error
    return XmlText(_DECLARATION.sub(b"", text.encode("utf-8"), count=1).lstrip(), decided)


def parse_xml(path: Path, data: bytes, handler: ContentHandler, expected: str) -> None:
    """Walk through a document.

    Raises
    ------
    XmlUnsafe
        It has a document type or entities, by which a small file grows without end or reads other files.
    ContentUnexpected
        It is not well-formed.
    """
    try:
        defusedxml.sax.parse(io.BytesIO(data), handler, forbid_dtd=True)
    except DefusedXmlException as error:
        raise XmlUnsafe(path=path) from error
    except SAXParseException as error:
        raise ContentUnexpected(path=path, expected=expected) from error


def _decided(data: bytes, given: str) -> TextEncoding | None:
    mark = next((codec for start, codec in _MARKS.items() if data.startswith(start)), None)
    if given.lower() == "auto" and mark is not None:
        return TextEncoding(mark, Source.FORMAT, certain=True)
    declaration = _DECLARATION.search(data)
    declared = None if declaration is None else _DECLARED.search(declaration.group())
    claim = "utf-8" if declared is None else declared[1].decode("ascii")
    codec = known_codec(claim)
    if given.lower() == "auto" and codec is not None and _reads(data, codec):
        return TextEncoding(codec, Source.FORMAT, certain=True)
    return decide([data], given=given)


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True

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

from weijian.cadastre.document import read_document
from weijian.cadastre.encodings import TextEncoding
from weijian.cadastre.errors import ContentUnexpected, XmlUnsafe
from weijian.elsewhere import refuse_content

_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([\w.\-]+)[\"']")


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
    refuse_content(data, path)
    declaration = _DECLARATION.search(data)
    declared = None if declaration is None else _DECLARED.search(declaration.group())
    read = read_document(path, data, encoding, declared="utf-8" if declared is None else declared[1].decode("ascii"))
    return XmlText(_DECLARATION.sub(b"", read.text.encode("utf-8"), count=1).lstrip(), read.encoding)


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

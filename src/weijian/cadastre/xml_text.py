"""XML made safe: in UTF-8, without document types and entities, before any library sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol
from xml.parsers import expat

from weijian.cadastre.document import utf8_document
from weijian.cadastre.encodings import TextEncoding
from weijian.cadastre.errors import ContentUnexpected, XmlUnsafe
from weijian.elsewhere import refuse_content

_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]*?\?>")
_CHUNK = 1024**2
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([\w.\-]+)[\"']")


@dataclass(frozen=True)
class XmlText:
    """A document in UTF-8 that declares nothing else, and what its text was decoded from."""

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
    codec = "utf-8" if declared is None else declared[1].decode("ascii")
    text, found = utf8_document(path, data, encoding, declared=codec)
    if codec.lower() != "utf-8":
        text = _DECLARATION.sub(b"", text, count=1)
    return XmlText(text.lstrip() if text[:1].isspace() else text, found)


class Handler(Protocol):
    """What is told of a document, element by element."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """Enter an element."""

    def characters(self, text: str, /) -> None:
        """Text within an element."""

    def end(self, name: str, /) -> None:
        """Leave an element."""


def parse_xml(path: Path, data: bytes, handler: Handler | None, expected: str) -> None:
    """Walk through a document; without a handler it is only checked.

    Raises
    ------
    XmlUnsafe
        It has a document type, without which there are no entities by which a small file grows without end or reads
        other files.
    ContentUnexpected
        It is not well-formed.
    """

    def refuse(*_: object) -> NoReturn:
        raise XmlUnsafe(path=path)

    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if handler is not None:
        parser.StartElementHandler = handler.start
        parser.CharacterDataHandler = handler.characters
        parser.EndElementHandler = handler.end
    try:
        for start in range(0, len(data), _CHUNK):
            parser.Parse(data[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ContentUnexpected(path=path, expected=expected) from error

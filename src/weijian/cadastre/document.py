"""The text of a whole document: which encoding it is in, and what it says."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from weijian.cadastre.encodings import Source, TextEncoding, decide, known_codec
from weijian.cadastre.errors import EncodingUndecided, FileEmpty

_UTF8_MARK = b"\xef\xbb\xbf"
_CHUNK = 1024**2
_MARKS = {_UTF8_MARK: "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Document:
    """Text without a byte order mark, and how it was decoded."""

    text: str
    encoding: TextEncoding


def read_document(
    path: Path, data: bytes, encoding: str = "auto", *, declared: str | None = None, damaged: bool = False
) -> Document:
    """Decode a document.

    Parameters
    ----------
    path : Path
        For messages.
    encoding : str
        "auto", or what the user named; a named one is taken as it is.
    declared : str, optional
        What the document says of itself; believed where it reads all of it.
    damaged : bool
        Whether bytes that are not of the encoding are kept, as surrogates, for the reader to tell their rows.

    Raises
    ------
    FileEmpty, EncodingUnknown, EncodingUndecided
    """
    decided = _encoding_of(path, data, encoding, declared=declared)
    try:
        text = data.removeprefix(_UTF8_MARK).decode(decided.name, errors="surrogateescape" if damaged else "strict")
    except UnicodeDecodeError as error:  # UTF-16 that is cut off even where damage is let be
        raise EncodingUndecided(path=path) from error
    return Document(text.lstrip("\ufeff"), decided)


def utf8_document(
    path: Path, data: bytes, encoding: str = "auto", *, declared: str | None = None
) -> tuple[bytes, TextEncoding]:
    """A document in UTF-8 without a mark, and what it was in; parameters and errors are those of `read_document`.

    What is in UTF-8 already, as nearly all is, is answered as it is: a large document is not copied.
    """
    decided = _encoding_of(path, data, encoding, declared=declared)
    if decided.name != "utf-8":
        return read_document(path, data, encoding, declared=declared).text.encode("utf-8"), decided
    seen = decided.source is Source.FORMAT  # what the document says of itself was tried on all of it
    if not seen and not _reads(data, "utf-8"):
        raise EncodingUndecided(path=path)
    return data.removeprefix(_UTF8_MARK), decided


def _encoding_of(path: Path, data: bytes, encoding: str = "auto", *, declared: str | None = None) -> TextEncoding:
    """Which encoding a document is in; parameters and errors are those of `read_document`."""
    if not data[:_CHUNK].strip() and not data.strip():
        raise FileEmpty(path=path)
    decided = _decided(data, encoding, declared)
    if decided is None:
        raise EncodingUndecided(path=path)
    return decided


def _reads(data: bytes, codec: str) -> bool:
    """Whether bytes are text of a codec, piece by piece: the text of a large document takes twice its bytes."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decided(data: bytes, given: str, declared: str | None) -> TextEncoding | None:
    if given.lower() == "auto":
        mark = next((codec for start, codec in _MARKS.items() if data.startswith(start)), None)
        claim = mark or (known_codec(declared) if declared else None)
        if claim is not None and _reads(data, claim):
            return TextEncoding(claim, Source.FORMAT, certain=True)
    return decide(set(data.removeprefix(_UTF8_MARK).splitlines()), given=given)

"""Which encoding a table's text is in, decided from the bytes themselves.

A ``.cpg`` file or a DBF language byte is a claim, and a frequent lie: it is believed only where it reads every value.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from charset_normalizer import from_bytes

from weijian.cadastre.errors import EncodingUnknown
from weijian.cadastre.frequent import FREQUENT

_LDID = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x13: "cp932", 0x26: "cp866", 0x4D: "gbk", 0x4E: "cp949",
    0x4F: "cp950", 0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852", 0x65: "cp866", 0x78: "cp950", 0x79: "cp949",
    0x7A: "gbk", 0x7B: "cp932", 0x7C: "cp874", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253",
}  # fmt: skip
"""Codec of a DBF language byte (dBase and FoxPro tables); 0x57 (the machine's own) and 0 say nothing."""

_CPG = {
    "936": "gbk",
    "950": "cp950",
    "932": "cp932",
    "949": "cp949",
    "54936": "gb18030",
    "65001": "utf-8",
    "koi8r": "koi8-r",
}
_CHINESE = ("utf-8", "gbk", "gb18030", "big5", "cp950")
_DOUBLE_BYTE = frozenset({"gbk", "gb18030"})
_BIG5 = frozenset({"big5", "cp950", "big5hkscs"})
_MULTI_BYTE = frozenset(
    {"utf-8", "gbk", "gb18030", "big5", "cp950", "big5hkscs", "cp932", "shift_jis", "euc_kr", "cp949", "euc_jp"}
)
_SAMPLE = 4000
_PLAUSIBLE = 0.4
_CLEAR = 0.25
_DAMAGED_AT_MOST = 0.2


class Source(StrEnum):
    """Where the knowledge of an encoding comes from."""

    GIVEN = "given"
    FORMAT = "format"
    ASCII = "ascii"
    CPG = "cpg"
    LDID = "ldid"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class TextEncoding:
    """How a file's text was decoded.

    ``name`` is a Python codec. ``certain`` is False where a person should look at a preview. ``contradicts`` names a
    claim of the file (its .cpg or language byte) that the bytes disprove.
    """

    name: str
    source: Source
    certain: bool
    contradicts: str | None = None

    def __str__(self) -> str:
        return _SHOWN.get(self.name, self.name.upper())


_SHOWN = {"utf-8": "UTF-8", "gbk": "GBK", "gb18030": "GB18030", "big5": "Big5", "cp950": "Big5", "big5hkscs": "Big5"}


def known_codec(name: str) -> str | None:
    """Python's name of an encoding as people and .cpg files write it, None when there is none.

    >>> known_codec("Big-5"), known_codec("ANSI 936"), known_codec("utf8")
    ('big5', 'gbk', 'utf-8')
    """
    word = name.strip().strip("\ufeff").lower().replace("_", "-")
    word = re.sub(r"^(ansi|oem|cp|windows|ms|msdos|ibm|system)[\s\-]*(?=\d)", "", word)
    candidates = [
        _CPG.get(word, word),
        word.replace("-", ""),
        f"cp{word}",
        re.sub(r"^(8859)-?(\d+)$", r"iso8859-\2", word),
    ]
    for candidate in candidates:
        try:
            found = codecs.lookup(candidate).name
            "".encode(found)
        except (LookupError, ValueError):
            continue
        return "gb18030" if found == "gb2312" else found
    return None


def given_codec(name: str) -> str:
    """Codec of an encoding the user named.

    Raises
    ------
    EncodingUnknown
    """
    codec = known_codec(name)
    if codec is None:
        raise EncodingUnknown(encoding=name)
    return codec


def codec_of_ldid(byte: int) -> str | None:
    """Codec a DBF language byte stands for."""
    return _LDID.get(byte)


def decode(value: bytes, codec: str) -> str | None:
    """Strictly decoded text, None where the bytes are not of that encoding."""
    try:
        return value.decode(codec)
    except UnicodeDecodeError:
        return None


def is_cut(value: bytes, codec: str) -> bool:
    """Whether only the last character of ``value`` is incomplete, as where a field was too short for its text."""
    if decode(value, codec) is not None:
        return False
    try:
        codecs.getincrementaldecoder(codec)().decode(value, final=False)
    except UnicodeDecodeError:
        return False
    return True


def decide(
    values: Collection[bytes],
    *,
    cuttable: Collection[bytes] = frozenset(),
    cpg: str | None = None,
    ldid: int = 0,
    given: str = "auto",
) -> TextEncoding | None:
    """Decide the encoding of a table's text.

    Parameters
    ----------
    values : collection of bytes
        Distinct text values and headings, raw.
    cuttable : collection of bytes
        Those of ``values`` that fill their field, so that half a character at their end proves nothing.
    cpg : str or None
        Content of the .cpg file.
    ldid : int
        Language byte of the DBF header.
    given : str
        "auto" or what the user named; a named one is taken as it is.

    Returns
    -------
    TextEncoding or None
        None when no encoding reads the values.
    """
    if given.lower() != "auto":
        return TextEncoding(given_codec(given), Source.GIVEN, certain=True)
    telling = sorted(v for v in values if not v.isascii())
    if not telling:
        return TextEncoding("utf-8", Source.ASCII, certain=True)
    bytes_ = _Bytes(tuple(telling[:: max(1, len(telling) // _SAMPLE)]), frozenset(cuttable))
    evidence = _by_evidence(bytes_) or _least_damaged(bytes_)
    contradicted = None
    for source, claim in ((Source.CPG, known_codec(cpg) if cpg else None), (Source.LDID, codec_of_ldid(ldid))):
        if claim is None:
            continue
        if _believable(claim, bytes_, evidence):
            return TextEncoding(claim, source, certain=True, contradicts=contradicted)
        if evidence is not None and _family(evidence.name) == _family(claim):
            return TextEncoding(evidence.name, source, evidence.certain, contradicted)
        contradicted = contradicted or claim
    return None if evidence is None else replace(evidence, contradicts=contradicted)


@dataclass(frozen=True)
class _Bytes:
    """Values with characters beyond ASCII, and which of them may have been cut."""

    values: tuple[bytes, ...]
    cuttable: frozenset[bytes]

    def failures(self, codec: str) -> int:
        """How many values the codec cannot read."""
        failed = (v for v in self.values if decode(v, codec) is None)
        return sum(not (v in self.cuttable and is_cut(v, codec)) for v in failed)

    def plausibility(self, codec: str) -> float:
        """Share, 0 to 1, of characters beyond ASCII that written Chinese uses often."""
        text = "".join(v.decode(codec, errors="ignore") for v in self.values)
        telling = [c for c in text if ord(c) > 127]
        return sum(c in FREQUENT for c in telling) / len(telling) if telling else 0.0


def _believable(claim: str, bytes_: _Bytes, evidence: TextEncoding | None) -> bool:
    if bytes_.failures(claim):
        return False
    if evidence is None or _family(evidence.name) == _family(claim):
        return True
    # A single-byte codec reads anything, so it proves nothing against text that reads as plain Chinese.
    rival = bytes_.plausibility(evidence.name)
    return rival < _PLAUSIBLE or (claim in _MULTI_BYTE and bytes_.plausibility(claim) > rival)


def _by_evidence(bytes_: _Bytes) -> TextEncoding | None:
    """Of the encodings that read every value, the one that gives the most usual characters.

    UTF-8 is so particular that reading strictly nearly proves it; but short GBK words such as 住宅 are UTF-8 as well.
    """
    scores = {codec: bytes_.plausibility(codec) for codec in _CHINESE if not bytes_.failures(codec)}
    if not scores:
        return None
    if "utf-8" in scores:
        scores["utf-8"] += _CLEAR
    best = max(scores, key=lambda c: scores[c])
    rivals = [score for codec, score in scores.items() if _family(codec) != _family(best)]
    certain = scores[best] >= _PLAUSIBLE and all(scores[best] - rival >= _CLEAR for rival in rivals)
    return TextEncoding(best, Source.EVIDENCE, certain or set(scores) == {"utf-8"})


def _least_damaged(bytes_: _Bytes) -> TextEncoding | None:
    """Where every encoding fails somewhere: the one that fails in few values, or what charset-normalizer believes."""
    failures = {codec: bytes_.failures(codec) for codec in _CHINESE}
    best = min(failures, key=lambda c: failures[c])
    if failures[best] <= len(bytes_.values) * _DAMAGED_AT_MOST:
        return TextEncoding(best, Source.EVIDENCE, certain=False)
    guess = from_bytes(b"\n".join(bytes_.values)).best()
    codec = known_codec(guess.encoding) if guess is not None else None
    return None if codec is None else TextEncoding(codec, Source.EVIDENCE, certain=False)


def _family(codec: str) -> str:
    return "gb" if codec in _DOUBLE_BYTE else "big5" if codec in _BIG5 else codec

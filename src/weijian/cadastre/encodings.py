"""Which encoding a table's text is in, decided from the bytes themselves.

A ``.cpg`` file or a DBF language byte is a claim, and a frequent lie: it is believed only where it reads every value.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
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
_DOUBLE_BYTE = frozenset({"gbk", "gb18030", "gb2312", "hz"})
_MULTI_BYTE = frozenset(
    {"utf-8", "gbk", "gb18030", "big5", "cp950", "big5hkscs", "cp932", "shift_jis", "euc_kr", "cp949", "euc_jp"}
)
_SAMPLE = 4000
_PLAUSIBLE = 0.4
_CLEAR = 0.25
_CUT_AT_MOST = 0.2


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
    values: Collection[bytes], *, cpg: str | None = None, ldid: int = 0, given: str = "auto"
) -> TextEncoding | None:
    """Decide the encoding of a table's text.

    Parameters
    ----------
    values : collection of bytes
        Distinct text values and headings, raw.
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
    claims = [
        (Source.CPG, known_codec(cpg) if cpg else None),
        (Source.LDID, codec_of_ldid(ldid)),
    ]
    if not telling:
        return TextEncoding("utf-8", Source.ASCII, certain=True)
    telling = telling[:: max(1, len(telling) // _SAMPLE)]
    evidence = _by_evidence(telling)
    contradicted = None
    for source, claim in claims:
        if claim is None:
            continue
        if _believable(claim, telling, evidence):
            return TextEncoding(_widest(claim, telling), source, certain=True, contradicts=contradicted)
        contradicted = contradicted or claim
    if evidence is None:
        return None
    return TextEncoding(evidence.name, Source.EVIDENCE, evidence.certain, contradicted)


def _believable(claim: str, values: Sequence[bytes], evidence: TextEncoding | None) -> bool:
    if _failures(claim, values):
        return False
    if evidence is None or evidence.name == claim or {evidence.name, claim} <= _DOUBLE_BYTE:
        return True
    # A single-byte codec reads anything, so it proves nothing against text that reads as plain Chinese.
    rival = plausibility(values, evidence.name)
    return rival < _PLAUSIBLE or (claim in _MULTI_BYTE and plausibility(values, claim) > rival)


def _by_evidence(values: Sequence[bytes]) -> TextEncoding | None:
    """UTF-8 where it reads strictly; else GBK or Big5, whichever gives the more usual characters."""
    if not _failures("utf-8", values):
        return TextEncoding("utf-8", Source.EVIDENCE, certain=True)
    candidates = [c for c in ("gbk", "gb18030", "big5", "cp950") if not _failures(c, values)]
    ranked = sorted(candidates, key=lambda c: -plausibility(values, c))
    if ranked:
        best = ranked[0]
        score = plausibility(values, best)
        rivals = [plausibility(values, c) for c in ranked[1:] if _family(c) != _family(best)]
        certain = score >= _PLAUSIBLE and all(score - rival >= _CLEAR for rival in rivals)
        return TextEncoding(best, Source.EVIDENCE, certain)
    return _least_damaged(values)


def _least_damaged(values: Sequence[bytes]) -> TextEncoding | None:
    """Where every encoding fails somewhere: the one that fails in few values, or what charset-normalizer believes."""
    failures = {c: _failures(c, values) for c in ("utf-8", "gb18030", "big5")}
    best = min(failures, key=lambda c: failures[c])
    if failures[best] <= len(values) * 0.2:
        return TextEncoding(best, Source.EVIDENCE, certain=False)
    guess = from_bytes(b"\n".join(values)).best()
    if guess is None or known_codec(guess.encoding) is None:
        return None
    return TextEncoding(given_codec(guess.encoding), Source.EVIDENCE, certain=False)


def _failures(codec: str, values: Sequence[bytes]) -> int:
    """How many values the codec cannot read; now and then half a character at the end is the field's fault, not its."""
    failed = [v for v in values if decode(v, codec) is None]
    cut = [v for v in failed if is_cut(v, codec)]
    return len(failed) - (len(cut) if len(cut) <= len(values) * _CUT_AT_MOST else 0)


def plausibility(values: Sequence[bytes], codec: str) -> float:
    """Share, 0 to 1, of characters beyond ASCII that written Chinese uses often."""
    text = "".join(v.decode(codec, errors="ignore") for v in values)
    telling = [c for c in text if ord(c) > 127]
    return sum(c in FREQUENT for c in telling) / len(telling) if telling else 0.0


def _family(codec: str) -> str:
    return "gb" if codec in _DOUBLE_BYTE else "big5"


def _widest(codec: str, values: Sequence[bytes]) -> str:
    """GBK as such, but GB18030 where only that reads every value."""
    return codec if not _failures(codec, values) else "gb18030"

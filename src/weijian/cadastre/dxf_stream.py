"""A DXF drawing entity by entity: memory does not grow with what is not asked for.

Layout: "DXF Reference" (Autodesk), groups of a code line and a value line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from weijian.cadastre.errors import ContentUnexpected, EndMissing

UPRIGHT = (0.0, 0.0, 1.0)

_BLOCK = 8 * 1024**2
_LONGEST_KIND = 64
_BOUNDARY = re.compile(rb"\n[ \t]*0[ \t]*\r?\n[ \t]*(?=[A-Z]|3D)")
"""A group of code 0 begins an entity; where "0" is a value the line after it is a code, not a name."""

_SPACE_IS_PAPER = 67
_FIRST_OF_XDATA = 1000


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one entity: its kind, and codes and values (lines as they are in the file) in order."""

    kind: bytes
    codes: tuple[int, ...]
    values: tuple[bytes, ...]

    def all(self, code: int) -> list[bytes]:
        """Every value of a code."""
        return [value.strip() for own, value in zip(self.codes, self.values, strict=True) if own == code]

    def first(self, code: int, default: bytes = b"") -> bytes:
        """The first value of a code."""
        return self.values[self.codes.index(code)].strip() if code in self.codes else default

    def number(self, code: int, default: float = 0.0) -> float:
        """The first value of a code as a number; ValueError where it is none."""
        return float(self.values[self.codes.index(code)]) if code in self.codes else default

    @property
    def layer(self) -> bytes:
        """Name of its layer."""
        return self.first(8, b"0")

    @property
    def is_on_paper(self) -> bool:
        """Whether it belongs to a sheet and not to the model."""
        return self.first(_SPACE_IS_PAPER) == b"1"

    @property
    def extrusion(self) -> tuple[float, float, float]:
        """Direction that its plane faces."""
        if 230 not in self.codes and 210 not in self.codes and 220 not in self.codes:
            return UPRIGHT
        return self.number(210, 0.0), self.number(220, 0.0), self.number(230, 1.0)

    def extended(self) -> dict[bytes, list[bytes]]:
        """Texts of its extended data by application."""
        found: dict[bytes, list[bytes]] = {}
        if _FIRST_OF_XDATA + 1 not in self.codes:
            return found
        texts, start = [], self.codes.index(_FIRST_OF_XDATA + 1)
        for code, value in zip(self.codes[start:], self.values[start:], strict=True):
            if code == _FIRST_OF_XDATA + 1:
                texts = found.setdefault(value.strip(), [])
            elif code == _FIRST_OF_XDATA:
                texts.append(value.strip())
        return found


def records_of(path: Path) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Every entity: the section it is in, its kind, and all of it as bytes.

    Raises
    ------
    EndMissing
        The drawing does not end as it should.
    """
    section, ended = b"", False
    for record in _pieces(path):
        kind = _kind(record)
        if kind == b"SECTION":
            section = groups_of(path, kind, record).first(2)
        yield section, kind, record
        if kind == b"ENDSEC":
            section = b""
        ended = ended or kind == b"EOF"
    if not ended:
        raise EndMissing(path=path)


def _pieces(path: Path) -> Iterator[bytes]:
    rest = b"\n"
    begun = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            *whole, rest = _BOUNDARY.split(rest + block)
            yield from whole if begun else whole[1:]  # before the first entity there may be comments
            begun = begun or bool(whole)
    if not begun:
        raise ContentUnexpected(path=path, expected="DXF")
    yield rest


def _kind(record: bytes) -> bytes:
    return record[:_LONGEST_KIND].partition(b"\n")[0].rstrip()


def groups_of(path: Path, kind: bytes, record: bytes) -> Groups:
    """The groups of an entity; raises ContentUnexpected where what stands for a code is none."""
    lines = record.split(b"\n")
    try:
        codes = tuple(map(_code, lines[1 : len(lines) - 1 : 2]))
    except ValueError as error:
        raise ContentUnexpected(path=path, expected="DXF") from error
    return Groups(kind, codes, tuple(lines[2::2]))


@lru_cache(maxsize=1024)
def _code(line: bytes) -> int:
    return int(line)


def header_variable(header: bytes, name: bytes) -> str:
    """The value of a variable of the header section; empty where it is not there."""
    found = re.search(rb"\$" + name + rb"\s+\d+\s+([^\r\n]+)", header)
    return found[1].decode("ascii", errors="ignore").strip() if found else ""

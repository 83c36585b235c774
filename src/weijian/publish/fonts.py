"""Which fonts a paper is drawn with, so that no character ever comes out as an empty box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from weijian.assets import resource
from weijian.domain.errors import GlyphsMissing
from weijian.publish.painting import painting_application

SONG = (
    "SimSun",
    "NSimSun",
    "宋体",
    "STSong",
    "Songti SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "思源宋体",
    "AR PL UMing CN",
)
"""Families of the Song style (宋体): body text of a map sheet, best first."""

HEI = (
    "SimHei",
    "黑体",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Families of the Hei style (黑体): headings, and figures on imagery."""

_BUNDLED = ("fonts", "NotoSansSC-Subset.otf")


@dataclass(frozen=True)
class SheetFonts:
    """The two families a sheet is drawn with; both have every character of its text."""

    song: str
    hei: str


def fonts_for(text: str) -> SheetFonts:
    """Choose the families for a text: the first preferred one that has all its characters.

    Where neither style has a family with all of them, the other style's is taken; where the system has none at all,
    the font that comes with the program.

    Raises
    ------
    GlyphsMissing
        Not even that one has all the characters; they are named by code point.
    """
    application = painting_application()
    installed = set(QFontDatabase.families())
    song = _first_complete((name for name in (*SONG, *HEI) if name in installed), text)
    hei = _first_complete((name for name in (*HEI, *SONG) if name in installed), text)
    if song is None or hei is None:
        song = hei = _bundled_family(text)
    del application
    return SheetFonts(song, hei)


def missing_characters(family: str, text: str) -> str:
    """Characters of ``text`` that ``family`` itself cannot draw, each once, in code point order."""
    font = QFont(family)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    metrics = QFontMetricsF(font)
    return "".join(c for c in sorted(set(text)) if c.isprintable() and not metrics.inFontUcs4(ord(c)))


def _first_complete(families: Iterable[str], text: str) -> str | None:
    return next((family for family in families if not missing_characters(family, text)), None)


def _bundled_family(text: str) -> str:
    file = resource(*_BUNDLED)
    families = _load(file) if file.is_file() else []
    if not families:
        raise GlyphsMissing(characters=_codes(text))
    missing = missing_characters(families[0], text)
    if missing:
        raise GlyphsMissing(characters=_codes(missing))
    return families[0]


def _load(file: Path) -> list[str]:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))


def _codes(text: str) -> str:
    codes = [f"U+{ord(c):04X}" for c in sorted({c for c in text if not c.isascii()})]
    return " ".join(codes[:5]) + (" …" if len(codes) > 5 else "")

"""Cells made into values: numbers with units, Chinese numerals, dates as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from weijian.cadastre.faults import Why

Value = TypeVar("Value")

STOREY_UNITS = frozenset({"层", "f", "楼", "storeys", "floors"})
METRE_UNITS = frozenset({"m", "米", "公尺"})
AREA_UNITS = frozenset({"m2", "m^2", "平方米", "平米", "平方", "㎡"})
UNLIMITED = frozenset({"长期", "永久", "长期有效", "无期限", "永久有效"})

_NOTHING = frozenset({"", "<null>", "null", "none", "nan", "n/a", "nat", "<空>", "#n/a"})
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(.*)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]+\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?(?:代|建)?")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_YEARS = range(1800, 2101)


class Unreadable(ValueError):
    """A cell that does not say what it should; carries the reason."""

    def __init__(self, why: Why, other: str | None = None) -> None:
        super().__init__(why.name)
        self.why = why
        self.other = other


@dataclass(frozen=True)
class Parsed(Generic[Value]):
    """A value, and how it was bent to become one."""

    value: Value | None
    note: Why | None = None


def plain_text(cell: object) -> str | None:
    """Text without the space around it; None for empty cells and the words programs write for nothing."""
    if type(cell) is str and cell.isalnum() and cell.lower() not in _NOTHING:
        return cell
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().strip("\u3000\ufeff\0").strip()
    return None if text.lower() in _NOTHING else text


def parse_text(cell: object) -> Parsed[str]:
    """Text as `plain_text` gives it."""
    return Parsed(plain_text(cell))


def parse_key(cell: object) -> Parsed[str]:
    """A number something is found by, as `plain_key` writes it.

    Raises
    ------
    Unreadable
        It is empty.
    """
    key = parse_reference(cell)
    if key.value is None:
        raise Unreadable(Why.KEY_EMPTY)
    return key


def parse_reference(cell: object) -> Parsed[str]:
    """The number of something else; empty where there is none."""
    text = plain_text(cell)
    return Parsed(None if text is None else plain_key(text))


def plain_key(text: str) -> str:
    """A key as keys of different files are compared: full-width characters made plain, inner spaces removed."""
    if text.isascii() and text.isalnum():
        return text
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def parse_number(cell: object, units: Collection[str], low: float, high: float) -> Parsed[float]:
    """A finite number within [low, high], with one of ``units`` or none; 0 means not known where ``low`` is above 0.

    Raises
    ------
    Unreadable
    """
    number = _number(cell, units)
    if number is None:
        return Parsed(None)
    if number == 0 < low:
        return Parsed(None, Why.ZERO_IS_UNKNOWN)
    if not low <= number <= high:
        raise Unreadable(Why.OUT_OF_RANGE, f"{low:g}-{high:g}")
    return Parsed(number)


def parse_whole(cell: object, units: Collection[str], low: int, high: int) -> Parsed[int]:
    """A whole number; Chinese numerals are read as well.

    Raises
    ------
    Unreadable
    """
    text = plain_text(cell)
    spoken = None if text is None else _spoken(text, units)
    parsed = parse_number(cell if spoken is None else spoken, units, low, high)
    if parsed.value is None:
        return Parsed(None, parsed.note)
    if not float(parsed.value).is_integer():
        raise Unreadable(Why.NOT_WHOLE)
    return Parsed(int(parsed.value))


def parse_date(cell: object, *, coarse: bool = False) -> Parsed[date]:
    """A day: 2024-05-01, 2024/5/1, 20240501, 2024年5月1日, with a time or without.

    Parameters
    ----------
    coarse : bool
        Whether a year or a month alone will do; taken as its first day, with a note.

    Raises
    ------
    Unreadable
    """
    if isinstance(cell, date):
        return Parsed(date(cell.year, cell.month, cell.day))
    text = plain_text(cell)
    if text is None:
        return Parsed(None)
    text = unicodedata.normalize("NFKC", text)
    if text in UNLIMITED:
        return Parsed(None)
    whole = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if whole:
        return Parsed(_day(*map(int, whole.groups())))
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    if coarse and month:
        return Parsed(_day(int(month[1]), int(month[2]), 1), Why.MONTH_ONLY)
    if coarse and year:
        return Parsed(_day(int(year[1]), 1, 1), Why.YEAR_ONLY)
    raise Unreadable(Why.NOT_A_DATE)


def _number(cell: object, units: Collection[str]) -> float | None:
    text = plain_text(cell)
    if text is None:
        return None
    plain = _GROUPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    match = _NUMBER.fullmatch(plain)
    if match is None or (match[2].strip() and match[2].strip() not in units):
        raise Unreadable(Why.NOT_A_NUMBER)
    number = float(match[1])
    if not math.isfinite(number):
        raise Unreadable(Why.NOT_A_NUMBER)
    return number


def _spoken(text: str, units: Collection[str]) -> int | None:
    """Value of a Chinese numeral up to 99, with a unit or without: 三层, 十二, 二十."""
    unit = next((u for u in units if text.endswith(u)), "")
    numeral = text.removesuffix(unit) if unit else text
    if numeral in _DIGITS:
        return _DIGITS[numeral]
    tens, ten, ones = numeral.partition("十")
    if not ten or tens not in {"", *_DIGITS} or ones not in {"", *_DIGITS}:
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise Unreadable(Why.IMPOSSIBLE_DATE)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(Why.IMPOSSIBLE_DATE) from error

"""Cells made into values: numbers with units, Chinese numerals, dates as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Generic, TypeVar

from weijian.cadastre.faults import Why

Value = TypeVar("Value")

MU_M2, HECTARE_M2 = 2000 / 3, 10_000.0

STOREY_UNITS = dict.fromkeys(("层", "f", "楼", "storeys", "floors"), 1.0)
METRE_UNITS = dict.fromkeys(("m", "米", "公尺"), 1.0)
AREA_UNITS = {
    **dict.fromkeys(("m2", "m^2", "平方米", "平米", "平方"), 1.0),
    **dict.fromkeys(("亩", "市亩", "mu"), MU_M2),
    **dict.fromkeys(("公顷", "ha", "hm2", "hm^2"), HECTARE_M2),
    **dict.fromkeys(("万平方米", "万平米", "万平", "万m2"), 10_000.0),
}
"""What a number with a unit is multiplied by, to be in storeys, metres or square metres; units in NFKC, lower case."""

UNLIMITED = frozenset({"长期", "永久", "长期有效", "无期限", "永久有效"})

_NOTHING = frozenset({"", "<null>", "null", "none", "nan", "n/a", "nat", "<空>", "#n/a"})
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*(.*)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]+\d{1,2}:\d{2}.*)?")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|[+-]\d{2}:?(?:\d{2})?)", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?(?:代|建)?")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_YEARS = range(1800, 2101)
_CHINA = timezone(timedelta(hours=8))
_ROUNDED_FROM = 10**15
"""A number kept as a fraction has 15 sure digits; those of longer ones are lost."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+\d+", re.IGNORECASE)
_UNIT_IN_HEADING = re.compile(r"[(\[【](.*?)[)\]】]")


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
        It is empty, or its last digits are lost.
    """
    key = parse_reference(cell)
    if key.value is None:
        raise Unreadable(Why.KEY_EMPTY)
    return key


def has_lost_digits(cell: object) -> bool:
    """Whether a spreadsheet or a fraction has rounded a number to which every digit matters.

    >>> has_lost_digits("3.30127E+17"), has_lost_digits(3.30127199001011e17), has_lost_digits("330127199001011234")
    (True, True, False)
    """
    if isinstance(cell, float):
        return math.isfinite(cell) and abs(cell) >= _ROUNDED_FROM
    return isinstance(cell, str) and _SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", cell).strip()) is not None


def parse_reference(cell: object) -> Parsed[str]:
    """The number of something else; empty where there is none.

    Raises
    ------
    Unreadable
        Its last digits are lost.
    """
    if has_lost_digits(cell):
        raise Unreadable(Why.DIGITS_LOST)
    text = plain_text(cell)
    return Parsed(None if text is None else plain_key(text))


def plain_key(text: str) -> str:
    """A key as keys of different files are compared: full-width characters made plain, inner spaces removed."""
    if text.isascii() and text.isalnum():
        return text
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def area_factor(heading: str | None) -> float:
    """Square metres in what a column counts, as its heading says in brackets; 1 where it says nothing of it.

    >>> area_factor("宗地面积（公顷）"), area_factor("面积(m²)"), area_factor("面积")
    (10000.0, 1.0, 1.0)
    """
    told = _UNIT_IN_HEADING.search(unicodedata.normalize("NFKC", heading or "").casefold())
    return 1.0 if told is None else AREA_UNITS.get(told[1].removeprefix("单位").strip(": "), 1.0)


def parse_number(
    cell: object, units: Mapping[str, float], low: float, high: float, *, bare: float = 1.0
) -> Parsed[float]:
    """A finite number within [low, high], with one of ``units`` or none; 0 means not known where ``low`` is above 0.

    Parameters
    ----------
    units : mapping
        What a number with a unit is multiplied by.
    bare : float
        What one without is multiplied by.

    Raises
    ------
    Unreadable
    """
    number = _number(cell, units, bare)
    if number is None:
        return Parsed(None)
    if number == 0 < low:
        return Parsed(None, Why.ZERO_IS_UNKNOWN)
    if not low <= number <= high:
        raise Unreadable(Why.OUT_OF_RANGE, f"{low:g}-{high:g}")
    return Parsed(number)


def parse_whole(cell: object, units: Mapping[str, float], low: int, high: int) -> Parsed[int]:
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
    moment = _MOMENT.fullmatch(text)
    if moment:
        return Parsed(_day_in_china(*moment.groups()))
    whole = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if whole:
        return Parsed(_day(*map(int, whole.groups())))
    month, year = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    if coarse and month:
        return Parsed(_day(int(month[1]), int(month[2]), 1), Why.MONTH_ONLY)
    if coarse and year:
        return Parsed(_day(int(year[1]), 1, 1), Why.YEAR_ONLY)
    raise Unreadable(Why.NOT_A_DATE)


def _number(cell: object, units: Mapping[str, float], bare: float) -> float | None:
    text = plain_text(cell)
    if text is None:
        return None
    plain = _GROUPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    match = _NUMBER.fullmatch(plain)
    unit = "" if match is None else match[2].strip()
    if match is None or (unit and unit not in units):
        raise Unreadable(Why.NOT_A_NUMBER)
    number = float(match[1]) * (units[unit] if unit else bare)
    if not math.isfinite(number):
        raise Unreadable(Why.NOT_A_NUMBER)
    return number


def _spoken(text: str, units: Mapping[str, float]) -> int | None:
    """Value of a Chinese numeral up to 99, with a unit or without: 三层, 十二, 二十."""
    unit = next((u for u in units if text.endswith(u)), "")
    numeral = text.removesuffix(unit) if unit else text
    if numeral in _DIGITS:
        return _DIGITS[numeral]
    tens, ten, ones = numeral.partition("十")
    if not ten or tens not in {"", *_DIGITS} or ones not in {"", *_DIGITS}:
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _day_in_china(day: str, time: str, zone: str) -> date:
    """The day that a moment is in China: midnight there is 16:00 of the day before in the world's time."""
    offset = "+00:00" if zone in "zZ" else zone
    try:
        return datetime.fromisoformat(f"{day}T{time}{offset}").astimezone(_CHINA).date()
    except (ValueError, OverflowError) as error:
        raise Unreadable(Why.IMPOSSIBLE_DATE) from error


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise Unreadable(Why.IMPOSSIBLE_DATE)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(Why.IMPOSSIBLE_DATE) from error

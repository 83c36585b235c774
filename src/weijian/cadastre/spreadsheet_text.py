"""Texts that no spreadsheet takes for a formula."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("12号")
    ("'=1+1", '12号')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

"""Texts of menus where they stand as plain words."""

from __future__ import annotations

import re

_MNEMONIC = re.compile(r"\(&\w\)|（&\w）|&(?!&)")


def plain_text(text: str) -> str:
    """An action's text without its mnemonic and its dots: for buttons, tool tips and lists."""
    return _MNEMONIC.sub("", text).rstrip("…").strip()

"""Which of the two languages a text is shown in."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]


def language_of(environment: Mapping[str, str]) -> Language:
    """Language a user asks for by environment; Simplified Chinese unless English is asked for.

    ``WEIJIAN_LANG`` wins over the POSIX locale variables in their usual order.
    """
    for name in ("WEIJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"

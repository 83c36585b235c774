"""Which of the two languages a text is shown in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """The same words in both languages; an error given one says it in the language of its sentence."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def said_in(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


def language_of(environment: Mapping[str, str]) -> Language:
    """Language a user asks for by environment; Simplified Chinese unless English is asked for.

    ``WEIJIAN_LANG`` wins over the POSIX locale variables in their usual order.
    """
    for name in ("WEIJIAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"

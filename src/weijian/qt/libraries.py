"""The libraries weijian is made with, as the installation knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import cast

_NAME = re.compile(r"[\w.-]+")
_LONGEST = 60


@dataclass(frozen=True)
class Library:
    """A library with its version and licence; both empty where the installation does not tell."""

    name: str
    version: str = ""
    licence: str = ""


def libraries() -> tuple[Library, ...]:
    """Every library weijian asks for. Reads files: for a thread that may wait."""
    try:
        asked = requires("weijian") or []
    except PackageNotFoundError:
        asked = []
    names = sorted({found.group() for entry in asked if "extra ==" not in entry and (found := _NAME.match(entry))})
    return tuple(_library(name) for name in sorted(names, key=str.lower))


def _library(name: str) -> Library:
    try:
        known = cast(Message, metadata(name))
    except PackageNotFoundError:
        return Library(name)
    return Library(str(known["Name"]), str(known["Version"]), _licence(known))


def _licence(known: Message) -> str:
    """What the package states shortly: its expression, its licence field, or the last word of its classifier."""
    for field in ("License-Expression", "License"):
        stated = known.get(field)
        if stated and "\n" not in stated and len(stated) <= _LONGEST:
            return stated
    classifiers = [entry for entry in known.get_all("Classifier") or [] if entry.startswith("License ::")]
    return ", ".join(entry.rpartition(" :: ")[2] for entry in classifiers)

"""What a user's action changed, so that whoever shows it knows whether to look again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)


class Part(StrEnum):
    """The parts of a workspace that change apart from each other."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    PARCELS = "parcels"
    BUILDINGS = "buildings"
    DISPOSALS = "disposals"
    PERMITS = "permits"
    ZONES = "zones"
    SURVEYS = "surveys"
    FINDINGS = "findings"
    LEADS = "leads"
    CASES = "cases"
    EVIDENCE = "evidence"
    SETTINGS = "settings"
    NUMBERS = "numbers"
    """Who can open the numbers of persons."""


ARCHIVE = frozenset(
    {Part.HOUSEHOLDS, Part.PERSONS, Part.PARCELS, Part.BUILDINGS, Part.DISPOSALS, Part.PERMITS, Part.ZONES}
)
"""The parts that make up the archive."""


@dataclass(frozen=True)
class ChangeSet:
    """The parts that an action changed."""

    parts: frozenset[Part] = frozenset()

    def touches(self, *parts: Part) -> bool:
        """Whether any of ``parts`` changed."""
        return not self.parts.isdisjoint(parts)

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        return ChangeSet(self.parts | other.parts)


@dataclass(frozen=True)
class Done(Generic[Value]):
    """The result of an action and what it changed."""

    value: Value
    changes: ChangeSet

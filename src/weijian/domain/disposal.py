"""Disposal classes (分类处置): what is to become of a building, by the rules of the day it was built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DisposalClass(StrEnum):
    """保留补办, 限期改正, 罚款, 没收, 拆除, 历史遗留暂缓."""

    KEEP = "keep"
    CORRECT = "correct"
    FINE = "fine"
    CONFISCATE = "confiscate"
    DEMOLISH = "demolish"
    DEFER = "defer"


@dataclass(frozen=True)
class Disposal:
    """What was decided of a building. ``rule_set`` is the key of a `RuleSet`; None when the building day is unknown."""

    building_no: str
    disposal: DisposalClass
    reason: str
    rule_set: str | None
    decided_on: date


@dataclass(frozen=True)
class RuleSet:
    """Substantive rules in force from ``valid_from`` to the day before the next set (``valid_to``, its last day).

    ``bases`` names, for every class the set knows, what it rests on.
    """

    key: str
    name: str
    valid_from: date
    valid_to: date | None
    bases: Mapping[DisposalClass, str]


def rule_set_on(day: date | None, sets: Sequence[RuleSet]) -> RuleSet | None:
    """The rules of a day (实体从旧); None when the day is not known or no set covers it."""
    if day is None:
        return None
    return next((s for s in sets if s.valid_from <= day and (s.valid_to is None or day <= s.valid_to)), None)

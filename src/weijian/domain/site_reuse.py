"""Use after demolition (拆后利用): what became of the cleared ground."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MU_M2 = 2000 / 3
"""Square metres in a mu (亩)."""


class ReuseKind(StrEnum):
    """供地, 复耕, 覆绿."""

    SUPPLIED = "supplied"
    FARMED = "farmed"
    GREENED = "greened"


REUSE_NAMES = {ReuseKind.SUPPLIED: "供地", ReuseKind.FARMED: "复耕", ReuseKind.GREENED: "覆绿"}
"""Chinese name of each kind."""


@dataclass(frozen=True)
class SiteReuse:
    """How much of a case's cleared ground was put to use, and how."""

    case_no: str
    kind: ReuseKind
    area_m2: float
    reused_on: date

    @property
    def area_mu(self) -> float:
        """The area in mu, the unit it is reported in."""
        return self.area_m2 / MU_M2

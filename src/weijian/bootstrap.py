"""The composition root: the one place where a bureau's rules and the program come together."""

from dataclasses import dataclass
from datetime import date, datetime

from weijian.domain.disposal import RuleSet
from weijian.domain.legality import LegalityRules
from weijian.publish.order_rules import OrderRules, load_order_rules
from weijian.services.rules import disposal_rules, legality_rules


@dataclass(frozen=True)
class Program:
    """What every use case may be given: the bureau's rules and the day."""

    legality: LegalityRules
    orders: OrderRules
    disposals: tuple[RuleSet, ...]
    today: date


def start() -> Program:
    """Read the rules that come with the program.

    Raises
    ------
    FileUnreadable
        A rule file was damaged.
    """
    return Program(legality_rules(), load_order_rules(), disposal_rules(), datetime.now().astimezone().date())

"""The party (当事人) of a case."""

from dataclasses import dataclass, field
from enum import StrEnum

from weijian.domain.household import masked_name


class PartyKind(StrEnum):
    """A person or an organisation (行政处罚法 2: 公民、法人或者其他组织)."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Party:
    """Who a case is brought against.

    ``name`` is personal data when the party is a person: it is left out of ``repr`` and never reaches logs, file names
    or error messages.
    """

    kind: PartyKind
    name: str = field(repr=False)

    @property
    def published_name(self) -> str:
        """The name as a published decision shows it: persons are masked, organisations are not (行政处罚法 48)."""
        return masked_name(self.name) if self.kind is PartyKind.PERSON else self.name

"""The household (户): the unit an archive is kept by."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Household:
    """One household; the dossier is this with everything attached.

    ``holder`` is personal data: it never reaches logs, file names or error messages.
    """

    household_no: str
    holder: str | None = field(default=None, repr=False)
    address: str | None = None
    village: str | None = None
    town: str | None = None


def masked_name(name: str) -> str:
    """A name as a published paper may show it: the first character, then a 某 for each of the others.

    >>> masked_name("张三丰")
    '张某某'
    """
    return name[:1] + "某" * (len(name) - 1)

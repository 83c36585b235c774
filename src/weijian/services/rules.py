"""A bureau's rules, read from the files that state them."""

from pathlib import Path

import yaml

from weijian import assets
from weijian.domain.errors import FileUnreadable
from weijian.domain.legality import LegalityRules


def legality_rules(path: Path | None = None) -> LegalityRules:
    """Tolerances of the judgement, from ``path`` or from those that come with the program.

    Raises
    ------
    FileUnreadable
        The file is no mapping of the known names to numbers.
    """
    path = path or assets.resource("rules", "legality.yaml")
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        return LegalityRules(**{name: float(value) for name, value in stated.items()})
    except (yaml.YAMLError, TypeError, ValueError, AttributeError) as error:
        raise FileUnreadable(path=path, why=str(error).splitlines()[0]) from error

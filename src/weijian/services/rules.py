"""A bureau's rules, read from the files that state them."""

import math
from pathlib import Path

import yaml

from weijian import assets
from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.legality import LegalityRules


def legality_rules(path: Path | None = None) -> LegalityRules:
    """Tolerances of the judgement, from ``path`` or from those that come with the program.

    Raises
    ------
    FileMissing
    FileUnreadable
        The file is no mapping of the known names to numbers of at least 0.
    """
    path = path or assets.resource("rules", "legality.yaml")
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        return LegalityRules(**{name: _tolerance(name, value) for name, value in stated.items()})
    except (yaml.YAMLError, OSError, TypeError, ValueError, AttributeError) as error:
        raise FileUnreadable(path=path, why=str(error).splitlines()[0]) from error


def _tolerance(name: str, value: object) -> float:
    number = float(value) if isinstance(value, int | float) else math.nan
    if not 0 <= number < math.inf:
        raise ValueError(f"{name}: {value}")
    return number

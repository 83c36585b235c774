"""A bureau's rules, read from the files that state them."""

import itertools
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from weijian import assets
from weijian.detection.confidence import Calibration, Comparison, Curve
from weijian.domain.disposal import DisposalClass, RuleSet
from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.finding import ChangeType
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


def disposal_rules(path: Path | None = None) -> tuple[RuleSet, ...]:
    """The rule sets of disposal classes by date, from ``path`` or from those that come with the program.

    Raises
    ------
    FileMissing
    FileUnreadable
        The file is no list of rule sets with known classes, or two of them hold on one day.
    """
    path = path or assets.resource("rules", "disposal.yaml")
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        sets = sorted((_rule_set(each) for each in stated["rule_sets"]), key=lambda each: each.valid_from)
        for earlier, later in itertools.pairwise(sets):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(f"{earlier.key}, {later.key}")
    except (yaml.YAMLError, OSError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise FileUnreadable(path=path, why=str(error).splitlines()[0]) from error
    return tuple(sets)


def _rule_set(stated: Mapping[str, Any]) -> RuleSet:
    first, last = stated["valid_from"], stated.get("valid_to")
    if not isinstance(first, date) or not isinstance(last, date | None):
        raise TypeError(f"{stated['key']}: valid_from, valid_to")
    bases = {DisposalClass(name): str(basis) for name, basis in stated["classes"].items()}
    return RuleSet(str(stated["key"]), str(stated["name"]), first, last, bases)


def calibration(path: Path | None = None) -> Calibration:
    """What the evidence of each method is worth, from ``path`` or from what comes with the program.

    Raises
    ------
    FileMissing
    FileUnreadable
        The file does not map known comparisons to curves of numbers.
    """
    path = path or assets.resource("rules", "confidence.yaml")
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Calibration({Comparison(name): _curve(curve) for name, curve in stated.items()})
    except (yaml.YAMLError, OSError, TypeError, KeyError, ValueError, AttributeError) as error:
        raise FileUnreadable(path=path, why=str(error).splitlines()[0]) from error


def _curve(stated: dict[str, Any]) -> Curve:
    by_type = {ChangeType(name): _number(name, value) for name, value in stated["by_type"].items()}
    slope = _tolerance("slope", stated["slope"])  # more evidence is never worth less
    return Curve(_number("intercept", stated["intercept"]), slope, by_type)


def _number(name: str, value: object) -> float:
    number = float(value) if isinstance(value, int | float) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{name}: {value}")
    return number


def _tolerance(name: str, value: object) -> float:
    number = float(value) if isinstance(value, int | float) else math.nan
    if not 0 <= number < math.inf:
        raise ValueError(f"{name}: {value}")
    return number

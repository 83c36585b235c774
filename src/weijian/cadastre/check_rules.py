"""Tolerances of the checks of the archive (``resources/rules/checks.yaml``)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from weijian import assets
from weijian.domain.errors import FileMissing, FileUnreadable


@dataclass(frozen=True)
class CheckRules:
    """A bureau's tolerances.

    Attributes
    ----------
    sliver_area_m2, sliver_width_m : float
        A polygon smaller than this, or narrower on the mean, is a sliver.
    overlap_area_m2, overlap_width_m : float
        Ground that two have in common counts when it is larger than the one and wider than the other.
    duplicate_share : float
        Two that have more than this of their joint ground in common are the same thing twice.
    gap_width_m, gap_least_width_m : float
        Ground between two parcels is a gap when it is narrower than the first, and wider than the second on the mean.
    gap_area_m2, gap_length_m : float
        And larger and longer than these.
    outside_area_m2, outside_share : float
        A building reaches out of a parcel, or into another one, when more than both of it lie there.
    area_difference_m2, area_difference_share : float
        A stated area contradicts the outline when it differs by more than both.
    built_area_share : float
        A built area contradicts footprint times storeys when it differs by more than this.
    parcel_no_pattern : str
        Regular expression of a parcel number: the 19 characters of the national code.
    """

    sliver_area_m2: float = 1.0
    sliver_width_m: float = 0.3
    overlap_area_m2: float = 0.5
    overlap_width_m: float = 0.1
    duplicate_share: float = 0.95
    gap_width_m: float = 0.5
    gap_least_width_m: float = 0.02
    gap_area_m2: float = 0.2
    gap_length_m: float = 2.0
    outside_area_m2: float = 1.0
    outside_share: float = 0.05
    area_difference_m2: float = 1.0
    area_difference_share: float = 0.03
    built_area_share: float = 0.3
    parcel_no_pattern: str = (
        r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}\d{3}\d{3}[GJZ][ABSXCDEFGHLNWY](?!00000)\d{5}"
    )


def load_check_rules(path: Path) -> CheckRules:
    """Read tolerances from a YAML file; what it does not state is as usual.

    Raises
    ------
    FileMissing
    FileUnreadable
        The file is no mapping of the known names to numbers of at least 0 and a regular expression.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        return CheckRules(**{name: _sound(name, value) for name, value in stated.items()})
    except (yaml.YAMLError, OSError, TypeError, ValueError, AttributeError, re.error) as error:
        raise FileUnreadable(path=path, why=str(error).splitlines()[0]) from error


@cache
def check_rules() -> CheckRules:
    """The rules that come with the program."""
    return load_check_rules(assets.resource("rules", "checks.yaml"))


def _sound(name: str, value: object) -> Any:
    kinds = {field.name: field.type for field in fields(CheckRules)}
    if kinds.get(name) == "str" and isinstance(value, str):
        return re.compile(value).pattern
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number = float(value) if is_number else math.nan  # type: ignore[arg-type]
    if kinds.get(name) != "float" or not 0 <= number < math.inf:
        raise ValueError(f"{name}: {value}")
    return number

"""Legal bases and periods of demolition orders, as a bureau configures them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

import yaml

from weijian.assets import resource
from weijian.domain.errors import FileMissing, FileUnreadable

Kind = TypeVar("Kind", dict, int, str)  # type: ignore[type-arg]


@dataclass(frozen=True)
class OrderBasis:
    """What an order rests on: the article that was broken, the one that empowers, and what follows if it is ignored."""

    name: str
    duty: str
    authority: str
    consequence: str


@dataclass(frozen=True)
class OrderRules:
    """Everything of ``resources/rules/orders.yaml``; ``bases`` by key (``planning_64`` …)."""

    deadline_days: int
    review_days: int
    suit_months: int
    bases: Mapping[str, OrderBasis]


def load_order_rules(path: Path | None = None) -> OrderRules:
    """Read the rules; without a path those that come with the program.

    Raises
    ------
    FileMissing
        There is no such file.
    FileUnreadable
        It is not YAML, or something in it is missing or of the wrong kind; the error names it.
    """
    path = path or resource("rules", "orders.yaml")
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FileUnreadable(path=path, why=type(error).__name__) from error
    entries = _value(content, "bases", dict, path)
    return OrderRules(
        **{name: _value(content, name, int, path) for name in ("deadline_days", "review_days", "suit_months")},
        bases={str(key): _basis(entry, path) for key, entry in entries.items()},
    )


def _basis(entry: object, path: Path) -> OrderBasis:
    return OrderBasis(**{field.name: _value(entry, field.name, str, path) for field in fields(OrderBasis)})


def _value(content: object, name: str, kind: type[Kind], path: Path) -> Kind:
    value = content.get(name) if isinstance(content, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool) or not value:
        raise FileUnreadable(path=path, why=f"{name}: {kind.__name__}")
    return value

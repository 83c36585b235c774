"""What each kind of table may hold, and the words it is recognised by (``resources/rules/fields.yaml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from weijian import assets
from weijian.domain.table_kind import Kind

REQUIRED = {
    Kind.HOUSEHOLDS: "household_no",
    Kind.PERSONS: "household_no",
    Kind.PARCELS: "parcel_no",
    Kind.BUILDINGS: "building_no",
    Kind.PERMITS: "permit_no",
    Kind.ZONES: "kind",
}
"""The field without which a table of a kind is of no use."""


@dataclass(frozen=True)
class FieldRules:
    """Synonyms, in order of preference.

    ``fields[kind][target]`` are headings, ``values[kind][target][value]`` words for a value, ``layers[kind]`` words
    in a layer's name.
    """

    fields: Mapping[Kind, Mapping[str, tuple[str, ...]]]
    values: Mapping[Kind, Mapping[str, Mapping[str, tuple[str, ...]]]]
    layers: Mapping[Kind, tuple[str, ...]]

    def targets(self, kind: Kind) -> tuple[str, ...]:
        """Fields a kind has."""
        return tuple(self.fields[kind])


@cache
def field_rules() -> FieldRules:
    """The rules that come with the program."""
    tree = yaml.safe_load(assets.resource("rules", "fields.yaml").read_text(encoding="utf-8"))
    fields = {
        Kind(k): {t: tuple(map(str, words)) for t, words in targets.items()} for k, targets in tree["fields"].items()
    }
    values = {
        Kind(k): {t: {v: tuple(map(str, words)) for v, words in options.items()} for t, options in targets.items()}
        for k, targets in tree["values"].items()
    }
    layers = {Kind(k): tuple(map(str, words)) for k, words in tree["layers"].items()}
    return FieldRules(fields, values, layers)


def chinese_heading(kind: Kind, target: str) -> str:
    """The heading under which offices know a field: the first Chinese of its words.

    >>> chinese_heading(Kind.BUILDINGS, "storeys")
    '层数'
    """
    return _chinese(field_rules().fields[kind][target])


def chinese_value(kind: Kind, target: str, value: str) -> str:
    """What a value of a glossary is called in Chinese; a word of no glossary stays as it is."""
    words = field_rules().values[kind][target].get(value)
    return value if words is None else _chinese(words)


def _chinese(words: tuple[str, ...]) -> str:
    return next(word for word in words if not word.isascii())


def layer_words(kind: Kind) -> tuple[str, ...]:
    """Lower-case words that tell a layer of this kind by its name."""
    return tuple(word.lower() for word in field_rules().layers[kind])


def folded(heading: str) -> str:
    """A heading as it is compared: one width and case, without units in brackets, spaces and punctuation.

    >>> folded("建筑高度(米)"), folded("Building No.")
    ('建筑高度', 'buildingno')
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[(\[【].*?[)\]】]", "", text)
    return re.sub(r"[\W_]", "", text)

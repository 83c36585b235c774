"""Which column means what: guessed from headings, or said by the user in a TOML file.

A mapping file::

    kind = "buildings"
    [columns]
    building_no = "FWBH"
    storeys = "ZCS"

    kind = "zones"
    [constants]
    kind = "farmland"
    [values.kind]
    "一级保护区" = "farmland"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from weijian.cadastre.errors import FieldMissing, MappingUnusable
from weijian.cadastre.fields import REQUIRED, field_rules, folded
from weijian.cadastre.table import VectorTable
from weijian.domain.errors import FileMissing
from weijian.domain.table_kind import Kind
from weijian.whole_results import replaced

_CUT_LENGTHS = (9, 10)
_SECTIONS = {"kind", "columns", "constants", "values"}


@dataclass(frozen=True)
class FieldMapping:
    """Meaning of a table's columns.

    Attributes
    ----------
    kind : Kind
    columns : mapping
        From field (``building_no``) to the file's heading.
    values : mapping
        From field to what the file writes to what it means (``{"kind": {"一级保护区": "farmland"}}``); looked at
        before the program's own words.
    constants : mapping
        From field to one value for every row.
    """

    kind: Kind
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def require(self, table: VectorTable) -> None:
        """Check that the table has every column named, and one for the field the kind cannot do without.

        Raises
        ------
        FieldMissing
        """
        needed = REQUIRED[self.kind]
        missing = next((h for h in self.columns.values() if h not in table.columns), None)
        if missing is None and needed not in self.columns and needed not in self.constants:
            missing = " / ".join(field_rules().fields[self.kind][needed][:4])
        if missing is not None:
            raise FieldMissing(path=table.path, expected=missing, headings=", ".join(table.headings) or "-")


def guess(table: VectorTable, kind: Kind | str) -> FieldMapping:
    """Guess the mapping of a table whose kind is known; a field that no heading fits is left out."""
    kind = Kind(kind)
    columns: dict[str, str] = {}
    headings = {folded(h): h for h in reversed(table.headings)}
    for target, words in field_rules().fields[kind].items():
        heading = _whole(headings, words) or _cut(table, words)
        if heading is not None and heading not in columns.values():
            columns[target] = heading
    constants = {} if REQUIRED[kind] in columns else _by_name(table, kind)
    return FieldMapping(kind, columns, constants=constants)


def recognise(table: VectorTable) -> FieldMapping | None:
    """The most likely kind of a table and its mapping: the one that explains most columns; None when none fits."""
    guesses = [g for g in (guess(table, kind) for kind in Kind) if REQUIRED[g.kind] in g.columns]
    guesses = [g for g in guesses if g.kind is not Kind.PERSONS or "name" in g.columns]
    if table.geometry is None:
        guesses = [g for g in guesses if g.kind is not Kind.ZONES]  # a column "type" alone says nothing
    return max(guesses, key=lambda g: (_named(table, g.kind), len(g.columns)), default=None)


def _named(table: VectorTable, kind: Kind) -> bool:
    name = f"{table.path.stem} {table.layer or ''}".lower()
    return any(word.lower() in name for word in field_rules().layers[kind] if len(word) > 2 or not word.isascii())


def _whole(headings: Mapping[str, str], words: tuple[str, ...]) -> str | None:
    return next((headings[folded(w)] for w in words if folded(w) in headings), None)


def _cut(table: VectorTable, words: tuple[str, ...]) -> str | None:
    """A heading that is the beginning of a word and as long as a shapefile lets a heading be."""
    for heading in table.headings:
        size = len(heading.encode(table.encoding.name, errors="replace"))
        if size in _CUT_LENGTHS and any(w.casefold().startswith(heading.casefold()) for w in words):
            return heading
    return None


def _by_name(table: VectorTable, kind: Kind) -> dict[str, str]:
    """A zone file without a kind column often says in its name what it holds."""
    if kind is not Kind.ZONES:
        return {}
    value = known_value(Kind.ZONES, "kind", table.layer or table.path.stem)
    return {"kind": value} if value is not None else {}


def known_value(kind: Kind, target: str, text: str) -> str | None:
    """Value that ``text`` names or contains; the longest word that fits wins, None when none does.

    >>> known_value(Kind.PERMITS, "kind", "临时建设工程规划许可证")
    'temporary'
    """
    told = folded(text)
    fitting = [
        (told == folded(word), len(word), value)
        for value, words in field_rules().values[kind][target].items()
        for word in (value, *words)
        if folded(word) in told and (told == folded(word) or not word.isascii())
    ]
    return max(fitting)[2] if fitting else None


def load(path: Path) -> FieldMapping:
    """Read a mapping file.

    Raises
    ------
    FileMissing, MappingUnusable
    """
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingUnusable(path=path, entry=str(error)) from error
    unknown = sorted(set(tree) - _SECTIONS)
    if unknown or tree.get("kind") not in set(Kind):
        raise MappingUnusable(path=path, entry=unknown[0] if unknown else "kind")
    kind = Kind(tree["kind"])
    columns, constants, values = (_section(path, tree, name) for name in ("columns", "constants", "values"))
    targets = field_rules().targets(kind)
    for target in (*columns, *constants, *values):
        if target not in targets:
            raise MappingUnusable(path=path, entry=target)
    for name, section in (("columns", columns), ("constants", constants), *values.items()):
        if not isinstance(section, dict) or not all(isinstance(v, str) for v in section.values()):
            raise MappingUnusable(path=path, entry=name)
    return FieldMapping(kind, columns, values, constants)


def _section(path: Path, tree: Mapping[str, object], name: str) -> dict[str, Any]:
    section = tree.get(name, {})
    if not isinstance(section, dict):
        raise MappingUnusable(path=path, entry=name)
    return section


def save(mapping: FieldMapping, path: Path) -> Path:
    """Write a mapping file; an existing one is replaced whole.

    Raises
    ------
    TargetUnwritable
    """
    sections = {"columns": mapping.columns, "constants": mapping.constants}
    sections |= {f"values.{target}": words for target, words in mapping.values.items()}
    lines = [f"kind = {_quoted(mapping.kind)}"]
    for name, entries in sections.items():
        if entries:
            lines += ["", f"[{name}]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in entries.items())]
    with replaced(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _quoted(text: str) -> str:
    """A TOML basic string; its escapes are those of JSON, but for the delete character."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")

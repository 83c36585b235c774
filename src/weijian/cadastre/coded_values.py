"""Codes in a column made the words that the file itself has for them (coded value domains, subtypes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat

from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import object_array

Words = Mapping[str, str]
"""Words by code."""

_SHOWN = 3


@dataclass(frozen=True)
class Glossary:
    """What the codes of a column mean; in rows of some kinds, by their code in column ``kinds_in``, something else."""

    words: Words = field(default_factory=dict)
    kinds_in: str | None = None
    words_of_kind: Mapping[str, Words] = field(default_factory=dict)

    def of_rows(self, columns: Mapping[str, Objects]) -> Iterable[Words]:
        """The words that hold in each row."""
        if self.kinds_in is None or self.kinds_in not in columns:
            return repeat(self.words)
        return [self.words_of_kind.get(_code(cell) or "", self.words) for cell in columns[self.kinds_in].tolist()]


Glossaries = Mapping[str, Glossary]
"""By heading."""


def with_words(table: VectorTable, glossaries: Glossaries) -> VectorTable:
    """The table with words in place of codes; each such column has a note, and one for codes without a word.

    A code that the file has no word for stays as it is.
    """
    columns = dict(table.columns)
    notes = []
    for heading, glossary in glossaries.items():
        if heading not in columns or not (glossary.words or glossary.words_of_kind):
            continue
        columns[heading], unknown = _translated(table.columns[heading], glossary.of_rows(table.columns))
        notes.append(RowFault(table.path, None, heading, Why.CODES_TRANSLATED))
        if unknown:
            told = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
            notes.append(RowFault(table.path, None, heading, Why.CODES_UNKNOWN, other=told))
    return replace(table, columns=columns, faults=(*table.faults, *notes))


def _translated(column: Objects, words_of_rows: Iterable[Words]) -> tuple[Objects, list[str]]:
    """The column in words, and the codes that have none."""
    unknown: dict[str, None] = {}
    cells = []
    for cell, words in zip(column.tolist(), words_of_rows, strict=False):
        code = _code(cell)
        if code is None or code in words:
            cells.append(cell if code is None else words[code])
            continue
        cells.append(cell)
        if words and code not in words.values():
            unknown[code] = None
    return object_array(cells), list(unknown)


def _code(cell: object) -> str | None:
    """A cell as a file's list of codes writes it."""
    if cell is None:
        return None
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else str(cell).strip()

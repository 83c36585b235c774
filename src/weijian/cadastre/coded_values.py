"""Codes in a column made the words that the file itself has for them (coded value domains)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import object_array

Glossaries = Mapping[str, Mapping[str, str]]
"""Words by code, by heading."""

_SHOWN = 3


def with_words(table: VectorTable, glossaries: Glossaries) -> VectorTable:
    """The table with words in place of codes; each such column has a note, and one for codes without a word.

    A code that the file has no word for stays as it is.
    """
    columns = dict(table.columns)
    notes = []
    for heading, glossary in glossaries.items():
        if heading not in columns or not glossary:
            continue
        columns[heading], unknown = _translated(columns[heading], glossary)
        notes.append(RowFault(table.path, None, heading, Why.CODES_TRANSLATED))
        if unknown:
            told = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
            notes.append(RowFault(table.path, None, heading, Why.CODES_UNKNOWN, other=told))
    return replace(table, columns=columns, faults=(*table.faults, *notes))


def _translated(column: Objects, glossary: Mapping[str, str]) -> tuple[Objects, list[str]]:
    """The column in words, and the codes that have none."""
    codes = [_code(cell) for cell in column.tolist()]
    known = {*glossary, *glossary.values()}
    unknown = dict.fromkeys(code for code in codes if code is not None and code not in known)
    words = [cell if code is None else glossary.get(code, cell) for code, cell in zip(codes, column, strict=True)]
    return object_array(words), list(unknown)


def _code(cell: object) -> str | None:
    """A cell as a file's list of codes writes it."""
    if cell is None:
        return None
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else str(cell).strip()

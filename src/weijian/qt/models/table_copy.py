"""Rows of a table as text that a spreadsheet takes."""

from collections.abc import Iterable, Sequence

from weijian.cadastre.spreadsheet_text import neutral


def tab_separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Headings and rows, cells apart by tabs; tabs and line ends within a cell become spaces."""
    return "\n".join("\t".join(_cell(cell) for cell in row) for row in (headings, *rows))


def _cell(text: str) -> str:
    return neutral(" ".join(text.split()) if any(c in text for c in "\t\r\n") else text)

"""What an Excel workbook holds, cell by cell, before anything is made of it.

Two libraries read the cells. calamine, which is compiled, takes workbooks in which a cell is no more than its value;
openpyxl takes those with formulas, error values or formats that show noughts before numbers, of which calamine tells
nothing, and judges whatever calamine refuses. Both answer the same for the same cells.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from xml.parsers import expat

from weijian.cadastre.errors import ContentUnexpected, XmlUnsafe
from weijian.cadastre.packed import check_parts, damage_told

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from python_calamine import CalamineSheet

_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_NO_PLAIN_VALUES = (b'"e"', b"'e'", b'"d"', b"'d'", b"nan<", b"inf<", b"infinity<")
"""Signs of error values, of days written as text, and of what one library takes for a number and the other does not."""
_COLUMN = re.compile(rb'r="([A-Za-z]+)\d')
_ROW = re.compile(rb'r="[A-Za-z]+(\d+)')
_ODD_PLACE = re.compile(rb"r(?:\s+=|=[\s'])")
"""A place that the two before would miss."""
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMAT = re.compile(rb"formatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PADDED = re.compile(r'(?:"([^"]*)")?(0{2,})')
"""A format of numbers that shows noughts before them, perhaps after a word: 00000, "FW"00000."""

_DAMAGED = (SyntaxError, LookupError, TypeError, AttributeError)
"""What openpyxl lets through besides, whatever part is damaged; an XML error is a SyntaxError."""

_MOST_CELLS = 10_000_000
"""calamine holds the rectangle down to the last cell, empty or not: two far corners would take all memory."""
_CHUNK, _OVERLAP = 4 * 1024**2, 200

Row = tuple[object, ...]


@dataclass(frozen=True)
class Area:
    """A merged area; rows count from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Book(Protocol):
    """An open workbook."""

    @property
    def names(self) -> list[str]:
        """Names of the sheets in their order."""

    def rows(self, name: str) -> Iterator[Row]:
        """Rows of a sheet from the first on, those without cells too; None for an empty cell."""

    def merged(self, name: str) -> tuple[Area, ...]:
        """Merged areas of a sheet, from above."""

    def formulas(self, name: str) -> frozenset[tuple[int, int]]:
        """Places of formulas: row from 1, column from 0."""


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """A workbook, checked: swollen parts and document types, which no spreadsheet program writes, are refused.

    Raises
    ------
    ContentUnexpected, ArchiveTooLarge, XmlUnsafe
    """
    if not zipfile.is_zipfile(path):
        raise _unlike(path)
    check_parts(path)
    with damage_told(_unlike(path)), zipfile.ZipFile(path) as archive:
        plain = _is_plain(path, archive)
    sheets = _plain_sheets(path) if plain else None
    if sheets is not None:
        yield _PlainBook(sheets)
        return
    with _by_openpyxl(path, values=True) as workbook:
        yield _FullBook(path, workbook)


def _unlike(path: Path) -> ContentUnexpected:
    return ContentUnexpected(path=path, expected="Excel (.xlsx)")


def _is_plain(path: Path, archive: zipfile.ZipFile) -> bool:
    """Whether calamine tells all of a workbook: well-formed, of bearable extent, each cell no more than its value.

    Raises
    ------
    XmlUnsafe
    """
    parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    # Every part is looked at, whatever comes of it: a document type is refused wherever it stands.
    found = [_looked_at(path, archive, part) for part in parts]
    return all(plain for plain, _ in found) and sum(cells for _, cells in found) <= _MOST_CELLS


def _looked_at(path: Path, archive: zipfile.ZipFile, part: str) -> tuple[bool, int]:
    """Whether a part holds nothing that calamine passes over, and the cells of the rectangle that it spans."""
    parser = expat.ParserCreate()
    plain, columns, last = True, set[bytes](), 0
    for tail, piece in _pieces(archive, part):
        chunk = tail + piece
        if _DOCTYPE.search(chunk):
            raise XmlUnsafe(path=path)
        if not plain:
            continue
        plain = _is_well_formed(parser, piece) and not (_FORMULA.search(chunk) or _is_special(chunk) or _pads(chunk))
        columns.update(_COLUMN.findall(chunk))
        last = max(last, max(map(int, set(_ROW.findall(chunk))), default=0))
    width = max((_column(letters.decode().upper()) + 1 for letters in columns), default=0)
    return plain and _is_well_formed(parser, b"", final=True), width * last


def _is_well_formed(parser: expat.XMLParserType, piece: bytes, *, final: bool = False) -> bool:
    try:
        parser.Parse(piece, final)
    except expat.ExpatError:
        return False
    return True


def _is_special(chunk: bytes) -> bool:
    lowered = chunk.lower()
    return any(sign in lowered for sign in _NO_PLAIN_VALUES) or _ODD_PLACE.search(chunk) is not None


def _pads(chunk: bytes) -> bool:
    """Whether there is a format of numbers that shows noughts before them."""
    codes = (html.unescape((double or single).decode(errors="replace")) for double, single in _FORMAT.findall(chunk))
    return any(map(_PADDED.fullmatch, codes))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    """A part, piece by piece, each with the end of the one before it."""
    if part not in archive.namelist():
        return
    with archive.open(part) as file:
        tail = b""
        while piece := file.read(_CHUNK):
            yield tail, piece
            tail = piece[-_OVERLAP:]


def _plain_sheets(path: Path) -> dict[str, CalamineSheet] | None:
    """The sheets as calamine reads them; None where it refuses one."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
    except (CalamineError, OSError):
        return None


class _PlainBook:
    """A workbook in which a cell is no more than its value, read by calamine."""

    def __init__(self, sheets: Mapping[str, CalamineSheet]) -> None:
        self._sheets = sheets

    @property
    def names(self) -> list[str]:
        return list(self._sheets)

    def rows(self, name: str) -> Iterator[Row]:
        sheet = self._sheets[name]
        before: Row = (None,) * (sheet.start[1] if sheet.start else 0)
        for row in sheet.iter_rows():
            yield (
                *before,
                *[
                    None if cell == "" else int(cell) if type(cell) is float and cell.is_integer() else cell
                    for cell in row
                ],
            )

    def merged(self, name: str) -> tuple[Area, ...]:
        found = self._sheets[name].merged_cell_ranges or []
        return _from_above(Area(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found)

    def formulas(self, name: str) -> frozenset[tuple[int, int]]:  # noqa: ARG002
        return frozenset()


class _FullBook:
    """Any workbook, read by openpyxl."""

    def __init__(self, path: Path, workbook: Workbook) -> None:
        self._path = path
        self._workbook = workbook

    @property
    def names(self) -> list[str]:
        return list(self._workbook.sheetnames)

    def rows(self, name: str) -> Iterator[Row]:
        return _iterated(self._workbook, name)

    def merged(self, name: str) -> tuple[Area, ...]:
        return _from_above(_area(*map(bytes.decode, m.groups())) for m in self._found(_MERGED, name))

    def formulas(self, name: str) -> frozenset[tuple[int, int]]:
        if next(self._found(_FORMULA, name), None) is None:
            return frozenset()
        with _by_openpyxl(self._path, values=False) as workbook:
            return frozenset(
                (number, column)
                for number, row in enumerate(_iterated(workbook, name), start=1)
                for column, cell in enumerate(row)
                if (isinstance(cell, str) and cell.startswith("=")) or type(cell).__name__ == "ArrayFormula"
            )

    def _found(self, pattern: re.Pattern[bytes], name: str) -> Iterator[re.Match[bytes]]:
        part = str(getattr(self._workbook[name], "_worksheet_path", "")).lstrip("/")
        with zipfile.ZipFile(self._path) as archive:
            for tail, piece in _pieces(archive, part):
                yield from pattern.finditer(tail + piece)


@contextmanager
def _by_openpyxl(path: Path, *, values: bool) -> Iterator[Workbook]:
    """The workbook, read row by row: stored values, or formulas as they are written.

    Raises
    ------
    ContentUnexpected
    """
    import openpyxl

    try:
        with damage_told(_unlike(path)):
            workbook = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except _DAMAGED as error:
        raise _unlike(path) from error


def _iterated(workbook: Workbook, name: str) -> Iterator[Row]:
    sheet: Any = workbook[name]
    if not hasattr(sheet, "iter_rows"):
        return
    sheet.reset_dimensions()  # what is stated may be a million empty rows
    formats: list[str] = getattr(workbook, "_number_formats", [])  # openpyxl has no other list of them
    if not any(map(_PADDED.fullmatch, formats)):
        yield from sheet.iter_rows(values_only=True)
        return
    for row in sheet.iter_rows():
        yield tuple(_as_shown(cell) for cell in row)


def _as_shown(cell: Any) -> object:
    """The value of a cell; a number whose format pads it with noughts is a text, as people see it."""
    value: object = cell.value
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0 or value != int(value):
        return value
    padded = _PADDED.fullmatch(cell.number_format)
    return value if padded is None else f"{padded[1] or ''}{int(value):0{len(padded[2])}d}"


def _from_above(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(set(areas), key=lambda a: (a.top, a.left)))


def _area(left: str, top: str, right: str, bottom: str) -> Area:
    return Area(int(top), _column(left), int(bottom), _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

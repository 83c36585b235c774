"""A register's rows as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from weijian.cadastre.spreadsheet_text import neutral
from weijian.domain.job import Job, Progress
from weijian.services.registers import ColumnKind
from weijian.whole_results import write_file

_STEP = 5000
_FORMATS = {
    ColumnKind.COUNT: "#,##0",
    ColumnKind.AREA: "#,##0.0",
    ColumnKind.METRES: "0.0",
    ColumnKind.SHARE: "0%",
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm:ss",
}
_WIDEST = 48


@dataclass(frozen=True)
class SheetColumn:
    """One column as it is written: its heading with the unit, and its values from top to bottom.

    Values are texts, numbers or days, as ``kind`` says; None leaves a cell empty.
    """

    heading: str
    kind: ColumnKind
    values: Sequence[Any]


@dataclass(frozen=True)
class SheetTable:
    """What is written: the title of the sheet and its columns, from left to right."""

    title: str
    columns: tuple[SheetColumn, ...]


def export_register(table: SheetTable, path: Path) -> Job[Path]:
    """Write a table as XLSX: numbers as numbers, days as days, texts that look like formulas made harmless.

    Raises
    ------
    TargetUnwritable
        The file cannot be written; what was there before stays.
    """
    content = BytesIO()
    rows = len(table.columns[0].values)
    with xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": False}) as workbook:
        sheet = workbook.add_worksheet(table.title[:31])
        head = workbook.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "valign": "vcenter"})
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, neutral(column.heading), head)
            sheet.set_column(number, number, _width(column))
        formats = [_format(workbook, column.kind) for column in table.columns]
        for first in range(0, rows, _STEP):
            yield Progress("table", first, rows)
            for row in range(first, min(first + _STEP, rows)):
                for number, column in enumerate(table.columns):
                    _write(sheet, row + 1, number, column.values[row], formats[number])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, rows, len(table.columns) - 1)
    return write_file(path, content.getvalue())


def _format(workbook: Workbook, kind: ColumnKind) -> Any:
    return workbook.add_format({"num_format": _FORMATS[kind]} if kind in _FORMATS else {})


def _write(sheet: Worksheet, row: int, column: int, value: Any, cell_format: Any) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, column, neutral(value), cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)


def _width(column: SheetColumn) -> int:
    """Characters that fit the heading and the first values; a Chinese one is as wide as two."""
    texts = [column.heading, *(str(value) for value in column.values[:200] if value is not None)]
    widest = max(sum(2 if ord(character) > 0x2E80 else 1 for character in text) for text in texts)
    return min(_WIDEST, widest + 3)

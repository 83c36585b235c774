"""Layers as workbooks: Chinese headings, days and numbers as such, outlines as WKT in the last column."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import shapely
import xlsxwriter

from weijian.cadastre.layer_content import LayerContent, Notes
from weijian.cadastre.spreadsheet_text import neutral
from weijian.domain.language import Words
from weijian.whole_results import replaced

OUTLINE = "图形"
_LONGEST_CELL = 32_767
_LONGEST_TITLE = 31
_DAYS = "yyyy-mm-dd"


def write_excel(content: LayerContent, path: Path) -> Notes:
    """Write a workbook with one sheet; raises TargetUnwritable. What is too long for a cell is told and left out."""
    notes: list[Words] = []
    columns = [(column.heading, column.shown) for column in content.columns]
    if content.geometry is not None:
        columns.append((OUTLINE, shapely.to_wkt(content.geometry, rounding_precision=4).tolist()))
    with replaced(path) as temporary, xlsxwriter.Workbook(temporary, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(content.title[:_LONGEST_TITLE])
        bold, days = workbook.add_format({"bold": True}), workbook.add_format({"num_format": _DAYS})
        for place, (heading, _) in enumerate(columns):
            sheet.set_column(place, place, 24 if heading == OUTLINE else max(12, 2 * len(heading) + 2))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, [neutral(heading) for heading, _ in columns], bold)
        for row in range(len(content)):
            for place, (heading, values) in enumerate(columns):
                if not _write(sheet, row + 1, place, values[row], days):
                    notes.append(_left_out(content.columns[0].values[row], heading))
        sheet.autofilter(0, 0, len(content), len(columns) - 1)
    return tuple(notes)


def _write(sheet: Any, row: int, column: int, value: Any, days: Any) -> bool:
    """Write a cell; False where it is too long for one."""
    if isinstance(value, str):
        text = neutral(value)
        if len(text) > _LONGEST_CELL:
            return False
        sheet.write_string(row, column, text)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), days)
    elif value is not None:
        sheet.write_number(row, column, value)
    return True


def _left_out(number: str, heading: str) -> Words:
    return Words(
        f"{number} 的“{heading}”超过表格单元格的长度，未写出",
        f"'{heading}' of {number} is too long for a cell and was left out",
    )

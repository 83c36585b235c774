from pathlib import Path

import openpyxl

from weijian.domain.table_kind import Kind
from weijian.services.import_preview import preview_table


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_page_of_words_is_passed_over(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 说明=[["填表须知"]], Sheet2=[["户号", "户主"], ["H1", "李明"]])
    seen = preview_table(path)
    assert (seen.layers, seen.layer, seen.kind) == (("说明", "Sheet2"), "Sheet2", Kind.HOUSEHOLDS)
    assert preview_table(path, layer="说明").count == 0


def test_the_sheet_whose_name_tells_comes_first(tmp_path: Path) -> None:
    rows = [["编号", "备注"], ["1", "a"]]
    path = workbook(tmp_path / "a.xlsx", 道路=rows, 房屋=[["房屋编号", "层数"], ["F1", 2]])
    seen = preview_table(path)
    assert (seen.layer, seen.kind, seen.has_geometry) == ("房屋", Kind.BUILDINGS, False)

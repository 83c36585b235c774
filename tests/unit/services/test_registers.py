from pathlib import Path

import openpyxl
from sqlalchemy import Engine, event

from weijian.domain.job import finish
from weijian.services.register_export import SheetColumn, SheetTable, export_register
from weijian.services.registers import ColumnKind, RegisterKind, read_register
from weijian.storage import tables
from weijian.storage.workspace import open_workspace

MANY = 20_000


def test_many_households_are_read_at_once(empty: Path) -> None:
    rows = [{"household_no": f"H{n:06d}", "holder": "张三丰", "address": f"{n}号"} for n in range(MANY)]
    with open_workspace(empty) as workspace, workspace.writer.begin() as connection:
        connection.execute(tables.households.insert(), rows)
    asked: list[str] = []

    def note(*sent: object) -> None:
        asked.append(str(sent[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        register = read_register(empty, RegisterKind.HOUSEHOLDS)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len([statement for statement in asked if "households" in statement]) == 1
    assert register.size == MANY
    assert set(register.columns[1].values) == {"张某某"}


def test_an_empty_register_has_its_columns(empty: Path) -> None:
    register = read_register(empty, RegisterKind.HOUSEHOLDS)
    assert register.size == 0
    assert {len(column.values) for column in register.columns} == {0}


def test_texts_that_look_like_formulas_are_made_harmless(tmp_path: Path) -> None:
    values = ("=1+1", "+86", "-", "@a", "甲", None)
    numbers = tuple(range(6))
    table = SheetTable(
        "户", (SheetColumn("编号", ColumnKind.TEXT, values), SheetColumn("层数", ColumnKind.COUNT, numbers))
    )
    sheet = openpyxl.load_workbook(finish(export_register(table, tmp_path / "a.xlsx"))).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == ["'=1+1", "'+86", "'-", "'@a", "甲", None]
    assert [cell.data_type for cell in sheet["B"][1:]] == ["n"] * 6

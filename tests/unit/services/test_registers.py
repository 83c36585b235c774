import time
from contextlib import closing
from pathlib import Path

import openpyxl

from weijian.domain.job import finish
from weijian.services.register_export import SheetColumn, SheetTable, export_register
from weijian.services.registers import ColumnKind, RegisterKind, read_register
from weijian.storage import tables
from weijian.storage.workspace import open_workspace

MANY = 100_000


def test_many_households_take_little_more_than_the_database(empty: Path) -> None:
    rows = [{"household_no": f"H{n:06d}", "holder": "张三丰", "address": f"{n}号"} for n in range(MANY)]
    with open_workspace(empty) as workspace, workspace.writer.begin() as connection:
        connection.execute(tables.households.insert(), rows)
        with closing(connection.connection.cursor()) as cursor:
            start = time.thread_time()
            cursor.execute("SELECT household_no, holder, town, village, address FROM households ORDER BY household_no")
            cursor.fetchall()
            raw_s = time.thread_time() - start
    start = time.thread_time()
    register = read_register(empty, RegisterKind.HOUSEHOLDS)
    assert time.thread_time() - start < 8 * raw_s
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

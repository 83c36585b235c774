import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from unit.cadastre.made import square
from weijian.cadastre import errors
from weijian.cadastre.faults import Why
from weijian.cadastre.mapping import guess
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import FileUnreadable, LayerMissing


def workbook(path, rows, merged=(), sheet="Sheet1"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    book.save(path)
    return path


def test_titles_merged_headings_merged_households_and_totals(tmp_path):
    path = workbook(
        tmp_path / "房屋.xlsx",
        [
            ["石桥村房屋调查表"],
            ["填表日期：2025年6月"],
            ["户号", "户主", "房屋", None, None, "备注"],
            [None, None, "房屋编号", "层 数", "建筑面积\n(㎡)", None],
            ["H1", "李明", "F1", "3", 120.5, None],
            [None, None, "F2", "２层", " 88 ", "=1"],
            ["H2", "王芳", "F3", 1, None, None],
            [None, None, None, None, None, None],
            ["合计", None, None, 6, 208.5, None],
        ],
        ["A1:F1", "A2:F2", "A3:A4", "B3:B4", "C3:E3", "F3:F4", "A5:A6", "B5:B6"],
    )
    table = read_table(path)
    assert table.headings == ("户号", "户主", "房屋编号", "层数", "建筑面积(㎡)", "备注")
    assert table.columns["户号"].tolist() == ["H1", "H1", "H2"]
    assert table.columns["户主"].tolist() == ["李明", "李明", "王芳"]
    assert table.columns["层数"].tolist() == ["3", "２层", 1]
    assert table.row_numbers.tolist() == [5, 6, 7]
    assert [(f.row, f.why) for f in table.faults if f.why is Why.ROW_OF_TOTALS] == [(9, Why.ROW_OF_TOTALS)]
    assert guess(table, "buildings").columns["storeys"] == "层数"


def test_headings_of_two_storeys_that_would_be_alike(tmp_path):
    rows = [["编号", "批准", None, "实际", None], [None, "层数", "面积", "层数", "面积"], ["1", 2, 100, 3, 150]]
    path = workbook(tmp_path / "a.xlsx", rows, ["A1:A2", "B1:C1", "D1:E1"])
    assert read_table(path).headings == ("编号", "批准层数", "批准面积", "实际层数", "实际面积")


def test_values_of_every_kind(tmp_path):
    row = ["F1", 3.0, 2.5, True, datetime(2024, 5, 1), datetime(2024, 5, 1, 8, 30), "  甲 "]  # noqa: DTZ001
    path = workbook(tmp_path / "a.xlsx", [["房屋编号", "a", "b", "c", "d", "e", "f"], row])
    values = [column[0] for column in read_table(path).columns.values()]
    assert values == ["F1", 3, 2.5, True, date(2024, 5, 1), "2024-05-01 08:30:00", "甲"]
    assert isinstance(values[1], int)


def test_long_numbers_that_a_spreadsheet_rounds(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["宗地代码", "层数"], [3301271040030000086, 2], ["330127104003JC00086", 2]])
    table = read_table(path)
    assert table.columns["宗地代码"].tolist() == [None, "330127104003JC00086"]
    assert [(f.row, f.field, f.why) for f in table.faults] == [(2, "宗地代码", Why.DIGITS_LOST)]


def test_formulas(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for column, heading in enumerate(["房屋编号", "层数", "高度"]):
            sheet.write_string(0, column, heading)
        for row, value in enumerate([3, "#DIV/0!", 4], start=1):
            sheet.write_string(row, 0, f"F{row}")
            sheet.write_formula(row, 1, "=1+2", value=value)
    table = read_table(path)
    assert table.columns["层数"].tolist() == [3, None, 4]
    assert [(f.row, f.why) for f in table.faults] == [(3, Why.FORMULA_FAILED)]
    bare = workbook(tmp_path / "b.xlsx", [["房屋编号", "层数"], ["F1", "=1+2"]])
    (fault,) = read_table(bare).faults
    assert (fault.row, fault.field, fault.why) == (2, "层数", Why.NO_STORED_VALUE)


def test_sheets_are_layers(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    for name in ("户", "房屋"):
        sheet = book.create_sheet(name)
        sheet.append(["户号", "姓名"])
        sheet.append([f"{name}1", "甲"])
    book.save(tmp_path / "a.xlsx")
    assert layer_names(tmp_path / "a.xlsx") == ("说明", "户", "房屋")
    assert read_table(tmp_path / "a.xlsx", layer="户").columns["户号"].tolist() == ["户1"]
    assert read_table(tmp_path / "a.xlsx", wanted=("房屋",)).layer == "房屋"
    with pytest.raises(errors.LayerUnnamed):
        read_table(tmp_path / "a.xlsx")
    with pytest.raises(LayerMissing):
        read_table(tmp_path / "a.xlsx", layer="没有")
    with pytest.raises(errors.ContentUnexpected):
        read_table(tmp_path / "a.xlsx", layer="说明")


def test_an_empty_second_sheet_is_no_choice(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["户号", "姓名"])
    book.active.append(["H1", "甲"])
    book.create_sheet("Sheet2")
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").columns["户号"].tolist() == ["H1"]


def test_outlines_in_a_sheet(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["宗地代码", "WKT"], ["A", square().wkt], ["B", "POLYGON(("]])
    table = read_table(path, crs="EPSG:4549")
    assert table.geometry[0].equals(square())
    assert [(f.row, f.why) for f in table.faults] == [(3, Why.GEOMETRY_UNREADABLE)]


def test_long_cells(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["户号", "地址"], ["H1", "东" * 10_000]])
    assert len(read_table(path).columns["地址"][0]) == 10_000


def altered(path, part, change):
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


def test_an_entity_bomb_in_a_workbook(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["户号", "姓名"], ["H1", "甲"]])
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa">]>'
    with pytest.raises(errors.XmlUnsafe):
        read_table(altered(path, "xl/worksheets/sheet1.xml", lambda c: bomb + c))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_damaged_parts(tmp_path, part):
    path = workbook(tmp_path / "a.xlsx", [["户号", "姓名"], ["H1", "甲"]])
    with pytest.raises(FileUnreadable):
        read_table(altered(path, part, lambda c: c[: len(c) // 2]))


def test_what_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(errors.ContentUnexpected):
        read_table(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(errors.ContentUnexpected):
        read_table(path)


def test_numbers_that_the_sheet_pads_with_noughts_are_read_as_they_are_seen(tmp_path):
    path = workbook(tmp_path / "房屋.xlsx", [["房屋编号", "户号", "层数"], [12, 7, 3], ["A1", 8, 2], [345678, None, 1]])
    book = openpyxl.load_workbook(path)
    for row in range(2, 5):
        book.active.cell(row, 1).number_format = "00000"
        book.active.cell(row, 2).number_format = '"H"000'
    book.save(path)
    table = read_table(path)
    assert table.columns["房屋编号"].tolist() == ["00012", "A1", "345678"]
    assert table.columns["户号"].tolist() == ["H007", "H008", None]
    assert table.columns["层数"].tolist() == [3, 2, 1]

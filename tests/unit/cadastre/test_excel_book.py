import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from weijian.cadastre import excel_book
from weijian.cadastre.excel_book import Area, opened
from weijian.cadastre.excel_table import read_excel


def read_by(path):
    with opened(path) as book:
        return type(book).__name__, {name: list(book.rows(name)) for name in book.names}


def plain_and_full(path, monkeypatch):
    """What either library tells of a workbook that both may read."""
    name, plain = read_by(path)
    assert name == "_PlainBook"
    with monkeypatch.context() as patch:
        patch.setattr(excel_book, "_is_plain", lambda *_: False)
        name, full = read_by(path)
    assert name == "_FullBook"
    return plain, full


CELLS = st.one_of(
    st.none(),
    st.text("甲乙 ab0＝=\n&<>\"'", max_size=12).filter(lambda t: not t.startswith("=")),
    st.integers(-(10**6), 10**6),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 31)).map(lambda d: d.replace(microsecond=0)),  # noqa: DTZ001
    st.sampled_from([3301271040030000086, 0.1 + 0.2, "007", " x ", "330127104003JC00086", time(8, 30), timedelta(1.5)]),
)


@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=6), left=st.integers(0, 2), above=st.integers(0, 2))
def test_both_libraries_make_the_same_table(tmp_path_factory, rows, left, above):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    book = openpyxl.Workbook()
    for number, row in enumerate([["房屋编号", "层数", "a", "b", "c", "d"], *rows], start=above + 1):
        for place, cell in enumerate(row, start=left + 1):
            book.active.cell(number, place, cell)
    book.save(path)
    with pytest.MonkeyPatch.context() as patch:
        tables = [read_excel(path, None)]
        patch.setattr(excel_book, "_is_plain", lambda *_: False)
        tables.append(read_excel(path, None))
    plain, full = ([t.headings, t.row_numbers.tolist(), *[c.tolist() for c in t.columns.values()]] for t in tables)
    assert plain == full
    assert list(map(repr, plain)) == list(map(repr, full))  # whole numbers whole, True no 1
    assert tables[0].faults == tables[1].faults


def test_days_in_chinese_formats_and_rich_text(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("甲")
        for row, code in enumerate(['yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d", "General", "[h]:mm", "#,##0.00"]):
            sheet.write_number(row, 1, 45413.5, book.add_format({"num_format": code}))
        sheet.write_rich_string(6, 2, "甲", book.add_format({"bold": True}), "乙", " 丙")
        sheet.merge_range("B9:C10", "合并")
        book.add_worksheet("空")
    plain, full = plain_and_full(path, monkeypatch)
    widest = max(map(len, full["甲"]))
    assert [(*row, *[None] * (widest - len(row))) for row in full["甲"]] == plain["甲"]
    assert plain["空"] == full["空"] == []
    with opened(path) as book:
        assert book.merged("甲") == (Area(9, 1, 10, 2),)


def test_what_calamine_does_not_tell_is_read_by_the_other(tmp_path):
    def kind(name, fill):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            fill(book, book.add_worksheet())
        return read_by(tmp_path / name)[0]

    assert kind("plain.xlsx", lambda _, sheet: sheet.write(0, 0, 1)) == "_PlainBook"
    assert kind("formula.xlsx", lambda _, sheet: sheet.write_formula(0, 0, "=1", value=1)) == "_FullBook"
    assert kind("padded.xlsx", lambda b, s: s.write(0, 0, 7, b.add_format({"num_format": '"H"000'}))) == "_FullBook"
    # Two far corners: the rectangle between them would be 17 thousand million cells.
    assert kind("wide.xlsx", lambda _, s: (s.write(0, 0, 1), s.write(1048575, 16383, 1))) == "_FullBook"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b't="s"', b't="e"'),
        (b"<v>5</v>", b"<v>NaN</v>"),
        (b'r="A1"', b"r='XFD1048576'"),
        (b'r="A1"', b'r = "XFD1048576"'),
        (b"</sheetData>", b"</sheetDat>"),
        (b'<c r="B1"', b'<c/r="B1"'),
    ],
)
def test_what_is_no_plain_sheet(tmp_path, was, becomes):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["甲", 5])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert was in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(was, becomes)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with zipfile.ZipFile(path) as archive:
        assert not excel_book._is_plain(path, archive)

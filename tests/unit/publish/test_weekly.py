import errno
import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from unit.publish.findings import DEMOLISHED, EXTENDED
from weijian.domain.errors import TargetUnwritable
from weijian.domain.workflow import Stage
from weijian.publish.weekly import ListedFinding, PlaceFigures, WeeklyReport, write_weekly

REPORT = WeeklyReport(
    bureau="临溪县综合行政执法局",
    first_day=date(2025, 6, 9),
    last_day=date(2025, 6, 15),
    made_on=date(2025, 6, 16),
    places=(
        PlaceFigures("青石镇", "下沙村", 12, 9, 7, 5, 3, 1286.4, 412.9, {Stage.FILED: 2, Stage.DEMOLITION: 1}),
        PlaceFigures("青石镇", "上塘村", 3, 1, 0, 1, 0, 0.0, 0.0, {Stage.INVESTIGATION: 1}),
        PlaceFigures("白马街道", "城东社区", 5, 5, 2, 4, 2, 2000.0, 1000.0, {Stage.FILED: 1}),
    ),
    findings=(ListedFinding(EXTENDED, "青石镇", "下沙村"), ListedFinding(DEMOLISHED)),
)


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_figures_by_place_and_their_totals(tmp_path: Path):
    path = write_weekly(REPORT, tmp_path / "week.xlsx")
    sheet = load_workbook(path, data_only=True)["拆违周报"]
    assert sheet["A1"].value == "临溪县综合行政执法局拆违周报"
    assert sheet["A2"].value == "统计期间：2025年6月9日至2025年6月15日"
    first, second, third, total, *_ = rows(sheet)
    assert first == ("青石镇", "下沙村", 12, 9, 7, 5, 3, 1286.4, 412.9, pytest.approx(412.9 / 1286.4))
    assert second[-1] == "—"
    assert third[-1] == 0.5
    assert total == ("合计", None, 20, 15, 9, 10, 5, 3286.4, 1412.9, pytest.approx(1412.9 / 3286.4))


def test_totals_are_formulas(tmp_path: Path):
    sheet = load_workbook(write_weekly(REPORT, tmp_path / "week.xlsx"))["拆违周报"]
    assert sheet["C8"].value == "=SUM(C5:C7)"
    assert sheet["I8"].value == "=SUM(I5:I7)"
    assert sheet["J8"].value == '=IF(H8>0,I8/H8,"—")'


def test_only_stages_that_occur_are_columns(tmp_path: Path):
    book = load_workbook(write_weekly(REPORT, tmp_path / "week.xlsx"), data_only=True)
    sheet = book["案件阶段"]
    heads = [cell.value for cell in sheet[4]]
    assert heads == ["镇街", "村社", "立案", "调查取证", "拆除", "合计"]
    assert rows(sheet)[0] == ("青石镇", "下沙村", 2, 0, 1, 3)
    assert rows(sheet)[-1] == ("合计", None, 3, 1, 1, 5)


def test_every_finding_is_listed_with_what_is_known(tmp_path: Path):
    sheet = load_workbook(write_weekly(REPORT, tmp_path / "week.xlsx"), data_only=True)["图斑清单"]
    extended, demolished = rows(sheet)
    assert extended[:10] == ("T20250506-0001", "青石镇", "下沙村", "扩建", 86.44, 1.26, 3.24, 0.21, 0.93, "无许可")
    assert extended[10:16] == (
        "330127104-0086",
        "330127104003JC00086",
        "冻结区、永久基本农田",
        datetime(2024, 11, 3),  # noqa: DTZ001  a workbook's dates have no zone
        datetime(2025, 5, 6),  # noqa: DTZ001
        "已确认",
    )
    assert demolished[1] == demolished[6] == demolished[9] == "—"
    assert demolished[15] == "待复核"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path):
    finding = replace(EXTENDED, reason="=HYPERLINK(A1)", household_no="=1+1")
    report = replace(REPORT, findings=(ListedFinding(finding, "@镇", "+村"),))
    sheet = load_workbook(write_weekly(report, tmp_path / "week.xlsx"))["图斑清单"]
    assert [sheet[cell].data_type for cell in ("B5", "C5", "K5", "Q5")] == ["s"] * 4
    assert sheet["K5"].value == "=1+1"


def test_a_week_of_nothing_is_a_report(tmp_path: Path):
    report = replace(REPORT, places=(), findings=())
    book = load_workbook(write_weekly(report, tmp_path / "week.xlsx"), data_only=True)
    assert rows(book["拆违周报"])[0] == ("合计", None, 0, 0, 0, 0, 0, 0, 0, "—")
    assert rows(book["案件阶段"])[0] == ("合计", None, 0)
    assert rows(book["图斑清单"]) == []


def test_it_prints_on_a4_landscape_with_its_header_on_every_page(tmp_path: Path):
    book = load_workbook(write_weekly(REPORT, tmp_path / "week.xlsx"))
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$4"
        assert sheet.freeze_panes == "C5"


def test_no_column_is_too_narrow_for_its_numbers(tmp_path: Path):
    places = (PlaceFigures("青石镇", "下沙村", ordered_m2=12_345_678.9, demolished_m2=12_345_678.9),)
    sheet = load_workbook(write_weekly(replace(REPORT, places=places), tmp_path / "week.xlsx"))["拆违周报"]
    for column in (8, 9):
        assert sheet.column_dimensions[get_column_letter(column)].width >= len("12,345,678.9") + 1


def test_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TargetUnwritable):
        write_weekly(REPORT, tmp_path / "week.xlsx")
    assert list(tmp_path.iterdir()) == []

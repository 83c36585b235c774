"""The weekly report (拆违周报) as a workbook."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from weijian.domain.finding import CHANGE_NAMES, PERMIT_STATUS_NAMES, REVIEW_NAMES, Finding
from weijian.domain.workflow import STAGE_NAMES, Stage
from weijian.domain.zone import ZONE_NAMES
from weijian.publish.wording import DASH, chinese_date
from weijian.whole_results import write_file

_A4 = 9
_HEADER_ROW = 3
_ROW_POINTS = 22
_TOTAL = "合计"


@dataclass(frozen=True)
class PlaceFigures:
    """One village's figures.

    Findings, leads and filed cases (立案) are those of the period; areas (m²) and ``stages``, the number of cases that
    stand at each stage, are as of its last day.
    """

    town: str
    village: str
    found: int = 0
    reviewed: int = 0
    confirmed: int = 0
    leads: int = 0
    cases_filed: int = 0
    ordered_m2: float = 0.0
    demolished_m2: float = 0.0
    stages: Mapping[Stage, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ListedFinding:
    """A finding and the place it lies in; blank where that is not known."""

    finding: Finding
    town: str = ""
    village: str = ""


@dataclass(frozen=True)
class WeeklyReport:
    """A bureau's week, first and last day included."""

    bureau: str
    first_day: date
    last_day: date
    made_on: date
    places: tuple[PlaceFigures, ...]
    findings: tuple[ListedFinding, ...]


def write_weekly(report: WeeklyReport, path: Path) -> Path:
    """Write the report: a sheet of figures by village, one of cases by stage, one that lists the findings.

    Totals and rates are formulas that carry their values, so that any viewer shows them.

    Raises
    ------
    TargetUnwritable
        The file cannot be written; nothing is left behind.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        made = datetime.combine(report.made_on, datetime.min.time())
        workbook.set_properties({"title": "拆违周报", "author": report.bureau, "created": made})
        styles = _Styles(workbook)
        _write_figures(workbook.add_worksheet("拆违周报"), report, styles)
        _write_stages(workbook.add_worksheet("案件阶段"), report, styles)
        _write_findings(workbook.add_worksheet("图斑清单"), report, styles)
    return write_file(path, content.getvalue())


class _Styles:
    """The few cell formats of the workbook."""

    def __init__(self, workbook: Workbook) -> None:
        def style(**properties: object) -> Format:
            return workbook.add_format({"font_name": "宋体", "font_size": 11, "valign": "vcenter", **properties})

        cell = {"border": 1, "align": "center"}
        head = {**cell, "bold": True, "bg_color": "#E7E6E6", "text_wrap": True}
        total = {**cell, "bold": True, "bg_color": "#F2F2F2"}
        self.title = style(font_size=18, bold=True, align="center")
        self.note = style(align="left")
        self.head = style(**head)
        self.text = style(**cell)
        self.long_text = style(**{**cell, "align": "left", "text_wrap": True})
        self.count = style(**cell, num_format="#,##0")
        self.area = style(**cell, num_format="#,##0.0")
        self.metres = style(**cell, num_format="+0.0;-0.0;0.0")
        self.sigma = style(**cell, num_format="0.0")
        self.share = style(**cell, num_format="0.0%")
        self.day = style(**cell, num_format="yyyy-mm-dd")
        self.total_text = style(**total)
        self.total_count = style(**total, num_format="#,##0")
        self.total_area = style(**total, num_format="#,##0.0")
        self.total_share = style(**total, num_format="0.0%")


def _write_figures(sheet: Worksheet, report: WeeklyReport, styles: _Styles) -> None:
    heads = (
        "镇街",
        "村社",
        "新发现图斑",
        "已复核",
        "已确认",
        "线索",
        "立案",
        "责令拆除面积\n(m²)",
        "已拆除面积\n(m²)",
        "完成率",
    )
    _frame(sheet, report, "拆违周报", heads, (14, 16, 12, 10, 10, 10, 10, 16, 16, 11), styles)
    first = _HEADER_ROW + 1
    for row, place in enumerate(report.places, start=first):
        sheet.write_string(row, 0, place.town, styles.text)
        sheet.write_string(row, 1, place.village, styles.text)
        for column, count in enumerate(_counts(place), start=2):
            sheet.write_number(row, column, count, styles.count)
        sheet.write_number(row, 7, place.ordered_m2, styles.area)
        sheet.write_number(row, 8, place.demolished_m2, styles.area)
        _write_share(sheet, row, place.ordered_m2, place.demolished_m2, styles.share)
    last = first + len(report.places)
    sheet.merge_range(last, 0, last, 1, _TOTAL, styles.total_text)
    columns = list(zip(*(_counts(place) for place in report.places), strict=True)) or [()] * 5
    for column, values in enumerate(columns, start=2):
        _write_total(sheet, first, last, column, sum(values), styles.total_count)
    ordered = sum(place.ordered_m2 for place in report.places)
    demolished = sum(place.demolished_m2 for place in report.places)
    _write_total(sheet, first, last, 7, ordered, styles.total_area)
    _write_total(sheet, first, last, 8, demolished, styles.total_area)
    _write_share(sheet, last, ordered, demolished, styles.total_share)
    sheet.write_string(last + 1, 0, "注：图斑、线索、立案为本期数；面积为截至期末累计数。", styles.note)


def _counts(place: PlaceFigures) -> tuple[int, ...]:
    return place.found, place.reviewed, place.confirmed, place.leads, place.cases_filed


def _write_total(sheet: Worksheet, first: int, last: int, column: int, value: float, style: Format) -> None:
    if last == first:
        sheet.write_number(last, column, 0, style)
        return
    name = xl_col_to_name(column)
    sheet.write_formula(last, column, f"=SUM({name}{first + 1}:{name}{last})", style, value)


def _write_share(sheet: Worksheet, row: int, ordered: float, demolished: float, style: Format) -> None:
    value = demolished / ordered if ordered else DASH
    sheet.write_formula(row, 9, f'=IF(H{row + 1}>0,I{row + 1}/H{row + 1},"{DASH}")', style, value)


def _write_stages(sheet: Worksheet, report: WeeklyReport, styles: _Styles) -> None:
    stages = [stage for stage in Stage if any(place.stages.get(stage) for place in report.places)]
    heads = ("镇街", "村社", *(STAGE_NAMES[stage] for stage in stages), _TOTAL)
    _frame(sheet, report, "案件阶段分布", heads, (14, 16, *(12 for _ in stages), 10), styles)
    first, end = _HEADER_ROW + 1, 2 + len(stages)
    for row, place in enumerate(report.places, start=first):
        sheet.write_string(row, 0, place.town, styles.text)
        sheet.write_string(row, 1, place.village, styles.text)
        counts = [place.stages.get(stage, 0) for stage in stages]
        for column, count in enumerate(counts, start=2):
            sheet.write_number(row, column, count, styles.count)
        _write_row_sum(sheet, row, end, sum(counts), styles.total_count)
    last = first + len(report.places)
    sheet.merge_range(last, 0, last, 1, _TOTAL, styles.total_text)
    totals = [sum(place.stages.get(stage, 0) for place in report.places) for stage in stages]
    for column, total in enumerate(totals, start=2):
        _write_total(sheet, first, last, column, total, styles.total_count)
    _write_row_sum(sheet, last, end, sum(totals), styles.total_count)


def _write_row_sum(sheet: Worksheet, row: int, end: int, value: int, style: Format) -> None:
    if end == 2:
        sheet.write_number(row, end, 0, style)
        return
    sheet.write_formula(row, end, f"=SUM(C{row + 1}:{xl_col_to_name(end - 1)}{row + 1})", style, value)


def _write_findings(sheet: Worksheet, report: WeeklyReport, styles: _Styles) -> None:
    columns: tuple[tuple[str, float, Format], ...] = (
        ("图斑编号", 12, styles.text),
        ("镇街", 8, styles.text),
        ("村社", 8, styles.text),
        ("变化\n类型", 6, styles.text),
        ("面积\n(m²)", 8, styles.area),
        ("标准差\n(m²)", 7, styles.sigma),
        ("高度变化\n(m)", 8, styles.metres),
        ("标准差\n(m)", 7, styles.sigma),
        ("可信度", 7, styles.share),
        ("许可情况", 9, styles.text),
        ("户号", 8, styles.text),
        ("宗地", 8, styles.text),
        ("管控区", 13, styles.long_text),
        ("前期影像", 11, styles.day),
        ("后期影像", 11, styles.day),
        ("复核", 7, styles.text),
        ("说明", 40, styles.long_text),
    )
    values = [_finding_values(listed) for listed in report.findings]
    widths = [
        max(width, *(_width(row[i]) for row in values)) if values and style is styles.text else width
        for i, (_, width, style) in enumerate(columns)
    ]
    _frame(sheet, report, "疑似图斑清单", [head for head, _, _ in columns], widths, styles)
    for row, cells in enumerate(values, start=_HEADER_ROW + 1):
        lines = max(math.ceil(_width(cells[i]) / widths[i]) for i in range(len(columns)))
        sheet.set_row(row, max(_ROW_POINTS, 15 * lines + 4))
        for column, (value, (_, _, style)) in enumerate(zip(cells, columns, strict=True)):
            _write_value(sheet, row, column, value, style)
    if values:
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(values), len(columns) - 1)


Value = str | float | date | None


def _finding_values(listed: ListedFinding) -> tuple[Value, ...]:
    finding = listed.finding
    return (
        finding.finding_no,
        listed.town,
        listed.village,
        CHANGE_NAMES[finding.change_type],
        finding.area_m2,
        finding.area_sigma_m2,
        finding.height_change_m,
        finding.height_sigma_m,
        finding.confidence,
        PERMIT_STATUS_NAMES[finding.permit_status] if finding.permit_status else None,
        finding.household_no,
        finding.parcel_no,
        "、".join(ZONE_NAMES[zone] for zone in finding.zones),
        finding.before_date,
        finding.after_date,
        REVIEW_NAMES[finding.review],
        finding.reason,
    )


def _write_value(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Text stays text, whatever it begins with."""
    if value is None or value == "":
        sheet.write_string(row, column, DASH, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), style)
    else:
        sheet.write_number(row, column, value, style)


def _width(value: Value) -> float:
    """Columns a text takes: a Chinese character takes two."""
    text = value if isinstance(value, str) else ""
    return 2.0 + sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1.1 for c in text)


def _frame(
    sheet: Worksheet,
    report: WeeklyReport,
    title: str,
    heads: Sequence[str],
    widths: Sequence[float],
    styles: _Styles,
) -> None:
    """Title, period and header row; the page as it is printed."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = len(heads) - 1
    sheet.merge_range(0, 0, 0, last, f"{report.bureau}{title}", styles.title)
    period = f"统计期间：{chinese_date(report.first_day)}至{chinese_date(report.last_day)}"
    sheet.write_string(1, 0, period, styles.note)
    sheet.write_string(2, 0, f"制表日期：{chinese_date(report.made_on)}", styles.note)
    sheet.set_default_row(_ROW_POINTS)
    sheet.set_row(0, 36)
    sheet.set_row(_HEADER_ROW, 36)
    for column, head in enumerate(heads):
        sheet.write_string(_HEADER_ROW, column, head, styles.head)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(0, _HEADER_ROW)
    sheet.set_footer("&C第 &P 页 共 &N 页")

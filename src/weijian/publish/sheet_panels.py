"""What stands around the map frames: title, facts, corner table, legend, scale bar, seal box."""

from __future__ import annotations

import math
from collections.abc import Sequence

from weijian.domain.finding import CHANGE_NAMES
from weijian.publish import map_frame
from weijian.publish.corners import Corner
from weijian.publish.drafting import Across, Drafter, Stroke, Type
from weijian.publish.fonts import SheetFonts
from weijian.publish.map_scale import grid_interval, scale_bar
from weijian.publish.order_sheet import MapImage, OrderMapSheet
from weijian.publish.paper import Box
from weijian.publish.wording import DASH, chinese_date, signed_metres, square_metres

THIN = Stroke("#000000", 0.15)
BORDER = Stroke("#000000", 0.6)
RULE = Stroke("#000000", 0.3)
_HEADING_FILL = "#ececec"
_SEAL_MM = 44.0
"""A bureau's round seal is 42 mm across."""
_TO_SIGN = "____________"


def paint_title(drafter: Drafter, box: Box, sheet: OrderMapSheet, fonts: SheetFonts, points: float) -> None:
    """The title, with the case number at the left and the order's number at the right."""
    drafter.text(box.inset(box.width * 0.2, 1), sheet.title, Type(fonts.song, points * 2.3, bold=True), Across.CENTRE)
    kind = Type(fonts.song, points)
    sides = box.inset(3, 1.2)
    line = sides.below(sides.height - 5)
    drafter.text(line, f"案号：{sheet.case_no}", kind)
    drafter.text(line, f"文号：{sheet.document_no or DASH}", kind, Across.RIGHT)


def paint_facts(drafter: Drafter, box: Box, sheet: OrderMapSheet, fonts: SheetFonts, points: float) -> None:
    """The table of what the map is about and rests on."""
    heading, body = _split_heading(box, points)
    _paint_heading(drafter, heading, "基 本 情 况", fonts, points)
    facts = _facts(sheet)
    unit = body.height / sum(lines for _, _, lines in facts)
    y = body.y
    name_width = points * 2.35
    for name, value, lines in facts:
        row = Box(body.x, y, body.width, unit * lines)
        y = row.bottom
        drafter.box(row, THIN)
        drafter.line((row.x + name_width, row.y), (row.x + name_width, row.bottom), THIN)
        drafter.text(Box(row.x, row.y, name_width, row.height), name, Type(fonts.song, points), Across.CENTRE)
        cell = Box(row.x + name_width + 1.2, row.y + 0.2, row.width - name_width - 2, row.height - 0.4)
        drafter.text(cell, value, Type(fonts.song, points))


def _facts(sheet: OrderMapSheet) -> list[tuple[str, str, int]]:
    """Name, value and lines of each row."""
    numbers = " / ".join(number for number in (sheet.household_no, sheet.parcel_no) if number)
    height = DASH if sheet.height_change_m is None else signed_metres(sheet.height_change_m, sheet.height_sigma_m)
    crs = sheet.crs_name + (f"（EPSG:{sheet.epsg}）" if sheet.epsg else "")
    return [
        ("当事人", sheet.party or DASH, 1),
        ("坐落位置", sheet.place, 1),
        ("户号/宗地", numbers or DASH, 1),
        ("违法情形", CHANGE_NAMES[sheet.change_type], 1),
        ("投影面积", square_metres(sheet.area_m2, sheet.area_sigma_m2), 1),
        ("高度变化", height, 1),
        ("前期影像", _source(sheet.before), 2),
        ("后期影像", _source(sheet.after), 2),
        ("坐标系统", crs, 2),
    ]


def _source(image: MapImage | None) -> str:
    if image is None:
        return "无（以建筑档案为准）"
    return f"{image.flown_on.isoformat()}，{image.source}，分辨率 {image.gsd_m * 100:.3g}\N{NO-BREAK SPACE}cm"


def paint_legend(drafter: Drafter, box: Box, sheet: OrderMapSheet, fonts: SheetFonts, points: float) -> None:
    """The legend, with scale, scale bar and north arrow."""
    heading, body = _split_heading(box, points)
    _paint_heading(drafter, heading, "图 例", fonts, points)
    bar_height = points * 2.3
    entries = body.inset(2, 1.2).top_slice(body.height - bar_height - 2)
    kind = Type(fonts.song, points * 0.95)
    names = (
        "拟拆除违法建设",
        "其在前期影像上的位置",
        "拐点及编号",
        "宗地界线",
        "档案建筑轮廓",
        f"坐标格网（{grid_interval(sheet.scale):g} m）",
    )
    sample_width = points * 1.15
    for name, row in zip(names, entries.rows(*[1] * len(names)), strict=True):
        sample = Box(row.x, row.y + row.height * 0.18, sample_width, row.height * 0.64)
        _paint_sample(drafter, sample, names.index(name))
        text = Box(sample.right + 2, row.y, row.width - sample.width - 2, row.height)
        drafter.text(text, name, kind)
    foot = body.below(body.height - bar_height)
    drafter.line((foot.x, foot.y), (foot.right, foot.y), THIN)
    arrow_width = points * 1.3
    _paint_scale(drafter, Box(foot.x, foot.y, foot.width - arrow_width, foot.height), sheet.scale, fonts, points)
    _paint_north(drafter, Box(foot.right - arrow_width, foot.y, arrow_width, foot.height), fonts, points)


def _paint_sample(drafter: Drafter, sample: Box, entry: int) -> None:
    middle = sample.y + sample.height / 2
    ring = [(sample.x, sample.y), (sample.right, sample.y), (sample.right, sample.bottom), (sample.x, sample.bottom)]
    centre = (sample.x + sample.width / 2, middle)
    if entry == 0:
        drafter.hatch([ring], map_frame.HATCH_SPACING, map_frame.HATCH)
        drafter.rings([ring], map_frame.STRUCTURE)
    elif entry == 1:
        drafter.rings([ring], map_frame.STRUCTURE_BEFORE)
    elif entry == 2:
        drafter.dot(centre, 0.55, Stroke("#d40000", 0.2), "#ffffff")
    elif entry in (3, 4):
        stroke = map_frame.PARCEL if entry == 3 else map_frame.ARCHIVE
        drafter.line((sample.x, middle), (sample.right, middle), stroke)
    else:
        drafter.line((centre[0] - 1.5, middle), (centre[0] + 1.5, middle), map_frame.TICK)
        drafter.line((centre[0], middle - 1.5), (centre[0], middle + 1.5), map_frame.TICK)


def _paint_scale(drafter: Drafter, box: Box, scale: int, fonts: SheetFonts, points: float) -> None:
    metres, divisions = scale_bar(scale, box.width - 10)
    length = metres * 1000 / scale
    left, top = box.x + (box.width - length) / 2, box.y + box.height * 0.52
    number = Box(box.x, box.y + 1, box.width, box.height * 0.32)
    drafter.text(number, f"1:{scale}", Type(fonts.hei, points * 1.15, bold=True), Across.CENTRE)
    for i in range(divisions):
        part = Box(left + i * length / divisions, top, length / divisions, 1.3)
        drafter.box(part, THIN, "#000000" if i % 2 == 0 else "#ffffff")
    kind = Type(fonts.song, points * 0.8)
    for x, text in ((left, "0"), (left + length, f"{metres:g} m")):
        drafter.text(Box(x - 7, top + 1.6, 14, box.bottom - top - 2), text, kind, Across.CENTRE, top=True)


def _paint_north(drafter: Drafter, box: Box, fonts: SheetFonts, points: float) -> None:
    x = box.x + box.width / 2
    letter = drafter.size("北", Type(fonts.hei, points))[1]
    tip, foot = box.y + 1.2 + letter, box.bottom - 1.8
    half = (foot - tip) * 0.22
    drafter.text(Box(box.x, box.y + 0.8, box.width, letter), "北", Type(fonts.hei, points), Across.CENTRE)
    waist = foot - (foot - tip) * 0.22
    drafter.polygon([(x, tip), (x - half, foot), (x, waist)], THIN, "#000000")
    drafter.polygon([(x, tip), (x + half, foot), (x, waist)], THIN, "#ffffff")


def paint_signature(drafter: Drafter, box: Box, sheet: OrderMapSheet, fonts: SheetFonts, points: float) -> None:
    """Room for the bureau's seal, and who drew and reviewed the map when."""
    heading, body = _split_heading(box, points)
    _paint_heading(drafter, heading, "签 章", fonts, points)
    if body.width > body.height * 1.2:
        side = min(_SEAL_MM, body.height - 2)
        seal = Box(body.x + 2, body.y + (body.height - side) / 2, side, side)
        lines = Box(seal.right + 3, body.y + 1, body.right - seal.right - 5, body.height - 2)
    else:
        lines_height = points * 2.1
        side = min(_SEAL_MM, body.width - 2, body.height - lines_height - 2)
        seal = Box(body.x + (body.width - side) / 2, body.y + 1.2, side, side)
        lines = body.below(body.height - lines_height).inset(2.5, 0)
    drafter.box(seal, Stroke("#808080", 0.15, (8, 6)))
    kind = Type(fonts.song, points)
    drafter.text(seal.inset(3, 2), sheet.bureau, kind, Across.CENTRE, top=True)
    drafter.text(seal, "（印章处）", Type(fonts.song, points, colour="#909090"), Across.CENTRE)
    texts = (
        f"绘制：{sheet.drawn_by or _TO_SIGN}",
        f"审核：{sheet.reviewer or _TO_SIGN}",
        f"日期：{chinese_date(sheet.drawn_on)}",
    )
    for text, row in zip(texts, lines.rows(1, 1, 1), strict=True):
        drafter.text(row, text, kind)


def paint_foot(drafter: Drafter, box: Box, fonts: SheetFonts, points: float, number: int, count: int) -> None:
    """How to read the figures, and the page number."""
    kind = Type(fonts.song, points * 0.8)
    line = box.inset(0, 1).top_slice(points * 0.5)
    note = (
        "投影面积为建筑外轮廓在所注投影平面上的面积；± 为一倍标准差。坐标单位：米，X 为纵坐标（北），Y 为横坐标（东）。"
    )
    drafter.text(Box(line.x, line.y, line.width - 30, line.height), note, kind)
    drafter.text(line, f"第 {number} 页 共 {count} 页", kind, Across.RIGHT)


class CornerTable:
    """The table of corner points in a box: as many blocks side by side as are legible."""

    _HEADS = ("点号", "纵坐标 X (m)", "横坐标 Y (m)", "边长 (m)")
    _SHARES = (0.14, 0.32, 0.33, 0.21)

    def __init__(self, box: Box, fonts: SheetFonts, points: float) -> None:
        self._heading, self._body = _split_heading(box, points)
        self._fonts, self._points = fonts, points
        self._blocks = max(1, int(self._body.width / (points * 5.6)))
        self._rows = max(1, int(self._body.height / (points * 0.47)) - 1)

    @property
    def capacity(self) -> int:
        """How many corners fit."""
        return self._blocks * self._rows

    def paint(self, drafter: Drafter, corners: Sequence[Corner], heading: str) -> None:
        """Write the corners; each side's length is that to the next corner of its ring."""
        _paint_heading(drafter, self._heading, heading, self._fonts, self._points)
        used = max(1, math.ceil(len(corners) / self._rows))
        for i, block in enumerate(self._body.columns(*[1] * used)):
            self._paint_block(drafter, block, corners[i * self._rows : (i + 1) * self._rows])

    def _paint_block(self, drafter: Drafter, block: Box, corners: Sequence[Corner]) -> None:
        rows = block.rows(*[1] * (self._rows + 1))
        small = Type(self._fonts.song, self._points * 0.85)
        self._paint_row(drafter, rows[0], self._HEADS, small)
        for row, corner in zip(rows[1:], corners, strict=False):
            values = (corner.label, f"{corner.northing:.3f}", f"{corner.easting:.3f}", f"{corner.side_m:.2f}")
            self._paint_row(drafter, row, values, small)
        for row, here, following in zip(rows[1:], corners, corners[1:], strict=False):
            if here.ring != following.ring:
                drafter.line((row.x, row.bottom), (row.right, row.bottom), RULE)
        drafter.line((block.x, block.y), (block.x, block.bottom), RULE)

    def _paint_row(self, drafter: Drafter, row: Box, values: Sequence[str], kind: Type) -> None:
        for cell, value in zip(row.columns(*self._SHARES), values, strict=True):
            drafter.box(cell, THIN)
            drafter.text(cell.inset(0.3), value, kind, Across.CENTRE)


def _split_heading(box: Box, points: float) -> tuple[Box, Box]:
    height = points * 0.62
    return box.top_slice(height), box.below(height)


def _paint_heading(drafter: Drafter, box: Box, text: str, fonts: SheetFonts, points: float) -> None:
    drafter.box(box, THIN, _HEADING_FILL)
    drafter.text(box, text, Type(fonts.hei, points), Across.CENTRE)

"""What is wrong with one row: file, row, field, value, why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from weijian.domain.language import Language
from weijian.domain.person import masked_number

PERSONAL_FIELDS = frozenset({"holder", "address", "name", "id_number", "phone"})
"""Fields whose values are never shown in a message."""

_LOOKS_PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_CHINESE_WORDS = re.compile(r"[\s·、，]*[\u3400-\u9fff][\s·、，\u3400-\u9fff]*")
_LONGEST_SHOWN = 40


class Why(Enum):
    """Reason of a fault, in Chinese and in English."""

    KEY_EMPTY = ("编号为空", "the number is empty")
    KEY_REPEATED = ("编号与第 {other} 行重复", "the number repeats that of row {other}")
    UNDECODABLE = ("文字不能按 {other} 解码", "the text cannot be decoded as {other}")
    CUT_TEXT = ("文字在字段末尾被截断了半个字", "the text is cut in the middle of its last character")
    NOT_A_NUMBER = ("不是数字", "is not a number")
    NOT_WHOLE = ("应为整数", "must be a whole number")
    OUT_OF_RANGE = ("超出合理范围 {other}", "is outside the sane range {other}")
    NOT_A_DATE = ("不是日期", "is not a date")
    IMPOSSIBLE_DATE = ("日期不存在", "is a date that does not exist")
    UNKNOWN_VALUE = ("不认识这个取值，应为：{other}", "is not a known value, expected: {other}")
    VALUE_MISSING = ("缺少取值", "has no value")
    TYPE_MISFIT = ("不符合该列的数据类型", "does not fit the type of its column")
    COLUMNS_UNEVEN = ("列数与表头不一致", "has not as many cells as the header")
    ROW_UNREADABLE = ("整行无法读取", "cannot be read")
    GEOMETRY_EMPTY = ("没有图形", "has no geometry")
    GEOMETRY_UNFIT = ("图形是 {other}，应为面", "has geometry {other} where a polygon is needed")
    GEOMETRY_INVALID = ("图形无效：{other}", "has invalid geometry: {other}")
    GEOMETRY_REPEATED = ("图形与第 {other} 行完全相同", "has the same geometry as row {other}")
    GEOMETRY_UNREADABLE = ("图形无法解析", "has geometry that cannot be parsed")
    POINTS_MISCOUNTED = ("写明 {other} 个界址点，实际个数不同", "states {other} points but has another number of them")
    TOO_MANY_FIELDS = ("有 {other} 个字段，最多应为 13 个", "has {other} fields where 13 are the most")
    LINE_UNKNOWN = ("这一行无法识别", "is a line that makes no sense here")
    STROKES_LEFT = (
        "该图层另有 {other} 条直线或弧线，不是闭合的多段线，未读取",
        "its layer also has {other} lines or arcs that are no closed polylines and were not read",
    )
    SIGNS_LEFT = (
        "该图层另有 {other} 个围墙、栅栏或符号（按 CASS 编码不是房屋），未读取",
        "its layer also has {other} walls, fences or signs, which by their CASS codes are no houses and were not read",
    )
    DRAWN_ELSEWHERE = (
        "引用的外部图纸或图块 {other} 不在本文件中，未读取；请在 CAD 中绑定后另存",
        "refers to drawings or blocks that are not in it and were not read, bind them and save it again: {other}",
    )
    UNCLOSED = ("多段线没有闭合，首尾相距 {other} 米", "is not closed: {other} m between its ends")
    NO_STORED_VALUE = (
        "公式没有保存计算结果，请在表格软件中打开并保存",
        "is a formula without a stored value: open and save it in a spreadsheet program",
    )
    FORMULA_FAILED = ("公式出错：{other}", "is a formula that failed: {other}")
    DIGITS_LOST = (
        "数字超过 15 位，表格已丢失末尾数字，请改存为文本",
        "has more than 15 digits, of which a spreadsheet loses the last: store it as text",
    )
    NOT_IN_ARCHIVE = ("档案中没有这个编号，文件又没有图形", "is not in the archive, and the file has no outline for it")
    NAME_MASKED = ("姓名是打码的，不能作为档案内容", "holds a masked name, which must not replace the real one")
    ROW_OF_TOTALS = ("是合计行，已略过", "is a row of totals: left out")
    MISPLACED = ("坐标不在该坐标系的中国范围内", "lies outside China in this coordinate system")
    ROW_REPEATED = ("与第 {other} 行完全相同，只取一次", "is the same as row {other}: taken once")
    NO_CRS = ("文件没有坐标系", "the file has no coordinate reference system")
    WRONG_CRS = ("坐标系与坐标不符：{other}", "the coordinate system contradicts the coordinates: {other}")
    NO_ROWS = ("没有任何数据行", "there are no rows")
    GEOMETRY_REPAIRED = ("图形自相交，已修复，面积 {measure}", "the invalid geometry was repaired, area {measure}")
    ZERO_IS_UNKNOWN = ("取值为 0，按未知处理", "0 is taken as not known")
    YEAR_ONLY = ("只有年份，按 1 月 1 日处理", "only a year: taken as 1 January")
    MONTH_ONLY = ("只有年月，按 1 日处理", "only a month: taken as its first day")
    CODES_TRANSLATED = ("编码已按文件自带的取值表换成文字", "holds codes, read as the words that the file has for them")
    CODES_UNKNOWN = (
        "编码 {other} 不在文件自带的取值表中，按原样采用",
        "holds codes for which the file has no words, taken as they are: {other}",
    )
    AREA_CONVERTED = ("单位不是平方米，已乘以 {other} 换算", "is not in square metres: multiplied by {other}")
    NUMBER_MADE = ("没有编号，已按顺序编号", "has no number: numbered in order")
    ENCODING_GUESSED = (
        "文字编码是推断的：{other}，请核对预览",
        "the text encoding is a guess: {other}, check the preview",
    )
    CRS_OVERRULED = (
        "没有采用文件注明的坐标系，按指定的处理：{other}",
        "is not in the coordinate system that it states but as was asked for: {other}",
    )
    CRS_APPROXIMATE = ("坐标转换精度有限：{other}", "the coordinate transformation is of limited accuracy: {other}")
    NOT_A_PHONE = ("不像电话号码，未采用", "is no telephone number and was left out")
    NOT_AN_ID = ("证件号码位数或校验码不对，未采用", "is an identity number with a mistake in it and was left out")
    NUMBER_OF_NOBODY = (
        "有电话或证件号码而没有姓名，号码未采用",
        "has a telephone or identity number and no name: the number was left out",
    )
    RECOGNISED = ("识别为 {other}", "recognised as {other}")
    MENDABLE = (
        "图形无效（{other}），可修复，面积 {measure}",
        "has invalid geometry ({other}) that can be repaired, area {measure}",
    )
    SLIVER = ("面积过小或过窄：{measure}", "is too small or too narrow: {measure}")
    TWICE = ("与 {other} 几乎完全相同", "is nearly the same as {other}")
    OVERLAPS = ("与 {other} 重叠 {measure}", "overlaps {other} by {measure}")
    GAP = ("与 {other} 之间有缝隙 {measure}", "leaves a gap to {other} of {measure}")
    OUTSIDE_PARCEL = ("有 {measure} 不在任何宗地内", "is outside every parcel by {measure}")
    ACROSS_PARCELS = ("伸入另一宗地 {other}：{measure}", "reaches into another parcel, {other}, by {measure}")
    PARCEL_NO_FORM = (
        "宗地代码不是 19 位国家标准编码",
        "is no parcel number of 19 characters as the national standard has it",
    )
    AREA_DIFFERS = ("登记面积与图形面积不符：{measure}", "has a stated area that its outline contradicts: {measure}")
    BUILT_AREA_DIFFERS = (
        "建筑面积与基底面积乘层数不符：{measure}",
        "has a built area that footprint times storeys contradict: {measure}",
    )
    NO_BUILDING = ("没有建筑", "has no building")
    NO_HOUSEHOLD = ("没有所属户", "belongs to no household")
    HOUSEHOLD_UNKNOWN = ("所属户 {other} 不在档案中", "names household {other}, which the archive does not have")
    PARCEL_UNKNOWN = ("所在宗地 {other} 不在档案中", "names parcel {other}, which the archive does not have")

    @property
    def is_note(self) -> bool:
        """Whether the row is still usable."""
        return self in _NOTES

    def said(self, language: Language, other: str | None = None, measure: str | None = None) -> str:
        """The reason in words."""
        return self.value[0 if language == "zh" else 1].format(other=other, measure=measure)


_NOTES = frozenset(
    {
        Why.GEOMETRY_REPAIRED,
        Why.GEOMETRY_REPEATED,
        Why.ROW_REPEATED,
        Why.ZERO_IS_UNKNOWN,
        Why.YEAR_ONLY,
        Why.MONTH_ONLY,
        Why.AREA_CONVERTED,
        Why.CODES_TRANSLATED,
        Why.CODES_UNKNOWN,
        Why.NUMBER_MADE,
        Why.ENCODING_GUESSED,
        Why.CRS_APPROXIMATE,
        Why.CRS_OVERRULED,
        Why.NOT_A_PHONE,
        Why.NOT_AN_ID,
        Why.NUMBER_OF_NOBODY,
        Why.RECOGNISED,
        Why.MENDABLE,
        Why.SLIVER,
        Why.TWICE,
        Why.OVERLAPS,
        Why.GAP,
        Why.PARCEL_NO_FORM,
        Why.AREA_DIFFERS,
        Why.BUILT_AREA_DIFFERS,
        Why.ROW_OF_TOTALS,
        Why.STROKES_LEFT,
        Why.SIGNS_LEFT,
        Why.DRAWN_ELSEWHERE,
    }
)


_FIGURES = frozenset({Why.NOT_A_NUMBER, Why.NOT_WHOLE, Why.NOT_A_DATE})


@dataclass(frozen=True)
class RowFault:
    """One thing wrong, or worth knowing, about one row of a file.

    ``row`` counts as the user sees it: the first record is 1 (in CSV the heading is line 1, the first record 2); None
    speaks of the whole file. ``field`` is the file's own heading. ``value`` is already safe to show; None when there
    is nothing to show. ``other`` and ``measure`` fill the reason's braces.
    """

    path: Path
    row: int | None
    field: str | None
    why: Why
    value: str | None = None
    other: str | None = None
    measure: str | None = None

    @property
    def is_note(self) -> bool:
        """Whether the row is still usable."""
        return self.why.is_note

    def sentence(self, language: Language) -> str:
        """The line shown to the user."""
        chinese = language == "zh"
        why = self.why.said(language, self.other, self.measure)
        value = "" if self.value is None else f"“{self.value}”" if chinese else f"'{self.value}' "
        place = [self.path.name]
        if self.row is not None:
            place.append(f"第 {self.row} 行" if chinese else f"row {self.row}")
        if self.field is not None:
            place.append(f"字段 {self.field}" if chinese else f"field {self.field}")
        return f"{' '.join(place)}：{value}{why}" if chinese else f"{', '.join(place)}: {value}{why}"


def numbers_masked(text: str) -> str:
    """Text for the screen, with what looks like the identity or telephone number of a person masked."""
    return _LOOKS_PERSONAL.sub(lambda found: masked_number(found.group()), text)


def shown(value: object, target: str | None = None, why: Why | None = None) -> str | None:
    """A value as a message may show it: nothing of personal fields, numbers of persons masked, long text cut.

    Chinese words where a number or a date is due are not shown either: where columns have slipped they are people's
    names.
    """
    if value is None or target in PERSONAL_FIELDS:
        return None
    if why in _FIGURES and _CHINESE_WORDS.fullmatch(str(value)):
        return None
    text = _LOOKS_PERSONAL.sub(lambda m: m.group()[0] + "*" * (len(m.group()) - 1), str(value))
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"

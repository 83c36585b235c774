import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.cadastre.faults import Why
from weijian.cadastre.values import (
    AREA_UNITS,
    METRE_UNITS,
    STOREY_UNITS,
    Unreadable,
    area_factor,
    parse_date,
    parse_key,
    parse_number,
    parse_reference,
    parse_text,
    parse_whole,
)


def storeys(cell):
    return parse_whole(cell, STOREY_UNITS, 1, 120).value


def metres(cell):
    return parse_number(cell, METRE_UNITS, 0.5, 600.0).value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(3, 3), ("3", 3), ("3层", 3), ("３层", 3), ("3F", 3), ("3.0", 3), (3.0, 3), ("三层", 3), ("两层", 2), ("十二", 12),
     ("二十层", 20), ("二十三", 23), (" 3 层 ", 3), ("", None), (None, None), ("<Null>", None), (float("nan"), None)],
)  # fmt: skip
def test_storeys(cell, expected):
    assert storeys(cell) == expected


@pytest.mark.parametrize(
    ("cell", "why"),
    [("3.5", Why.NOT_WHOLE), ("三千", Why.NOT_A_NUMBER), ("砖3", Why.NOT_A_NUMBER), (-1, Why.OUT_OF_RANGE),
     (999, Why.OUT_OF_RANGE), ("3+1", Why.NOT_A_NUMBER), ("inf", Why.NOT_A_NUMBER)],
)  # fmt: skip
def test_storeys_that_are_none(cell, why):
    with pytest.raises(Unreadable) as caught:
        storeys(cell)
    assert caught.value.why is why


def test_zero_is_not_known_and_says_so():
    parsed = parse_number(0, METRE_UNITS, 0.5, 600.0)
    assert (parsed.value, parsed.note) == (None, Why.ZERO_IS_UNKNOWN)


@pytest.mark.parametrize(
    ("cell", "expected"), [("12.5m", 12.5), ("12.5米", 12.5), ("１２．５", 12.5), (".5", 0.5), ("6.", 6)]
)
def test_heights(cell, expected):
    assert metres(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("1,234.5", 1234.5), ("120㎡", 120), ("120平方米", 120), ("120 m2", 120)]
)
def test_areas(cell, expected):
    assert parse_number(cell, AREA_UNITS, 0.01, 1e8).value == expected


@pytest.mark.parametrize(
    ("cell", "bare", "expected"),
    [("0.3亩", 1.0, 200.0), ("1.2 公顷", 1.0, 12_000.0), ("0.5hm²", 1.0, 5000.0), ("2万㎡", 1.0, 20_000.0),
     (0.3, area_factor("宗地面积(亩)"), 200.0), ("80㎡", area_factor("宗地面积(亩)"), 80.0)],
)  # fmt: skip
def test_areas_in_other_units(cell, bare, expected):
    assert parse_number(cell, AREA_UNITS, 0.01, 1e8, bare=bare).value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("heading", "factor"),
    [("宗地面积（亩）", 2000 / 3), ("面积[公顷]", 1e4), ("面积（单位：亩）", 2000 / 3), ("面积(㎡)", 1),
     ("面积(实测)", 1), ("面积", 1), (None, 1)],
)  # fmt: skip
def test_units_that_headings_state(heading, factor):
    assert area_factor(heading) == pytest.approx(factor)


def test_a_unit_that_nobody_knows_is_refused():
    with pytest.raises(Unreadable):
        parse_number("0.3顷田", AREA_UNITS, 0.01, 1e8)


@pytest.mark.parametrize("cell", ["3.39901E+18", "3.3e+17", "１.５E＋１７", 3.39901001e18, 1e15, "3E+18"])
def test_keys_that_a_spreadsheet_has_rounded_are_refused(cell):
    for parse in (parse_key, parse_reference):
        with pytest.raises(Unreadable) as caught:
            parse(cell)
        assert caught.value.why is Why.DIGITS_LOST


@pytest.mark.parametrize("cell", ["E+1", "3E18", "A3.3E+17", 123456789012345.0, 3399010010010000001])
def test_keys_that_only_look_rounded_are_kept(cell):
    assert parse_key(cell).value == str(int(cell) if isinstance(cell, float) else cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2024-04-30T16:00:00Z", date(2024, 5, 1)), ("2024-05-01T00:00:00Z", date(2024, 5, 1)),
     ("2024-05-01 00:00:00+08", date(2024, 5, 1)), ("2024-05-01T23:59:59.5+08:00", date(2024, 5, 1)),
     ("2024-04-30T15:59:59+00:00", date(2024, 4, 30)), ("2024-05-01T00:00:00", date(2024, 5, 1))],
)  # fmt: skip
def test_a_moment_is_on_the_day_it_is_in_china(cell, day):
    assert parse_date(cell).value == day


def test_a_moment_that_does_not_exist():
    with pytest.raises(Unreadable):
        parse_date("2024-02-30T00:00:00Z")


@given(st.floats(0.5, 600, allow_nan=False))
def test_every_height_survives_being_written(value):
    assert metres(f"{value!r}米") == value
    assert metres(str(value)) == value


@given(st.integers(1, 99))
def test_every_storey_survives_being_written_in_chinese(value):
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    numeral = ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    assert storeys(numeral + "层") == value


@given(st.dates(date(1800, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_being_written(day):
    for text in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        f"{day.isoformat()}T00:00:00",
        f"{day.year}/{day.month:02d}/{day.day:02d} 08:30:00",
        f"{day.year}－{day.month}－{day.day}",
        int(f"{day:%Y%m%d}"),
    ):
        assert parse_date(text).value == day


@given(st.text(max_size=20), st.sampled_from([parse_date, storeys, metres, parse_key, parse_reference, parse_text]))
def test_any_text_is_parsed_or_refused(text, parse):
    with contextlib.suppress(Unreadable):
        parse(text)


@pytest.mark.parametrize(
    ("cell", "why"),
    [("2024-02-30", Why.IMPOSSIBLE_DATE), ("20241350", Why.IMPOSSIBLE_DATE), ("0001-01-01", Why.IMPOSSIBLE_DATE),
     ("昨天", Why.NOT_A_DATE), ("24-5-1", Why.NOT_A_DATE), ("2024", Why.NOT_A_DATE)],
)  # fmt: skip
def test_dates_that_are_none(cell, why):
    with pytest.raises(Unreadable) as caught:
        parse_date(cell)
    assert caught.value.why is why


@pytest.mark.parametrize(
    ("cell", "day", "note"),
    [("2005", date(2005, 1, 1), Why.YEAR_ONLY), (2005, date(2005, 1, 1), Why.YEAR_ONLY),
     (2005.0, date(2005, 1, 1), Why.YEAR_ONLY), ("2005年", date(2005, 1, 1), Why.YEAR_ONLY),
     ("2005年7月", date(2005, 7, 1), Why.MONTH_ONLY), ("2005-07", date(2005, 7, 1), Why.MONTH_ONLY)],
)  # fmt: skip
def test_a_rough_date_where_that_will_do(cell, day, note):
    parsed = parse_date(cell, coarse=True)
    assert (parsed.value, parsed.note) == (day, note)


def test_dates_as_such_and_no_end():
    assert parse_date(datetime(2024, 5, 1, 8)).value == date(2024, 5, 1)  # noqa: DTZ001
    assert parse_date("长期").value is None


@pytest.mark.parametrize(
    ("cell", "key"), [(" FW００１ ", "FW001"), (12.0, "12"), (12, "12"), ("A 1", "A1"), ("0012", "0012")]
)
def test_keys_are_compared_in_one_form(cell, key):
    assert parse_key(cell).value == key


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", "NULL", float("nan")])
def test_an_empty_key_is_refused(cell):
    with pytest.raises(Unreadable) as caught:
        parse_key(cell)
    assert caught.value.why is Why.KEY_EMPTY

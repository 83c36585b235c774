from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.services.flight_dates import date_in_name

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WORDS = st.text("村测DOMdsm_ -（）", max_size=8)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y_%m_%d", "%Y.%m.%d"]), WORDS, WORDS)
def test_the_one_day_in_a_name_is_found(day: date, form: str, before: str, after: str) -> None:
    assert date_in_name(Path(f"{before}{day.strftime(form)}{after}.tif")) == day


@given(DAYS)
def test_said_twice_it_is_one_day(day: date) -> None:
    assert date_in_name(Path(f"{day}_to_{day:%Y%m%d}.tif")) == day


@given(DAYS, DAYS)
def test_two_days_are_no_answer(one: date, other: date) -> None:
    assert date_in_name(Path(f"{one}_{other}.tif")) == (one if one == other else None)


@given(st.text(max_size=30).filter(lambda text: "/" not in text and "\0" not in text))
def test_no_name_is_too_strange(name: str) -> None:
    found = date_in_name(Path(name + ".tif"))
    assert found is None or 2000 <= found.year <= 2099


@pytest.mark.parametrize(
    "name",
    ["dom.tif", "2025-02-30.tif", "2025-13-01.tif", "1999-05-05.tif", "DJI_20240416120000.tif", "320240416.tif"],
)
def test_what_is_no_day(name: str) -> None:
    assert date_in_name(Path(name)) is None


def test_no_file_has_no_day() -> None:
    assert date_in_name(None) is None


def test_folders_do_not_count() -> None:
    assert date_in_name(Path("2024-04-16/dom.tif")) is None

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pyproj import CRS

from unit.services.made import AFTER, EAST, EPSG, NEW_HOUSE, NORTH, SIZE_M, Flight, place
from weijian.domain.errors import FileMissing
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.services.chips import read_chip

HERE = CRS(EPSG)


@pytest.fixture
def survey(flights: tuple[Flight, Flight]) -> Survey:
    return Survey(2, "后期", AFTER, flights[1].ortho, None, EPSG, 0.25, 280, 280)


def test_a_chip_covers_exactly_its_bounds(survey: Survey) -> None:
    bounds = place(*NEW_HOUSE).bounds
    chip = read_chip(survey, bounds, HERE, 0.5)
    assert chip.rgb.shape == (20, 24, 3)
    assert chip.bounds == bounds
    assert chip.valid.all()
    assert chip.rgb.flags.c_contiguous
    assert chip.rgb[5:-5, 5:-5].reshape(-1, 3).mean(axis=0) == pytest.approx((80, 120, 178), abs=3)


def test_ground_without_data_is_white(survey: Survey) -> None:
    chip = read_chip(survey, (EAST - 10, NORTH, EAST + 10, NORTH + 10), HERE, 0.5)
    assert (chip.rgb[:, :19] == 255).all()
    assert not chip.valid[:, :19].any()
    assert chip.valid[:, 21:].all()


def test_the_smallest_chip_has_four_pixels(survey: Survey) -> None:
    assert read_chip(survey, (EAST, NORTH, EAST + 0.01, NORTH + 0.01), HERE, 5.0).rgb.shape == (2, 2, 3)


def test_a_shift_moves_what_is_read(survey: Survey) -> None:
    west, south, east, north = place(*NEW_HOUSE).bounds
    aside = read_chip(survey, (west - 20, south, east - 20, north), HERE, 0.5, ShiftField.constant(20.0, 0.0))
    assert np.array_equal(aside.rgb, read_chip(survey, (west, south, east, north), HERE, 0.5).rgb)


def test_a_survey_that_was_moved_away_is_named(tmp_path: Path) -> None:
    gone = Survey(1, "前期", date(2024, 1, 1), tmp_path / "gone.tif", None, EPSG, 0.25, 280, 280)
    with pytest.raises(FileMissing):
        read_chip(gone, (EAST, NORTH, EAST + SIZE_M, NORTH + SIZE_M), HERE, 1.0)

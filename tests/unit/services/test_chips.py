from datetime import date
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS, Transformer

from unit.services.made import AFTER, EAST, EPSG, NEW_HOUSE, NORTH, SIZE_M, Flight, place
from weijian.domain.errors import FileMissing
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.services.chips import read_chip, shift_near

HERE, MERCATOR = CRS(EPSG), CRS.from_epsg(3857)


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


def test_no_shift_stays_none() -> None:
    assert shift_near(None, (0, 0, 1, 1), HERE, HERE) is None


def test_the_shift_in_the_middle_holds() -> None:
    shift = ShiftField(EAST, NORTH, Affine(0.01, 0, 1.0, 0, 0, -2.0))
    near = shift_near(shift, (EAST + 90, NORTH, EAST + 110, NORTH + 20), HERE, HERE)
    assert near.at(0.0, 0.0) == pytest.approx((2.0, -2.0))


def test_a_shift_is_told_in_the_maps_crs() -> None:
    bounds = Transformer.from_crs(HERE, MERCATOR, always_xy=True).transform_bounds(EAST, NORTH, EAST + 70, NORTH + 70)
    near = shift_near(ShiftField.constant(10.0, 0.0), bounds, MERCATOR, HERE)
    east, north = near.at(0.0, 0.0)
    assert east == pytest.approx(10 / np.cos(np.radians(29.8)), rel=0.01)  # mercator stretches
    assert north == pytest.approx(0, abs=0.1)
